/** Every SQL statement of the service desk. What a person may see stands in the WHERE, the same for lists and single cases. */
import { type Expression, type ExpressionBuilder, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import { type Action, may, scopesOf } from '../../../platform/permissions.ts'
import type { Rows } from '../../../platform/rows.gen.ts'
import type { CaseView, Visibility } from '../schema.ts'
import type { CaseFacts } from './fold.ts'
import { factColumns } from './fold-columns.ts'
import type { CaseKind, CaseState } from './lifecycle.ts'

type CaseTable = ExpressionBuilder<Rows & { c: Rows['desk_case'] }, 'c'>

/** The cases an actor may see under an action's scopes; false for everything when there is none. */
export function visibleCases(ctx: TxContext, action: Action = 'case.read') {
  return (eb: CaseTable): Expression<SqlBool> => {
    const { actor } = ctx
    const scopes = scopesOf(actor, action)
    if (scopes.has('all')) return sql<SqlBool>`true`
    return eb.or([
      ...(scopes.has('own') && actor.personId ? [eb('c.requester_id', '=', actor.personId)] : []),
      ...(scopes.has('office') && actor.officeIds.length > 0 ? [eb('c.office_id', 'in', [...actor.officeIds])] : []),
      ...(scopes.has('team') ? [eb('c.team_id', 'is', null)] : []),
      ...(scopes.has('team') && actor.teamIds.length > 0 ? [eb('c.team_id', 'in', [...actor.teamIds])] : []),
    ])
  }
}

/** The entries an actor may read, by who was meant to. */
export function readableVisibilities(ctx: TxContext): Visibility[] {
  return [
    'public',
    ...(may(ctx.actor, 'entry.internal') ? (['internal'] as const) : []),
    ...(may(ctx.actor, 'entry.supplier') ? (['supplier'] as const) : []),
    ...(may(ctx.actor, 'entry.verifier') ? (['verifier'] as const) : []),
  ]
}

/** Who asks, and the number of the case to be, in one round trip. */
export async function loadRequester(ctx: TxContext, who: { id?: string; email?: string }) {
  const found = await sql<{ id: string; office_id: string | null; place: string; number: number }>`
    select p.id, p.office_id, nextval('desk_case_number') as number,
           concat_ws(', ', coalesce(s.name, o_s.name), nullif(p.room, '')) as place
    from person p
    left join site s on s.organisation_id = p.organisation_id and s.id = p.site_id
    left join office o on o.organisation_id = p.organisation_id and o.id = p.office_id
    left join site o_s on o_s.organisation_id = o.organisation_id and o_s.id = o.site_id
    where p.organisation_id = ${ctx.organisationId} and p.left_on is null
      and ${who.id === undefined ? sql`p.email = ${who.email ?? ''}` : sql`p.id = ${who.id}`}`.execute(ctx.db)
  return found.rows[0]
}

export type LockedCase = CaseFacts & {
  id: string
  title: string
  updatedByName: string | null
  updatedByParty: string | null
}

/** The case, if the actor may see it, locked until the end of the transaction: its events come one after the other. */
export async function lockCase(ctx: TxContext, id: string): Promise<LockedCase | undefined> {
  const row = await ctx.db
    .selectFrom('desk_case as c')
    .leftJoin('person as u', (join) =>
      join.onRef('u.organisation_id', '=', 'c.organisation_id').onRef('u.id', '=', 'c.updated_by'),
    )
    .leftJoin('party as y', (join) =>
      join.onRef('y.organisation_id', '=', 'u.organisation_id').onRef('y.id', '=', 'u.party_id'),
    )
    .selectAll('c')
    .select([
      sql<string | null>`u.given_name || ' ' || u.family_name`.as('updated_by_name'),
      'y.name as updated_by_party',
    ])
    .where('c.organisation_id', '=', ctx.organisationId)
    .where('c.id', '=', id)
    .where(visibleCases(ctx))
    .forUpdate('c')
    .executeTakeFirst()
  if (row === undefined) return undefined
  return {
    ...toFacts(row),
    id: row.id,
    title: row.title,
    updatedByName: row.updated_by_name,
    updatedByParty: row.updated_by_party,
  }
}

type CaseColumns = { [Column in keyof Rows['desk_case']]: unknown }

/** The facts in a row of desk_case. The CHECKs of the table hold the texts to the types. */
export function toFacts(row: CaseColumns): CaseFacts {
  return {
    number: row.number,
    kind: row.kind,
    state: row.state,
    severity: row.severity,
    requesterId: row.requester_id,
    officeId: row.office_id,
    channel: row.channel,
    teamId: row.team_id,
    holderId: row.holder_id,
    waitingFor: row.waiting_for,
    closedHow: row.closed_how,
    openedAt: row.opened_at,
    takenAt: row.taken_at,
    resolvedAt: row.resolved_at,
    closesAt: row.closes_at,
    closedAt: row.closed_at,
    reopenedTimes: row.reopened_times,
    version: row.version,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  } as CaseFacts
}

export async function insertCase(
  ctx: TxContext,
  id: string,
  facts: CaseFacts,
  words: { title: string; description: string; place: string },
) {
  await ctx.db
    .insertInto('desk_case')
    .values({
      organisation_id: ctx.organisationId,
      id,
      title: words.title,
      place: words.place,
      search: sql`to_tsvector('it', ${`${words.title} ${words.description}`})`,
      ...factColumns(facts),
    })
    .execute()
}

export async function updateCase(ctx: TxContext, id: string, facts: CaseFacts) {
  const { number: _, requester_id: __, opened_at: ___, ...columns } = factColumns(facts)
  await ctx.db
    .updateTable('desk_case')
    .set(columns)
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .execute()
}

/** Takes a case's words out of every place where they are kept for showing and searching; returns its events with text. */
export async function blankCase(ctx: TxContext, id: string): Promise<number[]> {
  await ctx.db
    .updateTable('desk_case')
    .set({ title: '', place: '', search: sql`''::tsvector` })
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .execute()
  await ctx.db
    .updateTable('case_attachment')
    .set({ name: '' })
    .where('organisation_id', '=', ctx.organisationId)
    .where('case_id', '=', id)
    .execute()
  const events = await ctx.db
    .selectFrom('event')
    .select('id')
    .where('organisation_id', '=', ctx.organisationId)
    .where('subject_type', '=', 'case')
    .where('subject_id', '=', id)
    .where('text_digest', 'is not', null)
    .execute()
  return events.map((event) => event.id)
}

export async function teamExists(ctx: TxContext, id: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('team')
    .select('id')
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row !== undefined
}

export type ListFilter = {
  view: CaseView
  words: string
  kind?: CaseKind | undefined
  severity?: string | undefined
  officeId?: string | undefined
  teamId?: string | undefined
}
export type ListOrder = { sort: 'queue' | 'newest'; after: (string | number)[] | null; limit: number }

const statesOf: Record<CaseView, readonly CaseState[] | null> = {
  open: null,
  mine: null,
  all: null,
  to_take: ['new', 'assigned'],
  waiting: ['waiting'],
  resolved: ['resolved'],
}

/** One page of cases and the first of the next. Open cases unless the view says otherwise, on partial indexes. */
export async function selectCases(ctx: TxContext, filter: ListFilter, order: ListOrder) {
  let query = selectRows(ctx)
    .where(visibleCases(ctx))
    .limit(order.limit + 1)
  if (filter.view !== 'all') query = query.where('c.state', 'not in', ['closed', 'cancelled'])
  const states = statesOf[filter.view]
  if (states !== null) query = query.where('c.state', 'in', [...states])
  if (filter.view === 'mine') query = query.where('c.holder_id', '=', ctx.actor.personId)
  if (filter.kind) query = query.where('c.kind', '=', filter.kind)
  if (filter.severity) query = query.where('c.severity', '=', filter.severity)
  if (filter.officeId) query = query.where('c.office_id', 'in', officeSubtree(ctx, filter.officeId))
  if (filter.teamId) query = query.where('c.team_id', '=', filter.teamId)
  const search = await searchCondition(ctx, filter.words, order.limit + 1)
  if (search !== null) query = query.where(search.condition)
  if (order.sort === 'queue') {
    query = query.orderBy('c.severity').orderBy('c.number')
    if (order.after)
      query = query.where(sql<SqlBool>`(c.severity, c.number) > (${order.after[0]}::text, ${order.after[1]}::bigint)`)
  } else {
    query = query.orderBy('c.number', 'desc')
    if (order.after) query = query.where('c.number', '<', Number(order.after[0]))
  }
  const rows = await query.execute()
  return { rows: rows.slice(0, order.limit), hasMore: rows.length > order.limit, isCapped: search?.isCapped ?? false }
}

function selectRows(ctx: TxContext) {
  return ctx.db
    .selectFrom('desk_case as c')
    .leftJoin('office as o', (join) =>
      join.onRef('o.organisation_id', '=', 'c.organisation_id').onRef('o.id', '=', 'c.office_id'),
    )
    .leftJoin('team as t', (join) =>
      join.onRef('t.organisation_id', '=', 'c.organisation_id').onRef('t.id', '=', 'c.team_id'),
    )
    .leftJoin('person as h', (join) =>
      join.onRef('h.organisation_id', '=', 'c.organisation_id').onRef('h.id', '=', 'c.holder_id'),
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
      'o.name as office_name',
      't.name as team_name',
      sql<string | null>`h.given_name || ' ' || h.family_name`.as('holder_name'),
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

// A number opens that case; words are looked for in title and description, and, for staff, in the asker's name.
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
    or c.requester_id = any(${people.rows.map((row) => row.id)}::uuid[]))`
  return { condition, isCapped: found.rows[0]?.is_capped ?? false }
}

const countedAtMost = 1000

/** How many cases each view of the queue holds, counted up to 1,000: past that a number decides nothing. */
export async function countViews(
  ctx: TxContext,
): Promise<Record<'open' | 'to_take' | 'waiting' | 'resolved' | 'mine', number>> {
  const counted = (state: RawBuilder<SqlBool>) => sql<number>`(select count(*)::int from (
    select from desk_case c where c.organisation_id = ${ctx.organisationId} and c.state not in ('closed', 'cancelled') and ${state}
      and ${sql`${visibleCondition(ctx)}`} limit ${countedAtMost + 1}) as counted)`
  const found = await sql<Record<'open' | 'to_take' | 'waiting' | 'resolved' | 'mine', number>>`select
    ${counted(sql`true`)} as open,
    ${counted(sql`c.state in ('new', 'assigned')`)} as to_take,
    ${counted(sql`c.state = 'waiting'`)} as waiting,
    ${counted(sql`c.state = 'resolved'`)} as resolved,
    ${counted(sql`c.holder_id = ${ctx.actor.personId}`)} as mine`.execute(ctx.db)
  return found.rows[0] ?? { open: 0, to_take: 0, waiting: 0, resolved: 0, mine: 0 }
}

// The same fragment as visibleCases, for statements that are not built.
function visibleCondition(ctx: TxContext): RawBuilder<SqlBool> {
  const scopes = scopesOf(ctx.actor, 'case.read')
  if (scopes.has('all')) return sql`true`
  return sql`(${scopes.has('own')} and c.requester_id = ${ctx.actor.personId}
    or ${scopes.has('office')} and c.office_id = any(${[...ctx.actor.officeIds]}::uuid[])
    or ${scopes.has('team')} and (c.team_id is null or c.team_id = any(${[...ctx.actor.teamIds]}::uuid[])))`
}

/** One case with the names around it, if the actor may see it. */
export async function selectCase(ctx: TxContext, id: string) {
  return selectRows(ctx)
    .innerJoin('person as r', (join) =>
      join.onRef('r.organisation_id', '=', 'c.organisation_id').onRef('r.id', '=', 'c.requester_id'),
    )
    .selectAll('c')
    .select([sql<string>`r.given_name || ' ' || r.family_name`.as('requester_name'), 'r.phone as requester_phone'])
    .where('c.id', '=', id)
    .where(visibleCases(ctx))
    .executeTakeFirst()
}

/** The story of a case, oldest first: its events with the words beside them, as far as the actor may read them. */
export async function selectEntries(ctx: TxContext, id: string) {
  const found = await sql<{
    id: number
    kind: string
    occurred_at: string
    witness: string
    payload: Record<string, unknown>
    content: string | null
    erased_reason: string | null
    actor_id: string | null
    author: string | null
    party_kind: string | null
    party_name: string | null
    team_name: string | null
  }>`
    select e.id, e.kind, e.occurred_at, e.witness, e.payload, x.content, x.erased_reason, e.actor_id,
           p.given_name || ' ' || p.family_name as author, y.kind as party_kind, y.name as party_name, t.name as team_name
    from event e
    left join event_text x on x.organisation_id = e.organisation_id and x.event_id = e.id
    left join person p on p.organisation_id = e.organisation_id and p.id = e.actor_id
    left join party y on y.organisation_id = e.organisation_id and y.id = e.party_id
    left join team t on t.organisation_id = e.organisation_id and t.id = (e.payload->>'teamId')::uuid
    where e.organisation_id = ${ctx.organisationId} and e.subject_type = 'case' and e.subject_id = ${id}
      and coalesce(e.payload->>'visibility', 'public') = any(${readableVisibilities(ctx)}::text[])
    order by e.id limit 1000`.execute(ctx.db)
  return found.rows
}

/** The attachments of a case that the actor may see. */
export async function selectAttachments(ctx: TxContext, caseId: string) {
  return ctx.db
    .selectFrom('case_attachment as a')
    .innerJoin('file as f', (join) =>
      join.onRef('f.organisation_id', '=', 'a.organisation_id').onRef('f.sha256', '=', 'a.sha256'),
    )
    .select(['a.id', 'a.name', 'a.visibility', 'a.sha256', 'f.bytes', 'f.media_type'])
    .where('a.organisation_id', '=', ctx.organisationId)
    .where('a.case_id', '=', caseId)
    .where('a.visibility', 'in', readableVisibilities(ctx))
    .orderBy('a.id')
    .limit(200)
    .execute()
}

export async function insertAttachments(
  ctx: TxContext,
  rows: { id: string; case_id: string; event_id: number; sha256: string; name: string; visibility: string }[],
) {
  if (rows.length === 0) return
  await ctx.db
    .insertInto('case_attachment')
    .values(rows.map((row) => ({ organisation_id: ctx.organisationId, ...row })))
    .execute()
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
    .where('c.state', 'not in', ['closed', 'cancelled'])
    .where(sql<SqlBool>`c.id = any(${found.rows.map((row) => row.id)}::uuid[])`)
    .where('c.id', '!=', exceptId ?? '00000000-0000-0000-0000-000000000000')
    .orderBy('c.number', 'desc')
    .limit(5)
    .execute()
}

/** Cases somebody asked for, newest first. */
export async function selectOwnCases(ctx: TxContext, isOpen: boolean, beforeNumber: number | null, limit: number) {
  let query = selectRows(ctx)
    .where('c.requester_id', '=', ctx.actor.personId)
    .orderBy('c.number', 'desc')
    .limit(limit + 1)
  if (isOpen) query = query.where('c.state', 'not in', ['closed', 'cancelled'])
  if (beforeNumber !== null) query = query.where('c.number', '<', beforeNumber)
  return query.execute()
}

/** The events of a case as the fold wants them. */
export async function selectFoldEvents(ctx: TxContext, id: string) {
  return ctx.db
    .selectFrom('event')
    .select(['kind', 'version', 'payload', 'occurred_at', 'actor_id'])
    .where('organisation_id', '=', ctx.organisationId)
    .where('subject_type', '=', 'case')
    .where('subject_id', '=', id)
    .orderBy('id')
    .execute()
}
