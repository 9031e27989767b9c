/** What every change of a decision shares: its events, and live pages told. */
import type { TxContext } from '../../../platform/context.ts'
import { appendEvents, type NewEvent, witnessOf } from '../../../platform/events.ts'

export type DecisionHappening = {
  subjectType: 'mailbox_decision' | 'mailbox_setting' | 'migration_wave'
  subjectId: string
  kind: string
  /** Ids, states, numbers, days. */
  payload: Record<string, unknown>
  /** What people wrote, and addresses. */
  text?: Record<string, string>
}

/** Appends the events, a subject once among them, and tells open pages. */
export async function recordAll(ctx: TxContext, happenings: readonly DecisionHappening[]): Promise<void> {
  if (happenings.length === 0) return
  const witness = witnessOf(ctx)
  await appendEvents(
    ctx,
    happenings.map((one): NewEvent => ({ ...one, version: 1, witness, retention: 'organisation' })),
  )
  ctx.services.live.announce(ctx)
}
