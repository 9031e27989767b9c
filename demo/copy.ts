/** Loading rows by COPY, in constant memory. */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/** The rows that items become; those that become none are left out. */
export function* mapped<Item>(items: readonly Item[], toRow: (item: Item, index: number) => unknown[] | null) {
  for (const [index, item] of items.entries()) {
    const row = toRow(item, index)
    if (row) yield row
  }
}

/** Loads rows by COPY. */
export async function copy(client: pg.PoolClient, target: string, rows: Iterable<readonly unknown[]>) {
  await pipeline(Readable.from(lines(rows)), client.query(copyFrom(`copy ${target} from stdin`)))
}

// Several rows a chunk: a million small writes would cost more than the rows.
function* lines(rows: Iterable<readonly unknown[]>) {
  let chunk = ''
  for (const row of rows) {
    chunk += `${row.map(cell).join('\t')}\n`
    if (chunk.length > 100_000) {
      yield chunk
      chunk = ''
    }
  }
  if (chunk) yield chunk
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '\\N'
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`
  return String(value).replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
}
