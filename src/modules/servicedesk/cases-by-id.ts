/** Cases by their id, for the modules above: as lists show them, to whoever looks. */
import type { TxContext } from '../../platform/context.ts'
import { may } from '../../platform/permissions.ts'
import { toRow } from './case-rows.ts'
import { selectRows } from './internal/list-queries.ts'
import { visibleCases } from './internal/visible.ts'
import type { CaseRow } from './schema.ts'

/** Those of these cases that the actor may see, newest first, at most two hundred. */
export async function casesById(ctx: TxContext, ids: readonly string[]): Promise<CaseRow[]> {
  if (ids.length === 0 || !may(ctx.actor, 'case.read')) return []
  const found = await selectRows(ctx)
    .where(visibleCases(ctx))
    .where('c.id', 'in', [...ids])
    .orderBy('c.number', 'desc')
    .limit(200)
    .execute()
  return found.map((row) => toRow(ctx, row))
}
