/** The SQL of lists of cases: filters, search, counts. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import { may, scopesOf } from '../../../platform/permissions.ts'
import type { CaseView } from '../schema.ts'
import { type CaseKind, type CaseState, statesOfClass } from './lifecycle.ts'
import { visibleCases, visibleCondition } from './visible.ts'

export type ListFilter = {
  view: CaseView
  words: string
  kind?: CaseKind | undefined
  severity?: string | undefined
  officeId?: string | undefined
  teamId?: string | undefined
  heldBy?: 'me' | 'nobody' | undefined
}

export type ListOrder = { sort: 'due' | 'queue' | 'newest'; after: (string | number)[] | null; limit: number }

const statesOf: Record<CaseView, readonly CaseState[] | null> = {
  open: null,
  overdue: null,
  due_today: null,
  mine: null,
  all: null,
  to_take: ['new', 'assigned'],
  waiting: statesOfClass('waiting'),
  resolved: statesOfClass('done'),
}

/** One page of cases and the first of the next. Open cases unless the view says otherwise, on partial indexes. */
export async function selectCases(ctx: TxContext, filter: ListFilter, order: ListOrder) {
  let query = selectRows(ctx)
    .where(visibleCases(ctx))
    .limit(order.limit + 1)
  if (filter.view !== 'all') query = query.where('c.state', 'not in', statesOfClass('final'))
  // What is resolved waits for its asker: it has a view of its own and is nobody's work meanwhile.
  if (worked.has(filter.view)) query = query.where('c.state', 'not in', statesOfClass('done'))
  const states = statesOf[filter.view]
  if (states !== null) query = query.where('c.state', 'in', [...states])
  if (filter.view === 'mine') query = query.where('c.holder_id', '=', ctx.actor.personId)
  if (filter.view === 'overdue') query = query.where(dueBefore(sql`clock_timestamp()`))
  if (filter.view === 'due_today')
    query = query.where(dueBefore(sql`${endOfToday(ctx)}::timestamptz`)).where(dueFrom(sql`clock_timestamp()`))
  if (filter.kind) query = query.where('c.kind', '=', filter.kind)
  if (filter.severity) query = query.where('c.severity', '=', filter.severity)
  if (filter.officeId) query = query.where('c.office_id', 'in', officeSubtree(ctx, filter.officeId))
  if (filter.teamId) query = query.where('c.team_id', '=', filter.teamId)
  if (filter.heldBy === 'me') query = query.where('c.holder_id', '=', ctx.actor.personId)
  if (filter.heldBy === 'nobody') query = query.where('c.holder_id', 'is', null)
  const search = await searchCondition(ctx, filter.words, order.limit + 1)
  if (search !== null) query = query.where(search.condition)
  // What words found is sorted afterwards: ordered by bare columns, the planner walks all cases until it meets enough of it.
  const severity = search === null ? sql.ref('c.severity') : sql`c.severity || ''`
  const number = search === null ? sql.ref('c.number') : sql`c.number + 0`
  if (order.sort === 'due') {
    const due = sql<string>`coalesce(c.next_due_at, 'infinity')`
    query = query.orderBy(search === null ? due : sql`${due} + interval '0'`).orderBy(number)
    if (order.after)
      query = query.where(
        sql<SqlBool>`(${due}, c.number) > (${order.after[0]}::timestamptz, ${order.after[1]}::bigint)`,
      )
  } else if (order.sort === 'queue') {
    query = query.orderBy(severity).orderBy(number)
    if (order.after)
      query = query.where(sql<SqlBool>`(c.severity, c.number) > (${order.after[0]}::text, ${order.after[1]}::bigint)`)
  } else {
    query = query.orderBy(number, 'desc')
    if (order.after) query = query.where('c.number', '<', Number(order.after[0]))
  }
  const rows = await query.execute()
  return { rows: rows.slice(0, order.limit), hasMore: rows.length > order.limit, isCapped: search?.isCapped ?? false }
}

// Views of work to be done: what is resolved is not among it.
const worked: ReadonlySet<CaseView> = new Set(['open', 'mine', 'overdue', 'due_today'])

// As the index of the queue by time left is written.
const dueBefore = (at: RawBuilder<unknown>) => sql<SqlBool>`coalesce(c.next_due_at, 'infinity') < ${at}`
const dueFrom = (at: RawBuilder<unknown>) => sql<SqlBool>`coalesce(c.next_due_at, 'infinity') >= ${at}`

/** The end of the local day, ISO. */
export function endOfToday(ctx: TxContext): string {
  return Temporal.Now.plainDateISO(ctx.zone).add({ days: 1 }).toZonedDateTime(ctx.zone).toInstant().toString()
}

/** The columns of a row of the list, with the names around it. */
export function selectRows(ctx: TxContext) {
  return ctx.db
    .selectFrom('desk_case as c')
    .leftJoin('office as o', (join) =>
      join.onRef('o.organisation_id', '=', 'c.organisation_id').onRef('o.id', '=', 'c.office_id'),
    )
    .leftJoin('team as t', (join) =>
      join.onRef('t.organisation_id', '=', 'c.organisation_id').onRef('t.id', '=', 'c.team_id'),
    )
    .select([
      'c.id',
      'c.number',
      'c.kind',
      'c.state',
      'c.severity',
      'c.title',
      'c.opened_at',
      'c.updated_at',
      'c.closes_at',
      'c.taken_at',
      'c.resolved_at',
      'c.closed_at',
      'c.closed_how',
      'c.channel',
      'c.version',
      'c.reserved',
      'c.waiting_for',
      'c.requester_id',
      'c.holder_id',
      'c.team_id',
      'c.next_due_at',
      'c.next_due_metric',
      'c.promised_at',
      'o.name as office_name',
      't.name as team_name',
      // Looked up after sorting and limiting, for the rows that are shown; a join would name the holders of all that were found.
      sql<string | null>`(select h.given_name || ' ' || h.family_name from person h
        where h.organisation_id = c.organisation_id and h.id = c.holder_id)`.as('holder_name'),
    ])
    .where('c.organisation_id', '=', ctx.organisationId)
}

export type SelectedCase = Awaited<ReturnType<ReturnType<typeof selectRows>['execute']>>[number]

function officeSubtree(ctx: TxContext, officeId: string): RawBuilder<string> {
  return sql<string>`(
    with recursive below as (
      select id from office where organisation_id = ${ctx.organisationId} and id = ${officeId}
      union select o.id from office o join below b on o.parent_id = b.id where o.organisation_id = ${ctx.organisationId}
    ) select id from below)`
}

// A number opens that case; words are looked for in title and description, and, for staff, in the asker's name: a
// reserved case is found by its number alone.
async function searchCondition(ctx: TxContext, words: string, enough: number) {
  if (words === '') return null
  const number = /^(?:\d{4}\/)?(\d{1,12})$/.exec(words)?.[1]
  if (number !== undefined) return { condition: sql<SqlBool>`c.number = ${Number(number)}`, isCapped: false }
  const found = await sql<{ id: string; is_capped: boolean }>`
    select id, is_capped from search_cases(${ctx.organisationId}, ${words}, ${enough})`.execute(ctx.db)
  const people = may(ctx.actor, 'people.find')
    ? await sql<{ id: string }>`select id from find_people(${ctx.organisationId}, ${words}, 20)`.execute(ctx.db)
    : { rows: [] }
  const condition = sql<SqlBool>`(c.id = any(${found.rows.map((row) => row.id)}::uuid[])
    or c.reserved is null and c.requester_id = any(${people.rows.map((row) => row.id)}::uuid[]))`
  return { condition, isCapped: found.rows[0]?.is_capped ?? false }
}

const countedAtMost = 1000
const countedViews = ['open', 'to_take', 'overdue', 'due_today', 'waiting', 'resolved', 'mine'] as const
export type ViewCounts = Record<(typeof countedViews)[number], number>

type SharedCounts = Omit<ViewCounts, 'mine'>

/** How many cases each view of the queue holds, counted up to 1,000: past that a number decides nothing. */
export async function countViews(ctx: TxContext): Promise<ViewCounts> {
  const shared = seesAll(ctx)
    ? await ctx.services.live.keep(ctx, 'views', () => countShared(ctx))
    : await countShared(ctx)
  const own = await sql<{ mine: number }>`select
    ${counted(ctx, sql`c.holder_id = ${ctx.actor.personId} and c.state <> 'resolved'`)} as mine`.execute(ctx.db)
  return { ...shared, mine: own.rows[0]?.mine ?? 0 }
}

/** Whether the actor sees every case: what is counted is then the same for all such. */
export function seesAll(ctx: TxContext): boolean {
  return scopesOf(ctx.actor, 'case.read').has('all')
}

async function countShared(ctx: TxContext): Promise<SharedCounts> {
  const due = sql`coalesce(c.next_due_at, 'infinity')`
  const found = await sql<SharedCounts>`select
    ${counted(ctx, sql`c.state <> 'resolved'`)} as open,
    ${counted(ctx, sql`c.state in ('new', 'assigned')`)} as to_take,
    ${counted(ctx, sql`${due} < clock_timestamp() and c.state <> 'resolved'`)} as overdue,
    ${counted(ctx, sql`${due} >= clock_timestamp() and ${due} < ${endOfToday(ctx)}::timestamptz and c.state <> 'resolved'`)} as due_today,
    ${counted(ctx, sql`c.state = 'waiting'`)} as waiting,
    ${counted(ctx, sql`c.state = 'resolved'`)} as resolved`.execute(ctx.db)
  return found.rows[0] ?? { open: 0, to_take: 0, overdue: 0, due_today: 0, waiting: 0, resolved: 0 }
}

function counted(ctx: TxContext, which: RawBuilder<SqlBool>) {
  return sql<number>`(select count(*)::int from (
    select from desk_case c where c.organisation_id = ${ctx.organisationId}
      and c.state not in ('closed', 'cancelled', 'duplicate', 'rejected') and ${which}
      and ${sql`${visibleCondition(ctx)}`} limit ${countedAtMost + 1}) as counted)`
}

/** Open cases that resemble some words, newest first; for the agent who types while the caller talks. */
export async function selectSimilar(ctx: TxContext, words: string, exceptId: string | null) {
  const query = words
    .split(/\s+/)
    .filter((word) => word.length > 3)
    .slice(0, 8)
    .join(' or ')
  if (query === '') return []
  const found = await sql<{ id: string }>`select id from search_cases(${ctx.organisationId}, ${query}, 5)`.execute(
    ctx.db,
  )
  return selectRows(ctx)
    .where(visibleCases(ctx))
    .where('c.state', 'not in', statesOfClass('final'))
    .where(sql<SqlBool>`c.id = any(${found.rows.map((row) => row.id)}::uuid[])`)
    .where('c.id', '!=', exceptId ?? '00000000-0000-0000-0000-000000000000')
    .orderBy(sql`c.number + 0`, 'desc') // found first, then sorted: see selectCases
    .limit(5)
    .execute()
}

/** The numbers of some cases, as far as the actor may see them. */
export async function selectNumbers(ctx: TxContext, ids: readonly string[]) {
  return ctx.db
    .selectFrom('desk_case as c')
    .select(['c.id', 'c.number', 'c.opened_at'])
    .where('c.organisation_id', '=', ctx.organisationId)
    .where('c.id', 'in', [...ids])
    .where(visibleCases(ctx))
    .execute()
}

/** Cases somebody asked for, newest first. */
export async function selectOwnCases(ctx: TxContext, isOpen: boolean, beforeNumber: number | null, limit: number) {
  let query = selectRows(ctx)
    .where('c.requester_id', '=', ctx.actor.personId)
    .orderBy('c.number', 'desc')
    .limit(limit + 1)
  if (isOpen) query = query.where('c.state', 'not in', statesOfClass('final'))
  if (beforeNumber !== null) query = query.where('c.number', '<', beforeNumber)
  return query.execute()
}
