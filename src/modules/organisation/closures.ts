/** The days of a calendar that are unlike the others: national holidays, the patron's day, exceptions. */
import { z } from 'zod'
import { type Context, read } from '../../platform/context.ts'
import { type HolidayName, italianHolidays } from '../../platform/holidays.ts'
import type { Calendar } from './calendars.ts'
import { selectCalendars, selectVersions } from './internal/queries/calendars.ts'

/** A day unlike the others; `hours` when it is open all the same, as an exception says. */
export type Special = {
  date: string
  holiday: HolidayName | null
  patron: boolean
  reason: string | null
  hours: string
}

/** National holidays, patron's day and exceptions of a year, each by the version that holds on that day. */
export function specialDays({ versions }: Pick<Calendar, 'versions'>, year: number): Special[] {
  const special = new Map<string, Special>()
  const blank = { holiday: null, patron: false, reason: null, hours: '' }
  for (const version of versions) {
    const holds = (date: string) => version.from <= date && (version.until === null || date <= version.until)
    const { holidays, patronDay, exceptions } = version.rules
    const add = (date: string, what: Partial<Special>) => {
      if (holds(date)) special.set(date, { ...blank, ...special.get(date), date, ...what })
    }
    if (holidays === 'italian') for (const { date, name } of italianHolidays(year)) add(date, { holiday: name })
    if (patronDay !== null && isDate(`${year}-${patronDay}`)) add(`${year}-${patronDay}`, { patron: true })
    for (const { date, windows, reason } of exceptions) {
      if (date.startsWith(`${year}-`))
        add(date, { reason, hours: windows.map(({ from, to }) => `${from}–${to}`).join(' ') })
    }
  }
  return [...special.values()].sort((a, b) => (a.date < b.date ? -1 : 1))
}

/** The days from one to the other on which the default calendar is closed for a reason of its own; weekends are not named. */
export async function loadClosures(ctx: Context, from: string, to: string): Promise<Special[]> {
  return read(ctx, async (ctx) => {
    const calendar = (await selectCalendars(ctx)).find(({ isDefault }) => isDefault)
    if (calendar === undefined) return []
    const versions = await selectVersions(ctx, calendar.id)
    const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))]
    const years = Array.from({ length: last - first + 1 }, (_, at) => first + at)
    return years
      .flatMap((year) => specialDays({ versions }, year))
      .filter(({ date, hours }) => from <= date && date <= to && hours === '')
  })
}

function isDate(text: string): boolean {
  return z.iso.date().safeParse(text).success
}
