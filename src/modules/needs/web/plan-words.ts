import { sayCents } from '../../../platform/money.ts'
import { type Language, wholeNumber } from '../../../platform/texts.ts'
import { useShell } from '../../../web/ui/shell.tsx'
import { planPagesTexts } from '../plan-pages-texts.ts'
import { needsTexts } from '../texts.ts'

const locale = { it: 'it-IT', en: 'en-GB' } as const

/** The words of the plan's pages in the language of the page, with how they say amounts, numbers and days. */
export function usePlanTexts() {
  const { language, zone } = useShell()
  return {
    ...planPagesTexts[language],
    words: needsTexts[language],
    amount: (text: string) => sayCents(text, language),
    number: (value: number) => wholeNumber(value, language),
    day: (day: string) => sayDay(day, language),
    /** The day of an instant, by the calendar of the administration. */
    dayOf: (at: string) => sayDay(localDay(at, zone), language),
    weekday: (day: string) => sayDay(day, language, 'long'),
  }
}

/** "30 novembre 2026", with the day of the week when asked: local days without a time. */
function sayDay(day: string, language: Language, weekday?: 'long'): string {
  return new Intl.DateTimeFormat(locale[language], {
    timeZone: 'UTC',
    ...{ day: 'numeric', month: 'long', year: 'numeric' },
    ...(weekday && { weekday }),
  }).format(new Date(`${day.slice(0, 10)}T12:00:00Z`))
}

/** The local day of an instant, ISO. */
function localDay(at: string, zone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(new Date(at))
}

/** How many days are left until a day, 0 on the day itself; by the calendar of the administration. */
export function useDaysLeft(): (day: string) => number {
  const { now, zone } = useShell()
  const today = localDay(now, zone)
  return (day) => Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000)
}
