/** What follows from a notice of non-delivery: an address that does not exist is not written to again. */
import type { TxContext } from '../../../platform/context.ts'
import type { ParsedMail } from '../../../platform/mail/parsed.ts'
import { suppressAddress } from '../outgoing-mail.ts'
import { selectReturned } from './outbox-queries.ts'

/**
 * Takes the addresses off that a notice reports as failed for good. Anybody can write such a notice: it counts only for an
 * address to which a mail went whose Message-ID it gives back, which is known to nobody else.
 */
export async function suppressBounced(ctx: TxContext, mail: ParsedMail): Promise<void> {
  if (mail.bounce === null || mail.bounce.failed.length === 0) return
  const messageIds = [...mail.bounce.returned, ...mail.inReplyTo, ...mail.references]
  for (const email of await selectReturned(ctx, messageIds, mail.bounce.failed)) await suppressAddress(ctx, { email })
}
