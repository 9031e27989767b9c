/** A calendar in words. Pure. */
import type { CalendarRules } from '../../../platform/calendar.ts'
import type { pagesIt } from '../texts/pages-it.ts'

type Words = (typeof pagesIt)['calendars']

/** "da lunedì a venerdì 8:00–18:00, chiuso nelle festività nazionali, patrono 15 luglio, 2 giorni diversi". */
export function rulesInWords(rules: CalendarRules, t: Words, language: 'it' | 'en'): string {
  const week = weekInWords(rules, t)
  return [
    week === '' ? t.rules.never : week,
    rules.holidays === 'italian' ? t.rules.holidays : t.rules.noHolidays,
    ...(rules.patronDay === null ? [] : [t.rules.patron(monthDay(rules.patronDay, language))]),
    ...(rules.exceptions.length === 0 ? [] : [t.rules.exceptions(rules.exceptions.length)]),
  ].join(', ')
}

/** Days with the same hours together: runs as "da … a …", what is left by name. */
function weekInWords(rules: CalendarRules, t: Words): string {
  const hours = [1, 2, 3, 4, 5, 6, 7].map((day) =>
    rules.weekly
      .filter((window) => window.day === day)
      .toSorted((a, b) => (a.from < b.from ? -1 : 1))
      .map(({ from, to }) => `${hour(from)}–${hour(to)}`)
      .join(t.and),
  )
  const runs: { first: number; last: number; hours: string }[] = []
  for (const [index, text] of hours.entries()) {
    const run = runs.at(-1)
    if (run !== undefined && run.hours === text) run.last = index
    else runs.push({ first: index, last: index, hours: text })
  }
  return runs
    .filter((run) => run.hours !== '')
    .map(({ first, last, hours }) => {
      const from = t.days[first] ?? ''
      const to = t.days[last] ?? ''
      const days = first === last ? from : last === first + 1 ? from + t.and + to : t.range(from, to)
      return `${days} ${hours}`
    })
    .join(', ')
}

/** "15 luglio". */
export function monthDay(day: string, language: 'it' | 'en'): string {
  const locale = language === 'it' ? 'it-IT' : 'en-GB'
  const options = { day: 'numeric', month: 'long', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(locale, options).format(new Date(`2024-${day}T00:00:00Z`))
}

function hour(time: string): string {
  return time.replace(/^0/, '')
}
