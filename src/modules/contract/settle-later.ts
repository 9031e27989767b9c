/** What a decision changes in the later ones that rested on it: deltas beside them, never another amount in their place. */
import { randomUUIDv7 } from 'node:crypto'
import type { TxContext } from '../../platform/context.ts'
import { contractOf, inForceIn, type LoadedContract, localDay } from './contracts.ts'
import { announce } from './internal/announce.ts'
import { penaltyCents, rateOf, recurrenceOf } from './internal/penalties.ts'
import { insertAdjustment, type StoredPenalty, selectPenalties } from './internal/penalty-queries.ts'
import { earlierOf, recordAround } from './internal/record.ts'
import { linesOf } from './verify-period.ts'

/**
 * Decisions of later periods whose recurrence is another one now that `changed` is decided: the difference, in cents, is
 * written beside each (contract-logic §1.10). Returns how many.
 */
export async function settleLater(
  ctx: TxContext,
  changed: Pick<StoredPenalty, 'period' | 'indicator' | 'service' | 'scope'> & { id?: string },
): Promise<number> {
  const contract = await contractOf(ctx, changed.period)
  const all = await selectPenalties(ctx, contract.id)
  const line = all.filter((one) => one.nature === 'penalty' && isLine(one, changed))
  const cause = line.find(({ period }) => period === changed.period)?.id
  let settled = 0
  for (const later of line) {
    if (later.period <= changed.period || later.state !== 'decided' || later.basis === 'history') continue
    const delta = (later.decidedCents ?? 0) === 0 ? null : await deltaOf(ctx, contract, later)
    if (delta === null || cause === undefined) continue
    const row = { id: randomUUIDv7(), penaltyId: later.id, becauseOf: cause, ...delta }
    await insertAdjustment(ctx, row)
    await announce(ctx, 'penalty', later.id, 'penalty.adjusted', row)
    settled += 1
  }
  return settled
}

const isLine = (one: StoredPenalty, other: Pick<StoredPenalty, 'indicator' | 'service' | 'scope'>) =>
  one.indicator === other.indicator && one.service === other.service && one.scope === other.scope

// Only once the story before is final. What was charged below its proposal never rises; above what is due it falls to it.
async function deltaOf(ctx: TxContext, contract: LoadedContract, later: StoredPenalty) {
  const today = localDay(ctx)
  const lines = linesOf(contract, later.period, today).filter(
    (one) => one.indicator.code === later.indicator && one.service === later.service && one.scope === later.scope,
  )
  const [line] = lines
  if (line === undefined) return null
  const inForce = inForceIn(contract, later.period, today)
  const story = earlierOf(await recordAround(ctx, contract, lines), contract, line).agreed
  const { level, isProvisional } = recurrenceOf(story, inForce.terms.keepsOverEmpty)
  if (isProvisional) return null
  const rate = rateOf(inForce.classes, line.indicator.class, level) ?? 0
  const due = penaltyCents(inForce.fees.cents.get(later.service) ?? 0n, line.indicator.period, rate)
  const charged = BigInt(later.decidedCents ?? 0) + BigInt(later.adjustedCents)
  const isWhole = later.decidedCents === later.proposedCents
  const settled = isWhole || due < charged ? due : charged
  return settled === charged ? null : { level, rate, cents: Number(settled - charged) }
}
