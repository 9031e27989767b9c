import type { Context } from '../../../platform/context.ts'

/**
 * Whether the words of a reserved case are for these eyes: those of the asker, of the one who has it in charge and of the
 * team it was entrusted to (contract-logic §4.5). Everybody else sees that there is a case, and not what it says.
 */
export function readsWords(
  ctx: Pick<Context, 'actor'>,
  row: { reserved: string | null; requester_id: string; holder_id: string | null; team_id: string | null },
): boolean {
  const { actor } = ctx
  if (row.reserved === null || actor.isSystem) return true
  return (
    (actor.personId !== null && [row.requester_id, row.holder_id].includes(actor.personId)) ||
    (row.team_id !== null && actor.teamIds.includes(row.team_id))
  )
}
