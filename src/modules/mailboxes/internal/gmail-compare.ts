/** A message as Gmail gives it back, against what was sent; a large one in parts, on both sides. */
import { createHash } from 'node:crypto'
import type { Level } from '../vocabulary.ts'
import { digestOf } from './digest.ts'
import { compareMessages } from './equivalence.ts'
import type { Gmail, GmailFacts } from './gmail-api.ts'
import type { Fetched } from './source.ts'
import { type Spooled, spool } from './spool.ts'

export type Compared = { targetSha256: string; level: Level; reason: string | null; facts: GmailFacts }

/** Headers of a large message that lie in memory; more of them is no message. */
const mostHeaderBytes = 1_000_000

/** Reads it and compares; null when it is not there. */
export async function readBack(
  gmail: Gmail,
  id: string,
  { content, size }: Fetched,
  spoolAbove: number,
): Promise<Compared | null> {
  const isLarge = 'close' in content || size > spoolAbove
  return isLarge ? readLarge(gmail, id, content) : readSmall(gmail, id, content)
}

async function readSmall(gmail: Gmail, id: string, ours: Buffer): Promise<Compared | null> {
  const parts: Buffer[] = []
  const facts = await gmail.read(id, async (bytes) => {
    for await (const part of bytes) parts.push(part)
  })
  if (facts === null) return null
  const theirs = Buffer.concat(parts)
  const { level, differs } = compareMessages(ours, theirs)
  return { targetSha256: digestOf(theirs), level, reason: level === 4 ? differs.join(', ') || 'bytes' : null, facts }
}

async function readLarge(gmail: Gmail, id: string, ours: Buffer | Spooled): Promise<Compared | null> {
  let theirs: Spooled | null = null
  try {
    const facts = await gmail.read(id, async (bytes) => {
      theirs = await spool(bytes)
    })
    const spooled = theirs as Spooled | null // assigned in the callback
    if (facts === null || spooled === null) return null
    const [before, after] = [await outline('close' in ours ? ours.bytes() : [ours]), await outline(spooled.bytes())]
    // The headers are compared as those of a message without a body.
    const { level, differs } = compareMessages(before.head, after.head)
    const isSameBody = before.body === after.body
    const found: Level = isSameBody ? level : 4
    const reasons = [...differs, ...(isSameBody ? [] : ['body'])]
    return { targetSha256: spooled.sha256, level: found, reason: found === 4 ? reasons.join(', ') : null, facts }
  } finally {
    await (theirs as Spooled | null)?.close()
  }
}

// The headers, and a digest of the body with its line ends made one and NUL as IMAP servers keep it.
async function outline(parts: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<{ head: Buffer; body: string }> {
  const hash = createHash('sha256')
  let head: Buffer | null = null
  let kept = ''
  const take = (text: string, isLast: boolean) => {
    kept += text
    if (head === null) {
      const end = /\r\n\r\n|\n\n/.exec(kept)
      if (end === null && !isLast && kept.length < mostHeaderBytes) return
      const at = end === null ? kept.length : end.index + end[0].length
      head = Buffer.from(kept.slice(0, at), 'latin1')
      kept = kept.slice(at)
    }
    // A carriage return at the end may belong to the next line feed.
    const whole = !isLast && kept.endsWith('\r') ? kept.length - 1 : kept.length
    const body = kept
      .slice(0, whole)
      .replace(/\r\n|\r|\n/g, '\r\n')
      .replaceAll('\0', '\x80')
    hash.update(Buffer.from(body, 'latin1'))
    kept = kept.slice(whole)
  }
  for await (const part of parts) take(part.toString('latin1'), false)
  take('', true)
  return { head: head ?? Buffer.alloc(0), body: hash.digest('hex') }
}
