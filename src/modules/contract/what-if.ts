/** "E se…": past periods under another target, class, calendar or reading. Reckoned and shown; nothing is stored. */
import { z } from '@hono/zod-openapi'
import { type Context, read, type TxContext } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { centsText } from '../../platform/money.ts'
import { allow } from '../../platform/permissions.ts'
import { fail } from '../../platform/problem.ts'
import { loadCalendar } from '../organisation/calendars.ts'
import { wrongContract } from './contract-problems.ts'
import { contractOf, inForceIn, type LoadedContract, localDay } from './contracts.ts'
import { selectDeclarations } from './internal/contract-queries.ts'
import { declaredFigure } from './internal/declared-figure.ts'
import { type Figure, isMet, parseHundredths, type Target } from './internal/figures.ts'
import { type Observed, observeCases } from './internal/observe.ts'
import { type Earlier, penaltyCents, rateOf, recurrenceOf } from './internal/penalties.ts'
import { before, daysOf, periodsIn, quarterOf } from './internal/periods.ts'
import { observeInput, observeLine } from './internal/record.ts'
import type { IndicatorContent } from './internal/terms.ts'
import { showFigure, standingOf, targetText } from './internal/verify.ts'
import { shownFigure, whatIfInput } from './schema.ts'

const worth = z.object({
  figure: shownFigure.nullable(),
  met: z.boolean().nullable(),
  recurrence: z.int().nullable(),
  penalty: z.string(),
})
const pair = z.object({ declared: worth, observed: worth })
export const whatIfResult = z
  .object({
    indicator: z.string(),
    service: z.string(),
    label: z.string(),
    asWritten: z.object({ target: z.string(), class: z.string(), days: z.int().nullable() }),
    instead: z.object({ target: z.string(), class: z.string(), days: z.int().nullable() }),
    rows: z.array(z.object({ period: z.string(), asWritten: pair, instead: pair })),
    totals: z.object({
      asWritten: z.object({ declared: z.string(), observed: z.string() }),
      instead: z.object({ declared: z.string(), observed: z.string() }),
    }),
  })
  .openapi('WhatIfResult')
export type WhatIfResult = z.output<typeof whatIfResult>

const mostQuarters = 20

/**
 * One indicator over past periods, as written and with what was changed, on declared and on observed values. Runs of
 * breaches are counted inside the periods asked for.
 */
export async function tryWhatIf(ctx: Context, input: z.input<typeof whatIfInput>): Promise<WhatIfResult> {
  allow(ctx.actor, 'contract.read')
  const wanted = parse(whatIfInput, input)
  return read(ctx, async (ctx) => {
    const quarters = quartersBetween(wanted.from, wanted.until, localDay(ctx))
    const contract = await contractOf(ctx, quarters.at(-1) ?? wanted.until)
    const inForce = inForceIn(contract, quarters.at(-1) ?? wanted.until, localDay(ctx))
    const indicator =
      inForce.indicators.find(({ code }) => code === wanted.indicator) ??
      fail(wrongContract('indicator', (t) => t.problems.unknownIndicator(wanted.indicator)))
    const instead = changed(indicator, wanted)
    const periods = quarters
      .flatMap((quarter) => periodsIn(quarter, indicator.period))
      .filter((period) => daysOf(period).from >= contract.beginsOn)
    const written = await story(ctx, contract, indicator, periods, null)
    const other = await story(ctx, contract, instead, periods, wanted.calendarId ?? null)
    return assemble(indicator, instead, periods, written, other)
  })
}

function quartersBetween(from: string, until: string, today: string): string[] {
  const [first, last] = [quarterOf(from), quarterOf(until)]
  const quarters: string[] = []
  for (let quarter = last; quarter >= first; quarter = before(quarter)) {
    if (daysOf(quarter).from <= today) quarters.unshift(quarter)
    if (quarters.length > mostQuarters) throw wrongContract('from', (t) => t.problems.whatIfTooLong)
  }
  if (quarters.length === 0) throw wrongContract('until', (t) => t.problems.periodToCome)
  return quarters
}

function changed(indicator: IndicatorContent, wanted: z.output<typeof whatIfInput>): IndicatorContent {
  return {
    ...indicator,
    class: wanted.class ?? indicator.class,
    target: wanted.target ? targetOf(wanted.target, indicator.target) : indicator.target,
    measure: { ...indicator.measure, days: wanted.days ?? indicator.measure.days },
    adopted: { ...indicator.adopted, ...wanted.reading },
  }
}

/** "98" or "98.5": the bound alone, compared as the contract compares. */
function targetOf(text: string, { op }: Target): Target {
  const hundredths = parseHundredths(text.replace(',', '.'))
  if (hundredths === null) throw wrongContract('target', (t) => t.declare.wrongValue)
  return { op, hundredths }
}

type Told = z.output<typeof pair>
type Money = { declared: bigint; observed: bigint }
type Story = { rows: Map<string, Told>; totals: Money }

async function story(
  ctx: TxContext,
  contract: LoadedContract,
  indicator: IndicatorContent,
  periods: readonly string[],
  calendarId: string | null,
): Promise<Story> {
  const declarations = await selectDeclarations(ctx, contract.id, periods)
  const observed = await observedOf(ctx, contract, indicator, periods, calendarId)
  const runs: Record<'declared' | 'observed', Earlier[]> = { declared: [], observed: [] }
  const totals: Money = { declared: 0n, observed: 0n }
  const rows = new Map<string, Told>()
  for (const period of periods) {
    const row = declarations.find(
      (one) =>
        one.period === period &&
        one.indicator === indicator.code &&
        one.service === indicator.service &&
        one.scope === '',
    )
    const figures = {
      declared: row === undefined ? null : declaredFigure(row, indicator).figure,
      observed: observed.get(period)?.adopted ?? null,
    }
    const told = (basis: 'declared' | 'observed') => {
      const { cents, ...shown } = worthOf(ctx, contract, indicator, period, figures[basis], runs[basis])
      totals[basis] += cents
      runs[basis].unshift({
        standing: standingOf(figures[basis], basis === 'declared' && row !== undefined, indicator),
        isFinal: true,
      })
      return shown
    }
    rows.set(period, { declared: told('declared'), observed: told('observed') })
  }
  return { rows, totals }
}

async function observedOf(
  ctx: TxContext,
  contract: LoadedContract,
  indicator: IndicatorContent,
  periods: readonly string[],
  calendarId: string | null,
): Promise<Map<string, Observed>> {
  if (indicator.measure.kind === 'uptime' || indicator.measure.kind === 'lost_calls')
    return observeLine(ctx, contract, { indicator, service: indicator.service, exclusions: new Map() }, periods)
  const input = await observeInput(ctx, contract, { indicator, exclusions: new Map() }, periods)
  if (input === null) return new Map()
  if (calendarId === null) return observeCases(ctx, input, periods)
  const years = periods.map((period) => Number(period.slice(0, 4)))
  const calendar = await loadCalendar(ctx, calendarId, Math.min(...years) - 1, Math.max(...years) + 1)
  return observeCases(ctx, { ...input, terms: { ...input.terms, calendar } }, periods)
}

function worthOf(
  ctx: TxContext,
  contract: LoadedContract,
  indicator: IndicatorContent,
  period: string,
  figure: Figure | null,
  earlier: readonly Earlier[],
) {
  const inForce = inForceIn(contract, period, localDay(ctx))
  const met = figure === null ? null : isMet(figure, indicator.measure.kind, indicator.target)
  const level = met === false ? recurrenceOf(earlier, inForce.terms.keepsOverEmpty).level : null
  const rate = level === null ? null : rateOf(inForce.classes, indicator.class, level)
  const cents =
    rate === null ? 0n : penaltyCents(inForce.fees.cents.get(indicator.service) ?? 0n, indicator.period, rate)
  return { figure: showFigure(figure, indicator), met, recurrence: level, penalty: centsText(cents), cents }
}

function assemble(
  indicator: IndicatorContent,
  instead: IndicatorContent,
  periods: readonly string[],
  written: Story,
  other: Story,
): WhatIfResult {
  const terms = (one: IndicatorContent) => ({
    target: targetText(one.target, one.unit),
    class: one.class,
    days: one.measure.days,
  })
  const totals = ({ totals: { declared, observed } }: Story) => ({
    declared: centsText(declared),
    observed: centsText(observed),
  })
  return {
    indicator: indicator.code,
    service: indicator.service,
    label: indicator.label,
    asWritten: terms(indicator),
    instead: terms(instead),
    rows: periods.flatMap((period) => {
      const [asWritten, changedRow] = [written.rows.get(period), other.rows.get(period)]
      return asWritten && changedRow ? [{ period, asWritten, instead: changedRow }] : []
    }),
    totals: { asWritten: totals(written), instead: totals(other) },
  }
}
