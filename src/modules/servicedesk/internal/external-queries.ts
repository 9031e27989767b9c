/** The SQL of cases that live in the supplier's tool too: references, steps, comparisons. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { StepName } from './step-kinds.ts'

/** One import of steps at a time: two of the same file would both find each step new. */
export async function lockSteps(ctx: TxContext): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('external steps ' || ${ctx.organisationId}, 0))`.execute(
    ctx.db,
  )
}

/** The cases that have one of these references, by "system reference". */
export async function selectReferences(
  ctx: TxContext,
  wanted: readonly { system: string; reference: string }[],
): Promise<Map<string, string>> {
  const found = await sql<{ system: string; reference: string; case_id: string }>`
    select e.system, e.reference, e.case_id from external_case e
    join unnest(${wanted.map((one) => one.system)}::text[], ${wanted.map((one) => one.reference)}::text[]) as w (system, reference)
      on w.system = e.system and w.reference = e.reference
    where e.organisation_id = ${ctx.organisationId}`.execute(ctx.db)
  return new Map(found.rows.map((row) => [referenceKey(row), row.case_id]))
}

/** One text for a tool and a reference in it; a tool's name has no blank. */
export function referenceKey({ system, reference }: { system: string; reference: string }): string {
  return `${system} ${reference}`
}

/** The cases that have one of these numbers. */
export async function selectByNumber(ctx: TxContext, numbers: readonly number[]): Promise<Map<number, string>> {
  const found = await sql<{ number: number; id: string }>`
    select number, id from desk_case
    where organisation_id = ${ctx.organisationId} and number = any (${numbers}::bigint[])`.execute(ctx.db)
  return new Map(found.rows.map((row) => [row.number, row.id]))
}

/** The steps known already, by "system key". */
export async function selectKnownSteps(
  ctx: TxContext,
  wanted: readonly { system: string; key: string }[],
): Promise<Map<string, { caseId: string; digest: Buffer }>> {
  const found = await sql<{ system: string; key: string; case_id: string; digest: Buffer }>`
    select s.system, s.key, s.case_id, s.digest from external_step s
    join unnest(${wanted.map((one) => one.system)}::text[], ${wanted.map((one) => one.key)}::text[]) as w (system, key)
      on w.system = s.system and w.key = s.key
    where s.organisation_id = ${ctx.organisationId}`.execute(ctx.db)
  return new Map(found.rows.map((row) => [`${row.system} ${row.key}`, { caseId: row.case_id, digest: row.digest }]))
}

/** The teams by name. */
export async function selectTeamsByName(ctx: TxContext, names: readonly string[]): Promise<Map<string, string>> {
  const found = await ctx.db
    .selectFrom('team')
    .select(['id', 'name'])
    .where('organisation_id', '=', ctx.organisationId)
    .where('name', 'in', ['', ...names])
    .execute()
  return new Map(found.map((row) => [row.name, row.id]))
}

export async function insertReference(
  ctx: TxContext,
  row: { id: string; caseId: string; system: string; reference: string },
): Promise<void> {
  await ctx.db
    .insertInto('external_case')
    .values({
      organisation_id: ctx.organisationId,
      id: row.id,
      case_id: row.caseId,
      system: row.system,
      reference: row.reference,
    })
    .execute()
}

/** A step with what became of it. */
export type StepRow = {
  caseId: string
  system: string
  key: string
  step: StepName
  occurredAt: string
  digest: Buffer
  outcome: 'applied' | 'noted' | 'set_aside'
  finding: 'not_now' | 'out_of_order' | null
}

/** Keeps a step; returns its id. */
export async function insertStep(ctx: TxContext, row: StepRow): Promise<string> {
  const id = randomUUIDv7()
  await ctx.db
    .insertInto('external_step')
    .values({
      organisation_id: ctx.organisationId,
      id,
      case_id: row.caseId,
      system: row.system,
      key: row.key,
      step: row.step,
      occurred_at: row.occurredAt,
      digest: row.digest,
      outcome: row.outcome,
      finding: row.finding,
    })
    .execute()
  return id
}

// What the user writes and what SITEC does by itself moves nothing that a step could come too late for.
const still = [
  'case.replied',
  'case.text_erased',
  'case.escalated',
  'case.agreement_changed',
  'case.call_corrected',
  'case.joined',
]

/** When a case's newest event happened that moved it. */
export async function selectLatestMove(ctx: TxContext, caseId: string): Promise<number> {
  const found = await sql<{ at: string | null }>`
    select max(occurred_at) as at from event
    where organisation_id = ${ctx.organisationId} and subject_type = 'case' and subject_id = ${caseId}
      and kind <> all (${still}::text[])`.execute(ctx.db)
  return Date.parse(found.rows[0]?.at ?? '')
}

/** The newest steps that were set aside. */
export async function selectSetAside(ctx: TxContext, limit: number) {
  const found = await sql<{
    id: string
    case_id: string
    number: number
    opened_at: string
    system: string
    step: StepName
    finding: 'not_now' | 'out_of_order'
    occurred_at: string
    recorded_at: string
  }>`
    select s.id, s.case_id, c.number, c.opened_at, s.system, s.step, s.finding, s.occurred_at, s.recorded_at
    from external_step s join desk_case c on c.organisation_id = s.organisation_id and c.id = s.case_id
    where s.organisation_id = ${ctx.organisationId} and s.outcome = 'set_aside'
    order by s.recorded_at desc, s.id desc limit ${limit}`.execute(ctx.db)
  return found.rows
}
