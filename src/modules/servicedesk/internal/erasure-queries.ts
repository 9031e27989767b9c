/** The SQL of erasing: what is due by time, what is a person's. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import { type RuleId, worksKinds } from '../retention-rules.ts'
import type { CaseState } from './lifecycle.ts'
import { statesOfClass } from './lifecycle.ts'
import { readableVisibilities } from './visible.ts'

/** The events with words of the steps of a case that were set aside. */
export async function selectStepTexts(ctx: TxContext, caseId: string): Promise<number[]> {
  const found = await sql<{ id: number }>`
    select e.id from external_step s
    join event e on e.organisation_id = s.organisation_id and e.subject_type = 'external_step' and e.subject_id = s.id
    where s.organisation_id = ${ctx.organisationId} and s.case_id = ${caseId} and e.text_digest is not null`.execute(
    ctx.db,
  )
  return found.rows.map(({ id }) => id)
}

/** The months the administration decided on, by rule; empty until it has. */
export async function selectPeriods(ctx: TxContext): Promise<Map<string, number>> {
  const found = await sql<{ rule: string; months: number }>`
    select rule, months from retention_period where organisation_id = ${ctx.organisationId}`.execute(ctx.db)
  return new Map(found.rows.map(({ rule, months }) => [rule, months]))
}

export async function replacePeriods(ctx: TxContext, periods: readonly { rule: string; months: number }[]) {
  await sql`delete from retention_period where organisation_id = ${ctx.organisationId}`.execute(ctx.db)
  await sql`
    insert into retention_period (organisation_id, rule, months)
    select ${ctx.organisationId}, * from unnest(${periods.map(({ rule }) => rule)}::text[], ${periods.map(({ months }) => months)}::int[])`.execute(
    ctx.db,
  )
}

type CaseRule = Extract<RuleId, 'service' | 'works' | 'reserved'>

function dueCases(ctx: TxContext, rule: CaseRule, before: string) {
  const isWorks = sql`c.kind = any (${[...worksKinds]}::text[])`
  const ofRule = {
    service: sql`c.reserved is null and not ${isWorks}`,
    works: sql`c.reserved is null and ${isWorks}`,
    reserved: sql`c.reserved is not null`,
  }[rule]
  return sql`desk_case c
    where c.organisation_id = ${ctx.organisationId} and c.closed_at < ${before}::timestamptz and c.title <> ''
      and c.state = any (${statesOfClass('final')}::text[]) and ${ofRule}`
}

/** Closed cases whose words are over their time, oldest first, locked; those somebody else holds wait for another night. */
export async function lockDueCases(ctx: TxContext, rule: CaseRule, before: string, limit: number): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select c.id from ${dueCases(ctx, rule, before)} order by c.closed_at, c.id limit ${limit} for update of c skip locked`.execute(
    ctx.db,
  )
  return found.rows.map(({ id }) => id)
}

/** How many cases are due, counted up to a thousand. */
export async function countDueCases(ctx: TxContext, rule: CaseRule, before: string): Promise<number> {
  const found = await sql<{ n: number }>`
    select count(*)::int as n from (select from ${dueCases(ctx, rule, before)} limit 1001) as due`.execute(ctx.db)
  return found.rows[0]?.n ?? 0
}

function dueTexts(ctx: TxContext, rule: 'people' | 'security', before: string) {
  if (rule === 'security')
    return sql`event_text x join event e on e.id = x.event_id
      where x.organisation_id = ${ctx.organisationId} and x.retention = 'security' and x.content is not null
        and e.organisation_id = x.organisation_id and e.recorded_at < ${before}::timestamptz`
  return sql`event_text x join event e on e.id = x.event_id
    join person p on p.organisation_id = e.organisation_id and p.id = e.subject_id
    where x.organisation_id = ${ctx.organisationId} and x.retention = 'organisation' and x.content is not null
      and e.organisation_id = x.organisation_id and e.subject_type = 'person'
      and p.left_on is not null and p.left_on < (${before}::timestamptz)::date`
}

/** Texts of people who left, or of accounts, that are over their time. */
export async function selectDueTexts(
  ctx: TxContext,
  rule: 'people' | 'security',
  before: string,
  limit: number,
): Promise<number[]> {
  const found = await sql<{ id: number }>`
    select e.id from ${dueTexts(ctx, rule, before)} order by e.id limit ${limit}`.execute(ctx.db)
  return found.rows.map(({ id }) => id)
}

/** How many texts are due, counted up to a thousand. */
export async function countDueTexts(ctx: TxContext, rule: 'people' | 'security', before: string): Promise<number> {
  const found = await sql<{ n: number }>`
    select count(*)::int as n from (select from ${dueTexts(ctx, rule, before)} limit 1001) as due`.execute(ctx.db)
  return found.rows[0]?.n ?? 0
}

/** The newest events about retention itself: what was decided, what was erased. */
export async function selectRetentionEvents(
  ctx: TxContext,
  kind: 'retention.adopted' | 'retention.applied',
  limit: number,
) {
  const found = await sql<{ at: string; payload: unknown; by: string | null; content: string | null }>`
    select e.recorded_at as at, e.payload, p.given_name || ' ' || p.family_name as by, x.content
    from event e
    left join person p on p.organisation_id = e.organisation_id and p.id = e.actor_id
    left join event_text x on x.organisation_id = e.organisation_id and x.event_id = e.id
    where e.organisation_id = ${ctx.organisationId} and e.subject_type = 'retention' and e.subject_id = ${ctx.organisationId}
      and e.kind = ${kind}
    order by e.id desc limit ${limit}`.execute(ctx.db)
  return found.rows
}

/** The cases a person asked for, with what keeps them from being erased. */
export async function selectCasesOf(ctx: TxContext, personId: string) {
  const found = await sql<{
    id: string
    number: number
    opened_at: string
    state: CaseState
    title: string
    isRequester: boolean
  }>`
    select id, number, opened_at, state, case when reserved is null then title else '' end as title, requester_id = ${personId} as "isRequester" from desk_case
    where organisation_id = ${ctx.organisationId}
      and (requester_id = ${personId} or holder_id = ${personId} and state <> all (${statesOfClass('final')}::text[]))
    order by id`.execute(ctx.db)
  return found.rows
}

/** The events with words that a person wrote in cases of others. */
export async function selectMessagesOf(ctx: TxContext, personId: string): Promise<number[]> {
  const found = await sql<{ id: number }>`
    select e.id from event e
    join desk_case c on c.organisation_id = e.organisation_id and c.id = e.subject_id and c.requester_id <> ${personId}
    where e.organisation_id = ${ctx.organisationId} and e.subject_type = 'case' and e.actor_id = ${personId}
      and e.text_digest is not null and e.kind in ('case.replied', 'case.reopened', 'case.confirmed')`.execute(ctx.db)
  return found.rows.map(({ id }) => id)
}

/**
 * What was written in the cases a person asked for, and what the person wrote elsewhere; oldest first. Whoever gives it
 * out reads no more than elsewhere: no words of reserved cases, no entries meant for others.
 */
export async function selectWordsOf(ctx: TxContext, personId: string) {
  const found = await sql<{
    number: number
    opened_at: string
    at: string
    kind: string
    isTheirs: boolean
    content: string
  }>`
    select c.number, c.opened_at, e.occurred_at as at, e.kind, e.actor_id is not distinct from ${personId}::uuid as "isTheirs",
           x.content
    from event e
    join desk_case c on c.organisation_id = e.organisation_id and c.id = e.subject_id
    join event_text x on x.organisation_id = e.organisation_id and x.event_id = e.id
    where e.organisation_id = ${ctx.organisationId} and e.subject_type = 'case' and x.content is not null
      and c.reserved is null
      and (c.requester_id = ${personId} and coalesce(e.payload->>'visibility', 'public') = 'public'
        or e.actor_id = ${personId} and coalesce(e.payload->>'visibility', 'public') = any(${readableVisibilities(ctx)}::text[]))
    order by e.id limit 20000`.execute(ctx.db)
  return found.rows
}
