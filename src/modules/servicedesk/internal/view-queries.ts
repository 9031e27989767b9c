/** The SQL of saved views. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import { may } from '../../../platform/permissions.ts'
import { countViews, type ViewCounts } from './list-queries.ts'

/** A person's own views and those of their teams, by name. */
export async function selectViews(ctx: TxContext) {
  return ctx.db
    .selectFrom('saved_view as v')
    .leftJoin('team as t', (join) =>
      join.onRef('t.organisation_id', '=', 'v.organisation_id').onRef('t.id', '=', 'v.team_id'),
    )
    .select(['v.id', 'v.name', 'v.filter', 'v.team_id', 'v.owner_id', 'v.version', 't.name as team_name'])
    .where('v.organisation_id', '=', ctx.organisationId)
    .where((eb) =>
      eb.or([
        eb('v.owner_id', '=', ctx.actor.personId),
        ...(ctx.actor.teamIds.length > 0 ? [eb('v.team_id', 'in', [...ctx.actor.teamIds])] : []),
      ]),
    )
    .orderBy('v.name')
    .limit(50)
    .execute()
}

export type FrameRow = ViewCounts & {
  views: { id: string; name: string; filter: unknown }[]
  outages: { id: string; title: string }[]
}

/** What stands around the queue, in one statement: counts, saved views, and the open outages cases may be joined to. */
export async function selectFrame(ctx: TxContext): Promise<FrameRow> {
  const found = await sql<FrameRow>`
    select
      (select coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'name', v.name, 'filter', v.filter) order by v.name), '[]')
       from (select v.id, v.name, v.filter from saved_view v
             where v.organisation_id = ${ctx.organisationId}
               and (v.owner_id = ${ctx.actor.personId} or v.team_id = any(${[...ctx.actor.teamIds]}::uuid[]))
             order by v.name limit 12) v) as views,
      (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'title', o.title) order by o.started_at desc), '[]')
       from (select o.id, o.title, o.started_at from outage o
             where o.organisation_id = ${ctx.organisationId} and o.state = 'open' and ${may(ctx.actor, 'outage.manage')}
             order by o.started_at desc limit 20) o) as outages`.execute(ctx.db)
  const row = found.rows[0]
  if (row === undefined) throw new Error('A select without a table has a row')
  return { ...(await countViews(ctx)), ...row }
}

/** One's own view, locked. */
export async function lockOwnView(ctx: TxContext, id: string) {
  return ctx.db
    .selectFrom('saved_view')
    .select(['id', 'version'])
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .where('owner_id', '=', ctx.actor.personId)
    .forUpdate()
    .executeTakeFirst()
}

export async function insertView(
  ctx: TxContext,
  row: { id: string; owner_id: string; team_id: string | null; name: string; filter: unknown },
) {
  await ctx.db
    .insertInto('saved_view')
    .values({ ...row, organisation_id: ctx.organisationId, filter: JSON.stringify(row.filter), version: 1 })
    .execute()
}

export async function renameViewRow(ctx: TxContext, id: string, name: string) {
  await ctx.db
    .updateTable('saved_view')
    .set({ name, version: sql<number>`version + 1` })
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .execute()
}

export async function deleteViewRow(ctx: TxContext, id: string) {
  await ctx.db.deleteFrom('saved_view').where('organisation_id', '=', ctx.organisationId).where('id', '=', id).execute()
}
