/** The SQL of comparing stored clocks with recomputed ones. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import { statesOfClass } from './lifecycle.ts'

/** The next cases that are not over yet, by id. */
export async function selectCheckIds(ctx: TxContext, after: string | null, atMost: number): Promise<string[]> {
  let query = ctx.db
    .selectFrom('desk_case')
    .select('id')
    .where('organisation_id', '=', ctx.organisationId)
    .where('state', 'not in', statesOfClass('final'))
    .orderBy('id')
    .limit(atMost)
  if (after !== null) query = query.where('id', '>', after)
  return (await query.execute()).map((row) => row.id)
}

export async function selectStoredClocks(ctx: TxContext, id: string) {
  return ctx.db
    .selectFrom('desk_case')
    .select(['clocks', 'next_due_at', 'next_due_metric', 'next_escalation_at'])
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

export async function insertCheck(
  ctx: TxContext,
  check: { id: string; checked: number; differing: number; calendar_known: string | null },
): Promise<void> {
  await ctx.db
    .insertInto('clock_check')
    .values({ organisation_id: ctx.organisationId, ...check })
    .execute()
}

export async function selectChecks(ctx: TxContext) {
  const found = await sql<{ at: string; checked: number; differing: number; calendarKnown: string | null }>`
    select at, checked, differing, calendar_known as "calendarKnown" from clock_check
    where organisation_id = ${ctx.organisationId} order by at desc limit 30`.execute(ctx.db)
  return found.rows
}

/** When the newest version of any calendar became known. */
export async function newestCalendar(ctx: TxContext): Promise<string | null> {
  const found = await sql<{ known: string | null }>`
    select max(known_from) as known from calendar_version where organisation_id = ${ctx.organisationId}`.execute(ctx.db)
  return found.rows[0]?.known ?? null
}
