/** What one case is worth to an indicator, as a councillor could check with a calendar on the wall. */
import { describe, expect, test } from 'vitest'
import { compileCalendar } from '../../../platform/calendar.ts'
import type { CaseEvidence } from '../../servicedesk/evidence.ts'
import { countsIn, type Item, itemOf, type MeasureTerms, workingDays } from './measures.ts'
import { contractReading, fairReading } from './readings.ts'
import type { Reading } from './terms.ts'

const calendar = compileCalendar(
  [
    {
      effectiveFrom: '2020-01-01',
      rules: {
        zone: 'Europe/Rome',
        weekly: [1, 2, 3, 4, 5].map((day) => ({ day: day as 1 | 2 | 3 | 4 | 5, from: '08:00', to: '18:00' })),
        holidays: 'italian',
        patronDay: '07-15',
        exceptions: [],
      },
    },
  ],
  2026,
  2027,
)

/** A local instant of 2026, "11-06 16:00", in milliseconds. */
const at = (text: string) =>
  Temporal.PlainDateTime.from(`2026-${text.replace(' ', 'T')}`).toZonedDateTime('Europe/Rome').epochMilliseconds

const asked: CaseEvidence = {
  caseId: 'x',
  number: 1,
  openedKind: 'incident',
  severity: 'normal',
  officeId: null,
  isOwn: false,
  isReserved: false,
  isRepeated: false,
  // Friday 6 November 2026.
  start: { at: at('11-06 16:00'), witness: 'A' },
  isTypedLater: false,
  taken: null,
  activityAt: null,
  firstPromise: null,
  lastPromise: null,
  promisedTimes: 0,
  delivered: null,
  received: null,
  resolved: null,
  confirmed: null,
  reopenedTimes: 0,
  cancelledAt: null,
  takenEventId: null,
  doneEventId: null,
}

function item(
  kind: MeasureTerms['measure']['kind'],
  evidence: Partial<CaseEvidence>,
  reading: Reading = contractReading,
  seen = at('12-31 18:00'),
): Item {
  const terms: MeasureTerms = {
    measure: { kind, days: kind === 'ratio_within_days' ? 2 : null, text: '' },
    targetDays: 5,
    severityHours: [8, 24, 24],
    calendar,
    seen,
  }
  const found = itemOf({ ...asked, ...evidence }, terms, reading)
  if (found === null) throw new Error('It is outside the ratio')
  return found
}

const taken = (text: string) => ({ taken: { at: at(text), witness: 'S' as const }, activityAt: at(text) })

describe('within two business days (A.3.1)', () => {
  test('asked on Friday at 16: the term ends on Tuesday with the office day; the day of the request does not count', () => {
    expect(item('ratio_within_days', taken('11-10 18:00'))).toMatchObject({ isInTime: true, dueAt: at('11-10 18:00') })
    expect(item('ratio_within_days', taken('11-10 18:01')).isInTime).toBe(false)
  })

  test('a holiday and the patron’s day are no working days: asked on 14 July, the term is the 17th', () => {
    const start = { at: at('07-14 09:00'), witness: 'A' as const }
    expect(item('ratio_within_days', { start, ...taken('07-17 17:59') }).dueAt).toBe(at('07-17 18:00'))
  })

  test('taken and left: as written the click counts, under the reading by activity the first thing that was done', () => {
    const left = { taken: { at: at('11-06 16:05'), witness: 'S' as const }, activityAt: at('11-11 09:40') }
    expect(item('ratio_within_days', left).isInTime).toBe(true)
    expect(item('ratio_within_days', left, fairReading)).toMatchObject({
      isInTime: false,
      end: { at: at('11-11 09:40') },
      notes: ['takenWithoutActivity'],
    })
    // Something by the end of the next working day: the click was true.
    const followed = { ...left, activityAt: at('11-09 17:00') }
    expect(item('ratio_within_days', followed, fairReading).end?.at).toBe(at('11-06 16:05'))
  })

  test('both ends must be somebody else’s word to be proved: a supplier’s click is declared until the user confirms', () => {
    expect(item('ratio_within_days', taken('11-09 10:00')).isProved).toBe(false)
    const confirmed = { at: at('11-12 10:00'), witness: 'U' as const }
    expect(item('ratio_within_days', { ...taken('11-09 10:00'), confirmed }).isProved).toBe(true)
    const byPhone = { start: { at: asked.start.at, witness: 'S' as const }, confirmed }
    expect(item('ratio_within_days', { ...taken('11-09 10:00'), ...byPhone }).isProved).toBe(false)
  })

  test('what the supplier asks of itself is outside the ratio; what is withdrawn before its term too, after it not', () => {
    expect(() => item('ratio_within_days', { isOwn: true })).toThrow('outside')
    expect(() => item('ratio_within_days', { cancelledAt: at('11-09 10:00') })).toThrow('outside')
    expect(item('ratio_within_days', { cancelledAt: at('11-12 10:00') })).toMatchObject({
      isInTime: false,
      end: null,
      notes: ['cancelledLate'],
    })
  })
})

describe('by the promised date (B.1.1, B.1.2)', () => {
  const promise = (given: string, due: string) => ({ givenAt: at(given), dueAt: at(due), isImported: false })
  const resolved = (text: string) => ({ resolved: { at: at(text), witness: 'S' as const } })
  const moved = {
    firstPromise: promise('11-06 17:00', '11-10 18:00'),
    lastPromise: promise('11-10 17:00', '11-16 18:00'),
    promisedTimes: 2,
    ...resolved('11-13 12:00'),
  }

  test('a date that was moved: kept on the last one, missed on the first, which stays', () => {
    expect(item('ratio_by_promise', moved).isInTime).toBe(true)
    expect(item('ratio_by_promise', moved, { ...contractReading, promise: 'first' })).toMatchObject({
      isInTime: false,
      notes: ['promiseMoved'],
    })
  })

  test('a date given less than an hour before the end is none: the target of its severity counts', () => {
    const late = { firstPromise: promise('11-13 11:30', '11-13 18:00'), promisedTimes: 1, ...resolved('11-13 12:00') }
    // 24 hours of service from Friday at 16: two on Friday, ten on Monday, ten on Tuesday, two on Wednesday.
    expect(item('ratio_by_promise', late, fairReading)).toMatchObject({ isInTime: false, dueAt: at('11-11 10:00') })
  })

  test('without a date: as written it cannot have been kept; small maintenance falls due after ten working days', () => {
    expect(item('ratio_by_promise', resolved('11-06 16:30')).isInTime).toBe(false)
    const small = { openedKind: 'small_maintenance' as const, ...resolved('11-20 17:00') }
    expect(item('ratio_by_promise', small, fairReading)).toMatchObject({ isInTime: true, dueAt: at('11-20 18:00') })
  })
})

describe('working days used for a delivery (A.3.2)', () => {
  test('the same day is none, Friday to Monday is one, over All Saints two weeks are nine', () => {
    expect(workingDays(calendar, at('11-06 09:00'), at('11-06 17:00'))).toBe(0)
    expect(workingDays(calendar, at('11-06 09:00'), at('11-09 08:30'))).toBe(1)
    // 1 November 2026 is a Sunday; 8 December, Tuesday, is a holiday.
    expect(workingDays(calendar, at('12-01 09:00'), at('12-15 09:00'))).toBe(9)
  })

  test('signed by whoever asked it is proved, and under the fair reading the signature is the end', () => {
    const goods = {
      openedKind: 'consumable' as const,
      delivered: { at: at('11-09 10:00'), witness: 'S' as const },
      received: { at: at('11-11 10:00'), witness: 'U' as const },
    }
    expect(item('mean_days', goods)).toMatchObject({ days: 1, isProved: true })
    expect(item('mean_days', goods, fairReading).days).toBe(3)
    // One piece of several: nothing is delivered until the last one is.
    expect(item('mean_days', { ...goods, received: null }).end).toBeNull()
  })
})

describe('which items a period counts', () => {
  const [from, until] = [at('11-01 00:00'), at('12-01 00:00')]

  test('dealt with: by their end; fallen due: by their term, late once in the period they fell due', () => {
    const open = item('ratio_within_days', {}, fairReading, until)
    expect(countsIn(open, 'dealt_with', from, until, until)).toBe(false)
    expect(countsIn(open, 'fell_due', from, until, until)).toBe(true)
    expect(countsIn(open, 'fell_due', until, until + 1, until + 1)).toBe(false)
  })

  test('in a period that goes on, what is not due yet is not late', () => {
    const now = at('11-09 12:00')
    expect(countsIn(item('ratio_within_days', {}, fairReading, now), 'fell_due', from, until, now)).toBe(false)
  })
})
