/** What becomes of a mail: one decision, pure, from what it says and what is known. */
import type { ParsedMail } from '../../../platform/mail/parsed.ts'
import type { IgnoredReason, QuarantineReason } from '../mail-schema.ts'
import type { ReservedMatter } from '../vocabulary.ts'

/** What a message may become: the kinds that need nothing but words. Another kind is given by whoever works on it. */
export const mailKinds = ['incident', 'service_request', 'application_support'] as const

/** More than this in ten minutes is no person writing. */
export const breaker = { opened: 30, appended: 30 } as const
/** A case shows at most 200 attachments; no person sends this many in one mail. */
export const mostAttachments = 100

/** What SITEC knows beside the mail itself. */
export type Known = {
  /** Its own Message-ID is one we signed, or it comes from the channel's own address. */
  isOurs: boolean
  /** A person chose to take it: what only guards against machines is not asked. */
  isByHand: boolean
  /** Who asks, by the address or as a person named them; null when nobody is known. */
  sender: { personId: string; mayOpen: boolean } | null
  /** That person was chosen by hand, and it came from another address than theirs. */
  isChosen: boolean
  /** The case of the Message-ID we signed that it answers to. */
  thread: { caseId: string; requesterId: string; takesReplies: boolean; reserved: ReservedMatter | null } | null
  /** The case that another copy of the same words went into already. */
  twinCaseId: string | null
  /** In the last ten minutes, from this sender and into this case. */
  opened: number
  appended: number
}

export type Plan =
  | { is: 'ignored'; reason: IgnoredReason; caseId?: string }
  | { is: 'quarantined'; reason: QuarantineReason }
  | { is: 'reply'; caseId: string }
  | { is: 'note'; caseId: string }
  | { is: 'open'; followsCaseId: string | null; reserved: ReservedMatter | null }

/**
 * An answer is added to a case only by the Message-ID that we signed, never by subject or address; with the asker's
 * rights only when it comes from the asker's address, otherwise as a note. Whoever is known opens a case; anybody else
 * waits for a person. What follows a reserved case is reserved like it.
 */
export function planMail(mail: ParsedMail, known: Known): Plan {
  if (!known.isByHand) {
    if (known.isOurs) return { is: 'ignored', reason: 'loop' }
    if (mail.isBounce) return { is: 'ignored', reason: 'bounce' }
    if (mail.listId !== null) return { is: 'ignored', reason: 'list' }
    if (mail.isAutoReply) return { is: 'ignored', reason: 'auto_reply' }
    if (known.twinCaseId !== null) return { is: 'ignored', reason: 'copy', caseId: known.twinCaseId }
  }
  if (mail.attachments.length > mostAttachments) return { is: 'quarantined', reason: 'too_many_attachments' }
  const { thread, sender } = known
  if (thread?.takesReplies) {
    if (!known.isByHand && known.appended >= breaker.appended) return { is: 'quarantined', reason: 'too_many' }
    if (sender === null && mail.from === null) return { is: 'quarantined', reason: 'no_sender' }
    const isAskers = sender?.personId === thread.requesterId && !known.isChosen
    return { is: isAskers ? 'reply' : 'note', caseId: thread.caseId }
  }
  if (sender === null) return { is: 'quarantined', reason: mail.from === null ? 'no_sender' : 'unknown_sender' }
  if (!sender.mayOpen) return { is: 'quarantined', reason: 'not_entitled' }
  if (!known.isByHand && known.opened >= breaker.opened) return { is: 'quarantined', reason: 'too_many' }
  return { is: 'open', followsCaseId: thread?.caseId ?? null, reserved: thread?.reserved ?? null }
}

/** The title of the case a subject leads to: without "Re:", "R:", "Fwd:", "I:", never empty, at most 200 characters. */
export function titleOf(subject: string, noSubject: string): string {
  const bare = subject.replace(/^(\s*(re|r|rif|fwd?|fw|i|inoltro|aw|wg|tr|sv)\s*(\[\d+\])?\s*:)+/i, '').trim()
  if (bare === '') return noSubject
  return bare.length < 3 ? `${bare} ${noSubject}`.slice(0, 200) : bare.slice(0, 200).toWellFormed().trim()
}
