/** Everything a verification rests on, gathered once: declared, observed, contested, decided, frozen; now and before. */
import type { TxContext } from '../../../platform/context.ts'
import { Problem } from '../../../platform/problem.ts'
import { loadCalendar } from '../../organisation/calendars.ts'
import { inForceIn, type LoadedContract, localDay } from '../contracts.ts'
import { type Verification, verification } from '../schema.ts'
import type { Basis } from '../vocabulary.ts'
import { selectApprovals } from './approval-queries.ts'
import { type StoredContest, selectContests, selectExclusions } from './contest-queries.ts'
import { type StoredDeclaration, selectDeclarations, selectRecordStart } from './contract-queries.ts'
import { declaredFigure, figureFrom } from './declared-figure.ts'
import type { Figure } from './figures.ts'
import { type Observed, observeCases } from './observe.ts'
import { observeOperations } from './observe-operations.ts'
import type { Earlier } from './penalties.ts'
import { type StoredPenalty, selectPenalties } from './penalty-queries.ts'
import { before, daysOf, quarterOf } from './periods.ts'
import type { IndicatorContent } from './terms.ts'
import { type Declared, type Dispute, standingOf } from './verify.ts'

/** Names a figure. */
export type FigureKey = { period: string; indicator: string; service: string; scope: string }

type LineOf = { indicator: IndicatorContent & { act: string }; service: string; scope: string; period: string }

export type PeriodRecord = {
  declared: (key: FigureKey, indicator: IndicatorContent) => Declared | null
  observed: (key: FigureKey) => Observed | null
  settled: (key: FigureKey, indicator: IndicatorContent) => Figure | null
  dispute: (key: FigureKey, today: string) => Dispute
  penalty: (key: FigureKey) => StoredPenalty | undefined
  frozen: (key: FigureKey) => Verification['indicators'][number] | undefined
  approved: ReadonlySet<string>
  /** The month with which the record begins: nothing is asked of what lies before it. */
  start: string | null
}

/** Recurrence looks at two periods before; the declared story a little further, over periods nobody declared. */
const observedBefore = 2
const declaredBefore = 4

const keyText = ({ period, indicator, service, scope }: FigureKey) => `${period} ${indicator} ${service} ${scope}`

/** The record around a period's lines. */
export async function recordAround(
  ctx: TxContext,
  contract: LoadedContract,
  lines: readonly LineOf[],
): Promise<PeriodRecord> {
  const all = [...new Set(lines.flatMap((line) => withEarlier(line.period, declaredBefore)))]
  const declarations = new Map(
    (await selectDeclarations(ctx, contract.id, all)).map((row) => [keyText(row), row] as const),
  )
  const contests = Map.groupBy(await selectContests(ctx, all), keyText)
  const penalties = new Map(
    (await selectPenalties(ctx, contract.id))
      .filter(({ nature }) => nature === 'penalty')
      .map((row) => [keyText(row), row] as const),
  )
  const approvals = await selectApprovals(ctx, [...new Set(all.map(quarterOf))])
  const frozen = new Map(
    approvals.flatMap(({ result }) =>
      verification.parse(result).indicators.map((line) => [keyText({ ...line, indicator: line.code }), line] as const),
    ),
  )
  const approved = new Set(approvals.map(({ period }) => period))
  const observed = await observeLines(ctx, contract, lines, approved)
  return {
    declared: (key, indicator) => declaredOf(declarations.get(keyText(key)), indicator),
    observed: ({ period, indicator, service }) => observed.get(`${indicator} ${service} ${period}`) ?? null,
    settled: (key, indicator) => settledOf(contests.get(keyText(key)), indicator),
    dispute: (key, today) => disputeOf(contests.get(keyText(key)), today),
    penalty: (key) => penalties.get(keyText(key)),
    frozen: (key) => frozen.get(keyText(key)),
    approved,
    start: await selectRecordStart(ctx, contract.id),
  }
}

function withEarlier(period: string, howMany: number): string[] {
  return Array.from({ length: howMany + 1 }, (_, back) => before(period, howMany - back))
}

function declaredOf(row: StoredDeclaration | undefined, indicator: IndicatorContent): Declared | null {
  return row === undefined ? null : declaredFigure(row, indicator)
}

function settledOf(contests: readonly StoredContest[] | undefined, indicator: IndicatorContent): Figure | null {
  const settled = contests?.filter(({ state }) => state === 'agreed') ?? []
  const last = settled.toSorted((a, b) => ((a.settledAt ?? '') < (b.settledAt ?? '') ? -1 : 1)).at(-1)
  return last?.agreed == null ? null : figureFrom(last.agreed, indicator.measure.kind)
}

function disputeOf(contests: readonly StoredContest[] | undefined, today: string): Dispute {
  const open = contests?.filter(({ state }) => state === 'open' || state === 'answered') ?? []
  if (open.length === 0) return 'none'
  return open.every(({ dueOn }) => dueOn < today) ? 'lapsed' : 'open'
}

/** What was observed of every indicator, in its periods and the two before, by "indicator service period". */
async function observeLines(
  ctx: TxContext,
  contract: LoadedContract,
  lines: readonly LineOf[],
  approved: ReadonlySet<string>,
): Promise<Map<string, Observed>> {
  const found = new Map<string, Observed>()
  const exclusions = (await selectExclusions(ctx, null)).filter(
    ({ state }) => state === 'agreed' || state === 'by_manager',
  )
  for (const ofOne of Map.groupBy(lines, ({ indicator, service }) => `${indicator.code} ${service}`).values()) {
    const [first] = ofOne
    if (first === undefined) continue
    const { indicator, service } = first
    const parts = [...new Set(ofOne.map((line) => line.period))].sort()
    // Of an approved quarter the frozen result speaks.
    const story = withEarlier(parts[0] ?? '', observedBefore)
      .slice(0, observedBefore)
      .filter((part) => !approved.has(quarterOf(part)))
    const periods = [...story, ...parts]
    const excluded = exclusions.flatMap((one) =>
      one.indicator === indicator.code && one.state !== 'asked' && one.state !== 'refused'
        ? [[`${one.caseId} ${one.period}`, one.state] as const]
        : [],
    )
    const figures = await observeLine(ctx, contract, { indicator, service, exclusions: new Map(excluded) }, periods)
    for (const [part, figure] of figures) found.set(`${indicator.code} ${service} ${part}`, figure)
  }
  return found
}

type Asked = {
  indicator: IndicatorContent
  service: string
  exclusions: ReadonlyMap<string, 'agreed' | 'by_manager'>
}

/** What was observed of one indicator for one service, by period. */
export async function observeLine(
  ctx: TxContext,
  contract: LoadedContract,
  asked: Asked,
  periods: readonly string[],
): Promise<Map<string, Observed>> {
  const { kind } = asked.indicator.measure
  const isSubset = asked.service !== asked.indicator.service
  if (kind === 'uptime' || kind === 'lost_calls') return observeOperations(ctx, { ...asked, isSubset }, periods)
  // Nothing in a case tells yet which of them are support to user operations.
  if (isSubset) return new Map<string, Observed>()
  const input = await observeInput(ctx, contract, asked, periods)
  return input === null ? new Map<string, Observed>() : observeCases(ctx, input, periods)
}

/** What an indicator that counts cases is reckoned with in some periods; null before the calendar begins. */
export async function observeInput(
  ctx: TxContext,
  contract: LoadedContract,
  { indicator, exclusions }: Pick<Asked, 'indicator' | 'exclusions'>,
  periods: readonly string[],
) {
  const years = periods.map((one) => Number(one.slice(0, 4)))
  const last = periods.at(-1) ?? ''
  const { terms } = inForceIn(contract, last, localDay(ctx))
  const calendar = await loadCalendar(ctx, null, Math.min(...years) - 1, Math.max(...years) + 1).catch((error) => {
    if (error instanceof Problem && error.code === 'calendar_empty') return null
    throw error
  })
  if (calendar === null) return null
  return {
    indicator,
    exclusions,
    zone: ctx.zone,
    now: Date.now(),
    terms: {
      measure: indicator.measure,
      targetDays: indicator.unit === 'days' ? Math.ceil(indicator.target.hundredths / 100) : 1,
      severityHours: terms.severityHours,
      calendar,
    },
  }
}

/** The story of a line before its period, newest first, as each basis tells it. */
export function earlierOf(
  record: PeriodRecord,
  contract: LoadedContract,
  { indicator, service, scope, period }: LineOf,
): Record<Basis, Earlier[]> {
  const story: Record<Basis, Earlier[]> = { declared: [], observed: [], agreed: [] }
  for (let back = 1; back <= declaredBefore; back += 1) {
    const part = before(period, back)
    const { from, until } = daysOf(part)
    // A run of breaches belongs to one convention, and to what the record knows.
    if (until <= contract.beginsOn || record.start === null || from.slice(0, 7) < record.start) break
    const key = { period: part, indicator: indicator.code, service, scope }
    const final = finalStanding(record, key)
    const declared = record.declared(key, indicator)
    const observed = record.observed(key)?.adopted ?? null
    const figure = record.settled(key, indicator) ?? declared?.figure ?? observed
    const open = (value: Figure | null): Earlier => ({
      standing: standingOf(value, declared?.figure != null, indicator),
      isFinal: false,
    })
    story.declared.push(final ?? open(declared?.figure ?? null))
    story.agreed.push(final ?? open(figure))
    // What was never observed says nothing, and will not change.
    story.observed.push(final ?? (observed === null ? { standing: 'notMeasurable', isFinal: true } : open(observed)))
  }
  return story
}

// A decision is what it decided; an approved quarter without one on this line has charged nothing.
function finalStanding(record: PeriodRecord, key: FigureKey): Earlier | null {
  const penalty = record.penalty(key)
  if (penalty?.state === 'decided')
    return { standing: (penalty.decidedCents ?? 0) > 0 ? 'breach' : 'kept', isFinal: true }
  const line = record.frozen(key)
  if (line === undefined) return null
  const { outcome } = line
  if (outcome === 'notDeclared' || outcome === 'notMeasurable') return { standing: outcome, isFinal: true }
  return { standing: 'kept', isFinal: true }
}
