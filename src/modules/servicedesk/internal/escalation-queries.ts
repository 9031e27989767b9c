/** The SQL of escalations. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { Database } from '../../../platform/db.ts'
import type { Audience } from './audience.ts'
import { visibleCondition } from './visible.ts'

/** Cases of any administration whose next level is reached, the longest ago first. */
export async function selectDueEscalations(database: Database, atMost: number) {
  const found = await sql<{ organisationId: string; caseId: string }>`
    select organisation_id as "organisationId", case_id as "caseId" from due_escalations(${atMost})`.execute(
    database.app,
  )
  return found.rows
}

export async function insertEscalation(
  ctx: TxContext,
  row: {
    id: string
    case_id: string
    metric: string
    cycle: number
    level: number
    audience: Audience
    reached_at: string
    tell_at: string
  },
): Promise<void> {
  await ctx.db
    .insertInto('case_escalation')
    .values({ organisation_id: ctx.organisationId, ...row })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/**
 * For some audiences: of each clock of an open case the highest level told, the newest first. One audience after the
 * other: for several at once the index does not give the newest first, and all that were ever told would be read.
 */
export async function selectEscalations(ctx: TxContext, audiences: readonly Audience[]) {
  const found = await sql<{
    case_id: string
    number: number
    opened_at: string
    title: string
    reserved: string | null
    requester_id: string
    holder_id: string | null
    team_id: string | null
    team_name: string | null
    metric: string
    level: number
    reached_at: string
  }>`
    select newest.case_id, c.number, c.opened_at, c.title, c.reserved, c.requester_id, c.holder_id, c.team_id,
           t.name as team_name, newest.metric, newest.level, newest.reached_at
    from (select distinct on (recent.case_id, recent.metric) recent.*
          from unnest(${[...audiences]}::text[]) wanted (audience)
          cross join lateral (select * from case_escalation e
                where e.organisation_id = ${ctx.organisationId} and e.audience = wanted.audience
                  and e.tell_at <= clock_timestamp()
                order by e.tell_at desc limit 500) recent
          order by recent.case_id, recent.metric, recent.level desc) newest
    join desk_case c on c.organisation_id = newest.organisation_id and c.id = newest.case_id
    left join team t on t.organisation_id = c.organisation_id and t.id = c.team_id
    where c.state not in ('resolved', 'closed', 'cancelled', 'duplicate', 'rejected') and ${visibleCondition(ctx)}
    order by newest.reached_at desc limit 50`.execute(ctx.db)
  return found.rows
}
