/** The SQL of comparisons with the supplier's tool. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { Reconciliation } from '../supplier-schema.ts'
import type { OurCase } from './compare-cases.ts'
import { statesOfClass } from './lifecycle.ts'
import { caseNumber } from './number.ts'
import type { StepName } from './step-kinds.ts'

/** The tools in which cases live. */
export async function selectSystems(ctx: TxContext): Promise<string[]> {
  const found = await sql<{ system: string }>`
    select distinct system from external_case where organisation_id = ${ctx.organisationId} order by system`.execute(
    ctx.db,
  )
  return found.rows.map(({ system }) => system)
}

/** Cases of a tool: those the file names, and those it should have (open ones, and opened from the day on). */
export async function selectLinked(
  ctx: TxContext,
  system: string,
  references: readonly string[],
  from: string | null,
): Promise<(OurCase & { isExpected: boolean })[]> {
  const found = await sql<Omit<OurCase, 'said'> & { isExpected: boolean }>`
    select * from (
      select e.reference, c.id as "caseId", c.number, c.state, c.opened_at as opened, c.taken_at as taken,
             c.resolved_at as resolved, c.closed_at as closed,
             (${from}::timestamptz is null or c.opened_at >= ${from}::timestamptz
              or c.state <> all (${statesOfClass('final')}::text[])) as "isExpected"
      from external_case e join desk_case c on c.organisation_id = e.organisation_id and c.id = e.case_id
      where e.organisation_id = ${ctx.organisationId} and e.system = ${system}
    ) as linked
    where "isExpected" or reference = any (${references}::text[])
    order by number, reference`.execute(ctx.db)
  return found.rows.map((row) => ({ ...row, said: caseNumber(row.number, row.opened, ctx.zone) }))
}

/** Which of these numbers SITEC has, and whether the case lives in the tool. */
export async function selectKnownNumbers(ctx: TxContext, system: string, numbers: readonly number[]) {
  const found = await sql<{ number: number; opened_at: string; is_linked: boolean }>`
    select c.number, c.opened_at, exists (select from external_case e
      where e.organisation_id = c.organisation_id and e.case_id = c.id and e.system = ${system}) as is_linked
    from desk_case c where c.organisation_id = ${ctx.organisationId} and c.number = any (${numbers}::bigint[])`.execute(
    ctx.db,
  )
  return new Map(
    found.rows.map((row) => [
      row.number,
      { said: caseNumber(row.number, row.opened_at, ctx.zone), isLinked: row.is_linked },
    ]),
  )
}

/** The steps of a tool that happened from an instant on. */
export async function selectSteps(ctx: TxContext, system: string, from: string | null) {
  const found = await sql<{
    number: number
    opened_at: string
    key: string
    step: StepName
    occurred_at: string
    recorded_at: string
  }>`
    select c.number, c.opened_at, s.key, s.step, s.occurred_at, s.recorded_at
    from external_step s join desk_case c on c.organisation_id = s.organisation_id and c.id = s.case_id
    where s.organisation_id = ${ctx.organisationId} and s.system = ${system}
      and (${from}::timestamptz is null or s.occurred_at >= ${from}::timestamptz)
    order by s.occurred_at, s.id`.execute(ctx.db)
  return found.rows
}

export async function insertReconciliation(ctx: TxContext, made: Reconciliation): Promise<void> {
  const { id, madeAt, system, sha256, ...result } = made
  await ctx.db
    .insertInto('reconciliation')
    .values({
      organisation_id: ctx.organisationId,
      id,
      made_at: madeAt,
      system,
      sha256,
      result: JSON.stringify(result),
    })
    .execute()
}

/** One comparison as it was made. */
export async function selectReconciliation(ctx: TxContext, id: string) {
  return ctx.db
    .selectFrom('reconciliation')
    .select(['id', 'made_at', 'system', 'sha256', 'result'])
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** The newest comparisons: when, of which tool, and how many of each. */
export async function selectReconciliations(ctx: TxContext, limit: number) {
  const found = await sql<{
    id: string
    madeAt: string
    system: string
    rows: number
    missing: number
    extra: number
    differing: number
    late: number
  }>`
    select id, made_at as "madeAt", system, (result->>'rows')::int as rows, jsonb_array_length(result->'missing') as missing,
           jsonb_array_length(result->'extra') as extra, jsonb_array_length(result->'differing') as differing,
           (result->'late'->>'count')::int as late
    from reconciliation where organisation_id = ${ctx.organisationId} order by made_at desc, id limit ${limit}`.execute(
    ctx.db,
  )
  return found.rows
}
