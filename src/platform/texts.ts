/** Texts are typed objects, one per language; English must have exactly the keys of Italian. */
import { en } from './texts/en.ts'
import { it } from './texts/it.ts'

export type Language = 'it' | 'en'

/** One sentence in each language. */
export type Say = Record<Language, string>

/** The sentences the platform itself says: sign-in, refusals, dates, states of the system. */
export const platformTexts = { it, en }

/** Picks one sentence from both languages: `say(texts, (t) => t.problems.notFound)`. */
export function say<Texts>(texts: Record<Language, Texts>, pick: (texts: Texts) => string): Say {
  return { it: pick(texts.it), en: pick(texts.en) }
}

const locale = { it: 'it-IT', en: 'en-GB' } as const

/** An instant as people say it: "oggi, ore 9:30", "venerdì 20 novembre, ore 15:50"; the year only when it is another. */
export function dayAndTime(at: string, now: string, zone: string, language: Language): string {
  const time = clockTime(at, zone, language)
  return `${day(at, now, zone, language)}, ${language === 'it' ? 'ore ' : ''}${time}`
}

/** The day of an instant as people say it: "oggi", "ieri", "venerdì 20 novembre". */
export function day(at: string, now: string, zone: string, language: Language): string {
  const { daysAgo, isOtherYear } = distance(at, now, zone)
  const near = platformTexts[language].days[daysAgo]
  if (near !== undefined) return near
  const year = isOtherYear ? ({ year: 'numeric' } as const) : {}
  return formatter(language, zone, { weekday: 'long', day: 'numeric', month: 'long', ...year }).format(new Date(at))
}

/** Short for a table cell: "oggi, 9:30", "mer 25 nov, 10:00", "3 mar 2025". */
export function shortDay(at: string, now: string, zone: string, language: Language): string {
  const { daysAgo, isOtherYear } = distance(at, now, zone)
  const near = platformTexts[language].days[daysAgo]
  if (near !== undefined) return `${near}, ${clockTime(at, zone, language)}`
  if (isOtherYear) {
    return formatter(language, zone, { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(at))
  }
  const date = formatter(language, zone, { weekday: 'short', day: 'numeric', month: 'short' }).format(new Date(at))
  return `${date}, ${clockTime(at, zone, language)}`
}

/** How many local days an instant lies ahead: 0 today, 1 tomorrow, negative when its day is past. */
export function daysAhead(at: string, now: string, zone: string): number {
  return -distance(at, now, zone).daysAgo
}

// Runs in browsers too, and not all of them have Temporal: the local date is read off Intl.
function distance(at: string, now: string, zone: string): { daysAgo: number; isOtherYear: boolean } {
  const [then, today] = [at, now].map((instant) => {
    const parts = formatter('en', zone, { year: 'numeric', month: 'numeric', day: 'numeric' }).formatToParts(
      new Date(instant),
    )
    const [year = 0, month = 0, date = 0] = (['year', 'month', 'day'] as const).map((type) =>
      Number(parts.find((part) => part.type === type)?.value),
    )
    return { year, midnight: Date.UTC(year, month - 1, date) }
  })
  return {
    daysAgo: ((today?.midnight ?? 0) - (then?.midnight ?? 0)) / 86_400_000,
    isOtherYear: then?.year !== today?.year,
  }
}

/** The whole instant, for the tooltip of a date. */
export function exactTime(at: string, zone: string, language: Language): string {
  return formatter(language, zone, { dateStyle: 'full', timeStyle: 'medium' }).format(new Date(at))
}

function clockTime(at: string, zone: string, language: Language): string {
  return formatter(language, zone, { hour: 'numeric', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at))
}

const wholeNumbers = {
  it: new Intl.NumberFormat(locale.it, { useGrouping: 'always', maximumFractionDigits: 0 }),
  en: new Intl.NumberFormat(locale.en, { useGrouping: 'always', maximumFractionDigits: 0 }),
}

/** Italian grouping also on four digits, as the administration writes numbers. */
export function wholeNumber(value: number, language: Language): string {
  return wholeNumbers[language].format(value)
}

/** "214 kB", "7,2 MB". */
export function fileSize(bytes: number, language: Language): string {
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kB'] : [bytes / 1_000_000, 'MB']
  return `${new Intl.NumberFormat(locale[language], { maximumFractionDigits: bytes < 1_000_000 ? 0 : 1 }).format(Math.max(value, 1))} ${unit}`
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(language: Language, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${zone} ${JSON.stringify(options)}`
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(locale[language], { timeZone: zone, ...options })
  formatters.set(key, known)
  return known
}
