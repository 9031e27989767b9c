import { describe, expect, test } from 'vitest'
import {
  addOpenTime,
  type CalendarException,
  type CalendarRules,
  calendarRulesSchema,
  compileCalendar,
  endOfWorkingDay,
  isOpen,
  nextOpening,
  openBetween,
  type WeeklyWindow,
} from './calendar.ts'
import { italianHolidays } from './holidays.ts'

const minute = 60_000
const hour = 60 * minute
const weekdays = [1, 2, 3, 4, 5] as const
const everyDay = [1, 2, 3, 4, 5, 6, 7] as const

/** 'HH:MM-HH:MM' on each of the days. */
function each(days: readonly WeeklyWindow['day'][], ...windows: string[]): WeeklyWindow[] {
  return days.flatMap((day) => windows.map((window) => ({ day, from: window.slice(0, 5), to: window.slice(6) })))
}

const palermo: CalendarRules = {
  zone: 'Europe/Rome',
  weekly: each(weekdays, '08:00-13:00', '15:00-18:00'),
  holidays: 'italian',
  patronDay: '07-15',
  exceptions: [],
}
const always: CalendarRules = { ...palermo, weekly: each(everyDay, '00:00-24:00'), holidays: 'none', patronDay: null }

const compile = (rules: Partial<CalendarRules> = {}, from = 2024, to = 2028) =>
  compileCalendar([{ effectiveFrom: '2020-01-01', rules: { ...palermo, ...rules } }], from, to)
const withException = (exception: CalendarException) => compile({ exceptions: [exception] })

/** Local time in Palermo to milliseconds, and back. */
const at = (local: string) => Temporal.ZonedDateTime.from(`${local}[Europe/Rome]`).epochMilliseconds
const local = (instant: number) =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO('Europe/Rome').toPlainDateTime().toString()

describe('national holidays', () => {
  test('Easter Monday from 2024 to 2038', () => {
    const mondays = Array.from({ length: 15 }, (_, index) =>
      italianHolidays(2024 + index)
        .find(({ name }) => name === 'easter_monday')
        ?.date.slice(5),
    )
    expect(mondays.join(' ')).toBe(
      '04-01 04-21 04-06 03-29 04-17 04-02 04-22 04-14 03-29 04-18 04-10 03-26 04-14 04-06 04-26',
    )
  })

  test('2025 has twelve; from 2026 Saint Francis on 4 October is the thirteenth (L. 151/2025)', () => {
    expect(
      italianHolidays(2025)
        .map(({ date }) => date.slice(5))
        .join(' '),
    ).toBe('01-01 01-06 04-20 04-21 04-25 05-01 06-02 08-15 11-01 12-08 12-25 12-26')
    expect(italianHolidays(2026)).toHaveLength(13)
    expect(italianHolidays(2026)).toContainEqual({ date: '2026-10-04', name: 'saint_francis' })
  })

  test('2 June is a holiday again from 2001 (L. 336/2000)', () => {
    const june = (year: number) => italianHolidays(year).some(({ name }) => name === 'republic_day')
    expect([june(2000), june(2001)]).toEqual([false, true])
  })

  test('the list before 1986 was another one and is refused', () => {
    expect(() => italianHolidays(1985)).toThrow(RangeError)
  })
})

describe('an office open 08:00–13:00 and 15:00–18:00, Monday to Friday', () => {
  const office = compile()

  test('is closed at lunch and at the very instant of closing', () => {
    const times = ['07:59', '08:00', '12:59', '13:00', '14:00', '15:00', '18:00']
    expect(times.filter((time) => isOpen(office, at(`2026-11-23T${time}`)))).toEqual(['08:00', '12:59', '15:00'])
    expect(openBetween(office, at('2026-11-23T12:00'), at('2026-11-23T16:00'))).toBe(2 * hour)
  })

  test('a case opened on Friday at 17:30 with one hour to answer is due on Monday at 08:30', () => {
    expect(local(addOpenTime(office, at('2026-11-20T17:30'), hour))).toBe('2026-11-23T08:30:00')
  })

  test('a case opened on Sunday starts on Monday morning', () => {
    expect(local(nextOpening(office, at('2026-11-22T10:00')))).toBe('2026-11-23T08:00:00')
    expect(local(addOpenTime(office, at('2026-11-22T10:00'), 0))).toBe('2026-11-23T08:00:00')
  })

  test('time that runs out exactly at lunch is due at 13:00, not at 15:00', () => {
    expect(local(addOpenTime(office, at('2026-11-23T08:00'), 5 * hour))).toBe('2026-11-23T13:00:00')
  })

  test('Saint Rosalia, 15 July, is closed in Palermo', () => {
    expect(openBetween(office, at('2026-07-15T00:00'), at('2026-07-16T00:00'))).toBe(0)
    expect(openBetween(compile({ patronDay: null }), at('2026-07-15T00:00'), at('2026-07-16T00:00'))).toBe(8 * hour)
  })

  test('from Thursday 31 December 17:00 to Epiphany only that hour, Monday 4 and Tuesday 5 January count', () => {
    expect(openBetween(office, at('2026-12-31T17:00'), at('2027-01-07T00:00'))).toBe((1 + 8 + 8) * hour)
  })

  test('29 February 2024 is a working day like any other', () => {
    expect(openBetween(office, at('2024-02-29T00:00'), at('2024-03-01T00:00'))).toBe(8 * hour)
  })

  test('two working days after Thursday 24 December 2026 end on Tuesday 29 at 18:00', () => {
    expect(local(endOfWorkingDay(office, at('2026-12-24T09:00'), 2))).toBe('2026-12-29T18:00:00')
  })

  test('the day of the request does not count, at midnight, late at night or on a Sunday', () => {
    for (const request of ['2026-11-23T00:00', '2026-11-23T23:59', '2026-11-22T12:00']) {
      const days = request.includes('22T') ? 3 : 2
      expect(local(endOfWorkingDay(office, at(request), days))).toBe('2026-11-25T18:00:00')
    }
  })
})

describe('exceptions and versions', () => {
  test('a strike closes the office for a day', () => {
    const office = withException({ date: '2026-11-24', windows: [], reason: 'sciopero' })
    expect(openBetween(office, at('2026-11-24T00:00'), at('2026-11-25T00:00'))).toBe(0)
    expect(local(endOfWorkingDay(office, at('2026-11-23T10:00'), 1))).toBe('2026-11-25T18:00:00')
  })

  test('an election Sunday, even a holiday, can be opened', () => {
    const office = withException({ date: '2026-11-01', windows: [{ from: '07:00', to: '23:00' }], reason: 'voto' })
    expect(openBetween(office, at('2026-11-01T00:00'), at('2026-11-02T00:00'))).toBe(16 * hour)
  })

  test('new hours from 1 July hold from that day and not before', () => {
    const summer = { ...palermo, weekly: each(weekdays, '08:00-14:00') }
    const versions = [
      { effectiveFrom: '2026-07-01', rules: summer },
      { effectiveFrom: '2026-01-01', rules: palermo },
    ]
    const office = compileCalendar(versions, 2026, 2026)
    expect(openBetween(office, at('2026-06-30T00:00'), at('2026-07-01T00:00'))).toBe(8 * hour)
    expect(openBetween(office, at('2026-07-01T00:00'), at('2026-07-02T00:00'))).toBe(6 * hour)
  })

  test('a window of one minute a week is enough to be due in', () => {
    const office = compile({ weekly: each([3], '09:00-09:01') })
    expect(local(addOpenTime(office, at('2026-11-23T00:00'), 90_000))).toBe('2026-12-02T09:00:30')
  })

  test('a calendar that never opens has no next opening', () => {
    expect(() => nextOpening(compile({ weekly: [] }), at('2026-11-23T00:00'))).toThrow(RangeError)
  })
})

describe('when the clocks change', () => {
  const night = compile({ weekly: each(everyDay, '00:00-06:00', '22:00-24:00'), holidays: 'none', patronDay: null })

  test('a night from 22:00 to 06:00 is 7 hours in March, 9 in October, 8 otherwise', () => {
    const length = (day: string) =>
      openBetween(night, at(`${day}T18:00`), at(`${Temporal.PlainDate.from(day).add({ days: 1 })}T18:00`)) / hour
    expect(['2026-03-28', '2026-10-24', '2026-11-23'].map(length)).toEqual([7, 9, 8])
  })

  test('opening at 02:30 on the March night that has no 02:30 means opening when the clocks jump to 03:00', () => {
    const office = compile({ weekly: each([7], '02:30-06:00'), holidays: 'none' })
    expect(local(nextOpening(office, at('2026-03-29T00:00')))).toBe('2026-03-29T03:00:00')
    expect(openBetween(office, at('2026-03-29T00:00'), at('2026-03-30T00:00'))).toBe(3 * hour)
  })

  test('hours that begin or end inside the skipped hour never run backwards', () => {
    const open = (window: string) =>
      openBetween(compile({ weekly: each([7], window) }), at('2026-03-29T00:00'), at('2026-03-30T00:00')) / minute
    expect(['02:00-03:00', '02:30-03:15', '01:00-02:30', '02:00-02:01'].map(open)).toEqual([0, 15, 60, 0])
  })

  test('opening at 02:30 on the October night that has two means the first', () => {
    const office = compile({ weekly: each([7], '02:30-03:00') })
    expect(nextOpening(office, at('2026-10-25T00:00'))).toBe(Date.parse('2026-10-25T02:30:00+02:00'))
    expect(openBetween(office, at('2026-10-25T00:00'), at('2026-10-26T00:00'))).toBe(90 * minute)
  })

  test('open round the clock, a year is one window of real time', () => {
    const office = compile(always, 2024, 2024)
    expect(office.starts).toHaveLength(1)
    expect(openBetween(office, office.from, office.to)).toBe(366 * 24 * hour)
    expect(local(endOfWorkingDay(office, at('2024-03-30T12:00'), 1))).toBe('2024-04-01T00:00:00')
  })

  test('every quarter of an hour of 2026 agrees with the wall clock of Intl', () => {
    const wall = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Rome', hour: '2-digit', hourCycle: 'h23' })
    const wrong: string[] = []
    for (let instant = at('2026-01-01T00:00'); instant < at('2027-01-01T00:00'); instant += 15 * minute) {
      const hourOfDay = Number(wall.format(instant))
      if (isOpen(night, instant) !== (hourOfDay < 6 || hourOfDay >= 22)) wrong.push(local(instant))
    }
    expect(wrong).toEqual([])
  })
})

describe('what always holds', () => {
  /** Mulberry32, a small seeded generator: the same numbers in every run. */
  function numbers(seed: number): (below: number) => number {
    let state = seed
    return (below) => {
      state = (state + 0x6d2b79f5) | 0
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
      return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
    }
  }
  const nightShift = { weekly: each(everyDay, '00:00-06:00', '21:30-24:00') }
  const calendars = [compile(), compile(nightShift), compile(always), compile({ weekly: each([2], '10:00-10:01') })]

  test.each(calendars.entries().toArray())(
    'open time adds up, never shrinks and leads back (calendar %i)',
    (seed, c) => {
      const below = numbers(seed + 1)
      for (let run = 0; run < 2000; run++) {
        const span = c.to - c.from
        const [a = 0, b = 0, d = 0] = [below(span), below(span), below(span)]
          .map((n) => c.from + n)
          .sort((x, y) => x - y)
        expect(openBetween(c, a, b) + openBetween(c, b, d)).toBe(openBetween(c, a, d))
        expect(openBetween(c, a, b)).toBeGreaterThanOrEqual(0)
        expect(openBetween(c, a, d)).toBeGreaterThanOrEqual(openBetween(c, a, b))
        expect(openBetween(c, a, b)).toBeLessThanOrEqual(b - a)
        const available = openBetween(c, a, c.to)
        if (available === 0) continue
        const duration = 1 + below(available)
        const due = addOpenTime(c, a, duration)
        expect(openBetween(c, a, due)).toBe(duration)
        expect(isOpen(c, due - 1)).toBe(true) // inside a window or at its end
      }
    },
  )
})

describe('what is refused', () => {
  const office = compile({}, 2026, 2026)

  test('questions outside the compiled years', () => {
    const [before, after] = [at('2025-12-31T23:59'), at('2027-01-01T00:00')]
    for (const instant of [before, after, Number.NaN]) {
      expect(() => isOpen(office, instant)).toThrow(RangeError)
      expect(() => nextOpening(office, instant)).toThrow(RangeError)
      expect(() => addOpenTime(office, instant, 0)).toThrow(RangeError)
      expect(() => endOfWorkingDay(office, instant, 1)).toThrow(RangeError)
    }
    expect(() => openBetween(office, before, after)).toThrow('2025-12-31T22:59:00Z is outside the compiled calendar')
    expect(() => addOpenTime(office, at('2026-12-31T17:00'), 2 * hour)).toThrow('beyond the compiled calendar')
    expect(() => endOfWorkingDay(office, at('2026-12-31T10:00'), 1)).toThrow('beyond the compiled calendar')
    expect(isOpen(office, at('2026-12-31T23:00'))).toBe(false)
  })

  test('days before the first version, of which nothing is known', () => {
    const late = compileCalendar([{ effectiveFrom: '2026-06-01', rules: palermo }], 2026, 2026)
    expect(() => isOpen(late, at('2026-05-29T10:00'))).toThrow(RangeError)
    expect(() => compileCalendar([{ effectiveFrom: '2026-06-01', rules: palermo }], 2024, 2025)).toThrow(RangeError)
  })

  test('no version, two on one day, two zones', () => {
    const version = { effectiveFrom: '2026-01-01', rules: palermo }
    const abroad = { effectiveFrom: '2026-02-01', rules: { ...palermo, zone: 'Europe/Athens' } }
    for (const versions of [[], [version, version], [version, abroad]]) {
      expect(() => compileCalendar(versions, 2026, 2026)).toThrow(RangeError)
    }
  })

  test('time backwards, fractions of a millisecond, no working day', () => {
    expect(() => addOpenTime(office, office.from, -1)).toThrow(RangeError)
    expect(() => addOpenTime(office, office.from, 0.5)).toThrow(RangeError)
    expect(() => endOfWorkingDay(office, office.from, 0)).toThrow(RangeError)
  })

  const closed = { date: '2026-11-24', windows: [], reason: 'sciopero' }
  test.each<[string, unknown]>([
    ['windows_overlap', { weekly: each([1], '08:00-13:00', '12:59-18:00') }],
    ['windows_overlap', { exceptions: [{ ...closed, windows: each([1], '15:00-18:00', '08:00-16:00') }] }],
    ['window_empty', { weekly: each([1], '08:00-08:00') }],
    ['time_invalid', { weekly: each([1], '24:00-24:00') }],
    ['time_invalid', { weekly: each([1], '08:00-24:30') }],
    ['day_invalid', { weekly: [{ day: 0, from: '08:00', to: '13:00' }] }],
    ['zone_unknown', { zone: '+01:00' }],
    ['zone_unknown', { zone: 'Europe/Palermo' }],
    ['patron_day_invalid', { patronDay: '02-30' }],
    ['date_invalid', { exceptions: [{ ...closed, date: '2026-02-29' }] }],
    ['reason_missing', { exceptions: [{ ...closed, reason: ' ' }] }],
    ['exception_repeated', { exceptions: [closed, closed] }],
    ['holidays_unknown', { holidays: 'french' }],
  ])('rules with %s: %j', (code, change) => {
    const { error } = calendarRulesSchema.safeParse({ ...palermo, ...(change as object) }) // the table is untyped on purpose
    expect(error?.issues.map(({ message }) => message)).toEqual([code])
  })

  test('and nothing of a good calendar: windows that touch, in any order, a round zone and 24:00', () => {
    const rules = { ...palermo, zone: 'UTC', weekly: each([1], '13:00-24:00', '08:00-13:00'), exceptions: [closed] }
    expect(calendarRulesSchema.parse(rules)).toEqual(rules)
  })
})
