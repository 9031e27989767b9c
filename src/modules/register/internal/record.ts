/** What every change of the register shares: its event, and live pages told. */
import type { TxContext } from '../../../platform/context.ts'
import { appendEvent, appendEvents, witnessOf } from '../../../platform/events.ts'

export type Happening = {
  subjectType:
    | 'configuration_item'
    | 'item_relation'
    | 'estate_figure'
    | 'handover'
    | 'case_item'
    | 'inventory_campaign'
  subjectId: string
  kind: string
  /** ids, states and numbers only. */
  payload: Record<string, unknown>
  text?: Record<string, string>
  occurredAt?: string
}

/** Appends the event and tells open pages. */
export async function record(ctx: TxContext, happening: Happening): Promise<void> {
  await appendEvent(ctx, whole(ctx, happening))
  ctx.services.live.announce(ctx)
}

/** The same for many, in one statement. */
export async function recordAll(ctx: TxContext, happenings: readonly Happening[]): Promise<void> {
  if (happenings.length === 0) return
  await appendEvents(
    ctx,
    happenings.map((one) => whole(ctx, one)),
  )
  ctx.services.live.announce(ctx)
}

function whole(ctx: TxContext, { text = {}, ...happening }: Happening) {
  // A sentence that is empty was not said.
  const said = Object.fromEntries(Object.entries(text).filter(([, value]) => value !== ''))
  return { ...happening, text: said, version: 1, witness: witnessOf(ctx), retention: 'organisation' as const }
}
