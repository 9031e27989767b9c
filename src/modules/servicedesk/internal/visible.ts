/** What a person may see, as fragments of a WHERE: the same for lists and for single cases. */
import { type Expression, type ExpressionBuilder, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import { type Action, may, scopesOf } from '../../../platform/permissions.ts'
import type { Rows } from '../../../platform/rows.gen.ts'
import type { Visibility } from '../vocabulary.ts'

type CaseTable = ExpressionBuilder<Rows & { c: Rows['desk_case'] }, 'c'>

/** The cases an actor may see under an action's scopes; false for everything when there is none. */
export function visibleCases(ctx: TxContext, action: Action = 'case.read') {
  return (eb: CaseTable): Expression<SqlBool> => {
    const { actor } = ctx
    const scopes = scopesOf(actor, action)
    if (scopes.has('all')) return sql<SqlBool>`true`
    return eb.or([
      ...(scopes.has('own') && actor.personId ? [eb('c.requester_id', '=', actor.personId)] : []),
      ...(scopes.has('office') && actor.officeIds.length > 0 ? [eb('c.office_id', 'in', [...actor.officeIds])] : []),
      ...(scopes.has('team') ? [eb('c.team_id', 'is', null)] : []),
      ...(scopes.has('team') && actor.teamIds.length > 0 ? [eb('c.team_id', 'in', [...actor.teamIds])] : []),
    ])
  }
}

/** The entries an actor may read, by who was meant to. */
export function readableVisibilities(ctx: TxContext): Visibility[] {
  return [
    'public',
    ...(may(ctx.actor, 'entry.internal') ? (['internal'] as const) : []),
    ...(may(ctx.actor, 'entry.supplier') ? (['supplier'] as const) : []),
    ...(may(ctx.actor, 'entry.verifier') ? (['verifier'] as const) : []),
  ]
}

/** The same fragment as visibleCases, for statements that are not built. */
export function visibleCondition(ctx: TxContext): RawBuilder<SqlBool> {
  const scopes = scopesOf(ctx.actor, 'case.read')
  if (scopes.has('all')) return sql`true`
  return sql`(${scopes.has('own')} and c.requester_id = ${ctx.actor.personId}
    or ${scopes.has('office')} and c.office_id = any(${[...ctx.actor.officeIds]}::uuid[])
    or ${scopes.has('team')} and (c.team_id is null or c.team_id = any(${[...ctx.actor.teamIds]}::uuid[])))`
}
