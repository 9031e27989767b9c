/** Where in a reply the words end and what they answer to begins. */

import { isReplyLine } from './reply-line.ts'

const originals = /^\s*[-_]{2,}\s*(messaggio originale|original message|messaggio originario)\s*[-_]{2,}\s*$/i
const opening = /^\s*(il\s(giorno\s)?|on\s).{3,}/i
const closing = /(ha scritto|wrote)\s*:\s*$/i
const outlookFrom = /^\s*\*?(da|from)\s*:\*?\s.+/i
const outlookSent = /^\s*\*?(inviato|sent|data|date)\s*:\*?\s.+/i

/** The text above the quotation; all of it when nothing would be left. Pure. */
export function cutQuote(text: string): string {
  const lines = text.split('\n')
  const at = lines.findIndex((line, index) => isSeparator(line) || isAttribution(lines, index))
  if (at < 0) return text.trim()
  const above = lines.slice(0, at).join('\n').trim()
  return above === '' ? text.trim() : above
}

function isSeparator(line: string): boolean {
  return originals.test(line) || isReplyLine(line)
}

// "Il giorno … ha scritto:" is often broken over two or three lines; Outlook writes a block of headers instead.
function isAttribution(lines: readonly string[], index: number): boolean {
  const line = lines[index] ?? ''
  if (line.length > 500) return false
  const next = lines.slice(index + 1, index + 3)
  if (opening.test(line)) {
    const whole = [line, ...next].findIndex((part) => closing.test(part.slice(-200)))
    if (whole >= 0) return true
  }
  return outlookFrom.test(line) && next.some((part) => outlookSent.test(part.slice(0, 500)))
}
