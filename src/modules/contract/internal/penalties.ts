/** Penalties: class and recurrence give a rate, the rate of the period's fee gives an amount. Pure. */
import { shareOf } from '../../../platform/money.ts'
import type { PenaltyClass, PeriodKind } from '../vocabulary.ts'
import { monthsIn } from './periods.ts'

/** Rates of a class in hundredths of a percent: first breach, also the period before, also two or more before. */
export type Rates = { first: number; second: number; third: number }
export type RateTable = Partial<Record<PenaltyClass, Rates>>

/**
 * What an earlier period says for recurrence: it was a breach, it was not, nobody declared it (it neither breaks the run
 * nor adds to it, §1.4), or there was nothing to measure (it breaks the run unless the contract says otherwise, §1.10).
 */
export type Standing = 'breach' | 'kept' | 'notDeclared' | 'notMeasurable'
/** An earlier period, and whether what it says is final. */
export type Earlier = { standing: Standing; isFinal: boolean }

export type Recurrence = { level: 1 | 2 | 3; isProvisional: boolean }

/**
 * How many times running a breach comes: 1 first, 2 also the period before, 3 also two or more before. `earlier` is the
 * story of the same indicator and service, newest first. It is provisional as soon as a period it rests on is not final.
 */
export function recurrenceOf(earlier: readonly Earlier[], keepsOverEmpty: boolean): Recurrence {
  let level: 1 | 2 | 3 = 1
  let isProvisional = false
  for (const { standing, isFinal } of earlier) {
    const isPassedOver = standing === 'notDeclared' || (standing === 'notMeasurable' && keepsOverEmpty)
    isProvisional ||= !isFinal
    if (isPassedOver) continue
    if (standing !== 'breach') break
    level = level === 1 ? 2 : 3
    if (level === 3) break
  }
  return { level, isProvisional }
}

/** The same if every earlier breach that is not final falls: the other amount that is shown while one is open. */
export function lowestRecurrence(earlier: readonly Earlier[], keepsOverEmpty: boolean): 1 | 2 | 3 {
  const fallen = earlier.map((one): Earlier => (one.isFinal ? one : { standing: 'kept', isFinal: true }))
  return recurrenceOf(fallen, keepsOverEmpty).level
}

/** The rate in hundredths of a percent; null for a class without penalty. */
export function rateOf(rates: RateTable, penaltyClass: PenaltyClass, level: 1 | 2 | 3): number | null {
  const row = rates[penaltyClass]
  if (row === undefined) return null
  return level === 1 ? row.first : level === 2 ? row.second : row.third
}

/** A period's fee: a twelfth of the year's, or three (technical annex, penalties). */
export function periodFee(yearlyCents: bigint, kind: PeriodKind): bigint {
  return shareOf(yearlyCents, BigInt(monthsIn(kind)), 12n)
}

/** The amount in cents, from the year's fee, so that only the result is rounded. */
export function penaltyCents(yearlyCents: bigint, kind: PeriodKind, rate: number): bigint {
  return shareOf(yearlyCents, BigInt(monthsIn(kind)) * BigInt(rate), 120_000n)
}
