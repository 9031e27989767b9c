/** The SQL of reply templates. */
import { type SqlBool, sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'

export type TemplateWords = { title: string; body: string; kinds: string[]; teamId: string | null }

/** Templates that are in use, by title: all of them, or those for a kind and for one's own teams. */
export async function selectTemplates(ctx: TxContext, only: { kind: string; teamIds: readonly string[] } | null) {
  let query = ctx.db
    .selectFrom('reply_template as r')
    .leftJoin('team as t', (join) =>
      join.onRef('t.organisation_id', '=', 'r.organisation_id').onRef('t.id', '=', 'r.team_id'),
    )
    .select(['r.id', 'r.title', 'r.body', 'r.kinds', 'r.team_id', 'r.version', 't.name as team_name'])
    .where('r.organisation_id', '=', ctx.organisationId)
    .where('r.is_retired', '=', false)
    .orderBy('r.title')
    .limit(200)
  if (only) {
    query = query
      .where(sql<SqlBool>`(r.kinds = '{}' or ${only.kind} = any(r.kinds))`)
      .where(sql<SqlBool>`(r.team_id is null or r.team_id = any(${[...only.teamIds]}::uuid[]))`)
  }
  return query.execute()
}

export async function lockTemplate(ctx: TxContext, id: string) {
  return ctx.db
    .selectFrom('reply_template')
    .select(['id', 'version'])
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .where('is_retired', '=', false)
    .forUpdate()
    .executeTakeFirst()
}

const columns = (words: TemplateWords) => ({
  title: words.title,
  body: words.body,
  kinds: words.kinds,
  team_id: words.teamId,
})

export async function insertTemplate(ctx: TxContext, id: string, words: TemplateWords, at: string) {
  await ctx.db
    .insertInto('reply_template')
    .values({ organisation_id: ctx.organisationId, id, version: 1, updated_at: at, ...columns(words) })
    .execute()
}

/** Writes what an event changed; null words take the template out of use. */
export async function updateTemplate(ctx: TxContext, id: string, words: TemplateWords | null, at: string) {
  await ctx.db
    .updateTable('reply_template')
    .set({
      ...(words ? columns(words) : { is_retired: true }),
      version: sql<number>`version + 1`,
      updated_at: at,
    })
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .execute()
}
