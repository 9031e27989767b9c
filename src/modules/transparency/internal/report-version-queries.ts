/** The SQL of published versions: written once, read by anybody. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'

export async function insertVersion(
  ctx: TxContext,
  version: { editionId: string; number: number; content: string; digest: string; changeNote: string; at: string },
) {
  await ctx.db
    .insertInto('report_edition_version')
    .values({
      organisation_id: ctx.organisationId,
      edition_id: version.editionId,
      number: version.number,
      content: version.content,
      digest: version.digest,
      change_note: version.changeNote,
      published_at: version.at,
    })
    .execute()
}

const versions = (ctx: TxContext) =>
  ctx.db
    .selectFrom('report_edition_version as v')
    .innerJoin('report_edition as e', (join) =>
      join.onRef('e.organisation_id', '=', 'v.organisation_id').onRef('e.id', '=', 'v.edition_id'),
    )
    .where('v.organisation_id', '=', ctx.organisationId)

/** A published version of a year, the newest unless a number is given. */
export async function selectVersion(ctx: TxContext, year: number, number: number | null) {
  let query = versions(ctx)
    .select(['v.number', 'v.content', 'v.digest', 'v.change_note', 'v.published_at', 'e.year', 'e.last_number'])
    .select(
      sql<string>`(select f.published_at from report_edition_version f where f.organisation_id = v.organisation_id
        and f.edition_id = v.edition_id and f.number = 1)`.as('first_published_at'),
    )
    .where('e.year', '=', year)
  query = number === null ? query.whereRef('v.number', '=', 'e.last_number') : query.where('v.number', '=', number)
  return query.executeTakeFirst()
}

/** Every version of a year with its content, the newest first. */
export async function selectVersions(ctx: TxContext, year: number) {
  return versions(ctx)
    .select(['v.number', 'v.content', 'v.digest', 'v.change_note', 'v.published_at'])
    .where('e.year', '=', year)
    .orderBy('v.number', 'desc')
    .limit(200)
    .execute()
}

/** The content of the newest version of an edition; null before the first. */
export async function selectLastContent(ctx: TxContext, editionId: string): Promise<string | null> {
  const row = await versions(ctx)
    .select('v.content')
    .where('e.id', '=', editionId)
    .whereRef('v.number', '=', 'e.last_number')
    .executeTakeFirst()
  return row?.content ?? null
}

/** What is published, the newest year first. */
export async function selectPublished(ctx: TxContext) {
  return versions(ctx)
    .select(['v.number', 'v.published_at', 'e.year'])
    .select([
      sql<string>`v.content::jsonb ->> 'title'`.as('title'),
      sql<string>`v.content::jsonb ->> 'summary'`.as('summary'),
    ])
    .whereRef('v.number', '=', 'e.last_number')
    .orderBy('e.year', 'desc')
    .limit(200)
    .execute()
}
