/** Verifying a month or a quarter: every indicator in force, declared beside observed beside agreed. */
import { type Context, read, type TxContext } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { centsText, parseCents } from '../../platform/money.ts'
import { allow } from '../../platform/permissions.ts'
import { wrongContract } from './contract-problems.ts'
import { contractOf, inForceIn, type LoadedContract, localDay } from './contracts.ts'
import { selectApproval } from './internal/approval-queries.ts'
import { daysOf, kindOf, periodsIn, quarterOf } from './internal/periods.ts'
import { earlierOf, type PeriodRecord, recordAround } from './internal/record.ts'
import type { ContractInForce } from './internal/terms.ts'
import { scopesDue } from './internal/terms.ts'
import { type Line, verifyLine } from './internal/verify.ts'
import { periodText, type Verification, type VerifiedIndicator, verification } from './schema.ts'
import type { Basis } from './vocabulary.ts'

/**
 * The verification of a month or a quarter as it can be reckoned now; of an approved quarter, the one that was frozen.
 * Refused: a period that has not begun, or without a contract.
 */
export async function verifyPeriod(ctx: Context, period: string, only?: string): Promise<Verification> {
  allow(ctx.actor, 'contract.read')
  const wanted = readPeriod(ctx, period)
  return read(ctx, async (ctx) => {
    const approval = await selectApproval(ctx, quarterOf(wanted))
    return approval === undefined ? reckon(ctx, wanted, only) : frozenPart(verification.parse(approval.result), wanted)
  })
}

// Of an approved quarter its months are frozen too.
function frozenPart(frozen: Verification, period: string): Verification {
  if (frozen.period === period) return frozen
  const indicators = frozen.indicators.filter((line) => line.period === period)
  return { ...frozen, period, indicators, totals: totalsOf(indicators, 'sum') }
}

/** The period, checked: written as one, and begun. */
export function readPeriod(ctx: Context, period: string): string {
  const wanted = parse(periodText, period)
  if (daysOf(wanted).from > localDay(ctx)) throw wrongContract('period', (t) => t.problems.periodToCome)
  return wanted
}

/**
 * The verification of a period from the record as it is now, frozen or not; of one indicator alone when it is named. While
 * it is being approved, what both sides did not settle stands as declared.
 */
export async function reckon(
  ctx: TxContext,
  period: string,
  only?: string,
  isApproving = false,
): Promise<Verification> {
  const contract = await contractOf(ctx, period)
  const today = localDay(ctx)
  const lines = linesOf(contract, period, today).filter(
    ({ indicator }) => only === undefined || indicator.code === only,
  )
  const record = await recordAround(ctx, contract, lines)
  const indicators = verifyLines(contract, record, lines, today, isApproving)
  return {
    period,
    contract: contract.title,
    isOver: daysOf(period).until <= today,
    isApproved: isApproving || record.approved.has(quarterOf(period)),
    indicators,
    totals: totalsOf(indicators, inForceIn(contract, period, today).terms.twoBreaches),
  }
}

/** Every line of a period: one a service, scope and month or quarter. */
export function linesOf(contract: LoadedContract, period: string, knownOn: string): Line[] {
  const first = inForceIn(contract, period, knownOn)
  return first.indicators
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
    .flatMap((indicator) =>
      periodsIn(period, indicator.period).flatMap((part) => {
        // A month has no quarterly lines, and what has not begun has none at all.
        if ((kindOf(period) === 'month' && indicator.period === 'quarter') || daysOf(part).from > knownOn) return []
        const inForce = inForceIn(contract, part, knownOn)
        const current = inForce.indicators.find(({ code }) => code === indicator.code)
        const { from } = daysOf(part)
        if (current === undefined || (current.lapsedOn !== null && current.lapsedOn < from)) return []
        const own = scopesDue(current, from).map((scope) => line(current, current.service, scope, part, null))
        return [...own, ...subsetLines(inForce, current, part)]
      }),
    )
}

function line(
  indicator: Line['indicator'],
  service: string,
  scope: string,
  period: string,
  reading: string | null,
): Line {
  return { indicator, service, scope, period, isSubset: service !== indicator.service, reading }
}

// Where a clause is unclear both readings are printed, until one is adopted (contract-logic §1.4).
function subsetLines({ subsets }: ContractInForce, indicator: Line['indicator'], period: string): Line[] {
  return subsets.flatMap(({ service, readings, adopted }) => {
    const held = readings.filter(({ label }) => adopted === null || label === adopted)
    const saying = held.filter(({ indicators }) => indicators.includes(indicator.code))
    if (saying.length === 0) return []
    const isUnclear = adopted === null && readings.length > 1
    return [line(indicator, service, '', period, isUnclear ? saying.map(({ label }) => label).join(' · ') : null)]
  })
}

function verifyLines(
  contract: LoadedContract,
  record: PeriodRecord,
  lines: readonly Line[],
  today: string,
  isApproving: boolean,
): VerifiedIndicator[] {
  return lines.map((one) => {
    const inForce = inForceIn(contract, one.period, today)
    const key = { ...one, indicator: one.indicator.code }
    const { until } = daysOf(one.period)
    const dueOn = Temporal.PlainDate.from(until).add({ days: inForce.terms.reportDueDays }).toString()
    return verifyLine({
      ...one,
      yearlyCents: inForce.fees.cents.get(one.service) ?? 0n,
      classes: inForce.classes,
      terms: inForce.terms,
      declared: record.declared(key, one.indicator),
      observed: one.isSubset && one.indicator.measure.kind !== 'uptime' ? null : record.observed(key),
      settled: record.settled(key, one.indicator),
      dispute: record.dispute(key, today),
      isApproved: isApproving || record.approved.has(quarterOf(one.period)),
      decidedCents: record.penalty(key)?.decidedCents ?? null,
      isDue: dueOn <= today,
      earlier: earlierOf(record, contract, one),
    })
  })
}

/** Sums by basis; where a contract says that of two breaches on one fee the highest counts, only that one. */
function totalsOf(indicators: readonly VerifiedIndicator[], twoBreaches: 'sum' | 'highest'): Verification['totals'] {
  const total = (basis: Basis) => {
    const amounts = indicators.map(({ service, period, penalty }) => ({
      on: `${service} ${period}`,
      cents: parseCents(penalty[field(basis)]) ?? 0n,
    }))
    if (twoBreaches === 'sum') return amounts.reduce((sum, { cents }) => sum + cents, 0n)
    const highest = Map.groupBy(amounts, ({ on }) => on)
    return [...highest.values()].reduce((sum, ofOne) => sum + highestOf(ofOne), 0n)
  }
  return {
    onDeclared: centsText(total('declared')),
    onObserved: centsText(total('observed')),
    onAgreed: centsText(total('agreed')),
  }
}

function highestOf(amounts: readonly { cents: bigint }[]): bigint {
  return amounts.toSorted((a, b) => Number(b.cents - a.cents))[0]?.cents ?? 0n
}

/** The field of a penalty that is worked out on a basis. */
export function field(basis: Basis): 'onDeclared' | 'onObserved' | 'onAgreed' {
  return basis === 'declared' ? 'onDeclared' : basis === 'observed' ? 'onObserved' : 'onAgreed'
}
