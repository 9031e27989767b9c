/** Service hours as intervals. Pure. */
import { type CompiledCalendar, firstIndex } from '../../../platform/calendar.ts'
import type { Interval } from './intervals.ts'

/** The open windows of a calendar between two instants; null is day and night. RangeError outside the calendar. */
export function windowsBetween(calendar: CompiledCalendar | null, from: number, until: number): Interval[] {
  if (calendar === null) return from < until ? [{ from, until }] : []
  if (from < calendar.from || until > calendar.to)
    throw new RangeError('The calendar does not reach over the whole period')
  const windows: Interval[] = []
  for (let at = firstIndex(calendar.ends, (end) => end > from); at < calendar.starts.length; at += 1) {
    const [start = until, end = until] = [calendar.starts[at], calendar.ends[at]]
    if (start >= until) break
    windows.push({ from: Math.max(start, from), until: Math.min(end, until) })
  }
  return windows
}
