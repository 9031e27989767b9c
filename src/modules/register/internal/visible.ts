/** What a person may see of the register, as a fragment of a WHERE: the same for lists and for single items. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import { scopesOf } from '../../../platform/permissions.ts'

/** The offices whose items the actor may read; null when all. */
export function readableOffices(ctx: TxContext): string[] | null {
  const scopes = scopesOf(ctx.actor, 'register.read')
  if (scopes.has('all')) return null
  return scopes.has('office') ? [...ctx.actor.officeIds] : []
}

/** The condition on `c`, a configuration item. */
export function visibleItems(ctx: TxContext): RawBuilder<SqlBool> {
  const offices = readableOffices(ctx)
  return offices === null ? sql`true` : sql`c.office_id = any (${offices}::uuid[])`
}
