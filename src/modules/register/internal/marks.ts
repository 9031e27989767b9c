/** What people scan or type of an item: the address on its label, its code, its serial, its inventory number. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'

const onLabel = /\/registro\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\/?$/i

/** The id that a label's address holds; null for everything else. Pure. */
export function labelledId(mark: string): string | null {
  return onLabel.exec(mark.trim())?.[1]?.toLowerCase() ?? null
}

/** The marks of a text, one a line; commas and semicolons part them too. Pure. */
export function marksOf(text: string): string[] {
  return text
    .split(/[\n\r;,\t]+/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

/** The id of the item of each mark, in their order; null where there is none. A code goes before a serial, that before an inventory number. */
export async function selectMarked(ctx: TxContext, marks: readonly string[]): Promise<(string | null)[]> {
  const asked = marks.map((mark, place) => ({ place, mark: mark.trim(), id: labelledId(mark) }))
  const org = ctx.organisationId
  const found = await sql<{ place: number; id: string }>`
    select g.place, f.id
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as g (place int, mark text, id uuid)
    cross join lateral (
      select c.id, 0 as rank from configuration_item c where c.organisation_id = ${org} and c.id = g.id
      union all
      select c.id, 1 from configuration_item c
      where c.organisation_id = ${org} and c.code = any (array[g.mark, upper(g.mark)])
      union all
      select a.item_id, 2 from asset a
      where a.organisation_id = ${org} and not a.is_disposed and a.serial is not null and upper(a.serial) = upper(g.mark)
      union all
      select a.item_id, 3 from asset a where a.organisation_id = ${org} and a.tag = g.mark
      order by rank limit 1
    ) f`.execute(ctx.db)
  const ids = new Map(found.rows.map(({ place, id }) => [place, id]))
  return marks.map((_, place) => ids.get(place) ?? null)
}
