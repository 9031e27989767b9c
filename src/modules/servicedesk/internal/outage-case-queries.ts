/** The SQL of the cases joined to an outage. */
import { type SqlBool, sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import { selectRows } from './list-queries.ts'
import { visibleCases } from './visible.ts'

/** The outage a case is joined to, locked; with its name and state. */
export async function lockJoining(ctx: TxContext, caseId: string) {
  return ctx.db
    .selectFrom('outage_case as j')
    .innerJoin('outage as o', (join) =>
      join.onRef('o.organisation_id', '=', 'j.organisation_id').onRef('o.id', '=', 'j.outage_id'),
    )
    .select(['j.outage_id', 'j.settled_at', 'o.title', 'o.state', 'o.team_id'])
    .where('j.organisation_id', '=', ctx.organisationId)
    .where('j.case_id', '=', caseId)
    .forUpdate('j')
    .executeTakeFirst()
}

/** The outage a case is joined to, if any. */
export async function selectJoining(ctx: TxContext, caseId: string) {
  return ctx.db
    .selectFrom('outage_case as j')
    .innerJoin('outage as o', (join) =>
      join.onRef('o.organisation_id', '=', 'j.organisation_id').onRef('o.id', '=', 'j.outage_id'),
    )
    .select(['o.id', 'o.title', 'o.state'])
    .where('j.organisation_id', '=', ctx.organisationId)
    .where('j.case_id', '=', caseId)
    .executeTakeFirst()
}

/** Joins a case to an outage; from one that is over it moves. */
export async function saveJoining(
  ctx: TxContext,
  row: { outageId: string; caseId: string; at: string; how: 'me_too' | 'agent' },
) {
  const joining = { outage_id: row.outageId, joined_at: row.at, joined_how: row.how, settled_at: null }
  await ctx.db
    .insertInto('outage_case')
    .values({ organisation_id: ctx.organisationId, case_id: row.caseId, ...joining })
    .onConflict((conflict) => conflict.columns(['organisation_id', 'case_id']).doUpdateSet(joining))
    .execute()
}

export async function deleteJoining(ctx: TxContext, caseId: string) {
  await ctx.db
    .deleteFrom('outage_case')
    .where('organisation_id', '=', ctx.organisationId)
    .where('case_id', '=', caseId)
    .execute()
}

/** The case with which the actor said "capita anche a me", if they did. */
export async function selectMyJoining(ctx: TxContext, outageId: string) {
  return ctx.db
    .selectFrom('outage_case as j')
    .innerJoin('desk_case as c', (join) =>
      join.onRef('c.organisation_id', '=', 'j.organisation_id').onRef('c.id', '=', 'j.case_id'),
    )
    .select(['c.id', 'c.number', 'c.opened_at'])
    .where('j.organisation_id', '=', ctx.organisationId)
    .where('j.outage_id', '=', outageId)
    .where('c.requester_id', '=', ctx.actor.personId)
    .orderBy('c.number', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Cases of an outage that its end has not reached yet, in the order of their ids after one. */
export async function selectUnsettled(ctx: TxContext, outageId: string, after: string, limit: number) {
  const rows = await ctx.db
    .selectFrom('outage_case')
    .select('case_id')
    .where('organisation_id', '=', ctx.organisationId)
    .where('outage_id', '=', outageId)
    .where('settled_at', 'is', null)
    .where(sql<SqlBool>`case_id > ${after}::uuid`)
    .orderBy('case_id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.case_id)
}

export async function markSettled(ctx: TxContext, caseId: string) {
  await ctx.db
    .updateTable('outage_case')
    .set({ settled_at: sql`clock_timestamp()` })
    .where('organisation_id', '=', ctx.organisationId)
    .where('case_id', '=', caseId)
    .execute()
}

/** The newest cases of an outage, as far as the actor may see them. */
export async function selectJoined(ctx: TxContext, outageId: string, limit: number) {
  return selectRows(ctx)
    .innerJoin('outage_case as j', (join) =>
      join.onRef('j.organisation_id', '=', 'c.organisation_id').onRef('j.case_id', '=', 'c.id'),
    )
    .select(['j.joined_how', sql<boolean>`j.settled_at is not null`.as('is_settled')])
    .where('j.outage_id', '=', outageId)
    .where(visibleCases(ctx))
    .orderBy('c.number', 'desc')
    .limit(limit)
    .execute()
}
