/** The SQL of the home pages: a handful of rows each, from partial indexes on what is open. */
import { type SqlBool, sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import { may } from '../../../platform/permissions.ts'
import { statesOfClass } from './lifecycle.ts'
import { endOfToday, selectRows } from './list-queries.ts'
import { visibleCases, visibleCondition } from './visible.ts'

// As the index of the queue by time left is written: what waits comes last.
const timeLeft = sql`coalesce(c.next_due_at, 'infinity')`

/** What the actor holds, least time left first: where the asker had the last word, or all the rest. */
export async function selectHeld(ctx: TxContext, isAnswered: boolean, limit: number) {
  const lastWord = sql<SqlBool>`(c.updated_by is not distinct from c.requester_id and c.requester_id <> c.holder_id and c.state <> 'waiting')`
  return selectRows(ctx)
    .where('c.holder_id', '=', ctx.actor.personId)
    .where('c.state', 'not in', [...statesOfClass('final')])
    .where('c.state', 'not in', [...statesOfClass('done')])
    .where(isAnswered ? lastWord : sql<SqlBool>`not ${lastWord}`)
    .where(visibleCases(ctx))
    .orderBy(timeLeft)
    .orderBy('c.number')
    .limit(limit)
    .execute()
}

/** What nobody has taken yet, least time left first. */
export async function selectUntaken(ctx: TxContext, limit: number) {
  return selectRows(ctx)
    .where('c.state', 'not in', [...statesOfClass('final')])
    .where('c.state', 'in', ['new', 'assigned'])
    .where(visibleCases(ctx))
    .orderBy(timeLeft)
    .orderBy('c.number')
    .limit(limit)
    .execute()
}

/** What waits for the city: estimates to approve and changes of kind to consent to, the oldest first. */
export async function selectDecisions(ctx: TxContext, limit: number) {
  return selectRows(ctx)
    .where('c.state', 'not in', [...statesOfClass('final')])
    .where((eb) => eb.or([eb('c.proposed_kind', 'is not', null), eb('c.waiting_for', '=', 'approval')]))
    .where(visibleCases(ctx))
    .orderBy('c.number')
    .limit(limit)
    .execute()
}

const counts = (ctx: TxContext) => sql`
  count(*) filter (where c.state <> 'resolved')::int as open,
  count(*) filter (where c.state in ('new', 'assigned'))::int as to_take,
  count(*) filter (where c.next_due_at < clock_timestamp() and c.state <> 'resolved')::int as overdue,
  count(*) filter (where c.next_due_at >= clock_timestamp() and c.next_due_at < ${endOfToday(ctx)}::timestamptz
    and c.state <> 'resolved')::int as due_today,
  count(*) filter (where c.state = 'waiting')::int as waiting,
  count(*) filter (where c.state = 'resolved')::int as resolved,
  min(c.opened_at) filter (where c.state <> 'resolved') as oldest_at`

type Load = {
  open: number
  to_take: number
  overdue: number
  due_today: number
  waiting: number
  resolved: number
  oldest_at: string | null
}

/** Open cases team by team, and those of no team last. */
export async function selectTeamLoads(ctx: TxContext) {
  const found = await sql<Load & { team_id: string | null; team_name: string | null }>`
    select l.*, t.name as team_name
    from (
      select c.team_id, ${counts(ctx)} from desk_case c
      where c.organisation_id = ${ctx.organisationId} and c.state not in ('closed', 'cancelled', 'duplicate', 'rejected') and ${visibleCondition(ctx)}
      group by c.team_id
    ) l
    left join team t on t.organisation_id = ${ctx.organisationId} and t.id = l.team_id
    where l.open > 0
    order by t.tier nulls last, t.name`.execute(ctx.db)
  return found.rows
}

/** Open cases kind by kind. */
export async function selectKindTotals(ctx: TxContext) {
  const found = await sql<Load & { kind: string }>`
    select c.kind, ${counts(ctx)} from desk_case c
    where c.organisation_id = ${ctx.organisationId} and c.state not in ('closed', 'cancelled', 'duplicate', 'rejected') and ${visibleCondition(ctx)}
    group by c.kind order by c.kind`.execute(ctx.db)
  return found.rows
}

/** What the actor asked for and is open: what waits for their answer first, then what waits for their word. */
export async function selectOwnOpen(ctx: TxContext, limit: number) {
  return selectRows(ctx)
    .where('c.requester_id', '=', ctx.actor.personId)
    .where('c.state', 'not in', [...statesOfClass('final')])
    .orderBy(sql`case when c.waiting_for = 'user' then 0 when c.state = 'resolved' then 1 else 2 end`)
    .orderBy('c.number', 'desc')
    .limit(limit)
    .execute()
}

/** Open outages, and articles past their review date: the actor's own, or everybody's for who publishes them. */
export async function selectNotices(ctx: TxContext) {
  const answersForAll = may(ctx.actor, 'article.publish') || may(ctx.actor, 'organisation.manage')
  const found = await sql<{ what: 'outage' | 'article'; id: string; title: string; at: string; cases: number }>`
    (select 'outage' as what, o.id, o.title, to_char(o.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at,
            (select count(*)::int from outage_case j
             where j.organisation_id = o.organisation_id and j.outage_id = o.id) as cases
     from outage o where o.organisation_id = ${ctx.organisationId} and o.state = 'open'
       and ${may(ctx.actor, 'outage.read')}
     order by o.started_at desc limit 5)
    union all
    (select 'article', a.id, a.title, a.review_on::text, 0
     from article a where a.organisation_id = ${ctx.organisationId} and a.state = 'published'
       and a.review_on < (now() at time zone ${ctx.zone})::date
       and (${answersForAll} or a.owner_id = ${ctx.actor.personId})
     order by a.review_on, a.id limit 8)`.execute(ctx.db)
  return found.rows
}
