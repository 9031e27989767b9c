/**
 * What SITEC observed of availability and calls (contract-logic §1.12, §2): probes of the administration and the carrier's
 * record alone. What the supplier's own tools say is declared, whoever stores it.
 */
import type { CompiledCalendar } from '../../../platform/calendar.ts'
import type { TxContext } from '../../../platform/context.ts'
import { Problem } from '../../../platform/problem.ts'
import { availabilityFigures, type CallCount, callFigures, type ScopeAvailability } from '../../operations/figures.ts'
import { loadCalendar } from '../../organisation/calendars.ts'
import type { Figure } from './figures.ts'
import { nothingObserved, type Observed } from './observe.ts'
import { boundsOf } from './periods.ts'
import type { IndicatorContent } from './terms.ts'

export type OperationsAsked = { indicator: IndicatorContent; service: string; isSubset: boolean }

const minuteMs = 60_000

/** What was observed of an indicator for a service, by period; nothing for a period nobody watched. */
export async function observeOperations(
  ctx: TxContext,
  asked: OperationsAsked,
  periods: readonly string[],
): Promise<Map<string, Observed>> {
  const found = new Map<string, Observed>()
  for (const period of periods) {
    const { from, until } = boundsOf(period, ctx.zone)
    const now = new Date().toISOString()
    if (from >= now) continue
    const [seen = until] = [until, now].sort()
    const observed =
      asked.indicator.measure.kind === 'uptime'
        ? observeUptime(
            asked,
            await availabilityFigures(ctx, { from, until: seen, hours: null, onlyWeb: asked.isSubset }),
          )
        : await observeCalls(ctx, asked, from, seen)
    if (observed !== null) found.set(period, observed)
  }
  return found
}

/** Up and down time in whole minutes, a minute begun being down; what nobody watched is in neither. */
function observeUptime({ indicator, isSubset }: OperationsAsked, all: readonly ScopeAvailability[]): Observed | null {
  const codes = indicator.scopes.map(({ code }) => code)
  const counted = all.filter(({ kind, code }) =>
    codes.length === 0 ? kind === 'server' || isSubset : codes.includes(code),
  )
  const watched = counted.filter(({ source }) => source === 'probes')
  if (watched.length === 0) return null
  const figures = watched.map((scope) => ({ scope: scope.name, figure: uptimeOf(scope) }))
  const mean = sumOf(figures.flatMap(({ figure }) => figure ?? []))
  const worst = figures.flatMap(({ figure }) => figure ?? []).toSorted(byShare)[0] ?? null
  const due = counted.reduce((sum, scope) => sum + scope.dueMs, 0)
  const known = watched.reduce((sum, { upMs, downMs }) => sum + upMs + downMs, 0)
  const adopted = indicator.adopted.uptime === 'worst' ? worst : mean
  return {
    ...nothingObserved(true),
    adopted,
    asWritten: mean,
    fair: worst,
    proved: adopted === null || due === 0 ? 0 : Math.floor((adopted.total * known) / due),
    details: figures,
    unknownMs: watched.reduce((sum, { unknownMs }) => sum + unknownMs, 0),
  }
}

type Ratio = Extract<Figure, { kind: 'ratio' }>

function uptimeOf({ upMs, downMs }: ScopeAvailability): Ratio | null {
  const down = Math.ceil(downMs / minuteMs)
  const total = Math.floor((upMs + downMs) / minuteMs)
  return total === 0 ? null : { kind: 'ratio', inTime: Math.max(0, total - down), total }
}

function sumOf(ratios: readonly Ratio[]): Ratio | null {
  if (ratios.length === 0) return null
  return {
    kind: 'ratio',
    inTime: ratios.reduce((sum, one) => sum + one.inTime, 0),
    total: ratios.reduce((sum, one) => sum + one.total, 0),
  }
}

function byShare(a: Ratio, b: Ratio): number {
  return a.inTime * b.total - b.inTime * a.total
}

/** As printed: lost in service hours, of all; or both in service hours. Both counts stay beside the figure. */
async function observeCalls(ctx: TxContext, { indicator, isSubset }: OperationsAsked, from: string, until: string) {
  if (isSubset) return null
  const hours = await serviceHours(ctx, from, until)
  if (hours === null) return null
  const { carrier, exchange } = await callFigures(ctx, { from, until, hours })
  if (carrier.received === 0) return exchange.received === 0 ? null : nothingObserved(false)
  const asPrinted: Ratio = { kind: 'ratio', inTime: carrier.received - carrier.lostInHours, total: carrier.received }
  const inHours = callsInHours(carrier)
  const adopted = indicator.adopted.calls === 'in_hours' ? inHours : asPrinted
  return { ...nothingObserved(true), adopted, asWritten: asPrinted, fair: inHours, proved: adopted.total }
}

function callsInHours({ answeredInHours, receivedInHours }: CallCount): Ratio {
  return { kind: 'ratio', inTime: answeredInHours, total: receivedInHours }
}

// Null where the calendar does not reach back to the period: nothing is known of its hours.
async function serviceHours(ctx: TxContext, from: string, until: string): Promise<CompiledCalendar | null> {
  const year = (instant: string) => Number(instant.slice(0, 4))
  try {
    const calendar = await loadCalendar(ctx, null, year(from) - 1, year(until) + 1)
    return calendar.from > Date.parse(from) ? null : calendar
  } catch (error) {
    if (error instanceof Problem && error.code === 'calendar_empty') return null
    throw error
  }
}
