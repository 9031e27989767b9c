/** The SQL of reports received, plans approved, quarters approved and corrected. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'

/** The quarters that are frozen, whatever their contract. */
export async function selectApprovedPeriods(ctx: TxContext): Promise<string[]> {
  const found = await sql<{ period: string }>`
    select period from period_approval where organisation_id = ${ctx.organisationId} order by period`.execute(ctx.db)
  return found.rows.map(({ period }) => period)
}

export type StoredApproval = {
  id: string
  contractId: string
  period: string
  approvedAt: string
  eventId: number
  sha256: string
  result: unknown
  rows: string
}

/** A quarter as it was frozen; undefined when it is not. */
export async function selectApproval(ctx: TxContext, period: string): Promise<StoredApproval | undefined> {
  const found = await sql<StoredApproval>`
    select id, contract_id as "contractId", period, approved_at as "approvedAt", event_id as "eventId", sha256, result, rows
    from period_approval where organisation_id = ${ctx.organisationId} and period = ${period}`.execute(ctx.db)
  return found.rows[0]
}

/** The frozen results of some quarters, without their rows. */
export async function selectApprovals(
  ctx: TxContext,
  periods: readonly string[],
): Promise<{ period: string; result: unknown; approvedAt: string }[]> {
  const found = await sql<{ period: string; result: unknown; approvedAt: string }>`
    select period, result, approved_at as "approvedAt" from period_approval
    where organisation_id = ${ctx.organisationId} and period = any (${periods}::text[])`.execute(ctx.db)
  return found.rows
}

export async function insertApproval(ctx: TxContext, row: StoredApproval): Promise<void> {
  await sql`insert into period_approval (organisation_id, id, contract_id, period, approved_at, event_id, sha256, result, rows)
    values (${ctx.organisationId}, ${row.id}, ${row.contractId}, ${row.period}, ${row.approvedAt}, ${row.eventId}, ${row.sha256},
            ${JSON.stringify(row.result)}::jsonb, ${row.rows})`.execute(ctx.db)
}

export type StoredReport = {
  id: string
  contractId: string
  period: string
  receivedOn: string
  protocol: string
  isComplete: boolean
}

/** Reports of quarters as they reached the registry, oldest first. */
export async function selectReports(ctx: TxContext): Promise<StoredReport[]> {
  const found = await sql<StoredReport>`
    select id, contract_id as "contractId", period, received_on::text as "receivedOn", protocol, is_complete as "isComplete"
    from contract_report where organisation_id = ${ctx.organisationId} order by received_on, id`.execute(ctx.db)
  return found.rows
}

export async function insertReport(ctx: TxContext, row: StoredReport): Promise<void> {
  await sql`insert into contract_report (organisation_id, id, contract_id, period, received_on, protocol, is_complete)
    values (${ctx.organisationId}, ${row.id}, ${row.contractId}, ${row.period}, ${row.receivedOn}, ${row.protocol}, ${row.isComplete})`.execute(
    ctx.db,
  )
}

export type StoredPlan = { id: string; contractId: string; year: number; approvedOn: string; document: string }

export async function selectPlans(ctx: TxContext, contractId: string): Promise<StoredPlan[]> {
  const found = await sql<StoredPlan>`
    select id, contract_id as "contractId", year, approved_on::text as "approvedOn", document
    from plan_approval where organisation_id = ${ctx.organisationId} and contract_id = ${contractId} order by year`.execute(
    ctx.db,
  )
  return found.rows
}

export async function insertPlan(ctx: TxContext, row: StoredPlan): Promise<void> {
  await sql`insert into plan_approval (organisation_id, id, contract_id, year, approved_on, document)
    values (${ctx.organisationId}, ${row.id}, ${row.contractId}, ${row.year}, ${row.approvedOn}, ${row.document})`.execute(
    ctx.db,
  )
}

export type StoredCorrection = {
  id: string
  contractId: string
  period: string
  inPeriod: string
  indicator: string
  service: string
  scope: string
  before: unknown
  after: unknown
  deltaCents: number
  reason: string
  madeAt: string
}

/** Corrections of approved quarters, the newest first. */
export async function selectCorrections(ctx: TxContext): Promise<StoredCorrection[]> {
  const found = await sql<StoredCorrection>`
    select id, contract_id as "contractId", period, in_period as "inPeriod", indicator, service, scope, before, after,
           delta_cents as "deltaCents", reason, made_at as "madeAt"
    from period_correction where organisation_id = ${ctx.organisationId} order by made_at desc, id`.execute(ctx.db)
  return found.rows
}

export async function insertCorrection(ctx: TxContext, row: Omit<StoredCorrection, 'madeAt'>): Promise<void> {
  await sql`insert into period_correction (organisation_id, id, contract_id, period, in_period, indicator, service, scope, before, after, delta_cents, reason)
    values (${ctx.organisationId}, ${row.id}, ${row.contractId}, ${row.period}, ${row.inPeriod}, ${row.indicator}, ${row.service}, ${row.scope},
            ${JSON.stringify(row.before)}::jsonb, ${JSON.stringify(row.after)}::jsonb, ${row.deltaCents}, ${row.reason})`.execute(
    ctx.db,
  )
}
