/**
 * The measures on cases: what one case is worth to an indicator, under a reading of its words. Pure: evidence, calendar and
 * terms in, an item out; figures are counts of items. Instants are milliseconds (contract-logic §1.7–1.9, §2).
 */
import { addOpenTime, type CompiledCalendar, endOfWorkingDay, firstIndex } from '../../../platform/calendar.ts'
import type { Witness } from '../../../platform/events.ts'
import type { CaseEvidence, Witnessed } from '../../servicedesk/evidence.ts'
import type { Figure } from './figures.ts'
import type { IndicatorContent, Reading } from './terms.ts'

/** What a case is to an indicator. */
export type Item = {
  start: Witnessed
  dueAt: number | null
  end: Witnessed | null
  isInTime: boolean
  /** Both ends by somebody other than the supplier. */
  isProved: boolean
  /** Working days used, for means. */
  days: number | null
  notes: ItemNote[]
}

/** Signs to look at; each is counted and listed, none is a verdict (contract-logic §3). */
export type ItemNote =
  | 'typedLater'
  | 'takenWithoutActivity'
  | 'promiseMoved'
  | 'promiseLate'
  | 'noPromise'
  | 'reopened'
  | 'closedAtOnce'
  | 'repeated'
  | 'cancelledLate'

/** What a measure needs besides the case. */
export type MeasureTerms = {
  measure: IndicatorContent['measure']
  /** Working days of a mean's target: when an item of it is overdue. */
  targetDays: number
  severityHours: readonly [number, number, number]
  calendar: CompiledCalendar
  /** The end of what is known: the end of the period, or now. */
  seen: number
}

const hourMs = 3_600_000
const proving: readonly Witness[] = ['T', 'U', 'M', 'A']
const isProof = (one: Witnessed | null) => one !== null && proving.includes(one.witness)
const workingDaysWithoutPromise = 10

/** Null for what is outside the ratio: the supplier's own requests, and what was withdrawn before it fell due. */
export function itemOf(evidence: CaseEvidence, terms: MeasureTerms, reading: Reading): Item | null {
  if (evidence.isOwn) return null
  const dueAt = dueOf(evidence, terms, reading)
  const end = notBefore(evidence.start.at, endOf(evidence, terms, reading))
  const isLeft = end === null && evidence.cancelledAt !== null
  if (isLeft && (dueAt === null || (evidence.cancelledAt ?? 0) <= dueAt)) return null
  return {
    start: evidence.start,
    dueAt,
    end,
    isInTime: end !== null && dueAt !== null && end.at <= dueAt,
    isProved: isProved(evidence, terms, end),
    days: end === null ? null : workingDays(terms.calendar, evidence.start.at, end.at),
    notes: notesOf(evidence, terms, isLeft),
  }
}

// Nothing is done before it was asked, whatever instant was typed for it.
function notBefore(start: number, end: Witnessed | null): Witnessed | null {
  return end === null || end.at >= start ? end : { ...end, at: start }
}

/** When an item falls due: its request plus days, the date promised, or without one the target of its severity. */
function dueOf(
  evidence: CaseEvidence,
  { measure, targetDays, severityHours, calendar }: MeasureTerms,
  reading: Reading,
) {
  const start = evidence.start.at
  if (measure.kind === 'ratio_within_days') return dayEnd(calendar, start, measure.days ?? 1)
  if (measure.kind === 'mean_days') return dayEnd(calendar, start, targetDays)
  const promise = reading.promise === 'first' ? evidence.firstPromise : evidence.lastPromise
  if (promise !== null && !(reading.promise === 'first' && isGivenAtTheEnd(evidence, promise.givenAt)))
    return promise.dueAt
  // As written, a work without a date cannot have kept it.
  if (reading.population === 'dealt_with' && reading.promise === 'last') return null
  if (evidence.openedKind === 'small_maintenance') return dayEnd(calendar, start, workingDaysWithoutPromise)
  const hours = severityHours[evidence.severity === 'blocking' ? 0 : evidence.severity === 'high' ? 1 : 2]
  return afterHours(calendar, start, hours)
}

// A promise given less than an hour before the end is none (contract-logic §3).
function isGivenAtTheEnd({ resolved }: CaseEvidence, givenAt: number): boolean {
  return resolved !== null && resolved.at - givenAt < hourMs
}

/** What decides an item, and by whose word. */
function endOf(evidence: CaseEvidence, { measure, calendar, seen }: MeasureTerms, reading: Reading): Witnessed | null {
  const { taken, resolved, received, delivered, activityAt } = evidence
  if (measure.kind === 'ratio_by_promise') return received ?? resolved
  // Some of the pieces are not the delivery: it ends when the last one is there.
  if (measure.kind === 'mean_days' && received === null && resolved === null) return null
  if (measure.kind === 'mean_days')
    return reading.taking === 'activity' ? (received ?? delivered ?? resolved) : (delivered ?? received ?? resolved)
  if (reading.taking === 'click') return taken ?? resolved
  const activity: Witnessed | null = activityAt === null ? null : { at: activityAt, witness: 'S' }
  if (taken === null || (activity !== null && activity.at <= taken.at)) return activity
  return isIdle(calendar, taken.at, activityAt ?? seen) ? activity : taken
}

// Taken and left: nothing was done by the end of the next working day.
function isIdle(calendar: CompiledCalendar, takenAt: number, until: number): boolean {
  const limit = dayEnd(calendar, takenAt, 1)
  return limit !== null && until > limit
}

function isProved(evidence: CaseEvidence, { measure }: MeasureTerms, end: Witnessed | null): boolean {
  if (end === null) return false
  const confirms = isProof(evidence.confirmed)
  switch (measure.kind) {
    // The instant of a promise is the record's own: it was sent from here.
    case 'ratio_by_promise':
      return (
        evidence.firstPromise !== null && !evidence.firstPromise.isImported && (confirms || isProof(evidence.received))
      )
    case 'mean_days':
      return isProof(evidence.start) && isProof(evidence.received)
    default:
      return isProof(evidence.start) && (confirms || isProof(end))
  }
}

function notesOf(evidence: CaseEvidence, { measure, calendar, seen }: MeasureTerms, isLeft: boolean): ItemNote[] {
  const { firstPromise, resolved, start, taken } = evidence
  const notes: ItemNote[] = []
  if (evidence.isTypedLater) notes.push('typedLater')
  if (measure.kind === 'ratio_within_days' && taken !== null && isIdle(calendar, taken.at, evidence.activityAt ?? seen))
    notes.push('takenWithoutActivity')
  if (measure.kind === 'ratio_by_promise') {
    if (evidence.promisedTimes > 1) notes.push('promiseMoved')
    if (firstPromise === null) notes.push('noPromise')
    else if (resolved !== null && isLastTenth(start.at, firstPromise.givenAt, resolved.at)) notes.push('promiseLate')
  }
  if (evidence.reopenedTimes > 0) notes.push('reopened')
  if (resolved !== null && resolved.at - start.at < 600_000) notes.push('closedAtOnce')
  if (evidence.isRepeated) notes.push('repeated')
  if (isLeft) notes.push('cancelledLate')
  return notes
}

function isLastTenth(start: number, given: number, end: number): boolean {
  return end > start && given - start >= 0.9 * (end - start)
}

/** Working days after the day of the request, the day of the end included; the same day is none. */
export function workingDays({ dayStarts }: CompiledCalendar, start: number, end: number): number {
  const after = (at: number) => firstIndex(dayStarts, (midnight) => midnight > at)
  return Math.max(0, after(end) - after(start))
}

function dayEnd(calendar: CompiledCalendar, start: number, days: number): number | null {
  if (start < calendar.from || start >= calendar.to) return null
  const next = firstIndex(calendar.dayStarts, (midnight) => midnight > start)
  return next + days > calendar.dayStarts.length ? null : endOfWorkingDay(calendar, start, days)
}

function afterHours(calendar: CompiledCalendar, start: number, hours: number): number | null {
  if (start < calendar.from || start >= calendar.to) return null
  try {
    return addOpenTime(calendar, start, hours * hourMs)
  } catch (error) {
    if (error instanceof RangeError) return null // beyond the compiled years
    throw error
  }
}

/** Counts of one reading over one period; `figure` is what an indicator is worth. */
export type Tally = { inTime: number; total: number; days: number; proved: number }

export const emptyTally = (): Tally => ({ inTime: 0, total: 0, days: 0, proved: 0 })

/** Whether an item counts in a period: dealt with in it, or fallen due in it by `seen` (the end of the period, or now). */
export function countsIn(item: Item, population: Reading['population'], from: number, until: number, seen: number) {
  if (population === 'dealt_with') return item.end !== null && item.end.at >= from && item.end.at < until
  return item.dueAt !== null && item.dueAt >= from && item.dueAt < until && item.dueAt <= seen
}

/** Adds an item to a tally. An item that fell due and is not done counts the days until `seen`. */
export function count(tally: Tally, item: Item, calendar: CompiledCalendar, seen: number): void {
  tally.total += 1
  if (item.isInTime) tally.inTime += 1
  if (item.isProved) tally.proved += 1
  tally.days += item.days ?? workingDays(calendar, item.start.at, seen)
}

/** The figure of a tally; null when it counted nothing. */
export function figureOf(tally: Tally, kind: IndicatorContent['measure']['kind']): Figure | null {
  if (tally.total === 0) return null
  return kind === 'mean_days'
    ? { kind: 'mean', days: tally.days, total: tally.total }
    : { kind: 'ratio', inTime: tally.inTime, total: tally.total }
}
