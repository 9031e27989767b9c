/** Keyset cursor of the list of people: the sort tuple of the last row and a hash of the filter it belongs to. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { invalid } from '../../../platform/http/parse.ts'
import { platformTexts, say } from '../../../platform/texts.ts'

const shape = z.object({ after: z.tuple([z.string(), z.string(), z.uuid()]), filter: z.string() })
type After = z.output<typeof shape>['after']

export function encodeCursor(after: After, filter: unknown): string {
  return Buffer.from(JSON.stringify({ after, filter: hash(filter) })).toString('base64url')
}

/** The sort tuple; an `invalid` Problem when the cursor was made for another filter or was altered. */
export function decodeCursor(cursor: string, filter: unknown): After {
  const parsed = shape.safeParse(json(Buffer.from(cursor, 'base64url').toString('utf8')))
  if (!parsed.success || parsed.data.filter !== hash(filter)) {
    throw invalid([{ path: 'cursor', say: say(platformTexts, (t) => t.problems.fields.wrongFormat) }])
  }
  return parsed.data.after
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
