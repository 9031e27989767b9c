/** What every change of the module shares: its event, and live pages told. */
import type { TxContext } from '../../../platform/context.ts'
import { appendEvent, witnessOf } from '../../../platform/events.ts'

export type Happening = {
  subjectType:
    | 'needs_plan'
    | 'needs_request'
    | 'needs_line'
    | 'needs_order'
    | 'delivery'
    | 'needs_invoice'
    | 'price_list'
  subjectId: string
  kind: string
  /** Ids, numbers, amounts in cents. */
  payload: Record<string, unknown>
  /** What people wrote. */
  text?: Record<string, string>
}

/** Appends the event and tells open pages; returns its id and instant. */
export async function record(ctx: TxContext, happening: Happening) {
  const appended = await appendEvent(ctx, {
    ...happening,
    version: 1,
    witness: witnessOf(ctx),
    retention: 'organisation',
  })
  ctx.services.live.announce(ctx)
  return appended
}
