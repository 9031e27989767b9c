/** The SQL of outages: the rows themselves, and what users are told. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { OutageState } from '../outage-schema.ts'

function selectRows(ctx: TxContext) {
  return ctx.db
    .selectFrom('outage as o')
    .innerJoin('team as t', (join) =>
      join.onRef('t.organisation_id', '=', 'o.organisation_id').onRef('t.id', '=', 'o.team_id'),
    )
    .select([
      'o.id',
      'o.title',
      'o.state',
      'o.started_at',
      'o.expected_at',
      'o.ended_at',
      'o.updated_at',
      'o.version',
      't.name as team_name',
      sql<number>`(select count(*)::int from outage_case j where j.organisation_id = o.organisation_id
        and j.outage_id = o.id)`.as('cases'),
    ])
    .where('o.organisation_id', '=', ctx.organisationId)
}
export type SelectedOutage = Awaited<ReturnType<ReturnType<typeof selectRows>['execute']>>[number]

/** One page of outages, the latest to begin first. */
export async function selectOutages(
  ctx: TxContext,
  view: 'open' | 'closed' | 'all',
  after: [string, string] | null,
  limit: number,
) {
  let query = selectRows(ctx)
    .orderBy('o.started_at', 'desc')
    .orderBy('o.id')
    .limit(limit + 1)
  if (view !== 'all') query = query.where('o.state', '=', view)
  if (after)
    query = query.where(
      sql<SqlBool>`(o.started_at < ${after[0]}::timestamptz or o.started_at = ${after[0]}::timestamptz and o.id > ${after[1]}::uuid)`,
    )
  return query.execute()
}

/** One outage with what it touches. */
export async function selectOutage(ctx: TxContext, id: string) {
  return selectRows(ctx)
    .select([
      'o.body',
      'o.words',
      'o.kinds',
      'o.team_id',
      sql<
        { id: string; name: string }[]
      >`(select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name) order by f.name), '[]')
        from outage_place q join office f on f.organisation_id = q.organisation_id and f.id = q.office_id
        where q.organisation_id = o.organisation_id and q.outage_id = o.id)`.as('offices'),
      sql<
        { id: string; name: string }[]
      >`(select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name) order by s.name), '[]')
        from outage_place q join site s on s.organisation_id = q.organisation_id and s.id = q.site_id
        where q.organisation_id = o.organisation_id and q.outage_id = o.id)`.as('sites'),
      sql<number>`(select count(*)::int from outage_case j where j.organisation_id = o.organisation_id
        and j.outage_id = o.id and j.settled_at is not null)`.as('settled'),
    ])
    .where('o.id', '=', id)
    .executeTakeFirst()
}

/** The outage, locked: who joins it and who closes it come one after the other. */
export async function lockOutage(ctx: TxContext, id: string) {
  const row = await ctx.db
    .selectFrom('outage')
    .select(['id', 'title', 'state', 'team_id', 'started_at', 'version'])
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  // The CHECK of the table holds the text to the type.
  return row && { ...row, state: row.state as OutageState }
}

export type OutageWords = {
  title: string
  body: string
  words: string
  kinds: string[]
  teamId: string
  startedAt: string
  expectedAt: string | null
  officeIds: string[]
  siteIds: string[]
}

const columns = (words: OutageWords) => ({
  title: words.title,
  body: words.body,
  words: words.words,
  kinds: words.kinds,
  team_id: words.teamId,
  started_at: words.startedAt,
  expected_at: words.expectedAt,
  search: sql<string>`to_tsvector('it', ${`${words.title} ${words.words}`})`,
})

export async function insertOutage(ctx: TxContext, id: string, words: OutageWords, at: string) {
  await ctx.db
    .insertInto('outage')
    .values({ organisation_id: ctx.organisationId, id, state: 'open', version: 1, updated_at: at, ...columns(words) })
    .execute()
  await replacePlaces(ctx, id, words)
}

/** Writes what an event changed; the version goes up by one. */
export async function updateOutageRow(
  ctx: TxContext,
  id: string,
  change: { words?: OutageWords; expectedAt?: string; endedAt?: string },
  at: string,
) {
  await ctx.db
    .updateTable('outage')
    .set({
      ...(change.words && columns(change.words)),
      ...(change.expectedAt && { expected_at: change.expectedAt }),
      ...(change.endedAt && { state: 'closed', ended_at: change.endedAt }),
      version: sql<number>`version + 1`,
      updated_at: at,
    })
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .execute()
  if (change.words) await replacePlaces(ctx, id, change.words)
}

async function replacePlaces(ctx: TxContext, id: string, { officeIds, siteIds }: OutageWords) {
  await ctx.db
    .deleteFrom('outage_place')
    .where('organisation_id', '=', ctx.organisationId)
    .where('outage_id', '=', id)
    .execute()
  const places = [
    ...[...new Set(officeIds)].map((office_id) => ({ office_id, site_id: null })),
    ...[...new Set(siteIds)].map((site_id) => ({ office_id: null, site_id })),
  ]
  if (places.length === 0) return
  await ctx.db
    .insertInto('outage_place')
    .values(places.map((place) => ({ organisation_id: ctx.organisationId, outage_id: id, ...place })))
    .execute()
}

/**
 * Open outages that concern the actor: felt everywhere, in their site, or in an office of theirs or above it. With
 * words, also those that are called so, wherever they are felt; or those alone.
 */
export async function selectKnown(ctx: TxContext, kind: string | null, words: string, isNamedOnly: boolean) {
  const called: RawBuilder<SqlBool> =
    words === ''
      ? sql`false`
      : sql`o.search @@ (select to_tsquery('simple', string_agg(quote_literal(lexeme), ' | ')) from unnest(to_tsvector('it', ${words})))`
  const found = await sql<{
    id: string
    title: string
    body: string
    news: string | null
    started_at: string
    expected_at: string | null
    my_case_id: string | null
    my_number: number | null
    my_opened_at: string | null
  }>`
    with recursive mine as (
      select p.office_id, coalesce(p.site_id, f.site_id) as site_id from person p
      left join office f on f.organisation_id = p.organisation_id and f.id = p.office_id
      where p.organisation_id = ${ctx.organisationId} and p.id = ${ctx.actor.personId}
    ), above as (
      select f.id, f.parent_id from office f where f.organisation_id = ${ctx.organisationId} and f.id = (select office_id from mine)
      union select f.id, f.parent_id from office f join above b on f.id = b.parent_id where f.organisation_id = ${ctx.organisationId}
    )
    select o.id, o.title, o.body, o.started_at, o.expected_at, news.content as news, coalesce(${called}, false) as is_called,
           c.id as my_case_id, c.number as my_number, c.opened_at as my_opened_at
    from outage o
    left join lateral (
      select x.content from event e join event_text x on x.organisation_id = e.organisation_id and x.event_id = e.id
      where e.organisation_id = o.organisation_id and e.subject_type = 'outage' and e.subject_id = o.id
        and e.kind = 'outage.updated' order by e.id desc limit 1
    ) news on true
    left join lateral (
      select c.id, c.number, c.opened_at from outage_case j
      join desk_case c on c.organisation_id = j.organisation_id and c.id = j.case_id
      where j.organisation_id = o.organisation_id and j.outage_id = o.id and c.requester_id = ${ctx.actor.personId}
      order by c.number desc limit 1
    ) c on true
    where o.organisation_id = ${ctx.organisationId} and o.state = 'open'
      and (${kind}::text is null or o.kinds = '{}' or ${kind} = any(o.kinds))
      and (${called} or ${!isNamedOnly} and (not exists (select from outage_place q where q.organisation_id = o.organisation_id and q.outage_id = o.id)
        or exists (select from outage_place q where q.organisation_id = o.organisation_id and q.outage_id = o.id
                   and (q.site_id = (select site_id from mine) or q.office_id in (select id from above)))))
    order by is_called desc, o.started_at desc, o.id limit 5`.execute(ctx.db)
  return found.rows
}

/** Which of these offices and sites there are. */
export async function selectPlaces(ctx: TxContext, officeIds: readonly string[], siteIds: readonly string[]) {
  const found = await sql<{ id: string }>`
    select id from office where organisation_id = ${ctx.organisationId} and id = any(${[...officeIds]}::uuid[])
    union all
    select id from site where organisation_id = ${ctx.organisationId} and id = any(${[...siteIds]}::uuid[])`.execute(
    ctx.db,
  )
  return new Set(found.rows.map((row) => row.id))
}
