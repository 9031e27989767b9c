/**
 * One line of a verification: declared beside observed beside agreed, what follows from each, and what should be looked at.
 * Pure; figures come in, the line goes out (contract-logic §1).
 */
import { centsText } from '../../../platform/money.ts'
import type { ShownFigure, VerifiedIndicator } from '../schema.ts'
import type { Basis, Flag, Outcome } from '../vocabulary.ts'
import { type Figure, hundredthsOf, hundredthsText, isMet, marginsOf, sizeOf, type Target } from './figures.ts'
import type { Observed } from './observe.ts'
import {
  type Earlier,
  lowestRecurrence,
  penaltyCents,
  periodFee,
  type RateTable,
  rateOf,
  recurrenceOf,
} from './penalties.ts'
import type { IndicatorContent, TermsContent } from './terms.ts'

/** How a figure was declared. `none`: said that it was not measured, which is not declaring it. */
export type Declared = { figure: Figure | null; hundredths: number | null; hasDays: boolean }

/** Where two figures that differ stand. */
export type Dispute = 'none' | 'open' | 'lapsed'

/** A line to verify: an indicator of a service in a scope and period. */
export type Line = {
  indicator: IndicatorContent & { act: string }
  service: string
  scope: string
  period: string
  isSubset: boolean
  reading: string | null
}

/** A line and what is known of it. */
export type LineInput = Line & {
  yearlyCents: bigint
  classes: RateTable
  terms: TermsContent
  declared: Declared | null
  observed: Observed | null
  /** What contests on this figure ended in, if they did. */
  settled: Figure | null
  dispute: Dispute
  isApproved: boolean
  /** What was decided on the line's penalty, in cents; null while nothing is. */
  decidedCents: number | null
  /** Whether the supplier's report of the period is due by now. */
  isDue: boolean
  earlier: Record<Basis, readonly Earlier[]>
}

/** The line. */
export function verifyLine(input: LineInput): VerifiedIndicator {
  const { indicator, observed } = input
  const declared = input.declared?.figure ?? null
  const agreed = agreedFigure(input)
  const base = agreed ?? observed?.adopted ?? declared
  const kind = indicator.measure.kind
  const met = base === null ? null : isMet(base, kind, indicator.target)
  const shown = (figure: Figure | null) => showFigure(figure, indicator)
  const margins = base === null ? null : marginsOf(base, kind, indicator.target)
  return {
    code: indicator.code,
    service: input.service,
    scope: input.scope,
    period: input.period,
    label: indicator.label,
    measure: kind,
    isSubset: input.isSubset,
    reading: input.reading,
    declared: shown(declared),
    observed: observed === null || observed.adopted === null ? null : showObserved(observed, indicator),
    agreed: shown(agreed),
    target: targetText(indicator.target, indicator.unit),
    threshold: targetText(indicator.threshold ?? indicator.target, indicator.unit),
    met,
    outcome: outcomeOf(input, base),
    flags: flagsOf(input),
    marginTurned: margins?.turned ?? null,
    marginAdded: margins?.added ?? null,
    marginDays: margins?.days ?? null,
    penalty: penaltyOf(input, { declared, observed: observed?.adopted ?? null, agreed }, base),
    act: indicator.act,
  }
}

/**
 * What both sides stand on: what a contest ended in; the declared value where nothing is observed, where the two coincide,
 * where the term of a contest lapsed (§3, "contest everything on day 19") or the period was approved. Null while it is open.
 */
function agreedFigure({
  declared,
  observed,
  settled,
  dispute,
  isApproved,
  indicator,
  terms,
}: LineInput): Figure | null {
  if (settled !== null) return settled
  // An act of the contract names SITEC as the source: what it observed is what holds (§1.1).
  if (terms.sourceAct !== null) return observed?.adopted ?? null
  const figure = declared?.figure ?? null
  if (figure === null || dispute === 'open') return null
  if (observed === null || observed.adopted === null || isApproved || dispute === 'lapsed') return figure
  return isSame(figure, observed.adopted, indicator) ? figure : null
}

/** Whether two figures say the same: the counts where both have them, else the value as it is shown. */
export function isSame(
  a: Figure,
  b: Figure,
  { measure, target }: Pick<IndicatorContent, 'measure' | 'target'>,
): boolean {
  if (a.kind === 'ratio' && b.kind === 'ratio' && measure.kind !== 'uptime')
    return a.inTime === b.inTime && a.total === b.total
  if (a.kind === 'mean' && b.kind === 'mean') return a.days === b.days && a.total === b.total
  const [size, other] = [sizeOf(a), sizeOf(b)]
  if (measure.kind !== 'uptime' && size !== null && other !== null && size !== other) return false
  return hundredthsOf(a, measure.kind, target) === hundredthsOf(b, measure.kind, target)
}

function outcomeOf({ indicator, declared, observed, isDue, terms }: LineInput, base: Figure | null): Outcome {
  const kind = indicator.measure.kind
  // Once SITEC is the source by an act of the contract, what is declared decides nothing (§1.1).
  const isMissing = (declared?.figure ?? null) === null && terms.sourceAct === null
  if (isMissing && (isDue || (observed?.adopted ?? null) === null)) return 'notDeclared'
  if (base === null) return 'notMeasurable'
  const met = isMet(base, kind, indicator.target)
  if (met === null) return 'notMeasurable'
  if (met) return 'met'
  return isMet(base, kind, indicator.threshold ?? indicator.target) === true ? 'inadequate' : 'unacceptable'
}

function penaltyOf(
  { indicator, yearlyCents, classes, terms, earlier, decidedCents }: LineInput,
  figures: Record<Basis, Figure | null>,
  base: Figure | null,
): VerifiedIndicator['penalty'] {
  const isBreach = (figure: Figure | null) =>
    figure !== null && isMet(figure, indicator.measure.kind, indicator.target) === false
  const amount = (level: 1 | 2 | 3) => {
    const rate = rateOf(classes, indicator.class, level)
    return rate === null ? 0n : penaltyCents(yearlyCents, indicator.period, rate)
  }
  const on = (basis: Basis) =>
    isBreach(figures[basis])
      ? centsText(amount(recurrenceOf(earlier[basis], terms.keepsOverEmpty).level))
      : centsText(0n)
  const basis: Basis = figures.agreed !== null ? 'agreed' : figures.observed !== null ? 'observed' : 'declared'
  const run = isBreach(base) ? recurrenceOf(earlier[basis], terms.keepsOverEmpty) : null
  const rate = run === null ? null : rateOf(classes, indicator.class, run.level)
  const lowest = run?.isProvisional === true ? lowestRecurrence(earlier[basis], terms.keepsOverEmpty) : null
  return {
    class: indicator.class,
    recurrence: run?.level ?? null,
    rate: rate === null ? null : hundredthsText(rate),
    periodFee: centsText(periodFee(yearlyCents, indicator.period)),
    onDeclared: on('declared'),
    onObserved: on('observed'),
    onAgreed: on('agreed'),
    decided: decidedCents === null ? null : centsText(BigInt(decidedCents)),
    provisional: run?.isProvisional ?? false,
    ifEarlierFalls: lowest === null ? null : centsText(amount(lowest)),
  }
}

function flagsOf(input: LineInput): Flag[] {
  const { indicator, declared, observed, dispute, isDue } = input
  const { kind } = indicator.measure
  const figure = declared?.figure ?? null
  const found: [Flag, boolean][] = [
    ['notDeclared', figure === null && isDue],
    ['singleThreshold', indicator.threshold === null],
    ['readingUnclear', input.reading !== null],
    ['disputed', dispute !== 'none'],
    ...(figure === null ? [] : declaredFlags(figure, declared, indicator)),
    ...(observed === null || observed.adopted === null ? [] : observedFlags(observed)),
    ['noCarrier', kind === 'lost_calls' && observed !== null && !observed.hasThirdParty],
    [
      'differs',
      figure !== null &&
        observed !== null &&
        observed.adopted !== null &&
        input.settled === null &&
        !isSame(figure, observed.adopted, indicator),
    ],
  ]
  return found.flatMap(([flag, holds]) => (holds ? [flag] : []))
}

const nearHundredths = 100

function declaredFlags(figure: Figure, declared: Declared | null, indicator: IndicatorContent): [Flag, boolean][] {
  const { kind } = indicator.measure
  const { target, unit } = indicator
  const value = hundredthsOf(figure, kind, target)
  const met = isMet(figure, kind, target)
  const margins = marginsOf(figure, kind, target)
  const exact = declared?.hundredths ?? null
  return [
    ['perfect', kind !== 'lost_calls' && unit === 'percent' && value === 10_000],
    ['noneLost', kind === 'lost_calls' && value === 0 && (sizeOf(figure) ?? 0) > 0],
    ['smallSample', figure.kind === 'ratio' && figure.total > 0 && met === true && isBrokenByOne(figure, indicator)],
    [
      'atThreshold',
      met === true &&
        value !== null &&
        unit === 'percent' &&
        kind !== 'lost_calls' &&
        value < 10_000 &&
        (Math.abs(value - target.hundredths) <= nearHundredths || margins.turned === 0),
    ],
    ['noDetail', figure.kind === 'value' && kind === 'uptime'],
    ['daysNotDeclared', kind === 'mean_days' && declared?.hasDays === false],
    ['valueDiffers', exact !== null && value !== null && figure.kind !== 'value' && Math.abs(value - exact) > 1],
  ]
}

// One late item breaks it, however good it was: a volume too small to say much (§1.6, any volume up to nineteen at 95 %).
function isBrokenByOne(figure: Extract<Figure, { kind: 'ratio' }>, { measure, target }: IndicatorContent): boolean {
  return isMet({ ...figure, inTime: figure.total - 1 }, measure.kind, target) === false
}

function observedFlags({ notes, openBacklog, unknownMs }: Observed): [Flag, boolean][] {
  return [
    ['promisesMoved', (notes.promiseMoved ?? 0) > 0],
    ['promisesLate', (notes.promiseLate ?? 0) > 0],
    ['takenWithoutActivity', (notes.takenWithoutActivity ?? 0) > 0],
    ['closedAtOnce', (notes.closedAtOnce ?? 0) > 0],
    ['openOverdue', openBacklog > 0],
    ['unknownTime', unknownMs > 0],
  ]
}

/** A figure as it leaves: counts, and the value rounded against whom it speaks for. */
export function showFigure(figure: Figure, indicator: Pick<IndicatorContent, 'measure' | 'target'>): ShownFigure
export function showFigure(
  figure: Figure | null,
  indicator: Pick<IndicatorContent, 'measure' | 'target'>,
): ShownFigure | null
export function showFigure(figure: Figure | null, { measure, target }: Pick<IndicatorContent, 'measure' | 'target'>) {
  if (figure === null) return null
  const hundredths = hundredthsOf(figure, measure.kind, target)
  return {
    inTime: figure.kind === 'ratio' ? figure.inTime : null,
    total: sizeOf(figure),
    days: figure.kind === 'mean' ? figure.days : null,
    value: hundredths === null ? null : hundredthsText(hundredths),
  }
}

const nothing: ShownFigure = { inTime: null, total: null, days: null, value: null }

function showObserved(observed: Observed, indicator: IndicatorContent): VerifiedIndicator['observed'] {
  const main = showFigure(observed.adopted, indicator) ?? nothing
  const total = observed.adopted?.kind === 'ratio' || observed.adopted?.kind === 'mean' ? observed.adopted.total : 0
  return {
    ...main,
    openBacklog: observed.openBacklog,
    // Downwards, to the tenth of a thousandth: what is shown as proved is.
    provedShare: total === 0 ? null : Math.floor((observed.proved * 10_000) / total) / 10_000,
    excluded: observed.excluded,
    contractReading: showFigure(observed.asWritten, indicator) ?? nothing,
    fair: showFigure(observed.fair, indicator) ?? nothing,
    details: observed.details.map(({ scope, figure }) => ({
      scope,
      ...(showFigure(figure, indicator) ?? nothing),
      met: figure === null ? null : isMet(figure, indicator.measure.kind, indicator.target),
    })),
  }
}

/** ">= 95.00 %", "< 5.00 days": for programs; pages say it in words. */
export function targetText({ op, hundredths }: Target, unit: IndicatorContent['unit']): string {
  return `${op} ${hundredthsText(hundredths)} ${unit === 'percent' ? '%' : 'days'}`
}

/** What a figure says for recurrence. */
export function standingOf(
  figure: Figure | null,
  wasDeclared: boolean,
  indicator: IndicatorContent,
): Earlier['standing'] {
  if (figure === null) return wasDeclared ? 'notMeasurable' : 'notDeclared'
  const met = isMet(figure, indicator.measure.kind, indicator.target)
  if (met === null) return 'notMeasurable'
  return met ? 'kept' : 'breach'
}
