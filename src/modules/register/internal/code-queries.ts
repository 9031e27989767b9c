/** The SQL that gives items their codes: a prefix and a number that is never given twice. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'

/** A code for each prefix, in their order. */
export async function giveCodes(ctx: TxContext, prefixes: readonly string[]): Promise<string[]> {
  const counts = new Map<string, number>()
  for (const prefix of prefixes) counts.set(prefix, (counts.get(prefix) ?? 0) + 1)
  if (counts.size === 0) return []
  const named = [...counts.keys()].toSorted()
  const found = await sql<{ prefix: string; last: number }>`
    insert into item_number (organisation_id, prefix, last)
    select ${ctx.organisationId}, prefix, wanted
    from unnest(${named}::text[], ${named.map((prefix) => counts.get(prefix) ?? 0)}::int[]) as g (prefix, wanted) order by prefix
    on conflict (organisation_id, prefix) do update set last = item_number.last + excluded.last
    returning prefix, last`.execute(ctx.db)
  const next = new Map(found.rows.map(({ prefix, last }) => [prefix, last - (counts.get(prefix) ?? 0)]))
  return prefixes.map((prefix) => {
    const number = (next.get(prefix) ?? 0) + 1
    next.set(prefix, number)
    return codeOf(prefix, number)
  })
}

/** Notes codes that people gave, so that none of them is given again. */
export async function noteCodes(ctx: TxContext, codes: readonly string[]): Promise<void> {
  const highest = highestNumbers(codes)
  if (highest.size === 0) return
  const named = [...highest.keys()].toSorted()
  await sql`
    insert into item_number (organisation_id, prefix, last)
    select ${ctx.organisationId}, prefix, number
    from unnest(${named}::text[], ${named.map((prefix) => highest.get(prefix) ?? 0)}::int[]) as g (prefix, number) order by prefix
    on conflict (organisation_id, prefix) do update set last = greatest(item_number.last, excluded.last)`.execute(
    ctx.db,
  )
}

/** PC-000123. */
export function codeOf(prefix: string, number: number): string {
  return `${prefix}-${String(number).padStart(6, '0')}`
}

/** The highest number of each prefix among codes. */
export function highestNumbers(codes: readonly string[]): Map<string, number> {
  const highest = new Map<string, number>()
  for (const code of codes) {
    const [, prefix = '', digits = ''] = /^([A-Z]{2,5})-(\d{1,9})$/.exec(code) ?? []
    if (prefix !== '') highest.set(prefix, Math.max(highest.get(prefix) ?? 0, Number(digits)))
  }
  return highest
}
