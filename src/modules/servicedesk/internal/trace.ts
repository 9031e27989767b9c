/**
 * How a deadline was reckoned, minute by minute: each stretch of the case's life, who began it, and how much of it ran,
 * paused or fell into closed hours. Pure; the sums add up to the wall time whatever happens.
 */
import { type CompiledCalendar, firstIndex, openBetween } from '../../../platform/calendar.ts'
import type { AgreementTerms } from './agreement.ts'
import type { RecordedEvent } from './case-events.ts'
import { type Clock, runsOf, within } from './clocks.ts'
import { applyEvent, type CaseFacts, openedFacts } from './fold.ts'
import type { CaseState, WaitingReason } from './lifecycle.ts'
import type { Timeline } from './timeline.ts'

/** An event with what proves it. */
export type WitnessedEvent = RecordedEvent & { eventId: number; witness: string; recordedAt: string }

/** One stretch between two changes of state; durations in milliseconds. */
export type TraceRow = {
  from: number
  to: number
  state: CaseState
  waitingFor: WaitingReason | null
  began: { eventId: number; kind: string; witness: string }
  runMs: number
  pauseMs: number
  closedMs: number
  /** Service time counted from the start of the clock to the end of this stretch. */
  totalMs: number
}

/** A minute-exact piece: open and running, open and paused, or closed. */
export type TracePiece = { from: number; to: number; what: 'run' | 'pause' | 'closed' }

type Interval = { from: number; to: number }

/** The stretches of one clock, from its start to where it stopped, or to `now`. */
export function traceRows(
  events: readonly WitnessedEvent[],
  timeline: Timeline,
  clock: Clock,
  terms: AgreementTerms,
  calendar: CompiledCalendar,
  now: number,
): TraceRow[] {
  const end = clock.stoppedAt ?? Math.max(now, clock.startedAt)
  const runs = runIntervals(timeline, clock, terms, end)
  let totalMs = 0
  return phases(events, end).flatMap((phase) => {
    const from = Math.max(phase.from, clock.startedAt)
    const to = Math.min(phase.to, end)
    if (to <= from && !(to === from && clock.startedAt === end)) return []
    const open = openIn(calendar, { from, to })
    const runMs = runs.reduce((sum, run) => sum + openIn(calendar, overlap(run, { from, to })), 0)
    totalMs += runMs
    return [{ ...phase, from, to, runMs, pauseMs: open - runMs, closedMs: to - from - open, totalMs }]
  })
}

/** Every piece of one clock's life, window by window; at most `atMost` of them, the newest. */
export function tracePieces(
  timeline: Timeline,
  clock: Clock,
  terms: AgreementTerms,
  calendar: CompiledCalendar,
  now: number,
  atMost: number,
): TracePiece[] {
  const end = clock.stoppedAt ?? Math.max(now, clock.startedAt)
  const runs = runIntervals(timeline, clock, terms, end)
  const cuts = new Set([clock.startedAt, end])
  for (const { from, to } of runs) cuts.add(from).add(to)
  for (const { from, to } of windowsIn(calendar, clock.startedAt, end)) cuts.add(from).add(to)
  const sorted = [...cuts].filter((at) => at >= clock.startedAt && at <= end).sort((a, b) => a - b)
  const pieces = sorted.slice(1).map((to, index): TracePiece => {
    const from = sorted[index] ?? to
    if (openIn(calendar, { from, to }) === 0) return { from, to, what: 'closed' }
    return { from, to, what: runs.some((run) => run.from <= from && run.to >= to) ? 'run' : 'pause' }
  })
  return pieces.slice(-atMost)
}

function runIntervals(timeline: Timeline, clock: Clock, terms: AgreementTerms, end: number): Interval[] {
  const cycle = timeline.cycles[clock.metric][clock.cycle - 1]
  if (cycle === undefined) return []
  const { done, runningFrom } = runsOf(timeline, clock.metric, cycle, terms)
  return runningFrom === null || runningFrom >= end ? done : [...done, { from: runningFrom, to: end }]
}

type Phase = Pick<TraceRow, 'from' | 'to' | 'state' | 'waitingFor' | 'began'>

// Instants that come in late never run backwards: a stretch begins where the one before it ended at the earliest.
function phases(events: readonly WitnessedEvent[], end: number): Phase[] {
  const found: Phase[] = []
  let facts: CaseFacts | null = null
  for (const event of events) {
    const before: CaseFacts | null = facts
    facts = event.kind === 'case.opened' ? openedFacts(event) : facts === null ? null : applyEvent(facts, event)
    if (facts === null) continue
    if (before !== null && before.state === facts.state && before.waitingFor === facts.waitingFor) continue
    const last = found.at(-1)
    const from = Math.max(Date.parse(event.at), last?.from ?? 0)
    if (last) last.to = from
    const began = { eventId: event.eventId, kind: event.kind, witness: event.witness }
    found.push({ from, to: Math.max(end, from), state: facts.state, waitingFor: facts.waitingFor, began })
  }
  // The clock may have begun before the first event that is told here: a call typed later, a duplicate that came first.
  const [first] = found
  if (first) first.from = Number.MIN_SAFE_INTEGER
  return found
}

function windowsIn(calendar: CompiledCalendar, from: number, to: number): Interval[] {
  const windows: Interval[] = []
  let index = firstIndex(calendar.ends, (end) => end > from)
  while (index < calendar.starts.length) {
    const start = calendar.starts[index] ?? to
    if (start >= to) break
    windows.push({ from: Math.max(start, from), to: Math.min(calendar.ends[index] ?? to, to) })
    index += 1
  }
  return windows
}

function openIn(calendar: CompiledCalendar, { from, to }: Interval): number {
  return to <= from ? 0 : openBetween(calendar, within(calendar, from), within(calendar, to))
}

function overlap(a: Interval, b: Interval): Interval {
  return { from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) }
}
