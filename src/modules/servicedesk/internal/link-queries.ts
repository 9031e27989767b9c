/** The SQL of links between cases. */
import { type SqlBool, sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import { selectRows } from './list-queries.ts'
import { visibleCases } from './visible.ts'

/** The two ends of a link as they are stored: the smaller id first, so that a pair is written once. */
export function ends(one: string, other: string): { case_id: string; other_id: string } {
  return one < other ? { case_id: one, other_id: other } : { case_id: other, other_id: one }
}

/** Writes a link; false when the two were linked already. */
export async function insertLink(
  ctx: TxContext,
  id: string,
  pair: ReturnType<typeof ends>,
  relation: string,
  at: string,
): Promise<boolean> {
  const saved = await ctx.db
    .insertInto('case_link')
    .values({ organisation_id: ctx.organisationId, id, ...pair, relation, linked_at: at })
    .onConflict((conflict) => conflict.columns(['organisation_id', 'case_id', 'other_id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return saved !== undefined
}

export async function selectLink(ctx: TxContext, pair: ReturnType<typeof ends>) {
  return ctx.db
    .selectFrom('case_link')
    .select(['id', 'relation'])
    .where('organisation_id', '=', ctx.organisationId)
    .where('case_id', '=', pair.case_id)
    .where('other_id', '=', pair.other_id)
    .executeTakeFirst()
}

export async function deleteLink(ctx: TxContext, id: string) {
  await ctx.db.deleteFrom('case_link').where('organisation_id', '=', ctx.organisationId).where('id', '=', id).execute()
}

/** The cases linked to one, as far as the actor may see them, newest first. */
export async function selectLinked(ctx: TxContext, id: string) {
  const linked = ctx.db
    .selectFrom('case_link as l')
    .select(['l.relation', sql<string>`case when l.case_id = ${id} then l.other_id else l.case_id end`.as('case_id')])
    .where('l.organisation_id', '=', ctx.organisationId)
    .where(sql<SqlBool>`(l.case_id = ${id} or l.other_id = ${id})`)
    .as('linked')
  return selectRows(ctx)
    .innerJoin(linked, (join) => join.onRef('linked.case_id', '=', 'c.id'))
    .select('linked.relation')
    .where(visibleCases(ctx))
    .orderBy('c.number', 'desc')
    .limit(50)
    .execute()
}
