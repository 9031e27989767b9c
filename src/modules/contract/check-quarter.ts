/** What stands between a quarter and its approval, said before anybody tries. */
import type { TxContext } from '../../platform/context.ts'
import { allow } from '../../platform/permissions.ts'
import { contractOf, localDay } from './contracts.ts'
import { selectReports } from './internal/approval-queries.ts'
import { selectContests, selectExclusions } from './internal/contest-queries.ts'
import { selectPenalties } from './internal/penalty-queries.ts'
import { daysOf, periodsIn } from './internal/periods.ts'
import type { VerifiedIndicator } from './schema.ts'

/** Each condition, and how many things still fail it. */
export type QuarterCheck = {
  isOver: boolean
  hasReport: boolean
  contests: number
  exclusions: number
  penalties: number
}

/**
 * Lines that missed their target without a decision. One that nobody proposed to charge is decided too, be it at nothing:
 * silence would look like a kept target.
 */
export function undecidedBreaches(indicators: readonly VerifiedIndicator[]): VerifiedIndicator[] {
  return indicators.filter(({ penalty }) => penalty.onAgreed !== '0.00' && penalty.decided === null)
}

/** The conditions as they are now. A contest past its term no longer stands in the way: the declared value stands. */
export async function checkQuarter(ctx: TxContext, period: string): Promise<QuarterCheck> {
  allow(ctx.actor, 'contract.read')
  const contract = await contractOf(ctx, period)
  const parts = [period, ...periodsIn(period, 'month')]
  const today = localDay(ctx)
  return {
    isOver: daysOf(period).until <= today,
    hasReport: (await selectReports(ctx)).some((one) => one.period === period && one.isComplete),
    contests: (await selectContests(ctx, parts)).filter(
      ({ state, dueOn }) => (state === 'open' || state === 'answered') && dueOn >= today,
    ).length,
    exclusions: (await selectExclusions(ctx, parts)).filter(({ state }) => state === 'asked').length,
    penalties: (await selectPenalties(ctx, contract.id)).filter(
      (one) => parts.includes(one.period) && one.state !== 'decided',
    ).length,
  }
}
