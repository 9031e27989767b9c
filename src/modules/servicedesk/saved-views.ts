/** Saved views of the queue: a name for a filter, one's own or a team's. */
import { randomUUIDv7 } from 'node:crypto'
import type { z } from 'zod'
import { type Context, read, transact } from '../../platform/context.ts'
import { invalid, parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { phrasing } from '../../platform/violations.ts'
import { recordHappening, requireSeen } from './internal/knowledge-record.ts'
import {
  deleteViewRow,
  insertView,
  lockOwnView,
  renameViewRow,
  selectFrame,
  selectViews,
} from './internal/view-queries.ts'
import { wrongRow } from './knowledge-problems.ts'
import {
  renameViewInput,
  type SavedView,
  type SaveViewInput,
  savedView,
  saveViewInput,
  viewFilter,
} from './view-schema.ts'

/** One's own views and those of one's teams. What the list no longer understands comes with no filter. */
export async function listViews(ctx: Context): Promise<SavedView[]> {
  allow(ctx.actor, 'case.read')
  const rows = await read(ctx, selectViews)
  return rows.map((row) =>
    savedView.parse({
      id: row.id,
      name: row.name,
      filter: viewFilter.safeParse(row.filter).data ?? null,
      teamId: row.team_id,
      teamName: row.team_name,
      isMine: row.owner_id === ctx.actor.personId,
      version: row.version,
    }),
  )
}

/** What stands around the queue: how many cases each view holds, the saved views that can be opened, the open outages. */
export async function findQueueFrame(ctx: Context) {
  allow(ctx.actor, 'case.read')
  const { views, outages, ...counts } = await read(ctx, selectFrame)
  const opened = views.flatMap(({ id, name, filter }) => {
    const known = viewFilter.safeParse(filter).data
    return known === undefined ? [] : [{ id, name, filter: known }]
  })
  return { counts, views: opened, outages }
}

/** Keeps a filter under a name, for oneself or for one of one's teams. */
export async function saveView(ctx: Context, input: SaveViewInput): Promise<{ id: string }> {
  allow(ctx.actor, 'case.read')
  const request = parse(saveViewInput, input)
  const { name, filter, teamId = null } = request
  return transact(ctx, async (ctx) => {
    const ownerId = ctx.actor.personId ?? fail(notFound())
    const id = randomUUIDv7()
    const earlier = await claimKey(ctx, 'view.save', request, id)
    if (earlier !== null) return { id: earlier }
    if (teamId !== null && !ctx.actor.teamIds.includes(teamId))
      throw invalid([wrongRow('teamId', (t) => t.notYourTeam)])
    await recordHappening(ctx, {
      subjectType: 'saved_view',
      subjectId: id,
      kind: 'saved_view.saved',
      payload: { teamId },
      text: { name, filter: JSON.stringify(filter) },
    })
    await phrasing(violations, () => insertView(ctx, { id, owner_id: ownerId, team_id: teamId, name, filter }))
    return { id }
  })
}

/** Gives one's own view another name. */
export async function renameView(ctx: Context, id: string, input: z.input<typeof renameViewInput>): Promise<void> {
  allow(ctx.actor, 'case.read')
  const { name, version } = parse(renameViewInput, input)
  await transact(ctx, async (ctx) => {
    const found = (await lockOwnView(ctx, id)) ?? fail(notFound())
    await requireSeen(ctx, 'saved_view', found, version)
    await recordHappening(ctx, {
      subjectType: 'saved_view',
      subjectId: id,
      kind: 'saved_view.renamed',
      payload: {},
      text: { name },
    })
    await phrasing(violations, () => renameViewRow(ctx, id, name))
  })
}

/** Deletes one's own view; nobody's cases change. */
export async function deleteView(ctx: Context, id: string): Promise<void> {
  allow(ctx.actor, 'case.read')
  await transact(ctx, async (ctx) => {
    if ((await lockOwnView(ctx, id)) === undefined) fail(notFound())
    await recordHappening(ctx, { subjectType: 'saved_view', subjectId: id, kind: 'saved_view.deleted', payload: {} })
    await deleteViewRow(ctx, id)
  })
}

const violations = {
  saved_view_organisation_id_owner_id_name_key: () => invalid([wrongRow('name', (t) => t.viewNameTaken)]),
}
