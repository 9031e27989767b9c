/**
 * The story of a case as its clocks see it: when each thing to be measured began and ended, and when the case waited for
 * whom. A pure fold over events, kept in the row so that one more event costs one step. Instants are milliseconds.
 */
import type { Metric, Severity } from '../vocabulary.ts'
import type { RecordedEvent } from './case-events.ts'
import type { CaseKind, WaitingReason } from './lifecycle.ts'

/** How a cycle ended: done as it should be, moved by a later promise, or left because the case ended otherwise. */
export type CycleEnd = 'done' | 'moved' | 'cancelled' | 'duplicate' | 'rejected'

/** One run of a clock from what starts it to what stops it. `due` is set for promised dates only. */
export type Cycle = { from: number; to: number | null; end: CycleEnd | null; due?: number }

/** The case waited: it belongs to the case, whatever clocks there are and whatever agreement holds. */
export type Wait = { from: number; to: number | null; reason: WaitingReason }

export type Timeline = {
  kind: CaseKind
  severity: Severity
  cycles: Record<Metric, Cycle[]>
  waits: Wait[]
  /** Escalations already told, as "metric cycle level". */
  escalated: string[]
}

/** The timeline of a case that was just opened at `at`. */
export function openTimeline(kind: CaseKind, severity: Severity, at: number): Timeline {
  const started = (): Cycle[] => [{ from: at, to: null, end: null }]
  return {
    kind,
    severity,
    cycles: {
      take_in_charge: started(),
      first_answer: started(),
      next_update: [],
      resolution: started(),
      promised: [],
    },
    waits: [],
    escalated: [],
  }
}

const firstClocks = ['take_in_charge', 'first_answer', 'resolution'] as const
const all = ['take_in_charge', 'first_answer', 'next_update', 'resolution', 'promised'] as const

/** The timeline after one more event. */
export function advance(timeline: Timeline, event: RecordedEvent): Timeline {
  const at = Date.parse(event.at)
  switch (event.kind) {
    case 'case.taken':
      return stop(timeline, ['take_in_charge'], at, 'done')
    case 'case.visited':
      return stop(timeline, ['take_in_charge'], Date.parse(event.payload.startedAt), 'done')
    case 'case.assigned':
    case 'case.resumed':
    case 'case.approved':
      return resume(timeline, at)
    case 'case.replied':
      if (event.payload.isRequester) return waitsForUser(timeline) ? resume(timeline, at) : timeline
      return event.payload.visibility === 'public' && event.payload.teamId !== null ? told(timeline, at) : timeline
    case 'case.asked':
      return wait(told(timeline, at), at, 'user')
    case 'case.paused':
      return wait(timeline, at, event.payload.reason)
    case 'case.estimated':
      return wait(told(timeline, at), at, 'approval')
    case 'case.promised':
      return promise(told(timeline, at), at, Date.parse(event.payload.promisedFor))
    case 'case.reclassified':
      return { ...timeline, severity: event.payload.severity }
    case 'case.kind_changed':
      return { ...timeline, kind: event.payload.to }
    case 'case.joined':
      return startEarlier(timeline, Date.parse(event.payload.startedAt))
    case 'case.call_corrected':
      return startAt(timeline, Date.parse(event.payload.calledAt))
    case 'case.escalated':
      return { ...timeline, escalated: [...timeline.escalated, escalationKey(event.payload)] }
    default:
      return conclude(timeline, event, at)
  }
}

function conclude(timeline: Timeline, event: RecordedEvent, at: number): Timeline {
  switch (event.kind) {
    case 'case.resolved':
      return stop(resume(timeline, at), all, at, 'done')
    case 'case.received':
      return event.payload.isLast ? stop(resume(timeline, at), all, at, 'done') : timeline
    case 'case.reopened':
      return start(start(timeline, 'resolution', at), 'next_update', at)
    case 'case.cancelled':
      return stop(resume(timeline, at), all, at, 'cancelled')
    case 'case.duplicate_marked':
      return stop(resume(timeline, at), all, at, 'duplicate')
    case 'case.refused':
      return stop(resume(timeline, at), all, at, 'rejected')
    default:
      return timeline
  }
}

/** The name of an escalation, each told once. */
export function escalationKey(told: { metric: Metric; cycle: number; level: number }): string {
  return `${told.metric} ${told.cycle} ${told.level}`
}

function waitsForUser(timeline: Timeline): boolean {
  const last = timeline.waits.at(-1)
  return last?.to === null && last.reason === 'user'
}

// The user heard from the desk: the first answer is given, and the wait for the next word begins anew.
function told(timeline: Timeline, at: number): Timeline {
  return start(stop(timeline, ['first_answer', 'next_update'], at, 'done'), 'next_update', at)
}

function promise(timeline: Timeline, at: number, due: number): Timeline {
  const moved = stop(timeline, ['promised'], at, 'moved')
  return withCycles(moved, 'promised', [...moved.cycles.promised, { from: at, to: null, end: null, due }])
}

function start(timeline: Timeline, metric: Metric, at: number): Timeline {
  return withCycles(timeline, metric, [...timeline.cycles[metric], { from: at, to: null, end: null }])
}

// What is typed late may be dated before the cycle began: it then took no time, never less than none.
function stop(timeline: Timeline, which: readonly Metric[], at: number, end: CycleEnd): Timeline {
  return which.reduce((story, metric) => {
    const last = story.cycles[metric].at(-1)
    if (last === undefined || last.to !== null) return story
    return withCycles(story, metric, [
      ...story.cycles[metric].slice(0, -1),
      { ...last, to: Math.max(at, last.from), end },
    ])
  }, timeline)
}

function wait(timeline: Timeline, at: number, reason: WaitingReason): Timeline {
  const running = resume(timeline, at)
  return { ...running, waits: [...running.waits, { from: at, to: null, reason }] }
}

function resume(timeline: Timeline, at: number): Timeline {
  const last = timeline.waits.at(-1)
  if (last === undefined || last.to !== null) return timeline
  return { ...timeline, waits: [...timeline.waits.slice(0, -1), { ...last, to: Math.max(at, last.from) }] }
}

// A duplicate found does not make anybody wait anew: the first clock holds.
function startEarlier(timeline: Timeline, at: number): Timeline {
  const first = timeline.cycles.resolution[0]
  return first === undefined || at >= first.from ? timeline : startAt(timeline, at)
}

function startAt(timeline: Timeline, at: number): Timeline {
  return firstClocks.reduce((story, metric) => {
    const [first, ...later] = story.cycles[metric]
    if (first === undefined) return story
    const to = first.to === null ? null : Math.max(first.to, at)
    return withCycles(story, metric, [{ ...first, from: at, to }, ...later])
  }, timeline)
}

function withCycles(timeline: Timeline, metric: Metric, cycles: Cycle[]): Timeline {
  return { ...timeline, cycles: { ...timeline.cycles, [metric]: cycles } }
}
