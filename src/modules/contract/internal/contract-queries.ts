/** The SQL of contracts, their versions and what was declared under them. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { ContractVersion } from './terms.ts'

export type StoredContract = { id: string; title: string; source: string; beginsOn: string; endsOn: string | null }

/** Every contract, the newest first. */
export async function selectContracts(ctx: TxContext): Promise<StoredContract[]> {
  const found = await sql<StoredContract>`
    select id, title, source, begins_on::text as "beginsOn", ends_on::text as "endsOn"
    from contract where organisation_id = ${ctx.organisationId} order by begins_on desc`.execute(ctx.db)
  return found.rows
}

/** One import at a time: what is there is compared with what comes. */
export async function lockContracts(ctx: TxContext): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`contract ${ctx.organisationId}`}, 0))`.execute(ctx.db)
}

export async function insertContract(ctx: TxContext, row: StoredContract): Promise<void> {
  await sql`insert into contract (organisation_id, id, title, source, begins_on, ends_on)
    values (${ctx.organisationId}, ${row.id}, ${row.title}, ${row.source}, ${row.beginsOn}, ${row.endsOn})`.execute(
    ctx.db,
  )
}

/** Every version of a contract, oldest first. */
export async function selectVersions(ctx: TxContext, contractId: string): Promise<ContractVersion[]> {
  const found = await sql<ContractVersion>`
    select subject, effective_from::text as "effectiveFrom", known_from::text as "knownFrom", act, content
    from contract_version where organisation_id = ${ctx.organisationId} and contract_id = ${contractId}
    order by effective_from, known_from, subject`.execute(ctx.db)
  return found.rows
}

export async function insertVersion(
  ctx: TxContext,
  contractId: string,
  row: ContractVersion & { id: string },
): Promise<void> {
  await sql`insert into contract_version (organisation_id, id, contract_id, subject, effective_from, known_from, act, content)
    values (${ctx.organisationId}, ${row.id}, ${contractId}, ${row.subject}, ${row.effectiveFrom}, ${row.knownFrom}, ${row.act},
            ${JSON.stringify(row.content)}::jsonb)`.execute(ctx.db)
}

export type StoredDeclaration = {
  id: string
  period: string
  indicator: string
  service: string
  scope: string
  number: number
  inTime: number | null
  total: number | null
  days: number | null
  hundredths: number | null
  unit: string
  source: string
}

/** The newest declaration of each figure of some periods. */
export async function selectDeclarations(
  ctx: TxContext,
  contractId: string,
  periods: readonly string[],
): Promise<StoredDeclaration[]> {
  const found = await sql<StoredDeclaration>`
    select distinct on (period, indicator, service, scope)
      id, period, indicator, service, scope, number, in_time as "inTime", total, days, hundredths, unit, source
    from declaration where organisation_id = ${ctx.organisationId} and contract_id = ${contractId} and period = any (${periods}::text[])
    order by period, indicator, service, scope, number desc`.execute(ctx.db)
  return found.rows
}

export async function insertDeclaration(ctx: TxContext, contractId: string, row: StoredDeclaration): Promise<void> {
  await sql`insert into declaration (organisation_id, id, contract_id, period, indicator, service, scope, number, in_time, total, days,
      hundredths, unit, source)
    values (${ctx.organisationId}, ${row.id}, ${contractId}, ${row.period}, ${row.indicator}, ${row.service}, ${row.scope}, ${row.number},
      ${row.inTime}, ${row.total}, ${row.days}, ${row.hundredths}, ${row.unit}, ${row.source})`.execute(ctx.db)
}

/** The first period, by its first day, of which anything was declared, decided or told as history; null before that. */
export async function selectRecordStart(ctx: TxContext, contractId: string): Promise<string | null> {
  const found = await sql<{ first: string | null }>`
    select min(case when period like '%Q%' then left(period, 5) || lpad((right(period, 1)::int * 3 - 2)::text, 2, '0') else period end) as first
    from (select period from declaration where organisation_id = ${ctx.organisationId} and contract_id = ${contractId}
          union all select period from penalty where organisation_id = ${ctx.organisationId} and contract_id = ${contractId}) told`.execute(
    ctx.db,
  )
  return found.rows[0]?.first ?? null
}

export type DeclaredCase = {
  caseId: string
  isInTime: boolean
  startedAt: string | null
  doneAt: string | null
}

/** The supplier's list behind a figure. */
export async function selectDeclaredCases(
  ctx: TxContext,
  contractId: string,
  period: string,
  indicator: string,
): Promise<DeclaredCase[]> {
  const found = await sql<DeclaredCase>`
    select case_id as "caseId", is_in_time as "isInTime", started_at as "startedAt", done_at as "doneAt"
    from declared_case where organisation_id = ${ctx.organisationId} and contract_id = ${contractId}
      and period = ${period} and indicator = ${indicator}`.execute(ctx.db)
  return found.rows
}

/** Adds the lines that are not there yet; returns how many were. */
export async function insertDeclaredCases(
  ctx: TxContext,
  contractId: string,
  rows: readonly (DeclaredCase & { id: string; period: string; indicator: string })[],
): Promise<number> {
  const added = await sql`
    insert into declared_case (organisation_id, id, contract_id, period, indicator, case_id, is_in_time, started_at, done_at)
    select ${ctx.organisationId}, r.id, ${contractId}, r.period, r.indicator, r."caseId", r."isInTime", r."startedAt", r."doneAt"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (id uuid, period text, indicator text, "caseId" uuid, "isInTime" boolean, "startedAt" timestamptz, "doneAt" timestamptz)
    on conflict (organisation_id, contract_id, period, indicator, case_id) do nothing`.execute(ctx.db)
  return Number(added.numAffectedRows ?? 0)
}
