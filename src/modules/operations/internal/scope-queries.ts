/** The SQL of scopes and probes. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { ProbeRow, ScopeRow } from '../schema.ts'

const scopeColumns = sql`id, code, name, kind, hosts_web as "hostsWeb", hours, interval_s as "intervalS",
  begins_on as "beginsOn", ends_on as "endsOn", version`

/** Scopes by code; with a period, those that existed on any of its days. */
export async function selectScopes(ctx: TxContext, days: { first: string; last: string } | null): Promise<ScopeRow[]> {
  const found = await sql<ScopeRow>`
    select ${scopeColumns} from monitored_scope where organisation_id = ${ctx.organisationId}
      and (${days === null} or begins_on <= ${days?.last ?? null}::date and coalesce(ends_on >= ${days?.first ?? null}::date, true))
    order by code limit 1000`.execute(ctx.db)
  return found.rows
}

export async function selectScope(ctx: TxContext, id: string): Promise<ScopeRow | undefined> {
  const found = await sql<ScopeRow>`
    select ${scopeColumns} from monitored_scope where organisation_id = ${ctx.organisationId} and id = ${id}`.execute(
    ctx.db,
  )
  return found.rows[0]
}

/** The scope, locked: who changes it and who changes it too come one after the other. */
export async function lockScope(ctx: TxContext, id: string): Promise<ScopeRow | undefined> {
  const found = await sql<ScopeRow>`
    select ${scopeColumns} from monitored_scope where organisation_id = ${ctx.organisationId} and id = ${id} for update`.execute(
    ctx.db,
  )
  return found.rows[0]
}

export async function insertScope(ctx: TxContext, { hostsWeb, intervalS, beginsOn, endsOn, ...row }: ScopeRow) {
  await ctx.db
    .insertInto('monitored_scope')
    .values({
      organisation_id: ctx.organisationId,
      ...row,
      hosts_web: hostsWeb,
      interval_s: intervalS,
      begins_on: beginsOn,
      ends_on: endsOn,
    })
    .execute()
}

export async function updateScopeEnd(ctx: TxContext, id: string, endsOn: string | null) {
  await ctx.db
    .updateTable('monitored_scope')
    .set({ ends_on: endsOn, version: sql<number>`version + 1` })
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .execute()
}

export async function selectProbes(ctx: TxContext): Promise<ProbeRow[]> {
  const found = await sql<ProbeRow>`
    select id, code, name, network, run_by as "runBy" from probe where organisation_id = ${ctx.organisationId}
    order by code limit 1000`.execute(ctx.db)
  return found.rows
}

export async function insertProbe(ctx: TxContext, { runBy, ...row }: ProbeRow) {
  await ctx.db
    .insertInto('probe')
    .values({ organisation_id: ctx.organisationId, ...row, run_by: runBy })
    .execute()
}
