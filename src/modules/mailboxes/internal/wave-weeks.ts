/** Waves in weeks: when each is cut over, how long it is looked after, and what speaks against its day. Pure. */
import type { CalendarWave, CalendarWeek } from '../wave-calendar-schema.ts'

/** Days for which the help desk looks after a wave more than after others. */
export const supportDays = 30

export type Dated = Omit<CalendarWave, 'sameDay' | 'isHoliday'>

/** A wave whose day is known, with the others of that day and whether the offices are closed. A stopped one is in nobody's way. */
export function withClashes(waves: readonly Dated[], closed: ReadonlySet<string>): CalendarWave[] {
  const counts = waves.filter(({ state }) => state !== 'stopped')
  return waves.map((wave) => ({
    ...wave,
    sameDay:
      wave.state === 'stopped'
        ? []
        : counts.filter(({ number, day }) => day === wave.day && number !== wave.number).map(({ number }) => number),
    isHoliday: closed.has(wave.day),
  }))
}

const monday = (day: string) => {
  const date = Temporal.PlainDate.from(day)
  return date.subtract({ days: date.dayOfWeek - 1 })
}

/** So many weeks from the one that holds `from`, each with its cut-overs, the waves looked after in it, and its closures. */
export function weeksOf(
  from: string,
  count: number,
  waves: readonly CalendarWave[],
  closures: readonly CalendarWeek['closures'][number][],
): CalendarWeek[] {
  const first = monday(from)
  return Array.from({ length: count }, (_, at) => {
    const start = first.add({ weeks: at })
    const [begins, ends] = [start.toString(), start.add({ days: 6 }).toString()]
    const isIn = (day: string) => begins <= day && day <= ends
    return {
      ...{ begins, ends },
      cutOvers: waves.filter(({ day }) => isIn(day)),
      supported: waves
        .filter(({ day, supportUntil, state }) => state !== 'stopped' && day <= ends && supportUntil >= begins)
        .map(({ number, name, supportUntil }) => ({ number, name, until: supportUntil, endsHere: isIn(supportUntil) })),
      closures: closures.filter(({ date }) => isIn(date)),
    }
  })
}

/** The local day of an instant. */
export function dayOf(at: string, zone: string): string {
  return Temporal.Instant.from(new Date(at).toISOString()).toZonedDateTimeISO(zone).toPlainDate().toString()
}
