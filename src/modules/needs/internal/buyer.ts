/** Who may say what is bought, at what price, and that it is paid. */
import type { Context } from '../../../platform/context.ts'
import { type Action, allow } from '../../../platform/permissions.ts'
import { conflict } from '../problems.ts'

/**
 * The Problem of who may not: without the permission, or at work for the supplier, whatever their role. Who is paid by the
 * plan sets none of its terms.
 */
export function allowBuyer(
  { actor }: Pick<Context, 'actor'>,
  action: Extract<Action, 'needs.manage' | 'needs.decide' | 'needs.order'>,
): void {
  allow(actor, action)
  if (actor.partyKind === 'supplier') throw conflict('supplier_buys', (t) => t.supplierBuys)
}
