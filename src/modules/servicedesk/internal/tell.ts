import type { TxContext } from '../../../platform/context.ts'
import { noticeOf, type Told, type ToldCase } from './notices.ts'
import { insertOutgoing } from './outbox-queries.ts'

/** Notes, in the transaction of an event, whom it is to be told to; what the mail says is read when it is sent. */
export async function tell(
  ctx: TxContext,
  about: ToldCase & { id: string },
  event: Told,
  appended: { id: number; occurredAt: string },
) {
  const { personId } = ctx.actor
  const agoMs = Date.now() - Date.parse(appended.occurredAt)
  const notice = noticeOf(event, about, { personId, door: ctx.door, agoMs })
  if (notice === null) return
  await insertOutgoing(ctx, { notice, caseId: about.id, eventId: appended.id, personId: about.requesterId })
}
