/** What a mail is once it was read: plain data, the same on both sides of the worker thread. */
import type { BounceReport } from './bounce.ts'

export type MailAddress = { address: string; name: string }

export type MailAttachment = { name: string; bytes: Uint8Array }

/** A mail as read. Strings hold no null bytes and no half characters. */
export type ParsedMail = {
  /** With its angle brackets; empty when the mail has none. */
  messageId: string
  from: MailAddress | null
  to: MailAddress[]
  cc: MailAddress[]
  subject: string
  /** ISO; null when there is none or it is no date. */
  date: string | null
  inReplyTo: string[]
  references: string[]
  /** The plain text; from the HTML when the mail has nothing else. */
  text: string
  /** The text above what it answers to. */
  reply: string
  /** The HTML without scripts, styles, pictures and anything fetched from elsewhere; empty when there is none. */
  html: string
  attachments: MailAttachment[]
  isAutoReply: boolean
  isBounce: boolean
  /** What it reports, when it is a notice of non-delivery that can be read. */
  bounce: BounceReport | null
  /** The list it came through, or null. */
  listId: string | null
}

/** Why a mail is not read at all; it is kept as it came. */
export type MailRefusal =
  | 'empty'
  | 'headers_too_large'
  | 'too_deep'
  | 'too_many_parts'
  | 'too_many_recipients'
  | 'broken'
  | 'parse_timeout'
  | 'parse_crash'

/** Who and what, as far as the head of a mail that is not read tells it. */
export type MailGlimpse = { from: MailAddress | null; subject: string }

export type ReadMail = { is: 'read'; mail: ParsedMail } | ({ is: 'refused'; reason: MailRefusal } & MailGlimpse)

/** The answer for a mail that was not looked at at all. */
export function refused(reason: MailRefusal, glimpse: MailGlimpse = { from: null, subject: '' }): ReadMail {
  return { is: 'refused', reason, ...glimpse }
}

/** What a mail may have at most before it is read. Beyond it no person wrote it to a service desk. */
export const mailLimits = {
  headerBytes: 512 * 1024,
  depth: 30,
  parts: 500,
  recipients: 1000,
  /** Characters of text and of HTML that are looked at; the rest stays in the mail as it came. */
  characters: 2_000_000,
} as const
