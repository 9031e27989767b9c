/** The SQL of what the supplier declares was out of order. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'

export type DeclaredOutage = {
  scopeId: string
  from: string
  until: string
  reason: string
  isExcluded: boolean
  importId: string
}

const columns = sql`scope_id as "scopeId", from_at as "from", until_at as "until", reason, is_excluded as "isExcluded", import_id as "importId"`

/** Declared outages that overlap a period, of one scope or of all, in order. */
export async function selectDeclared(
  ctx: TxContext,
  from: string,
  until: string,
  scopeId: string | null = null,
): Promise<DeclaredOutage[]> {
  const found = await sql<DeclaredOutage>`
    select ${columns} from declared_outage where organisation_id = ${ctx.organisationId}
      and from_at < ${until}::timestamptz and until_at > ${from}::timestamptz
      and (${scopeId}::uuid is null or scope_id = ${scopeId}::uuid)
    order by scope_id, from_at`.execute(ctx.db)
  return found.rows
}

/** Those of some scopes that begin at some instants. */
export async function selectDeclaredAt(ctx: TxContext, rows: readonly { scopeId: string; from: string }[]) {
  const found = await sql<DeclaredOutage>`
    select ${columns} from declared_outage where organisation_id = ${ctx.organisationId}
      and (scope_id, from_at) in (select * from unnest(${rows.map((row) => row.scopeId)}::uuid[], ${rows.map((row) => row.from)}::timestamptz[]))`.execute(
    ctx.db,
  )
  return found.rows
}

export async function insertDeclared(ctx: TxContext, rows: readonly (DeclaredOutage & { id: string })[]) {
  await sql`
    insert into declared_outage (organisation_id, id, scope_id, from_at, until_at, reason, is_excluded, import_id)
    select ${ctx.organisationId}, g.id, g."scopeId", g."from", g."until", g.reason, g."isExcluded", g."importId"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as g (id uuid, "scopeId" uuid, "from" timestamptz, "until" timestamptz, reason text, "isExcluded" boolean, "importId" uuid)`.execute(
    ctx.db,
  )
}
