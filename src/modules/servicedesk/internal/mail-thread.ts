/** The cases that a mail answers to, by the Message-IDs that we signed; and whether its words are for these eyes. */
import type { Context, TxContext } from '../../../platform/context.ts'
import { readMessageId } from '../../../platform/mail/message-ids.ts'
import type { MailGlimpse, ParsedMail } from '../../../platform/mail/parsed.ts'
import { selectReserved } from './mail-queries.ts'
import { readsWords } from './reserved.ts'

/** The cases of this administration whose mail it answers to, the newest named first. */
export function threadCaseIds(
  ctx: Pick<Context, 'organisationId' | 'services'>,
  mail: Pick<ParsedMail, 'inReplyTo' | 'references'>,
): string[] {
  return [...mail.inReplyTo, ...mail.references.toReversed()].flatMap((id) => {
    const thread = readMessageId(ctx.services.secret, id)
    return thread === null || thread.organisationId !== ctx.organisationId ? [] : [thread.caseId]
  })
}

/** Whether a message answers to a reserved case whose words are not for the one who looks. */
export async function hidesWords(ctx: TxContext, mail: ParsedMail): Promise<boolean> {
  return (await selectReserved(ctx, threadCaseIds(ctx, mail))).some((row) => !readsWords(ctx, row))
}

/** Whether a message answers to a reserved case at all: then its subject is not kept for the list. */
export async function isReservedThread(ctx: TxContext, mail: MailGlimpse | ParsedMail | null): Promise<boolean> {
  if (mail === null || !('inReplyTo' in mail)) return false
  return (await selectReserved(ctx, threadCaseIds(ctx, mail))).length > 0
}
