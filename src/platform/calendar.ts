/**
 * Working calendars: weekly hours, holidays and exceptions of an office, compiled to instants.
 *
 * Rules are written in local wall time; compiled once, every question is a binary search over numbers, so that
 * clocks can be recomputed from events by the million. Instants are milliseconds since the epoch; a window holds
 * its start and not its end. Nothing here reads a clock or a database.
 */
import { z } from 'zod'
import { italianHolidays } from './holidays.ts'

const opensBeforeItCloses = (window: { from: string; to: string }) => window.from < window.to
const hours = {
  from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'time_invalid', abort: true }),
  to: z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, { error: 'time_invalid', abort: true }),
}
const dailyWindow = z.object(hours).refine(opensBeforeItCloses, 'window_empty')
const weeklyWindow = z
  .object({ day: z.literal([1, 2, 3, 4, 5, 6, 7], 'day_invalid'), ...hours })
  .refine(opensBeforeItCloses, 'window_empty')
const calendarException = z.object({
  date: z.iso.date('date_invalid'),
  windows: z.array(dailyWindow).refine((windows) => !overlap(windows), 'windows_overlap'),
  reason: z.string().trim().min(1, 'reason_missing'),
})

/**
 * What a person may write down as a calendar. Messages are stable codes, put into words by the text catalogue:
 * time_invalid, window_empty, windows_overlap, day_invalid, date_invalid, reason_missing, exception_repeated,
 * zone_unknown, holidays_unknown, patron_day_invalid.
 */
export const calendarRulesSchema = z.object({
  zone: z.string().refine(isZone, 'zone_unknown'),
  weekly: z.array(weeklyWindow).refine((week) => !weekOverlaps(week), 'windows_overlap'),
  holidays: z.enum(['italian', 'none'], 'holidays_unknown'),
  patronDay: z.string().refine(isDayOfYear, 'patron_day_invalid').nullable(),
  exceptions: z
    .array(calendarException)
    .refine((all) => new Set(all.map(({ date }) => date)).size === all.length, 'exception_repeated'),
})

/** Local opening hours of one day, 'HH:MM' to 'HH:MM'; `to` may be '24:00'. A night is two windows that touch. */
export type DailyWindow = z.infer<typeof dailyWindow>
/** Opening hours of a weekday (Monday is 1, Sunday 7); a day may have several, a day without any is closed. */
export type WeeklyWindow = z.infer<typeof weeklyWindow>
/** The hours of one date, in place of those it would have had, also on a holiday; without windows it is closed. */
export type CalendarException = z.infer<typeof calendarException>
/** A calendar in local terms: `zone` is an IANA name, `patronDay` is 'MM-DD' (Palermo: '07-15'). */
export type CalendarRules = z.infer<typeof calendarRulesSchema>
/** Rules that hold from a local date (YYYY-MM-DD) until the day before the next version's date. */
export type CalendarVersion = { effectiveFrom: string; rules: CalendarRules }

/** A calendar as sorted instants. Windows that touch are one; questions outside [from, to] are refused. */
export type CompiledCalendar = {
  zone: string
  from: number
  to: number
  /** Start and end of each window. */
  starts: Float64Array
  ends: Float64Array
  /** Open milliseconds from `from` to the end of each window. */
  openUntil: Float64Array
  /** Local midnight at which each working day begins, and its last closing. */
  dayStarts: Float64Array
  dayEnds: Float64Array
}

type Interval = { start: number; end: number }

/**
 * Compiles the versions for the years `fromYear` to `toYear`, both included. Nothing is known before the first
 * version, so the range begins there when that is later. Throws RangeError when there is no version for the years,
 * two begin on the same date, or their zones differ (the zone belongs to the organisation, not to a version).
 */
export function compileCalendar(
  versions: readonly CalendarVersion[],
  fromYear: number,
  toYear: number,
): CompiledCalendar {
  const ordered = inOrder(versions)
  const zone = ordered[0].rules.zone
  const lastDay = Temporal.PlainDate.from({ year: toYear, month: 12, day: 31 })
  const firstDay = latest(`${fromYear}-01-01`, ordered[0].effectiveFrom)
  if (Temporal.PlainDate.compare(firstDay, lastDay) > 0) {
    throw new RangeError(`No calendar for ${fromYear}–${toYear}: it begins on ${firstDay}`)
  }
  const holidays = holidaysBetween(ordered, firstDay.year, toYear)
  const windows: Interval[] = []
  const workingDays: Interval[] = []
  for (let day = firstDay; Temporal.PlainDate.compare(day, lastDay) <= 0; day = day.add({ days: 1 })) {
    const date = day.toString()
    const version = ordered.findLast(({ effectiveFrom }) => effectiveFrom <= date) ?? ordered[0]
    const opened = hoursOn(day, version.rules, holidays)
      .map(({ from, to }) => ({ start: instantOf(day, from, zone), end: instantOf(day, to, zone) }))
      .filter(({ start, end }) => start < end) // a window may fall wholly into the hour that spring skips
    if (opened.length === 0) continue
    windows.push(...opened)
    workingDays.push({ start: instantOf(day, '00:00', zone), end: Math.max(...opened.map(({ end }) => end)) })
  }
  const merged = mergeTouching(windows)
  return {
    zone,
    from: instantOf(firstDay, '00:00', zone),
    to: instantOf(lastDay, '24:00', zone),
    starts: Float64Array.from(merged, ({ start }) => start),
    ends: Float64Array.from(merged, ({ end }) => end),
    openUntil: runningTotal(merged),
    dayStarts: Float64Array.from(workingDays, ({ start }) => start),
    dayEnds: Float64Array.from(workingDays, ({ end }) => end),
  }
}

/** Whether the office is open at the instant; at the instant of closing it is not. Throws RangeError out of range. */
export function isOpen(calendar: CompiledCalendar, at: number): boolean {
  requireBefore(calendar, at)
  const window = firstIndex(calendar.ends, (end) => end > at)
  return (calendar.starts[window] ?? Number.POSITIVE_INFINITY) <= at
}

/**
 * Open milliseconds from `start` to `end`, negative when `end` comes first; so parts always add up to the whole.
 * Real time is counted: a night window is an hour shorter in spring and longer in autumn. Throws RangeError out of
 * range; the end of the range may be asked.
 */
export function openBetween(calendar: CompiledCalendar, start: number, end: number): number {
  return openBefore(calendar, end) - openBefore(calendar, start)
}

/**
 * The instant at which `duration` open milliseconds from `start` have passed: inside a window or at its end. From
 * outside hours it counts from the next opening; with nothing to count the answer is that opening.
 * Throws RangeError for a negative or fractional duration, or when the answer lies beyond the compiled range.
 */
export function addOpenTime(calendar: CompiledCalendar, start: number, duration: number): number {
  if (!Number.isSafeInteger(duration) || duration < 0) {
    throw new RangeError(`An open time is a whole number of milliseconds from 0, not ${duration}`)
  }
  const begin = nextOpening(calendar, start)
  if (duration === 0) return begin
  const target = openBefore(calendar, begin) + duration
  const window = firstIndex(calendar.openUntil, (open) => open >= target)
  return known(calendar, calendar.ends, window) - (known(calendar, calendar.openUntil, window) - target)
}

/** The first open instant from `at` on: `at` itself while open. Throws RangeError when none lies in the range. */
export function nextOpening(calendar: CompiledCalendar, at: number): number {
  requireBefore(calendar, at)
  const window = firstIndex(calendar.ends, (end) => end > at)
  return Math.max(at, known(calendar, calendar.starts, window))
}

/**
 * The last closing of the `count`-th working day after the local day of `start`: the day of the request does not
 * count, whether worked or not (contract-logic.md §1 rule 7). A working day is a day with any opening, also by
 * exception. Throws RangeError when `count` is not a whole number from 1, or the day lies beyond the range.
 */
export function endOfWorkingDay(calendar: CompiledCalendar, start: number, count: number): number {
  requireBefore(calendar, start)
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new RangeError(`Working days are counted in whole numbers from 1, not ${count}`)
  }
  const nextDay = firstIndex(calendar.dayStarts, (midnight) => midnight > start)
  return known(calendar, calendar.dayEnds, nextDay + count - 1)
}

/** The windows of a local date: its exception, else none on a holiday or the patron's day, else the weekday's. */
function hoursOn(day: Temporal.PlainDate, rules: CalendarRules, holidays: ReadonlySet<string>): readonly DailyWindow[] {
  const date = day.toString()
  const exception = rules.exceptions.find((candidate) => candidate.date === date)
  if (exception !== undefined) return exception.windows
  if (rules.holidays === 'italian' && holidays.has(date)) return []
  if (rules.patronDay !== null && date.endsWith(rules.patronDay)) return []
  return rules.weekly.filter((window) => window.day === day.dayOfWeek)
}

/**
 * The instant of a local time. One that spring skips becomes the moment the clocks jump, the next that exists
 * (Temporal's 'compatible' would add the skipped hour: 02:30 would open after 03:15 closes, a window of less than
 * nothing); one that autumn repeats is its first pass. So later wall times never give earlier instants.
 */
function instantOf(day: Temporal.PlainDate, time: string, zone: string): number {
  const wall = time === '24:00' ? day.add({ days: 1 }).toPlainDateTime() : day.toPlainDateTime(time)
  const zoned = wall.toZonedDateTime(zone, { disambiguation: 'earlier' })
  if (zoned.toPlainDateTime().equals(wall)) return zoned.epochMilliseconds
  return (zoned.getTimeZoneTransition('next') ?? zoned).epochMilliseconds
}

function inOrder(versions: readonly CalendarVersion[]): [CalendarVersion, ...CalendarVersion[]] {
  const [first, ...later] = versions.toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1))
  if (first === undefined) throw new RangeError('A calendar needs at least one version')
  let previous = first
  for (const version of later) {
    if (version.effectiveFrom === previous.effectiveFrom) {
      throw new RangeError(`Two calendar versions begin on ${version.effectiveFrom}`)
    }
    if (version.rules.zone !== first.rules.zone) {
      throw new RangeError(`Calendar versions differ in zone: ${first.rules.zone}, ${version.rules.zone}`)
    }
    previous = version
  }
  return [first, ...later]
}

function latest(a: string, b: string): Temporal.PlainDate {
  return Temporal.PlainDate.from(a < b ? b : a)
}

function holidaysBetween(versions: readonly CalendarVersion[], fromYear: number, toYear: number): Set<string> {
  const dates = new Set<string>()
  if (versions.every(({ rules }) => rules.holidays === 'none')) return dates
  for (let year = fromYear; year <= toYear; year++) {
    for (const { date } of italianHolidays(year)) dates.add(date)
  }
  return dates
}

function mergeTouching(windows: readonly Interval[]): Interval[] {
  const merged: Interval[] = []
  for (const { start, end } of windows.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1)
    if (last === undefined || start > last.end) merged.push({ start, end })
    else last.end = Math.max(last.end, end)
  }
  return merged
}

function runningTotal(windows: readonly Interval[]): Float64Array {
  const totals = new Float64Array(windows.length)
  let open = 0
  for (const [index, { start, end }] of windows.entries()) {
    open += end - start
    totals[index] = open
  }
  return totals
}

/** Open milliseconds from the start of the range to `at`. */
function openBefore(calendar: CompiledCalendar, at: number): number {
  if (at !== calendar.to) requireBefore(calendar, at)
  const window = firstIndex(calendar.starts, (start) => start > at) - 1
  if (window < 0) return 0
  return known(calendar, calendar.openUntil, window) - Math.max(0, known(calendar, calendar.ends, window) - at)
}

/** Index of the first value that has reached what is looked for, values.length if none; the values ascend. */
export function firstIndex(values: Float64Array, reached: (value: number) => boolean): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (reached(values[middle] ?? Number.POSITIVE_INFINITY)) high = middle
    else low = middle + 1
  }
  return low
}

function known(calendar: CompiledCalendar, values: Float64Array, index: number): number {
  const value = values[index]
  if (value !== undefined) return value
  throw new RangeError(`The answer lies beyond the compiled calendar, which ends ${instantText(calendar.to)}`)
}

function requireBefore(calendar: CompiledCalendar, at: number): void {
  if (at >= calendar.from && at < calendar.to) return
  const range = `${instantText(calendar.from)} to ${instantText(calendar.to)}`
  throw new RangeError(`${instantText(at)} is outside the compiled calendar, ${range}`)
}

function instantText(at: number): string {
  return Number.isInteger(at) ? Temporal.Instant.fromEpochMilliseconds(at).toString() : String(at)
}

function overlap(windows: readonly DailyWindow[]): boolean {
  const sorted = windows.toSorted((a, b) => (a.from < b.from ? -1 : 1))
  return sorted.some((window, index) => window.from < (sorted[index - 1]?.to ?? ''))
}

function weekOverlaps(week: readonly WeeklyWindow[]): boolean {
  return week.some(({ day }) => overlap(week.filter((window) => window.day === day)))
}

function isZone(zone: string): boolean {
  // Temporal also takes offsets such as '+01:00', which know no summer time.
  return /^[A-Za-z]/.test(zone) && Intl.supportedValuesOf('timeZone').concat('UTC').includes(zone)
}

function isDayOfYear(day: string): boolean {
  return z.iso.date().safeParse(`2024-${day}`).success
}
