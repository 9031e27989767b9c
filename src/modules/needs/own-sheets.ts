/** Which sheets wait for a person: those of their own offices in the open collections. */
import { type Context, read } from '../../platform/context.ts'
import { allow, scopesOf } from '../../platform/permissions.ts'
import { selectOwnRequests } from './internal/request-queries.ts'
import { today } from './plans.ts'

/**
 * The sheets of the offices that a person asks for, in every plan that is still collected; the person's own office first.
 * Who asks for no office in particular has none: for them there is the page of the collection.
 */
export async function listOwnSheets(ctx: Context) {
  allow(ctx.actor, 'needs.ask')
  const { officeId: ownId, officeIds } = ctx.actor
  if (!scopesOf(ctx.actor, 'needs.ask').has('office')) return []
  const rows = await read(ctx, (ctx) => selectOwnRequests(ctx, officeIds))
  return rows
    .map((row) => ({
      ...row,
      isOwn: row.officeId === ownId,
      isOpen: row.closesOn === null || row.closesOn >= today(ctx),
    }))
    .toSorted((a, b) => b.year - a.year || Number(b.isOwn) - Number(a.isOwn))
}
