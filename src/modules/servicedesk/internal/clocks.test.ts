/** The traps in which the clocks of other desks were caught (peers §6), each as an example; and what must hold always. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CalendarRules, compileCalendar, isOpen, openBetween } from '../../../platform/calendar.ts'
import type { Metric } from '../vocabulary.ts'
import { type AgreementTerms, agreementTerms, firstTerms } from './agreement.ts'
import type { CaseEvent, RecordedEvent } from './case-events.ts'
import { type Clock, clocksOf, levelsOf, nextDue, nextEscalation } from './clocks.ts'
import { foldCase } from './fold.ts'
import { type CaseKind, pauseReasons } from './lifecycle.ts'
import type { WitnessedEvent } from './trace.ts'
import { tracePieces, traceRows } from './trace.ts'

const zone = 'Europe/Rome'
const office: CalendarRules = {
  zone,
  weekly: ([1, 2, 3, 4, 5] as const).map((day) => ({ day, from: '08:00', to: '18:00' })),
  holidays: 'italian',
  patronDay: '07-15',
  exceptions: [],
}
const compiled = (rules: CalendarRules, from = 2020, to = 2032) =>
  compileCalendar([{ effectiveFrom: '2020-01-01', rules }], from, to)
const calendar = compiled(office)

const hours = (n: number) => n * 3_600_000
/** A local time of Rome, "2026-11-20 15:10". */
const at = (local: string) =>
  Temporal.PlainDateTime.from(local.replace(' ', 'T')).toZonedDateTime(zone).epochMilliseconds
const local = (instant: number | null) =>
  instant === null
    ? null
    : Temporal.Instant.fromEpochMilliseconds(instant)
        .toZonedDateTimeISO(zone)
        .toPlainDateTime()
        .toString()
        .replace('T', ' ')

const id = '00000000-0000-7000-8000-000000000000'
const team = { teamId: id }
const said = (isRequester: boolean) =>
  ({
    kind: 'case.replied',
    version: 1,
    payload: { visibility: 'public', isRequester, teamId: isRequester ? null : id },
  }) as const
const events = {
  taken: { kind: 'case.taken', version: 1, payload: { holderId: id, teamId: id } },
  assigned: { kind: 'case.assigned', version: 1, payload: { teamId: id } },
  told: said(false),
  answered: said(true),
  asked: { kind: 'case.asked', version: 1, payload: team },
  third_party: { kind: 'case.paused', version: 1, payload: { ...team, reason: 'third_party' } },
  appointment: { kind: 'case.paused', version: 1, payload: { ...team, reason: 'appointment' } },
  resumed: { kind: 'case.resumed', version: 1, payload: team },
  resolved: { kind: 'case.resolved', version: 1, payload: { ...team, closesAt: '2030-01-01T00:00:00Z' } },
  reopened: { kind: 'case.reopened', version: 1, payload: { extent: 'no' } },
  confirmed: { kind: 'case.confirmed', version: 1, payload: {} },
  cancelled: { kind: 'case.cancelled', version: 1, payload: {} },
  blocking: { kind: 'case.reclassified', version: 1, payload: { canWork: 'no', onlyMe: false, severity: 'blocking' } },
} satisfies Record<string, CaseEvent>
const promised = (when: string): CaseEvent => ({
  kind: 'case.promised',
  version: 1,
  payload: { ...team, promisedFor: new Date(at(when)).toISOString() },
})

type Told = [string, keyof typeof events | CaseEvent]
function story(openedAt: string, told: Told[], kind: CaseKind = 'incident', severity: 'high' | 'normal' = 'high') {
  const opened: CaseEvent = {
    kind: 'case.opened',
    version: 2,
    payload: {
      number: 1,
      kind,
      severity,
      canWork: 'partly',
      onlyMe: false,
      requesterId: id,
      officeId: null,
      channel: 'portal',
      agreementId: id,
      reserved: null,
      repeatsId: null,
      details: {
        requestType: null,
        nature: null,
        ancillaryType: null,
        neededBy: null,
        reference: null,
        items: [],
      },
    },
  }
  const recorded = (event: CaseEvent, when: string): RecordedEvent => ({
    ...event,
    at: new Date(at(when)).toISOString(),
    actorId: id,
  })
  return [
    recorded(opened, openedAt),
    ...told.map(([when, what]) => recorded(typeof what === 'string' ? events[what] : what, when)),
  ]
}

function clocks(told: RecordedEvent[], terms: AgreementTerms = firstTerms, on = calendar): Clock[] {
  return clocksOf(foldCase(told).timeline, terms, on)
}
const named = (all: Clock[], metric: Metric, cycle = 1) => {
  const found = all.find((clock) => clock.metric === metric && clock.cycle === cycle)
  if (!found) throw new Error(`No clock ${metric} ${cycle}`)
  return found
}
const terms = (targets: AgreementTerms['targets'], pauses: AgreementTerms['pauses'] = firstTerms.pauses) =>
  agreementTerms.parse({ calendarId: null, targets, pauses })
const eightHours = terms([
  { metric: 'resolution', kinds: ['incident'], within: { minutes: 480 } },
  { metric: 'first_answer', kinds: ['incident'], within: { minutes: 240 } },
  { metric: 'next_update', kinds: ['incident'], within: { minutes: 600 } },
])

describe('the traps', () => {
  test('the case of the drawing: opened Friday at 15:10, 8 hours, a pause over the weekend, due Monday at 15:00', () => {
    const told = story('2026-11-20 15:10', [
      ['2026-11-20 15:50', 'taken'],
      ['2026-11-20 16:30', 'asked'],
      ['2026-11-23 08:20', 'answered'],
    ])
    const clock = named(clocks(told, eightHours), 'resolution')
    expect(clock).toMatchObject({ state: 'running', elapsedMs: hours(4 / 3), targetMs: hours(8) })
    expect(local(clock.dueAt)).toBe('2026-11-23 15:00:00')
  })

  test('a pause is not lost when the urgency changes: it belongs to the case', () => {
    const told: Told[] = [
      ['2026-11-23 08:30', 'taken'],
      ['2026-11-23 09:00', 'asked'],
      ['2026-11-23 12:00', 'answered'],
    ]
    const before = named(clocks(story('2026-11-23 08:00', told)), 'resolution')
    const after = named(clocks(story('2026-11-23 08:00', [...told, ['2026-11-23 13:00', 'blocking']])), 'resolution')
    expect(before.elapsedMs).toBe(after.elapsedMs)
    expect(after.targetMs).toBe(hours(8))
    expect(local(after.dueAt)).toBe('2026-11-24 09:00:00')
  })

  test('a pause across a weekend costs the office hours in it, not the nights, for targets in days too', () => {
    const told = story(
      '2026-11-19 10:00',
      [
        ['2026-11-20 09:00', 'taken'],
        ['2026-11-20 16:00', 'asked'],
        ['2026-11-23 10:00', 'answered'],
      ],
      'service_request',
      'normal',
    )
    // Two working days from Thursday end on Monday at 18:00; four office hours were waited for.
    expect(local(named(clocks(told), 'resolution').dueAt)).toBe('2026-11-24 12:00:00')
  })

  test('while it waits for the user nothing is due and no level is reached', () => {
    const told = story('2026-11-23 08:00', [
      ['2026-11-23 09:00', 'taken'],
      ['2026-11-23 09:30', 'asked'],
    ])
    const timeline = foldCase(told).timeline
    const all = clocks(told, eightHours)
    expect(named(all, 'resolution')).toMatchObject({ state: 'paused', dueAt: null, elapsedMs: hours(1.5) })
    expect(nextEscalation(timeline, all, calendar)).toBeNull()
  })

  test('the time between the resolution and a reopening belongs to no clock: a new cycle begins', () => {
    const told = story('2026-11-23 08:00', [
      ['2026-11-23 09:00', 'taken'],
      ['2026-11-23 12:00', 'resolved'],
      ['2026-11-25 10:00', 'reopened'],
    ])
    const all = clocks(told, eightHours)
    expect(named(all, 'resolution', 1)).toMatchObject({
      state: 'stopped',
      elapsedMs: hours(4),
      isLate: false,
      end: 'done',
    })
    expect(named(all, 'resolution', 2)).toMatchObject({ state: 'running', elapsedMs: 0 })
    expect(local(named(all, 'resolution', 2).startedAt)).toBe('2026-11-25 10:00:00')
    expect(local(named(all, 'resolution', 2).dueAt)).toBe('2026-11-25 18:00:00')
  })

  test('what a wait does to a clock follows from its reason in the agreement, for every reason', () => {
    for (const reason of pauseReasons) {
      const stopping = terms(eightHours.targets, { resolution: [reason] })
      const waits = { kind: 'case.paused', version: 1, payload: { ...team, reason } } as const
      const told = story('2026-11-23 08:00', [
        ['2026-11-23 09:00', 'taken'],
        ['2026-11-23 10:00', waits],
      ])
      expect(named(clocks(told, stopping), 'resolution').state).toBe('paused')
      expect(named(clocks(told, terms(eightHours.targets, {})), 'resolution').state).toBe('running')
    }
  })

  test('when the wait ends the due instant has moved by what was waited for: the case is not late at once', () => {
    const told = story('2026-11-23 08:00', [
      ['2026-11-23 09:00', 'taken'],
      ['2026-11-23 10:00', 'asked'],
      ['2026-11-26 10:00', 'answered'],
    ])
    const clock = named(clocks(told, eightHours), 'resolution')
    expect(local(clock.dueAt)).toBe('2026-11-26 16:00:00')
    expect(levelsOf(foldCase(told).timeline, clock, calendar)[0]).toEqual({ level: 50, at: at('2026-11-26 12:00') })
  })

  test('the clock of the next word does not hide that of the first answer: one each, and the nearest is named', () => {
    const told = story('2026-11-23 08:00', [['2026-11-23 08:30', 'taken']])
    expect(nextDue(clocks(told, eightHours))).toEqual({ at: at('2026-11-23 12:00'), metric: 'first_answer' })
    const later = clocks(story('2026-11-23 08:00', [['2026-11-23 09:00', 'told']]), eightHours)
    expect(later.map(({ metric, state }) => [metric, state])).toEqual([
      ['first_answer', 'stopped'],
      ['next_update', 'running'],
      ['resolution', 'running'],
    ])
  })

  test('a case that is closed keeps the outcome of every clock', () => {
    const told = story('2026-11-23 08:00', [
      ['2026-11-23 11:00', 'taken'],
      ['2026-11-23 14:00', 'told'],
      ['2026-11-25 12:00', 'resolved'],
      ['2026-11-25 13:00', 'confirmed'],
    ])
    const all = clocks(told)
    expect(all.map(({ metric, isLate }) => [metric, isLate])).toEqual([
      ['take_in_charge', true],
      ['first_answer', true],
      ['next_update', true],
      ['resolution', false],
    ])
    expect(all.every(({ stoppedAt }) => stoppedAt !== null)).toBe(true)
  })

  test('an agreement without targets leaves no deadline and no level behind', () => {
    const told = story('2026-11-23 08:00', [['2026-11-23 09:00', 'taken']])
    const all = clocks(told, terms([]))
    expect([all, nextDue(all), nextEscalation(foldCase(told).timeline, all, calendar)]).toEqual([[], null, null])
  })

  test('"grazie" after the resolution starts nothing and reopens nothing', () => {
    const told = story('2026-11-23 08:00', [
      ['2026-11-23 09:00', 'taken'],
      ['2026-11-23 10:00', 'resolved'],
      ['2026-11-23 11:00', 'answered'],
    ])
    expect(foldCase(told).state).toBe('resolved')
    expect(clocks(told, eightHours).filter(({ state }) => state !== 'stopped')).toEqual([])
  })

  test('opened out of hours, it starts at the next opening: Saturday night is due on Monday', () => {
    const [clock] = clocks(story('2026-11-21 23:00', []), eightHours).filter(({ metric }) => metric === 'resolution')
    expect(local(clock?.dueAt ?? null)).toBe('2026-11-23 16:00:00')
  })

  test('levels are shares of service time: half of eight hours from Friday 17:00 is Monday at 11:00', () => {
    const told = story('2026-11-20 17:00', [])
    const clock = named(clocks(told, eightHours), 'resolution')
    expect(levelsOf(foldCase(told).timeline, clock, calendar).map(({ level, at }) => [level, local(at)])).toEqual([
      [50, '2026-11-23 11:00:00'],
      [75, '2026-11-23 13:00:00'],
      [90, '2026-11-23 14:12:00'],
      [100, '2026-11-23 15:00:00'],
      [120, '2026-11-23 16:36:00'],
    ])
  })

  test('two targets for the same cases are refused: the shorter is never picked in silence', () => {
    const twice = agreementTerms.safeParse({
      calendarId: null,
      targets: [
        { metric: 'resolution', kinds: ['incident', 'defect'], within: { minutes: 60 } },
        { metric: 'resolution', kinds: ['defect'], severities: ['high'], within: { minutes: 30 } },
      ],
      pauses: {},
    })
    expect(twice.error?.issues.map(({ message, path }) => [message, path])).toEqual([
      ['target_twice resolution defect high', ['targets', 1]],
    ])
  })

  test('what happened before it was entrusted is told apart: each stretch has the event that began it', () => {
    const told = story('2026-11-23 08:00', [
      ['2026-11-23 09:00', 'taken'],
      ['2026-11-23 11:00', 'assigned'],
      ['2026-11-23 12:00', 'taken'],
    ])
    const rows = rowsOf(told, named(clocks(told, eightHours), 'resolution'), at('2026-11-23 13:00'))
    expect(rows.map(({ state, runMs, began }) => [state, runMs / hours(1), began.kind])).toEqual([
      ['new', 1, 'case.opened'],
      ['in_progress', 2, 'case.taken'],
      ['assigned', 1, 'case.assigned'],
      ['in_progress', 1, 'case.taken'],
    ])
  })

  test('a wait may stop the next word and not the first answer', () => {
    const told = story('2026-11-23 08:00', [
      ['2026-11-23 09:00', 'taken'],
      ['2026-11-23 09:30', 'appointment'],
    ])
    const all = clocks(told)
    expect(named(all, 'first_answer').state).toBe('running')
    expect(named(all, 'resolution').state).toBe('paused')
  })

  test('a promise holds as it was given: no calendar moves it, no wait stops it, and the first one stays', () => {
    const told = story('2026-11-20 15:10', [
      ['2026-11-20 15:50', 'taken'],
      ['2026-11-20 16:00', promised('2026-11-23 13:10')],
      ['2026-11-20 16:30', 'asked'],
      ['2026-11-23 08:20', 'answered'],
      ['2026-11-23 09:00', promised('2026-11-23 15:00')],
      ['2026-11-23 14:00', 'resolved'],
    ])
    const all = clocks(told)
    expect(named(all, 'promised', 1)).toMatchObject({ dueAt: at('2026-11-23 13:10'), end: 'moved', isLate: false })
    expect(named(all, 'promised', 2)).toMatchObject({ dueAt: at('2026-11-23 15:00'), end: 'done', isLate: false })
    const facts = foldCase(told)
    expect([facts.firstPromisedAt, facts.promisedAt].map((one) => local(Date.parse(one ?? '')))).toEqual([
      '2026-11-23 13:10:00',
      '2026-11-23 15:00:00',
    ])
  })
})

describe('the calendar', () => {
  const due = (openedAt: string, minutes: number, on = calendar) => {
    const one = terms([{ metric: 'resolution', kinds: ['incident'], within: { minutes } }])
    return local(named(clocks(story(openedAt, []), one, on), 'resolution').dueAt)
  }
  const nights = compiled({
    ...office,
    holidays: 'none',
    weekly: ([6, 7] as const).flatMap((day) => [{ day, from: '00:00', to: '24:00' }]),
  })

  test('the night the clocks go forward is an hour shorter', () => {
    expect(due('2026-03-29 00:00', 180, nights)).toBe('2026-03-29 04:00:00')
  })
  test('the night the clocks go back is an hour longer', () => {
    expect(due('2026-10-25 00:00', 180, nights)).toBe('2026-10-25 02:00:00')
    expect(due('2026-10-25 00:00', 240, nights)).toBe('2026-10-25 03:00:00')
  })
  test('29 February is a working day of a leap year', () => {
    expect(due('2028-02-28 17:00', 120)).toBe('2028-02-29 09:00:00')
  })
  test('the patron’s day is closed', () => {
    expect(due('2026-07-14 17:00', 120)).toBe('2026-07-16 09:00:00')
  })
  test('split shifts: the lunch hours do not count', () => {
    const split = compiled({
      ...office,
      weekly: ([1, 2, 3, 4, 5] as const).flatMap((day) => [
        { day, from: '08:00', to: '13:00' },
        { day, from: '15:00', to: '18:00' },
      ]),
    })
    expect(due('2026-11-23 12:00', 120, split)).toBe('2026-11-23 16:00:00')
  })
  test('from 31 December to Epiphany only the working days count', () => {
    expect(due('2026-12-31 17:00', 180)).toBe('2027-01-04 10:00:00')
    expect(due('2027-01-05 17:00', 120)).toBe('2027-01-07 09:00:00')
  })
  test('a window of one minute a day still gets there', () => {
    const minute = compiled({ ...office, weekly: [{ day: 1, from: '09:00', to: '09:01' }] })
    expect(due('2026-11-23 10:00', 3, minute)).toBe('2026-12-14 09:01:00')
  })
  test('five years are counted as they were', () => {
    const told = story('2021-01-04 08:00', [['2026-01-05 08:00', 'resolved']])
    const clock = named(clocks(told, eightHours), 'resolution')
    expect(clock.elapsedMs).toBe(openBetween(calendar, at('2021-01-04 08:00'), at('2026-01-05 08:00')))
    expect(clock.isLate).toBe(true)
  })
  test('a calendar that never opens gives no due instant, and no error', () => {
    const shut = compiled({ ...office, weekly: [] })
    expect(due('2026-11-23 10:00', 60, shut)).toBeNull()
    const days = terms([{ metric: 'resolution', kinds: ['incident'], within: { workingDays: 2 } }])
    expect(clocks(story('2026-11-23 10:00', []), days, shut)).toEqual([])
  })
  test('a case of before the calendar counts from where the calendar begins', () => {
    const late = compiled(office, 2026, 2027)
    expect(due('2024-05-06 10:00', 60, late)).toBe('2026-01-02 09:00:00')
  })
})

describe('what holds always', () => {
  const minutes = (n: number) => new Date(at('2026-01-05 06:00') + n * 60_000).toISOString()
  const act = fc.constantFrom(...(Object.keys(events) as (keyof typeof events)[]))
  // A life: acts at growing instants, over some two years; those that do not fit the state are what a fold must bear.
  const life = fc.array(fc.tuple(act, fc.integer({ min: 0, max: 30_000 })), { maxLength: 25 }).map((acts) => {
    let time = 0
    const [opened] = story('2026-01-05 06:00', [])
    return [
      opened,
      ...acts.map(([name, pause]): RecordedEvent => {
        time += pause
        return { ...events[name], at: minutes(time), actorId: id }
      }),
    ].filter((event) => event !== undefined)
  })

  test('run + pause + closed = wall time, for every clock of every life', () => {
    fc.assert(
      fc.property(life, fc.integer({ min: 0, max: 900_000 }), (told, later) => {
        const now = Date.parse(told.at(-1)?.at ?? '') + later * 60_000
        for (const clock of clocks(told)) {
          const end = clock.stoppedAt ?? now
          const rows = rowsOf(told, clock, now)
          const sum = rows.reduce((all, row) => all + row.runMs + row.pauseMs + row.closedMs, 0)
          expect(sum).toBe(end - clock.startedAt)
          const pieces = tracePieces(foldCase(told).timeline, clock, firstTerms, calendar, now, 100_000)
          expect(pieces.reduce((all, piece) => all + piece.to - piece.from, 0)).toBe(end - clock.startedAt)
          const run = rows.reduce((all, row) => all + row.runMs, 0)
          const ran = pieces.filter(({ what }) => what === 'run').reduce((all, piece) => all + piece.to - piece.from, 0)
          expect(ran).toBe(run)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('what was counted never shrinks, and adds up', () => {
    fc.assert(
      fc.property(
        life,
        fc.array(fc.integer({ min: 0, max: 200_000 }), { minLength: 2, maxLength: 6 }),
        (told, waits) => {
          const last = Date.parse(told.at(-1)?.at ?? '')
          const instants = waits.toSorted((a, b) => a - b).map((wait) => last + wait * 60_000)
          for (const clock of clocks(told).filter(({ state }) => state === 'running')) {
            const counted = instants.map((now) => rowsOf(told, clock, now).at(-1)?.totalMs ?? 0)
            expect(counted).toEqual(counted.toSorted((a, b) => a - b))
            const [first = 0, end = 0] = [instants[0], instants.at(-1)]
            expect((counted.at(-1) ?? 0) - (counted[0] ?? 0)).toBe(openBetween(calendar, first, end))
          }
        },
      ),
      { numRuns: 200 },
    )
  })

  test('a due instant lies inside a window or at its end, and what is counted there is the target', () => {
    fc.assert(
      fc.property(life, (told) => {
        for (const clock of clocks(told)) {
          if (clock.dueAt === null || clock.metric === 'promised') continue
          expect(isOpen(calendar, clock.dueAt) || isOpen(calendar, clock.dueAt - 1)).toBe(true)
          if (clock.state === 'running' && clock.dueAt > clock.countedTo)
            expect(clock.elapsedMs + openBetween(calendar, clock.countedTo, clock.dueAt)).toBe(clock.targetMs)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('folded one event at a time or all at once, the clocks are the same', () => {
    fc.assert(
      fc.property(life, fc.nat(25), (told, cut) => {
        const whole = clocks(told)
        const kept = JSON.parse(JSON.stringify(foldCase(told.slice(0, 1 + (cut % told.length)))))
        expect(clocksOf(kept.timeline, firstTerms, calendar)).toEqual(clocks(told.slice(0, 1 + (cut % told.length))))
        expect(clocks(told)).toEqual(whole)
      }),
      { numRuns: 100 },
    )
  })
})

function rowsOf(told: RecordedEvent[], clock: Clock, now: number, agreed = firstTerms) {
  const witnessed = told.map(
    (event, index): WitnessedEvent => ({ ...event, eventId: index, witness: 'S', recordedAt: event.at }),
  )
  return traceRows(
    witnessed,
    foldCase(told).timeline,
    clock,
    clock.targetMs === hours(8) ? eightHours : agreed,
    calendar,
    now,
  )
}
