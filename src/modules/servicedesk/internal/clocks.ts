/**
 * Clocks: what a case's timeline, its agreement and a working calendar give. Nothing here reads a clock or a database, and
 * nothing depends on the present instant, so what is stored and what is recomputed must be equal.
 *
 * A clock counts service time: the time inside the calendar's windows in which the case did not wait for a reason that
 * stops this clock. Out of windows is closed time, whoever waits for whom: run + pause + closed = wall time.
 */
import {
  addOpenTime,
  type CompiledCalendar,
  endOfWorkingDay,
  firstIndex,
  openBetween,
} from '../../../platform/calendar.ts'
import type { Metric } from '../vocabulary.ts'
import { agreedMetrics } from '../vocabulary.ts'
import { type AgreementTerms, targetOf, type Within } from './agreement.ts'
import type { WaitingReason } from './lifecycle.ts'
import { type Cycle, type CycleEnd, escalationKey, type Timeline } from './timeline.ts'

/** One cycle of one metric. Instants are milliseconds since 1970, durations milliseconds of service time. */
export type Clock = {
  metric: Metric
  cycle: number
  state: 'running' | 'paused' | 'stopped'
  startedAt: number
  targetMs: number
  /** Service time counted until `countedTo`. */
  elapsedMs: number
  /** When it stopped or began to pause; while it runs, when it last began to run. */
  countedTo: number
  /** Null while it pauses before its target is reached, and when the calendar never opens long enough. */
  dueAt: number | null
  stoppedAt: number | null
  end: CycleEnd | null
  /** Whether it stopped after its target. Null while it goes on. */
  isLate: boolean | null
}

/** Shares of a target at which somebody is told, in hundredths. */
export const escalationLevels = [50, 75, 90, 100, 120] as const

type Interval = { from: number; to: number }
/** The stretches in which a clock runs; the last has no end while it runs now. */
type Runs = { done: Interval[]; runningFrom: number | null; pausedFrom: number | null }

/** Every clock of a case, in the order of metrics and cycles. Metrics without a target have none. */
export function clocksOf(timeline: Timeline, terms: AgreementTerms, calendar: CompiledCalendar): Clock[] {
  const agreed = agreedMetrics.flatMap((metric) => {
    const target = targetOf(terms, metric, timeline.kind, timeline.severity)
    if (target === null) return []
    return timeline.cycles[metric].flatMap((cycle, index) => {
      const targetMs = serviceTime(target, within(calendar, cycle.from), calendar)
      return targetMs === null
        ? []
        : [clockOf(metric, index + 1, cycle, runsOf(timeline, metric, cycle, terms), targetMs, calendar)]
    })
  })
  const promised = timeline.cycles.promised.map((cycle, index) => promisedClock(index + 1, cycle, calendar))
  return [...agreed, ...promised]
}

/** The first instant at which a running clock reaches a level that nobody was told of yet; null when there is none. */
export function nextEscalation(
  timeline: Timeline,
  clocks: readonly Clock[],
  calendar: CompiledCalendar,
): number | null {
  const instants = clocks
    .filter(({ state }) => state === 'running')
    .flatMap((clock) => nextLevel(timeline, clock, calendar)?.at ?? [])
  return instants.length === 0 ? null : Math.min(...instants)
}

/** The first of `levelsOf`, without reckoning the others. */
export function nextLevel(
  timeline: Timeline,
  clock: Clock,
  calendar: CompiledCalendar,
): { level: number; at: number } | null {
  const level = escalationLevels.find((one) => !timeline.escalated.includes(escalationKey({ ...clock, level: one })))
  const at = level === undefined ? null : reaches(clock, calendar, level)
  return level === undefined || at === null ? null : { level, at }
}

/** The levels of a running clock that nobody was told of yet, with the instants at which it reaches them. */
export function levelsOf(
  timeline: Timeline,
  clock: Clock,
  calendar: CompiledCalendar,
): { level: number; at: number }[] {
  return escalationLevels.flatMap((level) => {
    if (timeline.escalated.includes(escalationKey({ ...clock, level }))) return []
    const at = reaches(clock, calendar, level)
    return at === null ? [] : [{ level, at }]
  })
}

// From what was counted when it last began to run: everything before is history. The target itself is the due instant,
// also for a date promised out of hours; of one with no service time before it there are no shares.
function reaches(clock: Clock, calendar: CompiledCalendar, level: number): number | null {
  if (level === 100) return clock.dueAt
  if (clock.targetMs === 0) return null
  const left = Math.ceil((clock.targetMs * level) / 100) - clock.elapsedMs
  return left <= 0 ? clock.countedTo : afterOpenTime(calendar, clock.countedTo, left)
}

/** What the queue sorts by: the nearest instant by which somebody must do something, and which clock says so. */
export function nextDue(clocks: readonly Clock[]): { at: number; metric: Metric } | null {
  const running = clocks.filter(({ state }) => state !== 'stopped')
  // A promise made to the user stands in for the desk's own target.
  const isPromised = running.some(({ metric }) => metric === 'promised')
  const counted = running.filter(({ metric, dueAt }) => dueAt !== null && !(isPromised && metric === 'resolution'))
  const [first] = counted.toSorted((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0))
  return first === undefined || first.dueAt === null ? null : { at: first.dueAt, metric: first.metric }
}

/** The stretches in which a clock of this metric runs during a cycle, and whether it runs or pauses at its open end. */
export function runsOf(timeline: Timeline, metric: Metric, cycle: Cycle, terms: AgreementTerms): Runs {
  const stopping: readonly WaitingReason[] = metric === 'promised' ? [] : (terms.pauses[metric] ?? [])
  const done: Interval[] = []
  let from: number | null = cycle.from
  for (const wait of timeline.waits) {
    if (!stopping.includes(wait.reason) || (wait.to !== null && wait.to <= cycle.from)) continue
    if (cycle.to !== null && wait.from >= cycle.to) break
    if (from !== null && wait.from > from) done.push({ from, to: wait.from })
    if (wait.to === null) return { done, runningFrom: null, pausedFrom: Math.max(wait.from, cycle.from) }
    from = Math.max(from ?? wait.to, wait.to)
  }
  if (cycle.to === null) return { done, runningFrom: from, pausedFrom: null }
  if (from !== null && from < cycle.to) done.push({ from, to: cycle.to })
  return { done, runningFrom: null, pausedFrom: null }
}

function clockOf(
  metric: Metric,
  cycle: number,
  raw: Cycle,
  runs: Runs,
  targetMs: number,
  calendar: CompiledCalendar,
): Clock {
  let elapsedMs = 0
  let dueAt: number | null = null
  for (const run of runs.done) {
    const open = openBetween(calendar, within(calendar, run.from), within(calendar, run.to))
    if (dueAt === null && elapsedMs + open >= targetMs) dueAt = afterOpenTime(calendar, run.from, targetMs - elapsedMs)
    elapsedMs += open
  }
  const startedAt = raw.from
  const base = { metric, cycle, startedAt, targetMs, elapsedMs, end: raw.end }
  if (raw.to !== null) {
    const isLate = elapsedMs > targetMs
    dueAt ??= afterOpenTime(calendar, raw.to, targetMs - elapsedMs)
    return { ...base, state: 'stopped', countedTo: raw.to, dueAt, stoppedAt: raw.to, isLate }
  }
  if (runs.runningFrom === null) {
    return { ...base, state: 'paused', countedTo: runs.pausedFrom ?? raw.from, dueAt, stoppedAt: null, isLate: null }
  }
  dueAt ??= afterOpenTime(calendar, runs.runningFrom, targetMs - elapsedMs)
  return { ...base, state: 'running', countedTo: runs.runningFrom, dueAt, stoppedAt: null, isLate: null }
}

// A date given to somebody holds as it was given: no calendar moves it and nothing stops it.
function promisedClock(cycle: number, raw: Cycle, calendar: CompiledCalendar): Clock {
  const dueAt = raw.due ?? raw.from
  const targetMs = openBetween(calendar, within(calendar, raw.from), within(calendar, Math.max(dueAt, raw.from)))
  const base = { metric: 'promised' as const, cycle, startedAt: raw.from, targetMs, dueAt, end: raw.end }
  if (raw.to === null)
    return { ...base, state: 'running', elapsedMs: 0, countedTo: raw.from, stoppedAt: null, isLate: null }
  const elapsedMs = openBetween(calendar, within(calendar, raw.from), within(calendar, raw.to))
  return { ...base, state: 'stopped', elapsedMs, countedTo: raw.to, stoppedAt: raw.to, isLate: raw.to > dueAt }
}

/** How much service time a target is, from an instant on; null when the calendar ends before. */
export function serviceTime(target: Within, from: number, calendar: CompiledCalendar): number | null {
  if ('minutes' in target) return target.minutes * 60_000
  const nextDay = firstIndex(calendar.dayStarts, (midnight) => midnight > from)
  if (nextDay + target.workingDays > calendar.dayStarts.length) return null
  return openBetween(calendar, from, endOfWorkingDay(calendar, from, target.workingDays))
}

/** The instant after so much service time; null where the compiled calendar does not reach, or never opens. */
export function afterOpenTime(calendar: CompiledCalendar, from: number, ms: number): number | null {
  const start = within(calendar, from)
  const left = openBetween(calendar, start, calendar.to)
  return left < ms || left === 0 ? null : addOpenTime(calendar, start, ms)
}

/** Nothing is known outside the compiled range: an instant before it counts from its beginning. */
export function within(calendar: CompiledCalendar, at: number): number {
  return Math.min(Math.max(at, calendar.from), calendar.to)
}
