/** How equal two messages are, and in what they differ. Pure. */
import type { Level } from '../vocabulary.ts'

/** Headers a server may put before what it stores; nothing of the sender's is among them. */
const added =
  /^(received|return-path|delivered-to|x-received|x-gm-.+|x-ms-.+|arc-.+|authentication-results|x-original-to|x-uid|status)$/

export type Equivalence = { level: Level; differs: string[] }

/**
 * 0: the same bytes · 1: the same but for line ends and NUL, which IMAP cannot carry · 2: the target only added headers of
 * delivery · 4: something else. Level 3, equal decoded parts, is not claimed: what is not 0 to 2 is for a person to look at.
 * `differs` names headers, or "body".
 */
export function compareMessages(source: Buffer, target: Buffer): Equivalence {
  if (source.equals(target)) return { level: 0, differs: [] }
  const [ours, theirs] = [normalised(source), normalised(target)]
  if (ours === theirs) return { level: 1, differs: [] }
  const [before, after] = [split(ours), split(theirs)]
  const missing = subtract(before.headers, after.headers)
  const extra = subtract(after.headers, before.headers)
  const isSameBody = before.body === after.body
  const foreign = extra.filter((header) => !added.test(header.name) && !isGivenByGoogle(header, before.headers))
  if (isSameBody && missing.length === 0 && foreign.length === 0) return { level: 2, differs: [] }
  const names = [...missing, ...foreign].map(({ name }) => name)
  return { level: 4, differs: [...new Set([...names, ...(isSameBody ? [] : ['body'])])].sort() }
}

// A message without a Message-ID gets one that says so. One that had its own keeps it, or is another message.
function isGivenByGoogle({ name, value }: Header, before: readonly Header[]): boolean {
  const isGiven = name === 'message-id' && /SMTPIN_ADDED_MISSING@mx\.google\.com>?$/.test(value)
  return isGiven && !before.some((header) => header.name === 'message-id')
}

// Latin-1 keeps every byte. Servers that cannot store NUL put 0x80.
function normalised(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/\r\n|\r|\n/g, '\r\n')
    .replaceAll('\0', '\x80')
}

type Header = { name: string; value: string }

function split(message: string): { headers: Header[]; body: string } {
  const end = message.indexOf('\r\n\r\n')
  const block = end < 0 ? message : message.slice(0, end)
  const headers = block
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .map((line) => {
      const colon = line.indexOf(':')
      if (colon < 0) return { name: '(no header)', value: line }
      return { name: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1).trim() }
    })
  return { headers, body: end < 0 ? '' : message.slice(end + 4) }
}

// What is in `from` more often than in `other`.
function subtract(from: readonly Header[], other: readonly Header[]): Header[] {
  const keyOf = ({ name, value }: Header) => `${name}:${value}`
  const left = new Map<string, number>()
  for (const header of other) left.set(keyOf(header), (left.get(keyOf(header)) ?? 0) + 1)
  return from.filter((header) => {
    const times = left.get(keyOf(header)) ?? 0
    if (times > 0) left.set(keyOf(header), times - 1)
    return times === 0
  })
}
