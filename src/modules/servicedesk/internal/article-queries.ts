/** The SQL of articles. */
import { type SqlBool, sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import { may } from '../../../platform/permissions.ts'
import type { ArticleState } from '../article-schema.ts'

const today = (ctx: TxContext) => sql`(now() at time zone ${ctx.zone})::date`

/** The rows an actor may read: staff every one, others what is published for everybody. */
function readable(ctx: TxContext) {
  return may(ctx.actor, 'article.staff')
    ? sql<SqlBool>`true`
    : sql<SqlBool>`a.state = 'published' and a.audience = 'everybody'`
}

function selectRows(ctx: TxContext) {
  return ctx.db
    .selectFrom('article as a')
    .innerJoin('person as p', (join) =>
      join.onRef('p.organisation_id', '=', 'a.organisation_id').onRef('p.id', '=', 'a.owner_id'),
    )
    .innerJoin('party as y', (join) =>
      join.onRef('y.organisation_id', '=', 'p.organisation_id').onRef('y.id', '=', 'p.party_id'),
    )
    .select([
      'a.id',
      'a.title',
      'a.kinds',
      'a.audience',
      'a.state',
      'a.owner_id',
      'a.helped',
      'a.updated_at',
      'a.version',
      sql<string>`a.review_on::text`.as('review_on'),
      sql<boolean>`a.state = 'published' and a.review_on < ${today(ctx)}`.as('is_due'),
      // The supplier's people are named to each other only.
      sql<string>`case when y.kind = 'supplier' and ${ctx.actor.partyKind !== 'supplier'} then y.name
        else p.given_name || ' ' || p.family_name end`.as('owner_name'),
      sql<number>`(select count(*)::int from article_rating r where r.organisation_id = a.organisation_id
        and r.article_id = a.id and r.is_useful)`.as('useful'),
      sql<number>`(select count(*)::int from article_rating r where r.organisation_id = a.organisation_id
        and r.article_id = a.id and not r.is_useful)`.as('not_useful'),
    ])
    .where('a.organisation_id', '=', ctx.organisationId)
    .where(readable(ctx))
}
export type SelectedArticle = Awaited<ReturnType<ReturnType<typeof selectRows>['execute']>>[number]

export type ArticleFilter = {
  view: 'published' | 'draft' | 'due' | 'retired' | 'all'
  words: string
  kind?: string | undefined
}

/** One page by title, or what the words found, best first, in one page. */
export async function selectArticles(
  ctx: TxContext,
  filter: ArticleFilter,
  after: [string, string] | null,
  limit: number,
) {
  let query = selectRows(ctx).limit(limit + 1)
  if (filter.view === 'due') query = query.where(sql<SqlBool>`a.state = 'published' and a.review_on < ${today(ctx)}`)
  else if (filter.view !== 'all') query = query.where('a.state', '=', filter.view)
  if (filter.kind) query = query.where(sql<SqlBool>`(a.kinds = '{}' or ${filter.kind} = any(a.kinds))`)
  if (filter.words === '') {
    if (after) query = query.where(sql<SqlBool>`(a.title, a.id) > (${after[0]}, ${after[1]}::uuid)`)
    return query.orderBy('a.title').orderBy('a.id').execute()
  }
  const found = await sql<{ id: string }>`
    select id from find_articles(${ctx.organisationId}, ${filter.words}, false, 200)`.execute(ctx.db)
  const ids = found.rows.map((row) => row.id)
  return query
    .where(sql<SqlBool>`a.id = any(${ids}::uuid[])`)
    .orderBy(sql`array_position(${ids}::uuid[], a.id)`)
    .execute()
}

/** Published articles whose title or keywords have any of these words, best first; without words, the most helpful. */
export async function selectSuggested(ctx: TxContext, words: string, kind: string | null, limit: number) {
  const ofKind = sql<SqlBool>`(${kind}::text is null or a.kinds = '{}' or ${kind} = any(a.kinds))`
  if (words === '') {
    const found = await sql<{ id: string; title: string }>`
      select a.id, a.title from article a
      where a.organisation_id = ${ctx.organisationId} and a.state = 'published' and ${readable(ctx)} and ${ofKind}
      order by a.helped desc, a.title limit ${limit}`.execute(ctx.db)
    return found.rows
  }
  const found = await sql<{ id: string; title: string }>`
    select a.id, a.title from find_articles(${ctx.organisationId}, ${words}, true, 50) f
    join article a on a.organisation_id = ${ctx.organisationId} and a.id = f.id
    where a.state = 'published' and ${readable(ctx)} and ${ofKind}
    order by f.score desc, a.title limit ${limit}`.execute(ctx.db)
  return found.rows
}

/** One article with its text and the reader's own rating. */
export async function selectArticle(ctx: TxContext, id: string) {
  return selectRows(ctx)
    .select([
      'a.body',
      'a.keywords',
      sql<boolean | null>`(select r.is_useful from article_rating r where r.organisation_id = a.organisation_id
        and r.article_id = a.id and r.person_id = ${ctx.actor.personId})`.as('my_rating'),
    ])
    .where('a.id', '=', id)
    .executeTakeFirst()
}

/** The article, locked, if the actor may read it. */
export async function lockArticle(ctx: TxContext, id: string) {
  const row = await ctx.db
    .selectFrom('article as a')
    .select(['a.id', 'a.state', 'a.audience', 'a.owner_id', 'a.version', 'a.published_at'])
    .where('a.organisation_id', '=', ctx.organisationId)
    .where('a.id', '=', id)
    .where(readable(ctx))
    .forUpdate()
    .executeTakeFirst()
  // The CHECK of the table holds the text to the type.
  return row && { ...row, state: row.state as ArticleState }
}

export type ArticleWords = {
  title: string
  body: string
  keywords: string
  kinds: string[]
  audience: string
  ownerId: string
  reviewOn: string
}

const wordColumns = (words: ArticleWords) => ({
  title: words.title,
  body: words.body,
  keywords: words.keywords,
  kinds: words.kinds,
  audience: words.audience,
  owner_id: words.ownerId,
  review_on: words.reviewOn,
  search: sql<string>`setweight(to_tsvector('it', ${`${words.title} ${words.keywords}`}), 'A') || setweight(to_tsvector('it', ${words.body}), 'C')`,
})

export async function insertArticle(ctx: TxContext, id: string, words: ArticleWords, at: string) {
  await ctx.db
    .insertInto('article')
    .values({
      organisation_id: ctx.organisationId,
      id,
      state: 'draft',
      version: 1,
      updated_at: at,
      ...wordColumns(words),
    })
    .execute()
}

/** Writes what an event changed; the version goes up by one. */
export async function updateArticle(
  ctx: TxContext,
  id: string,
  change: { words?: ArticleWords; state?: ArticleState; publishedAt?: string; reviewOn?: string },
  at: string,
) {
  await ctx.db
    .updateTable('article')
    .set({
      ...(change.words && wordColumns(change.words)),
      ...(change.state && { state: change.state }),
      ...(change.publishedAt && { published_at: change.publishedAt }),
      ...(change.reviewOn && { review_on: change.reviewOn }),
      version: sql<number>`version + 1`,
      updated_at: at,
    })
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .execute()
}

export async function addHelped(ctx: TxContext, id: string) {
  await ctx.db
    .updateTable('article')
    .set({ helped: sql<number>`helped + 1` })
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .execute()
}

/** The reader's last word on an article; false when it was already that. */
export async function saveRating(
  ctx: TxContext,
  articleId: string,
  personId: string,
  isUseful: boolean,
): Promise<boolean> {
  const saved = await sql`
    insert into article_rating (organisation_id, article_id, person_id, is_useful)
    values (${ctx.organisationId}, ${articleId}, ${personId}, ${isUseful})
    on conflict (organisation_id, article_id, person_id) do update set is_useful = excluded.is_useful
    where article_rating.is_useful <> excluded.is_useful returning 1`.execute(ctx.db)
  return saved.rows.length > 0
}

/** The id of somebody who still works here; undefined when there is nobody with this id or address. */
export async function selectPersonHere(ctx: TxContext, who: { id: string } | { email: string }) {
  const found = await sql<{ id: string }>`
    select id from person where organisation_id = ${ctx.organisationId} and left_on is null
      and ${'id' in who ? sql`id = nullif(${who.id}, '')::uuid` : sql`email = ${who.email}`}`.execute(ctx.db)
  return found.rows[0]?.id
}
