/** The SQL of editions, sections and objectives. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { Block, EditionState } from '../report-schema.ts'
import { orRefuse } from './report-violations.ts'

const editionColumns = [
  'id',
  'year',
  'title',
  'summary',
  'office',
  'state',
  'content',
  'digest',
  'change_note',
  'return_reason',
  'submitted_by',
  'last_number',
  'version',
  'updated_at',
] as const

const publishedAt = sql<string | null>`(select v.published_at from report_edition_version v
  where v.organisation_id = report_edition.organisation_id and v.edition_id = report_edition.id
    and v.number = report_edition.last_number)`

const editions = (ctx: TxContext) =>
  ctx.db.selectFrom('report_edition').where('organisation_id', '=', ctx.organisationId)
// The CHECK of the table holds the text to the type.
const typed = <Row extends { state: string }>(row: Row) => ({ ...row, state: row.state as EditionState })

/** Every edition, the newest year first. */
export async function selectEditions(ctx: TxContext) {
  const rows = await editions(ctx)
    .select([...editionColumns, publishedAt.as('published_at')])
    .orderBy('year', 'desc')
    .limit(200)
    .execute()
  return rows.map(typed)
}

/** One edition, by its id or its year. */
export async function selectEdition(ctx: TxContext, key: { id: string } | { year: number }) {
  const query = editions(ctx).select([...editionColumns, publishedAt.as('published_at')])
  const row = await ('id' in key
    ? query.where('id', '=', key.id)
    : query.where('year', '=', key.year)
  ).executeTakeFirst()
  return row && typed(row)
}

/** The edition, locked: whoever changes anything in it comes one after the other. */
export async function lockEdition(ctx: TxContext, id: string) {
  const row = await editions(ctx).select(editionColumns).where('id', '=', id).forUpdate().executeTakeFirst()
  return row && typed(row)
}
export type LockedEdition = NonNullable<Awaited<ReturnType<typeof lockEdition>>>

export async function insertEdition(
  ctx: TxContext,
  id: string,
  words: { year: number; title: string; summary: string; office: string },
  at: string,
) {
  const row = { organisation_id: ctx.organisationId, id, ...words, state: 'draft', version: 1, updated_at: at }
  await orRefuse(ctx.db.insertInto('report_edition').values(row).execute())
}

/** Writes what an event changed; the version goes up by one. */
export async function updateEdition(
  ctx: TxContext,
  id: string,
  change: Partial<{
    title: string
    summary: string
    office: string
    state: EditionState
    content: string | null
    digest: string | null
    change_note: string
    return_reason: string
    submitted_by: string | null
    last_number: number
  }>,
  at: string,
) {
  await ctx.db
    .updateTable('report_edition')
    .set({ ...change, version: sql<number>`version + 1`, updated_at: at })
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .execute()
}

/** The sections of an edition in their order, with their objectives in theirs. */
export async function selectSections(ctx: TxContext, editionId: string) {
  const found = await sql<{
    id: string
    code: string
    title: string
    intro: string
    objectives: {
      id: string
      number: number
      title: string
      lead: string
      priority_id: string | null
      blocks: Block[]
      version: number
      updated_at: string
    }[]
  }>`
    select s.id, s.code, s.title, s.intro, coalesce((
      select jsonb_agg(to_jsonb(o) - 'organisation_id' || jsonb_build_object('updated_at',
               to_char(o.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) order by o.number)
      from report_objective o where o.organisation_id = s.organisation_id and o.section_id = s.id), '[]') as objectives
    from report_section s
    where s.organisation_id = ${ctx.organisationId} and s.edition_id = ${editionId}
    order by s.position limit 200`.execute(ctx.db)
  return found.rows
}
export type SelectedSection = Awaited<ReturnType<typeof selectSections>>[number]

const sections = (ctx: TxContext) =>
  ctx.db.selectFrom('report_section').where('organisation_id', '=', ctx.organisationId)

/** One section, to know its edition. */
export async function selectSection(ctx: TxContext, id: string) {
  return sections(ctx).select(['id', 'edition_id', 'code', 'position']).where('id', '=', id).executeTakeFirst()
}

type SectionWords = { code: string; title: string; intro: string }

export async function insertSection(ctx: TxContext, id: string, editionId: string, words: SectionWords) {
  const position = sql<number>`(select coalesce(max(position), 0) + 1 from report_section
    where organisation_id = ${ctx.organisationId} and edition_id = ${editionId})`
  const row = { organisation_id: ctx.organisationId, id, edition_id: editionId, ...words, position }
  await orRefuse(ctx.db.insertInto('report_section').values(row).execute())
}

export async function updateSection(ctx: TxContext, id: string, words: SectionWords) {
  const query = ctx.db.updateTable('report_section').set(words).where('organisation_id', '=', ctx.organisationId)
  await orRefuse(query.where('id', '=', id).execute())
}

/** Changes places with the neighbour; false when there is none. */
export async function swapSections(ctx: TxContext, id: string, isUp: boolean): Promise<boolean> {
  const swapped = await sql`
    with one as (select * from report_section where organisation_id = ${ctx.organisationId} and id = ${id}),
    other as (
      select s.* from report_section s, one where s.organisation_id = one.organisation_id and s.edition_id = one.edition_id
        and case when ${isUp} then s.position < one.position else s.position > one.position end
      order by case when ${isUp} then -s.position else s.position end limit 1
    )
    update report_section s set position = case when s.id = one.id then other.position else one.position end
    from one, other where s.organisation_id = one.organisation_id and s.id in (one.id, other.id)`.execute(ctx.db)
  return swapped.numAffectedRows === 2n
}

export async function deleteSection(ctx: TxContext, id: string) {
  await ctx.db
    .deleteFrom('report_section')
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .execute()
}

/** One objective with its place. */
export async function selectObjective(ctx: TxContext, id: string) {
  const row = await ctx.db
    .selectFrom('report_objective as o')
    .innerJoin('report_section as s', (join) =>
      join.onRef('s.organisation_id', '=', 'o.organisation_id').onRef('s.id', '=', 'o.section_id'),
    )
    .innerJoin('report_edition as e', (join) =>
      join.onRef('e.organisation_id', '=', 's.organisation_id').onRef('e.id', '=', 's.edition_id'),
    )
    .select(['o.id', 'o.section_id', 'o.number', 'o.title', 'o.lead', 'o.priority_id', 'o.blocks', 'o.version'])
    .select(['s.edition_id', 's.code', 'e.year', 'e.state'])
    .where('o.organisation_id', '=', ctx.organisationId)
    .where('o.id', '=', id)
    .executeTakeFirst()
  // Written by this module alone, through the schema of blocks.
  return row && { ...row, blocks: row.blocks as Block[] }
}

type ObjectiveWords = { number: number; title: string; lead: string; priorityId: string | null }
const objectiveColumns = ({ number, title, lead, priorityId }: ObjectiveWords) => ({
  ...{ number, title, lead },
  priority_id: priorityId,
})

export async function insertObjective(
  ctx: TxContext,
  id: string,
  sectionId: string,
  words: ObjectiveWords,
  at: string,
) {
  const row = { organisation_id: ctx.organisationId, id, section_id: sectionId, ...objectiveColumns(words) }
  await orRefuse(
    ctx.db
      .insertInto('report_objective')
      .values({ ...row, version: 1, updated_at: at })
      .execute(),
  )
}

export async function updateObjective(
  ctx: TxContext,
  id: string,
  change: { words?: ObjectiveWords; blocks?: readonly Block[] },
  at: string,
) {
  const query = ctx.db
    .updateTable('report_objective')
    .set({
      ...(change.words && objectiveColumns(change.words)),
      ...(change.blocks && { blocks: JSON.stringify(change.blocks) }),
      version: sql<number>`version + 1`,
      updated_at: at,
    })
    .where('organisation_id', '=', ctx.organisationId)
  await orRefuse(query.where('id', '=', id).execute())
}

/** Changes numbers with the neighbour; false when there is none. */
export async function swapObjectives(ctx: TxContext, id: string, isUp: boolean): Promise<boolean> {
  const swapped = await sql`
    with one as (select * from report_objective where organisation_id = ${ctx.organisationId} and id = ${id}),
    other as (
      select o.* from report_objective o, one where o.organisation_id = one.organisation_id and o.section_id = one.section_id
        and case when ${isUp} then o.number < one.number else o.number > one.number end
      order by case when ${isUp} then -o.number else o.number end limit 1
    )
    update report_objective o set version = o.version + 1,
      number = case when o.id = one.id then other.number else one.number end
    from one, other where o.organisation_id = one.organisation_id and o.id in (one.id, other.id)`.execute(ctx.db)
  return swapped.numAffectedRows === 2n
}

export async function deleteObjective(ctx: TxContext, id: string) {
  await ctx.db
    .deleteFrom('report_objective')
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .execute()
}
