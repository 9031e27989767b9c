/** What a person may see of the mailboxes, as a fragment of a WHERE: the same for lists and for single ones. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import { scopesOf } from '../../../platform/permissions.ts'

/** Whether the actor sees all mailboxes, or those of some offices. */
export function seesAll(ctx: Pick<TxContext, 'actor'>): boolean {
  return scopesOf(ctx.actor, 'mailboxes.read').has('all')
}

/** The condition on `m`, a mailbox. */
export function visibleBoxes(ctx: TxContext): RawBuilder<SqlBool> {
  if (seesAll(ctx)) return sql`true`
  const offices = scopesOf(ctx.actor, 'mailboxes.read').has('office') ? [...ctx.actor.officeIds] : []
  return sql`m.office_id = any (${offices}::uuid[])`
}
