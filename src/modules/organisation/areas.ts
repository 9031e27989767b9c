/** The area each office is in: what public figures are told by, since an office would tell too much. */
import { sql } from 'kysely'
import type { TxContext } from '../../platform/context.ts'

/** The name of the topmost office above each, by id; an office at the top is its own area. */
export async function areasOfOffices(ctx: TxContext): Promise<Map<string, string>> {
  const found = await sql<{ id: string; area: string }>`
    with recursive above as (
      select id, id as top, parent_id, name from office where organisation_id = ${ctx.organisationId}
      union all
      select a.id, o.id, o.parent_id, o.name from above a
      join office o on o.organisation_id = ${ctx.organisationId} and o.id = a.parent_id
    )
    select id, name as area from above where parent_id is null`.execute(ctx.db)
  return new Map(found.rows.map(({ id, area }) => [id, area]))
}
