/** Keyset cursors: the sort tuple of the last row and a hash of the filter, so a cursor fits only its own list. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { invalid } from './http/parse.ts'
import { platformTexts, say } from './texts.ts'

/** The cursor after a row with this sort tuple, in the list of this filter. */
export function encodeCursor(after: readonly (string | number)[], filter: unknown): string {
  return Buffer.from(JSON.stringify({ after, filter: hash(filter) })).toString('base64url')
}

/** The sort tuple, shaped as `tuple` says; an `invalid` Problem when the cursor is another list's or was altered. */
export function decodeCursor<Tuple extends z.ZodType>(cursor: string, filter: unknown, tuple: Tuple): z.output<Tuple> {
  const shape = z.object({ after: z.unknown(), filter: z.literal(hash(filter)) })
  const parsed = shape.safeParse(json(Buffer.from(cursor, 'base64url').toString('utf8')))
  const after = tuple.safeParse(parsed.data?.after)
  if (!parsed.success || !after.success)
    throw invalid([{ path: 'cursor', say: say(platformTexts, (t) => t.problems.fields.wrongFormat) }])
  return after.data
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function hash(filter: unknown): string {
  return createHash('sha256').update(JSON.stringify(filter)).digest('base64url').slice(0, 12)
}
