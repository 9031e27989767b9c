/** What happened to an item. */
import { type Context, read } from '../../platform/context.ts'
import { allow } from '../../platform/permissions.ts'
import { notFound } from '../../platform/problem.ts'
import type { HistoryRow } from './history-schema.ts'
import { foldItem, type Standing } from './internal/fold.ts'
import { selectEvents, selectHistory } from './internal/history-queries.ts'
import { selectItem } from './internal/list-queries.ts'

const mostShown = 200

/** The newest two hundred events of an item the actor may see, newest first. */
export async function findHistory(ctx: Context, id: string): Promise<HistoryRow[]> {
  allow(ctx.actor, 'register.read')
  return read(ctx, async (ctx) => {
    if ((await selectItem(ctx, id)) === undefined) throw notFound()
    return selectHistory(ctx, id, mostShown)
  })
}

/** How an item stands by the fold of its events; equal to its row unless something is wrong. For checks and tests. */
export async function recomputeItem(ctx: Context, id: string): Promise<Standing | undefined> {
  return read(ctx, async (ctx) => foldItem(await selectEvents(ctx, id)))
}
