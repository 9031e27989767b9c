/** The closed lists of the contract, one word per thing. Plain values: pages use them too. */

/** How an indicator is reckoned; each is a function in `internal/measures.ts`. */
export const measures = ['ratio_within_days', 'mean_days', 'ratio_by_promise', 'uptime', 'lost_calls'] as const
export type MeasureKind = (typeof measures)[number]

/** Months or quarters: over what an indicator is reckoned and its penalty is due. */
export const periodKinds = ['month', 'quarter'] as const
export type PeriodKind = (typeof periodKinds)[number]

/** Penalty classes of the convention (art. 18): A critical, B medium, C non critical, D without penalty. */
export const penaltyClasses = ['A', 'B', 'C', 'D'] as const
export type PenaltyClass = (typeof penaltyClasses)[number]

/** Whose word a figure is: declared by the supplier, observed by SITEC, agreed by both or decided. */
export const bases = ['declared', 'observed', 'agreed'] as const
export type Basis = (typeof bases)[number]

/** Below target inadequate, below threshold unacceptable (convention art. 18). */
export const outcomes = ['met', 'inadequate', 'unacceptable', 'notMeasurable', 'notDeclared'] as const
export type Outcome = (typeof outcomes)[number]

/** Why a figure should be looked at; a finding "to be checked", never a verdict (contract-logic §4.6). */
export const flags = [
  'perfect',
  'noneLost',
  'smallSample',
  'atThreshold',
  'differs',
  'noDetail',
  'valueDiffers',
  'daysNotDeclared',
  'notDeclared',
  'singleThreshold',
  'readingUnclear',
  'promisesMoved',
  'promisesLate',
  'takenWithoutActivity',
  'closedAtOnce',
  'openOverdue',
  'unknownTime',
  'noCarrier',
  'disputed',
] as const
export type Flag = (typeof flags)[number]

/** The two ways of choosing which items a ratio counts: those dealt with, or those that fell due. */
export const populations = ['dealt_with', 'fell_due'] as const

/** Reasons for leaving something out; the first three are the contract's own, the last needs its clause named. */
export const exclusionReasons = ['agreed_interruption', 'force_majeure', 'third_parties', 'other_clause'] as const

/** Why a figure is contested. */
export const contestReasons = [
  'late_not_late',
  'instant_wrong',
  'not_counted',
  'counted_twice',
  'population',
  'other',
] as const

/** What is deducted: a penalty is outside VAT (art. 15 DPR 633/72), a reduction of the fee is a credit note with VAT. */
export const deductionNatures = ['penalty', 'fee_reduction'] as const
