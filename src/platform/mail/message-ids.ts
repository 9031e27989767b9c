/**
 * Message-IDs that prove where an answer belongs: every mail about a case carries one, signed with the installation's
 * key, and a reply names it in In-Reply-To or References (RFC 5322 §3.6.4). A subject or an address proves nothing.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a mail of ours was about. `eventId` is the event it told of. */
export type MailThread = { organisationId: string; caseId: string; eventId: number }

const pattern = /^<?sitec\.([0-9a-f]{32})\.([0-9a-f]{32})\.([0-9a-z]{1,13})\.([0-9a-f]{32})@[^@\s<>]+>?$/i

/** The Message-ID, with its angle brackets, of the mail that tells somebody of this event. `host` is the domain after @. */
export function signMessageId(secret: Buffer, thread: MailThread, host: string): string {
  const stem = `${bare(thread.organisationId)}.${bare(thread.caseId)}.${thread.eventId.toString(36)}`
  return `<sitec.${stem}.${signature(secret, stem)}@${host}>`
}

/** The thread of a Message-ID that we signed; null for any other, also for one that was altered by a letter. */
export function readMessageId(secret: Buffer, messageId: string): MailThread | null {
  const found = pattern.exec(messageId.trim())
  if (found === null) return null
  const [, organisation = '', id = '', event = '', signed = ''] = found.map((part) => part.toLowerCase())
  const expected = Buffer.from(signature(secret, `${organisation}.${id}.${event}`))
  const given = Buffer.from(signed)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  return { organisationId: uuid(organisation), caseId: uuid(id), eventId: Number.parseInt(event, 36) }
}

function signature(secret: Buffer, stem: string): string {
  return createHmac('sha256', secret).update(`message-id ${stem}`).digest('hex').slice(0, 32)
}

function bare(id: string): string {
  return id.replaceAll('-', '')
}

function uuid(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
