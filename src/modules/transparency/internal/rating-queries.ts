/** Every SQL statement about answers on pages. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'

type Rater = { page: string; version: number; rater: Buffer }

/** Whether this person had not rated this version yet; they have from now on. */
export async function claimRater(ctx: TxContext, one: Rater & { forgetOn: string }): Promise<boolean> {
  const claimed = await sql`
    insert into page_rater (organisation_id, page, version, rater, forget_on)
    values (${ctx.organisationId}, ${one.page}, ${one.version}, ${one.rater}, ${one.forgetOn}::date)
    on conflict do nothing returning page`.execute(ctx.db)
  return claimed.rows.length > 0
}

export async function linkRater(ctx: TxContext, one: Rater & { ratingId: string; severOn: string }): Promise<void> {
  await sql`
    update page_rater set rating_id = ${one.ratingId}, sever_on = ${one.severOn}::date
    where organisation_id = ${ctx.organisationId} and page = ${one.page} and version = ${one.version}
      and rater = ${one.rater}`.execute(ctx.db)
}

export async function selectLinkedPages(ctx: TxContext): Promise<string[]> {
  const found = await sql<{ page: string }>`
    select distinct page from page_rater
    where organisation_id = ${ctx.organisationId} and rating_id is not null order by page`.execute(ctx.db)
  return found.rows.map(({ page }) => page)
}

export async function unlinkRater(ctx: TxContext, raters: readonly Buffer[]): Promise<void> {
  if (raters.length === 0) return
  await sql`
    update page_rater set rating_id = null, sever_on = null
    where organisation_id = ${ctx.organisationId} and rater = any(${raters}::bytea[])`.execute(ctx.db)
}

/** Cuts the links whose day has come; how many. */
export async function severDue(ctx: TxContext, today: string): Promise<number> {
  const cut = await sql`
    update page_rater set rating_id = null, sever_on = null
    where organisation_id = ${ctx.organisationId} and sever_on <= ${today}::date`.execute(ctx.db)
  return Number(cut.numAffectedRows ?? 0)
}

export async function forgetRaters(ctx: TxContext, today: string): Promise<void> {
  await sql`
    delete from page_rater where organisation_id = ${ctx.organisationId} and forget_on < ${today}::date`.execute(ctx.db)
}

type NewRating = {
  id: string
  page: string
  version: number
  answer: number
  day: string
  eventId: number
  hasText: boolean
}

export async function insertRating(ctx: TxContext, one: NewRating): Promise<void> {
  await sql`
    insert into page_rating (organisation_id, id, page, version, answer, day, event_id, has_text)
    values (${ctx.organisationId}, ${one.id}, ${one.page}, ${one.version}, ${one.answer}, ${one.day}::date,
            ${one.eventId}, ${one.hasText})`.execute(ctx.db)
}

type NewClarity = Omit<NewRating, 'version' | 'answer'> & { stars: number; aspect: number | null }

export async function insertClarity(ctx: TxContext, one: NewClarity): Promise<void> {
  await sql`
    insert into clarity_answer (organisation_id, id, page, stars, aspect, day, event_id, has_text)
    values (${ctx.organisationId}, ${one.id}, ${one.page}, ${one.stars}, ${one.aspect}, ${one.day}::date,
            ${one.eventId}, ${one.hasText})`.execute(ctx.db)
}

export type Tally = {
  question: 'useful' | 'clear'
  page: string
  version: number | null
  month: string
  answer: number
  aspect: number | null
  n: number
}

/** How many gave which answer, by page, version and month, up to the end of a day; oldest month first. */
export async function selectTallies(ctx: TxContext, before: string): Promise<Tally[]> {
  const found = await sql<Tally>`
    select 'useful' as question, page, version, to_char(day, 'YYYY-MM') as month, answer, null::int as aspect, count(*)::int as n
    from page_rating where organisation_id = ${ctx.organisationId} and day < ${before}::date
    group by page, version, 4, answer
    union all
    select 'clear', page, null, to_char(day, 'YYYY-MM'), stars, aspect, count(*)::int
    from clarity_answer where organisation_id = ${ctx.organisationId} and day < ${before}::date
    group by page, 4, stars, aspect
    order by question desc, page, version, month, answer`.execute(ctx.db)
  return found.rows
}

export type StoredComment = {
  id: string
  question: 'useful' | 'clear'
  page: string
  version: number | null
  content: string
}

/** Texts that are still there, by page; the order inside a page is that of ids drawn by lot. */
export async function selectComments(ctx: TxContext, limit: number): Promise<StoredComment[]> {
  const found = await sql<StoredComment>`
    select r.id, r.question, r.page, r.version, t.content from (
      select id, 'useful' as question, page, version, event_id from page_rating
      where organisation_id = ${ctx.organisationId} and has_text
      union all
      select id, 'clear', page, null, event_id from clarity_answer
      where organisation_id = ${ctx.organisationId} and has_text) r
    join event_text t on t.organisation_id = ${ctx.organisationId} and t.event_id = r.event_id
    where t.content is not null
    order by r.question desc, r.page, r.version, r.id limit ${limit}`.execute(ctx.db)
  return found.rows
}

const tables = { useful: 'page_rating', clear: 'clarity_answer' } as const
export type Question = keyof typeof tables

/** The text of one answer, to be removed; undefined when there is none. */
export async function lockComment(
  ctx: TxContext,
  id: string,
): Promise<{ question: Question; event_id: number } | undefined> {
  for (const question of ['useful', 'clear'] as const) {
    const found = await ctx.db
      .selectFrom(tables[question])
      .select(['event_id'])
      .where('organisation_id', '=', ctx.organisationId)
      .where('id', '=', id)
      .where('has_text', '=', true)
      .executeTakeFirst()
    if (found?.event_id != null) return { question, event_id: found.event_id }
  }
  return undefined
}

/** Says that these answers have no text any more; whether any of them had. */
export async function dropText(ctx: TxContext, question: Question, eventIds: readonly number[]): Promise<boolean> {
  if (eventIds.length === 0) return false
  const dropped = await ctx.db
    .updateTable(tables[question])
    .set({ has_text: false })
    .where('organisation_id', '=', ctx.organisationId)
    .where('event_id', 'in', [...eventIds])
    .where('has_text', '=', true)
    .executeTakeFirst()
  return Number(dropped.numUpdatedRows) > 0
}

/** Events of texts that came before a day. */
export async function selectOldTexts(ctx: TxContext, question: Question, before: string): Promise<number[]> {
  const found = await ctx.db
    .selectFrom(tables[question])
    .select('event_id')
    .where('organisation_id', '=', ctx.organisationId)
    .where('has_text', '=', true)
    .where('day', '<', before)
    .orderBy('day')
    .limit(1000)
    .execute()
  return found.flatMap(({ event_id }) => (event_id === null ? [] : [event_id]))
}
