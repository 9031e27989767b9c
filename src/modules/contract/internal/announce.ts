/** Recording what happens to contests, exclusions, penalties and approvals: numbers sealed, words beside. */
import type { TxContext } from '../../../platform/context.ts'
import { appendEvent, witnessOf } from '../../../platform/events.ts'
import { fail } from '../../../platform/problem.ts'
import { contractConflict, notTheSupplier } from '../contract-problems.ts'
import type { Side } from './contest-queries.ts'

type Subject = 'contest' | 'exclusion' | 'penalty' | 'period' | 'contract'

/** Appends the event of an act; `what` is the person's own words, erasable. Returns the event's id. */
export async function announce(
  ctx: TxContext,
  subjectType: Subject,
  subjectId: string,
  kind: string,
  payload: Record<string, unknown>,
  what?: string,
): Promise<number> {
  const { id } = await appendEvent(ctx, {
    subjectType,
    subjectId,
    kind,
    version: 1,
    witness: witnessOf(ctx),
    payload,
    ...(what !== undefined && what !== '' && { text: { what } }),
    retention: 'organisation',
  })
  ctx.services.live.announce(ctx)
  return id
}

/** The side of whoever acts; the system has none and may not take one. */
export function sideOf(ctx: TxContext): Side {
  return ctx.actor.partyKind ?? fail(notTheSupplier())
}

/** Goes on for people of the administration only, whatever roles somebody of the supplier was given. */
export function requireCity(ctx: TxContext): void {
  if (ctx.actor.partyKind === 'supplier') throw notTheSupplier()
}

/** Goes on when what the person saw is what is there. */
export function requireVersion(row: { version: number }, seen: number): void {
  if (row.version !== seen) throw contractConflict('stale', (t) => t.problems.stale)
}
