/** From a waiting mail to its words, read as things stand now; or why it does not go. */
import { newToken } from '../../../platform/auth/secrets.ts'
import type { TxContext } from '../../../platform/context.ts'
import { signMessageId } from '../../../platform/mail/message-ids.ts'
import type { Letter } from '../../../platform/mail/smtp.ts'
import { type Frame, headDay, letterOf, noticeTexts, plainLetter, type Written } from './letter.ts'
import { insertLink } from './mail-link-queries.ts'
import {
  type CaseNotice,
  type Hold,
  isCaseNotice,
  type LinkPurpose,
  linkLifeMs,
  linkOf,
  mostInTenMinutes,
  staleAfterMs,
} from './notices.ts'
import { caseNumber } from './number.ts'
import {
  keepMessageId,
  type MailToSend,
  selectFirstMessageId,
  selectSeal,
  selectToldEvent,
  type ToldEvent,
} from './outbox-queries.ts'

/** Whether a mail is held back, before its words are looked at. Pure. */
export function holdOf(mail: MailToSend, nowMs: number): Hold | null {
  if (mail.has_left) return 'left'
  if (mail.is_suppressed) return 'bounced'
  if (mail.released_at !== null) return null
  if (nowMs - Date.parse(mail.created_at) > staleAfterMs) return 'too_old'
  return mail.sent_lately >= mostInTenMinutes ? 'too_many' : null
}

/** The mail as it goes out, its Message-ID kept for the next attempt; or why it is held. */
export async function compose(ctx: TxContext, mail: MailToSend): Promise<Letter | Hold> {
  const now = new Date().toISOString()
  const hold = holdOf(mail, Date.parse(now))
  if (hold !== null) return hold
  const frame = { language: mail.language, zone: ctx.zone, now, organisationName: ctx.organisationName }
  const written = await write(ctx, mail, frame)
  if (written === 'erased') return written
  const messageId = mail.message_id ?? messageIdOf(ctx, mail)
  await keepMessageId(ctx, mail.id, messageId)
  const first = mail.case_id === null ? null : await selectFirstMessageId(ctx, mail)
  return {
    ...written,
    to: { name: mail.name, address: mail.email },
    fromName: ctx.organisationName,
    messageId,
    references: first === null ? [] : [first],
  }
}

function write(ctx: TxContext, mail: MailToSend, frame: Frame): Promise<Written | 'erased'> {
  if (mail.notice === 'daily_head') return headLetter(ctx, mail, frame)
  return isCaseNotice(mail.notice) ? caseLetter(ctx, mail, frame, mail.notice) : lettersOfOthers(ctx, mail, frame)
}

// Its words are another module's; when it has none left, nothing goes.
async function lettersOfOthers(ctx: TxContext, mail: MailToSend, frame: Frame): Promise<Written | 'erased'> {
  const { id, subject_id: subjectId, day, person_id: personId, created_at: createdAt, language } = mail
  const due = { id, subjectId, day, personId, createdAt, language }
  const words = await ctx.services.letters.write(ctx, mail.notice, due)
  return words === null ? 'erased' : plainLetter(words.subject, mail.given_name, words.body, frame)
}

function messageIdOf(ctx: TxContext, mail: MailToSend): string {
  const host = new URL(ctx.services.url).hostname
  if (mail.case_id === null || mail.event_id === null) return `<${mail.id}@${host}>`
  const thread = { organisationId: ctx.organisationId, caseId: mail.case_id, eventId: mail.event_id }
  return signMessageId(ctx.services.secret, thread, host)
}

async function caseLetter(
  ctx: TxContext,
  mail: MailToSend,
  frame: Frame,
  notice: CaseNotice,
): Promise<Written | 'erased'> {
  const { case_id: caseId, event_id: eventId } = mail
  const told = caseId === null || eventId === null ? undefined : await selectToldEvent(ctx, caseId, eventId)
  if (told === undefined || caseId === null) throw new Error('A mail tells of an event')
  if (notice === 'replied' && told.is_erased) return 'erased'
  const linkUrl = told.is_reserved ? null : await newLink(ctx, mail, told, linkOf[notice])
  const facts = {
    notice,
    givenName: mail.given_name,
    number: caseNumber(told.number, told.opened_at, ctx.zone),
    title: told.title,
    isReserved: told.is_reserved,
    // The hour of a call may have been corrected since; the case keeps the right one.
    at: notice === 'receipt' ? told.opened_at : told.occurred_at,
    words: wordsOf(told),
    isInPerson: told.payload.channel === 'in_person',
    promisedFor: told.payload.promisedFor ?? null,
    promisedBefore: told.promised_before,
    closesAt: told.payload.closesAt ?? null,
    otherNumber:
      told.other_number === null
        ? null
        : caseNumber(told.other_number, told.other_opened_at ?? told.opened_at, ctx.zone),
    caseUrl: `${ctx.services.url}/richieste/${caseId}`,
    linkUrl,
  }
  return letterOf(facts, frame)
}

/** What staff wrote to be read by the one who asked; a note for staff has another name in the event. */
export function wordsOf({ content }: { content: string | null }): string {
  if (content === null) return ''
  const { body, reason }: { body?: string; reason?: string } = JSON.parse(content)
  return body ?? reason ?? ''
}

async function newLink(
  ctx: TxContext,
  mail: MailToSend,
  told: ToldEvent,
  purpose: LinkPurpose | null,
): Promise<string | null> {
  if (purpose === null || mail.case_id === null || mail.event_id === null) return null
  // Only the hour of a call is corrected: who came in person met somebody.
  if (purpose === 'receipt' && told.channel !== 'phone') return null
  const { token, digest } = newToken()
  const expiresAt =
    purpose === 'answer' && told.payload.closesAt !== undefined
      ? told.payload.closesAt
      : new Date(Date.parse(mail.created_at) + linkLifeMs).toISOString()
  await insertLink(ctx, {
    digest,
    purpose,
    caseId: mail.case_id,
    personId: mail.person_id,
    eventId: mail.event_id,
    mailId: mail.id,
    expiresAt,
  })
  return `${ctx.services.url}/r/${token}`
}

async function headLetter(ctx: TxContext, mail: MailToSend, frame: Frame): Promise<Written> {
  const seal = mail.seal_number === null ? undefined : await selectSeal(ctx, mail.seal_number)
  if (seal === undefined || mail.day === null) throw new Error('A daily head tells of a seal')
  const t = noticeTexts[frame.language].head
  const facts = [
    t.number(String(seal.number)),
    t.head(seal.head),
    t.when(seal.sealed_at.slice(0, 19).replace('T', ' ')),
  ].join('\n')
  const body = [t.lead, facts, `${t.verify}\nnpx sitec audit verify --head ${seal.head}@${seal.number}`]
  return plainLetter(t.subject(headDay(mail.day, frame.language)), mail.given_name, body, frame)
}
