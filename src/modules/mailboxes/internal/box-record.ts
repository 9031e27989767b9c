/** What every change of a mailbox, a server or a census shares: its event, and live pages told. */
import type { TxContext } from '../../../platform/context.ts'
import { appendEvent, appendEvents, witnessOf } from '../../../platform/events.ts'

export type BoxHappening = {
  subjectType: 'mailbox' | 'mail_server' | 'mail_census' | 'mailbox_rules'
  subjectId: string
  kind: string
  /** Ids, codes, counts. */
  payload: Record<string, unknown>
  text?: Record<string, string> | undefined
}

/** Appends the event and tells open pages; the id of the event. */
export async function recordBox(ctx: TxContext, happening: BoxHappening): Promise<number> {
  const { id } = await appendEvent(ctx, whole(ctx, happening))
  ctx.services.live.announce(ctx)
  return id
}

/** The same for many, in few statements. */
export async function recordBoxes(ctx: TxContext, happenings: readonly BoxHappening[]): Promise<void> {
  for (let at = 0; at < happenings.length; at += 5_000)
    await appendEvents(
      ctx,
      happenings.slice(at, at + 5_000).map((one) => whole(ctx, one)),
    )
  if (happenings.length > 0) ctx.services.live.announce(ctx)
}

function whole(ctx: TxContext, { text = {}, ...happening }: BoxHappening) {
  // A sentence that is empty was not said.
  const said = Object.fromEntries(Object.entries(text).filter(([, value]) => value !== ''))
  return { ...happening, text: said, version: 1, witness: witnessOf(ctx), retention: 'organisation' as const }
}
