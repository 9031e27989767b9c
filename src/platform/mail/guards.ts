/** Looks at the raw bytes before any parser does: cheap, in one pass, and never fooled into building a tree. */
import { type MailRefusal, mailLimits } from './parsed.ts'

const lineFeed = 10
const dash = 45
/** No header line that matters here is longer; the rest of a longer one is not looked at. */
const lookedAt = 2000

/** Why these bytes are not given to the parser, or null. */
export function refusalOf(raw: Buffer): MailRefusal | null {
  if (raw.length === 0) return 'empty'
  const head = headOf(raw)
  if (head === null) return 'headers_too_large'
  if (recipientsOf(head) > mailLimits.recipients) return 'too_many_recipients'
  return partsRefusal(raw)
}

/** The Message-ID of raw bytes, without parsing them; empty when there is none, at most 500 characters. */
export function messageIdOf(raw: Buffer): string {
  const head = raw.toString('latin1', 0, Math.min(raw.length, mailLimits.headerBytes)).split(/\r?\n\r?\n/, 1)[0] ?? ''
  const found = /^message-id:[ \t]*(?:\r?\n[ \t]+)?(<[^>\r\n]*>|[^\s]+)/im.exec(head)?.[1] ?? ''
  return found.replace(/[^\x21-\x7e]/g, '').slice(0, 500)
}

/** The lines of sender and subject alone, as a mail of their own. */
export function headlineOf(raw: Buffer): Buffer {
  const head = raw.toString('latin1', 0, Math.min(raw.length, mailLimits.headerBytes)).split(/\r?\n\r?\n/, 1)[0] ?? ''
  const lines = ['from', 'subject'].flatMap((name) => {
    const found = new RegExp(`^${name}:[^\\n]*(\\n[ \\t][^\\n]*){0,20}`, 'im').exec(head)?.[0]
    return found === undefined ? [] : [found.trimEnd().slice(0, lookedAt)]
  })
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
}

// The header block as text, or null when it does not end in time.
function headOf(raw: Buffer): string | null {
  const block = raw.subarray(0, mailLimits.headerBytes + 4)
  const ends = [block.indexOf('\r\n\r\n'), block.indexOf('\n\n')].filter((at) => at >= 0)
  if (ends.length === 0 && raw.length > mailLimits.headerBytes) return null
  return block.toString('latin1', 0, ends.length === 0 ? block.length : Math.min(...ends))
}

function recipientsOf(head: string): number {
  let count = 0
  let isCounted = false
  for (const line of head.split('\n')) {
    if (!/^[ \t]/.test(line)) isCounted = /^(to|cc|bcc|resent-to|resent-cc):/i.test(line)
    if (isCounted) count += line.split('@').length - 1
  }
  return count
}

type Scan = { open: string[]; parts: number; isHead: boolean; isType: boolean; isMessage: boolean }

// Follows boundaries line by line, as a parser would, but keeps only the stack of those that are open.
function partsRefusal(raw: Buffer): MailRefusal | null {
  const scan: Scan = { open: [], parts: 0, isHead: true, isType: false, isMessage: false }
  for (let at = 0; at < raw.length; ) {
    const end = raw.indexOf(lineFeed, at)
    const stop = end === -1 ? raw.length : end
    if (raw[at] === dash && raw[at + 1] === dash) meetBoundary(scan, lineAt(raw, at, stop))
    else if (scan.isHead) meetHeader(scan, lineAt(raw, at, stop))
    if (scan.open.length > mailLimits.depth) return 'too_deep'
    if (scan.parts > mailLimits.parts) return 'too_many_parts'
    at = stop + 1
  }
  return null
}

function lineAt(raw: Buffer, from: number, to: number): string {
  return raw.toString('latin1', from, Math.min(to, from + lookedAt)).trimEnd()
}

function meetHeader(scan: Scan, line: string) {
  if (line === '') {
    // A message inside the message brings a header block of its own.
    if (scan.isMessage) scan.open.push('')
    scan.isHead = scan.isMessage
    scan.isMessage = false
    scan.isType = false
    return
  }
  if (!/^[ \t]/.test(line)) scan.isType = /^content-type:/i.test(line)
  if (!scan.isType) return
  if (/^content-type:\s*message\/(rfc822|global)/i.test(line)) scan.isMessage = true
  const boundary = /boundary\*?\d*\*?\s*=\s*(?:"([^"]+)"|([^;\s"]+))/i.exec(line)
  const name = boundary?.[1] ?? boundary?.[2]
  if (name) scan.open.push(name.trimEnd())
}

function meetBoundary(scan: Scan, line: string) {
  const at = scan.open.findLastIndex((name) => name !== '' && (line === `--${name}` || line === `--${name}--`))
  if (at < 0) return
  const isEnd = line !== `--${scan.open[at]}`
  scan.open.length = isEnd ? at : at + 1
  scan.isHead = !isEnd
  scan.isType = false
  scan.isMessage = false
  if (!isEnd) scan.parts += 1
}
