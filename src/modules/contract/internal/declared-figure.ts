/** A declared figure: what was written, checked against the indicator it is of. Pure. */
import { type ContractTexts, type FileFinding, found } from '../contract-problems.ts'
import { type Figure, hundredthsOf, isMet, parseHundredths } from './figures.ts'
import type { IndicatorContent } from './terms.ts'
import type { Declared } from './verify.ts'

/** A figure as it came: numbers that are missing are null. */
export type GivenFigure = {
  inTime: number | null
  total: number | null
  days: number | null
  value: string | null
  unit: string
}

/** A figure as it is stored. */
export type StoredFigure = {
  inTime: number | null
  total: number | null
  days: number | null
  hundredths: number | null
  unit: string
}

const unitOf = (indicator: IndicatorContent) =>
  indicator.unit === 'days' ? 'business_days' : indicator.measure.kind === 'lost_calls' ? 'percent_lost' : 'percent'

/** The figure to store; what is wrong lands in `findings` under `place` of the column. Null when something is. */
export function checkFigure(
  given: GivenFigure,
  indicator: IndicatorContent,
  place: (column: string) => string,
  findings: FileFinding[],
): StoredFigure | null {
  const before = findings.length
  const wrong = (column: string, pick: (t: ContractTexts) => string) => found(findings, place(column), pick)
  const { inTime, total, days, value, unit } = given
  const isEmpty = [inTime, total, days, value].every((one) => one === null)
  if (unit === 'not_measured') {
    if (!isEmpty) wrong('unit', (t) => t.declare.wrongUnit(unitOf(indicator)))
  } else {
    if (unit !== unitOf(indicator)) wrong('unit', (t) => t.declare.wrongUnit(unitOf(indicator)))
    if (isEmpty) wrong('value', (t) => t.declare.nothing)
  }
  const hundredths = value === null ? null : parseHundredths(value)
  if (value !== null && hundredths === null) wrong('value', (t) => t.declare.wrongValue)
  if (indicator.unit === 'percent' && hundredths !== null && hundredths > 10_000)
    wrong('value', (t) => t.declare.overHundred)
  if (inTime !== null && total !== null && inTime > total)
    wrong('in_time', (t) => t.declare.inTimeOverTotal(inTime, total))
  if (inTime !== null && total === null) wrong('total', (t) => t.declare.totalMissing)
  if (indicator.measure.kind === 'mean_days' && unit !== 'not_measured')
    checkMean({ total, days, hundredths }, indicator, wrong)
  return findings.length > before ? null : { inTime, total, days, hundredths, unit }
}

// Mean days need the total of days, not the mean alone (contract-logic §1.5). A mean with its deliveries is taken where
// rounding cannot change the answer.
function checkMean(
  { total, days, hundredths }: Pick<StoredFigure, 'total' | 'days' | 'hundredths'>,
  { target, measure }: IndicatorContent,
  wrong: (column: string, pick: (t: ContractTexts) => string) => void,
) {
  if (days !== null) {
    if (total === null) wrong('total', (t) => t.declare.totalMissing)
    return
  }
  if (hundredths === null) return
  if (total === null) return wrong('total_days', (t) => t.declare.meanAlone)
  const near = (more: number) =>
    isMet({ kind: 'value', hundredths: hundredths + more, of: total }, measure.kind, target)
  // Half a hundredth either way: whole hundredths beside it are the widest that rounding can hide.
  if (near(-1) !== near(1)) wrong('total_days', (t) => t.declare.meanUndecided)
}

/** What was declared, for reckoning: counts first, the value alone where there are none. */
export function declaredFigure(stored: StoredFigure, { measure }: IndicatorContent): Declared {
  const { inTime, total, days, hundredths, unit } = stored
  return {
    figure: unit === 'not_measured' ? null : figureFrom(stored, measure.kind),
    hundredths: inTime !== null && total !== null ? hundredths : null,
    hasDays: days !== null,
  }
}

/** A figure from numbers, for declarations and for what a contest ended in; null when there are not enough of them. */
export function figureFrom(
  { inTime, total, days, hundredths }: Omit<StoredFigure, 'unit'>,
  kind: IndicatorContent['measure']['kind'],
): Figure | null {
  if (kind === 'mean_days') {
    if (days !== null && total !== null) return { kind: 'mean', days, total }
  } else if (inTime !== null && total !== null) return { kind: 'ratio', inTime, total }
  return hundredths === null ? null : { kind: 'value', hundredths, of: total }
}

/** How a figure is said when two are compared: "398/416", "4.22 su 418". */
export function sayFigure(figure: Figure | null, { measure, target }: IndicatorContent): string {
  if (figure === null) return '–'
  if (figure.kind === 'ratio') return `${figure.inTime}/${figure.total}`
  if (figure.kind === 'mean') return `${figure.days}/${figure.total}`
  return `${(hundredthsOf(figure, measure.kind, target) ?? 0) / 100}`
}
