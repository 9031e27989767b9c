/** What every change of operations shares: its event, and live pages told. */
import type { TxContext } from '../../../platform/context.ts'
import { appendEvent, type Witness, witnessOf } from '../../../platform/events.ts'

export type Happening = {
  subjectType: 'monitored_scope' | 'probe' | 'operations_import' | 'planned_interruption'
  subjectId: string
  kind: string
  payload: Record<string, unknown>
  text?: Record<string, string>
  /** When something else than actor and door decides it: who runs a probe. */
  witness?: Witness
}

/** Appends the event and tells open pages; returns its instant. */
export async function record(ctx: TxContext, { witness, ...happening }: Happening): Promise<string> {
  const { occurredAt } = await appendEvent(ctx, {
    ...happening,
    version: 1,
    witness: witness ?? witnessOf(ctx),
    retention: 'organisation',
  })
  ctx.services.live.announce(ctx)
  return occurredAt
}
