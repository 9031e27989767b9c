/** The events of a message. Ids, states and sizes are sealed; sender, subject and reasons are kept beside. */
import type { TxContext } from '../../../platform/context.ts'
import { appendEvent, appendPlainEvents, witnessOf } from '../../../platform/events.ts'
import type { NewMail } from './mail-queries.ts'

export type MailEvent = {
  kind: 'mail.routed' | 'mail.ignored' | 'mail.quarantined' | 'mail.retried' | 'mail.discarded'
  payload: Record<string, string | number | boolean | null>
  text?: Record<string, string> | undefined
}

/** Appends an event of a message; returns its id. */
export async function recordMail(ctx: TxContext, mailId: string, event: MailEvent): Promise<number> {
  const { id } = await appendEvent(ctx, {
    subjectType: 'mail',
    subjectId: mailId,
    kind: event.kind,
    version: 1,
    witness: witnessOf(ctx),
    payload: event.payload,
    text: event.text,
    retention: 'case',
  })
  return id
}

/** Says of each message that it arrived, in one statement. */
export async function recordStored(ctx: TxContext, mails: readonly NewMail[]): Promise<void> {
  const events = mails.map(({ id, channelId, bytes }) => ({
    subjectType: 'mail',
    subjectId: id,
    kind: 'mail.stored',
    version: 1,
    witness: witnessOf(ctx, true),
    payload: { channelId, bytes },
    retention: 'case' as const,
  }))
  await appendPlainEvents(ctx, events)
}
