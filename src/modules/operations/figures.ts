/**
 * The figures of operations, for the modules above: calls and availability of a period, reckoned from single facts.
 * Inside a transaction of the caller, whose operation has checked its permission. Instants are ISO text, [from, until).
 */
import type { CompiledCalendar } from '../../platform/calendar.ts'
import type { TxContext } from '../../platform/context.ts'
import { loadCalendar } from '../organisation/calendars.ts'
import { type Availability, availabilityOf, isAgreed } from './internal/availability.ts'
import { type CountedCalls, countCalls } from './internal/call-queries.ts'
import { windowsBetween } from './internal/hours.ts'
import { selectInterruptions } from './internal/interruption-queries.ts'
import { type Interval, intersect, totalMs } from './internal/intervals.ts'
import { type DeclaredOutage, selectDeclared } from './internal/outage-queries.ts'
import { selectChecks } from './internal/sample-queries.ts'
import { selectScope, selectScopes } from './internal/scope-queries.ts'
import { scopesSeen } from './internal/seen.ts'
import type { ScopeAvailability, ScopeOutages, ScopeRow } from './schema.ts'
import { type CallOutcome, callOutcomes } from './vocabulary.ts'

export type { ScopeAvailability }

export type CallCount = {
  received: number
  receivedInHours: number
  /** By a person. */
  answered: number
  answeredInHours: number
  /** Received in hours and answered by nobody: an answer outside hours offsets none of them. */
  lostInHours: number
  byOutcome: Record<CallOutcome, number>
}

type Period = { from: string; until: string; hours: CompiledCalendar | null }

/**
 * Calls of a period. `carrier` are those the telephone carrier wrote down and the administration brought (T), `exchange`
 * the supplier's own (I); `carrierDeclared` are carrier records the supplier brought (I), never mixed with the first.
 * A call belongs to the hours in which it came; `hours` null means that every hour is one. RangeError when the calendar
 * does not reach over the period.
 */
export async function callFigures(
  ctx: TxContext,
  { from, until, hours }: Period,
): Promise<{ carrier: CallCount; exchange: CallCount; carrierDeclared: CallCount }> {
  const windows = windowsBetween(hours, Date.parse(from), Date.parse(until))
  const edges = windows.flatMap((window) => [iso(window.from), iso(window.until)])
  const counted = await countCalls(ctx, from, until, edges)
  const of = (source: string, witness: string) =>
    callCount(counted.filter((one) => one.source === source && one.witness === witness))
  return { carrier: of('carrier', 'T'), exchange: of('exchange', 'I'), carrierDeclared: of('carrier', 'I') }
}

function callCount(counted: readonly CountedCalls[]): CallCount {
  const sum = (fits: (one: CountedCalls) => boolean) =>
    counted.reduce((all, one) => all + (fits(one) ? one.calls : 0), 0)
  const receivedInHours = sum((one) => one.isInHours)
  const answeredInHours = sum((one) => one.isInHours && one.outcome === 'answered')
  const byOutcome = { answered: 0, abandoned: 0, busy: 0, ivr_end: 0, voicemail: 0, overflow: 0 }
  for (const outcome of callOutcomes) byOutcome[outcome] = sum((one) => one.outcome === outcome)
  return {
    received: sum(() => true),
    receivedInHours,
    answered: byOutcome.answered,
    answeredInHours,
    lostInHours: receivedInHours - answeredInHours,
    byOutcome,
  }
}

const worstShown = 5

/**
 * The availability of every scope that existed in the period, by code, clipped to its life and to its hours: those given,
 * or else its own (`business` is the default calendar of the offices; refused when there is none). due = up + down +
 * unknown; down time inside agreed interruptions is in `agreedMs` alone. `onlyWeb` takes those that host web services.
 */
export async function availabilityFigures(
  ctx: TxContext,
  { onlyWeb = false, ...period }: Period & { onlyWeb?: boolean },
): Promise<ScopeAvailability[]> {
  const all = await selectScopes(ctx, daysOf(ctx, period))
  const scopes = onlyWeb ? all.filter((scope) => scope.hostsWeb) : all
  const reckoned = await reckon(ctx, scopes, period)
  return scopes.map((scope, place) => {
    const { outages, ...figures } = reckoned[place] ?? nothing()
    const { id, code, name, kind, hostsWeb } = scope
    const worstOutages = outages.slice(0, worstShown).map((one) => ({ ...stretch(one), ms: one.ms }))
    return { scopeId: id, code, name, kind, hostsWeb, ...figures, worstOutages }
  })
}

/**
 * What a scope's figure was reckoned from: its outages in order of time, what the supplier declared, and the single
 * checks around the outages, at most 500, each with its witness, probe, network and the file that brought it. Null when
 * there is no such scope.
 */
export async function outageRows(
  ctx: TxContext,
  { scopeId, ...period }: Period & { scopeId: string },
): Promise<ScopeOutages | null> {
  const scope = await selectScope(ctx, scopeId)
  if (scope === undefined) return null
  const [figures = nothing()] = await reckon(ctx, [scope], period)
  const declared = await selectDeclared(ctx, period.from, period.until, scopeId)
  const seen = figures.source === 'probes' ? figures.outages.toSorted((a, b) => a.from - b.from) : []
  const around = 2 * scope.intervalS * 1000
  const stretches = seen.map(({ from, until }) => ({ from: from - around, until: until + around }))
  const checks = stretches.length === 0 ? [] : await selectChecks(ctx, scopeId, stretches, mostChecks + 1)
  const agreed = await agreedOf(ctx, period)
  return {
    outages: seen.map((one) => ({
      ...stretch(one),
      ms: one.ms,
      agreedMs: totalMs(intersect([one], agreed.get(scopeId) ?? [])),
    })),
    declared: declared.map(({ scopeId: _, ...one }) => one),
    samples: checks.slice(0, mostChecks).map((one) => ({ ...one, at: iso(one.at) })),
    isCapped: checks.length > mostChecks,
  }
}

const mostChecks = 500

async function reckon(ctx: TxContext, scopes: readonly ScopeRow[], period: Period): Promise<Availability[]> {
  const [from, until] = [Date.parse(period.from), Date.parse(period.until)]
  const offices = scopes.some((scope) => scope.hours === 'business') && period.hours === null
  const business = offices ? await officeHours(ctx, period) : null
  const seen = await scopesSeen(ctx, scopes, from, until)
  const declared = Map.groupBy(await selectDeclared(ctx, period.from, period.until), (one) => one.scopeId)
  const agreed = await agreedOf(ctx, period)
  return scopes.map((scope) => {
    const hours = period.hours ?? (scope.hours === 'business' ? business : null)
    return availabilityOf({
      due: intersect(windowsBetween(hours, from, until), [lifeOf(ctx, scope)]),
      seen: seen.get(scope.id) ?? null,
      declared: (declared.get(scope.id) ?? []).filter((one) => !one.isExcluded).map(interval),
      agreed: agreed.get(scope.id) ?? [],
    })
  })
}

async function agreedOf(ctx: TxContext, period: Period): Promise<Map<string, Interval[]>> {
  const planned = (await selectInterruptions(ctx, period)).filter(isAgreed)
  const byScope = Map.groupBy(planned, (one) => one.scope_id)
  return new Map(
    [...byScope].map(([id, all]) => [id, all.map((one) => interval({ from: one.from_at, until: one.until_at }))]),
  )
}

function officeHours(ctx: TxContext, { from, until }: Period): Promise<CompiledCalendar> {
  const year = (at: string) => Temporal.Instant.from(at).toZonedDateTimeISO(ctx.zone).year
  return loadCalendar(ctx, null, year(from), year(until))
}

/** From the first midnight of a scope's life to the one after its last day. */
function lifeOf(ctx: TxContext, { beginsOn, endsOn }: ScopeRow): Interval {
  const midnight = (day: Temporal.PlainDate) => day.toZonedDateTime(ctx.zone).epochMilliseconds
  return {
    from: midnight(Temporal.PlainDate.from(beginsOn)),
    until: endsOn === null ? Number.POSITIVE_INFINITY : midnight(Temporal.PlainDate.from(endsOn).add({ days: 1 })),
  }
}

function daysOf(ctx: TxContext, { from, until }: Period) {
  const day = (at: Temporal.Instant) => at.toZonedDateTimeISO(ctx.zone).toPlainDate().toString()
  return {
    first: day(Temporal.Instant.from(from)),
    last: day(Temporal.Instant.from(until).subtract({ milliseconds: 1 })),
  }
}

function interval({ from, until }: Pick<DeclaredOutage, 'from' | 'until'>): Interval {
  return { from: Date.parse(from), until: Date.parse(until) }
}

function stretch({ from, until }: Interval) {
  return { from: iso(from), until: iso(until) }
}

function iso(at: number): string {
  return new Date(at).toISOString()
}

function nothing(): Availability {
  return availabilityOf({ due: [], seen: null, declared: [], agreed: [] })
}
