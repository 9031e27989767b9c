/** Reads raw RFC 822 bytes. Runs in a worker thread: what it is given was written by anybody. */
import { isUtf8 } from 'node:buffer'
import {
  type AddressObject,
  type Attachment,
  type EmailAddress,
  type ParsedMail as Found,
  simpleParser,
} from 'mailparser'
import { bounceReport } from './bounce.ts'
import { senderFacts } from './facts.ts'
import { headlineOf, refusalOf } from './guards.ts'
import {
  type MailAddress,
  type MailAttachment,
  type MailGlimpse,
  mailLimits,
  type ReadMail,
  refused,
} from './parsed.ts'
import { cleanLine, cleanText, safeHtml, textOfHtml } from './plain-text.ts'
import { cutQuote } from './quotes.ts'

const options = {
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipTextLinks: true,
  skipImageLinks: true,
  keepCidLinks: true,
  checksumAlgo: false,
} as const

/** The mail, or why it is not read. Archives are never opened: they stay attachments. */
export async function readMail(raw: Buffer): Promise<ReadMail> {
  const reason = refusalOf(raw)
  if (reason !== null) return refused(reason, await glimpse(raw))
  const readable = withReadableHead(raw)
  const found = await simpleParser(readable, options).catch(() => null)
  if (found === null) return refused('broken', await glimpse(raw))
  return { is: 'read', mail: { ...plain((await relabelled(readable, found)) ?? found), bounce: bounceReport(raw) } }
}

async function glimpse(raw: Buffer): Promise<MailGlimpse> {
  const found = await simpleParser(withReadableHead(headlineOf(raw)), options).catch(() => null)
  return { from: addresses(found?.from)[0] ?? null, subject: cleanLine(found?.subject ?? '').slice(0, 1000) }
}

// Headers are ASCII or UTF-8 (RFC 6532); older programs write the letters of their own charset.
function withReadableHead(raw: Buffer): Buffer {
  const ends = [raw.indexOf('\r\n\r\n'), raw.indexOf('\n\n')].filter((at) => at >= 0)
  const head = raw.subarray(0, ends.length === 0 ? raw.length : Math.min(...ends))
  return isUtf8(head) ? raw : Buffer.concat([Buffer.from(head.toString('latin1')), raw.subarray(head.length)])
}

const replacement = '\ufffd'

// Text that is not what its charset says is nearly always windows-1252 (WHATWG Encoding calls it the fallback).
async function relabelled(raw: Buffer, found: Found): Promise<Found | null> {
  const isGarbled = (mail: Found) => [mail.text, mail.html || ''].some((text) => text?.includes(replacement) === true)
  if (!isGarbled(found) || raw.includes(replacement)) return null
  const text = raw
    .toString('latin1')
    .replace(/charset\s*=\s*"?(utf-?8|us-ascii|ascii|unknown[\w-]*|[\w-]*unknown)"?/gi, 'charset=windows-1252')
  const again = await simpleParser(Buffer.from(text, 'latin1'), options).catch(() => null)
  return again === null || isGarbled(again) ? null : again
}

function plain(found: Found) {
  const header = (name: string) =>
    found.headerLines?.filter((line) => line.key === name).map((line) => cleanLine(line.line.replace(/^[^:]*:/, ''))) ??
    []
  const subject = cleanLine(found.subject ?? '').slice(0, 1000)
  const [from = null] = addresses(found.from)
  const text = textOf(found)
  return {
    messageId: (ids(header('message-id'))[0] ?? '').slice(0, 500),
    from,
    to: addresses(found.to),
    cc: addresses(found.cc),
    subject,
    date: found.date && Number.isFinite(found.date.getTime()) ? found.date.toISOString() : null,
    inReplyTo: ids(header('in-reply-to')).slice(0, 50),
    references: ids(header('references')).slice(-50),
    text,
    reply: cutQuote(text),
    html: found.html ? safeHtml(found.html) : '',
    attachments: found.attachments.map(attachmentOf),
    ...senderFacts(header, from?.address ?? '', subject),
  }
}

function textOf(found: Found): string {
  const text = cleanText(found.text ?? '').trim()
  return text === '' && found.html ? textOfHtml(found.html) : text
}

function addresses(given: AddressObject | AddressObject[] | undefined): MailAddress[] {
  const flat = (list: readonly EmailAddress[]): EmailAddress[] => list.flatMap((one) => [one, ...flat(one.group ?? [])])
  return [given ?? []]
    .flat()
    .flatMap((one) => flat(one.value ?? []))
    .flatMap(({ address, name }) =>
      address
        ? [{ address: cleanLine(address).toLowerCase().slice(0, 320), name: cleanLine(name ?? '').slice(0, 200) }]
        : [],
    )
    .slice(0, mailLimits.recipients)
}

// Message-IDs are what stands in angle brackets; the rest of the line is comment or damage.
function ids(values: readonly string[]): string[] {
  return values.flatMap((value) => value.match(/<[^<>\s]{3,500}>/g) ?? (/^[^\s<>]{3,500}$/.test(value) ? [value] : []))
}

const namesByType: Record<string, string> = { 'text/calendar': 'invito.ics', 'message/rfc822': 'messaggio.eml' }

function attachmentOf({ filename, contentType, content }: Attachment, index: number): MailAttachment {
  const name = cleanLine(filename ?? '') || namesByType[contentType] || `allegato-${index + 1}`
  // Buffers may share memory with others: a copy of its own can be handed to the main thread.
  return { name: name.slice(0, 300), bytes: Uint8Array.from(content ?? []) }
}
