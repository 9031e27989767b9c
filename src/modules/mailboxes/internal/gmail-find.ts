/** Whether a message that was meant to be sent is at Gmail already: looked for by what it says of itself, decided by its bytes. */
import type { Gmail } from './gmail-api.ts'
import { type Compared, readBack } from './gmail-compare.ts'
import type { Fetched } from './source.ts'

const day = 86_400
/** Headers that Gmail adds make it larger than it was. */
const addedBytes = 64_000
/** Candidates that are read; more would be messages that tell nothing of themselves but their size. */
const mostRead = 50

/** `taken` tells numbers that stand for other messages. Null when none is it. */
export async function findAtGmail(
  gmail: Gmail,
  message: Fetched,
  labelId: string,
  taken: (id: string) => boolean,
  spoolAbove: number,
): Promise<(Compared & { id: string }) | null> {
  const head = await headOf(message)
  let read = 0
  for await (const page of gmail.ids(queryFor(head, message.size, labelId)))
    for (const id of page.filter((one) => !taken(one))) {
      if (read >= mostRead) return null
      read += 1
      const compared = await readBack(gmail, id, message, spoolAbove)
      if (compared !== null && compared.level <= 2) return { ...compared, id }
    }
  return null
}

/** What to look for: its Message-ID; without one, its label, size and date. Pure. */
export function queryFor(head: string, size: number, labelId: string): { q: string; labelId?: string } {
  const id = /^message-id:\s*<?([^<>\s"]+)>?\s*$/im.exec(head)?.[1]
  if (id !== undefined) return { q: `rfc822msgid:${id}` }
  const terms = [`larger:${Math.max(0, size - 1)}`, `smaller:${size + addedBytes}`]
  const date = Date.parse(/^date:\s*(.+)$/im.exec(head)?.[1] ?? '') / 1000
  if (!Number.isNaN(date)) terms.push(`after:${Math.floor(date) - day}`, `before:${Math.floor(date) + day}`)
  return { q: terms.join(' '), labelId }
}

/** The headers, unfolded. */
async function headOf({ content }: Fetched): Promise<string> {
  let text = ''
  for await (const part of 'close' in content ? content.bytes() : [content]) {
    text += part.toString('latin1')
    if (/\r?\n\r?\n/.test(text)) break
  }
  const end = /\r?\n\r?\n/.exec(text)?.index ?? text.length
  return text
    .slice(0, end)
    .replace(/\r?\n[ \t]+/g, ' ')
    .replaceAll('\r\n', '\n')
}
