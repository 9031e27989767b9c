/** Days and hours as a mail says them: never "today", because it may be read tomorrow. */
import type { Language } from '../../../platform/texts.ts'

type When = { at: string; now: string; zone: string; language: Language }

const locale = { it: 'it-IT', en: 'en-GB' } as const

/** "3 marzo", "1º marzo"; with its year when that is not this one. */
export function mailDay({ at, now, zone, language }: When): string {
  const then = Temporal.Instant.from(at).toZonedDateTimeISO(zone)
  const isThisYear = then.year === Temporal.Instant.from(now).toZonedDateTimeISO(zone).year
  const month = new Intl.DateTimeFormat(locale[language], { month: 'long', timeZone: zone }).format(new Date(at))
  const day = language === 'it' && then.day === 1 ? '1º' : String(then.day)
  return `${day} ${month}${isThisYear ? '' : ` ${then.year}`}`
}

/** "6 marzo, ore 14", "6 marzo, ore 9:30"; in English "6 March, 14:00". */
export function mailTime(when: When): string {
  const { hour, minute } = Temporal.Instant.from(when.at).toZonedDateTimeISO(when.zone)
  const minutes = String(minute).padStart(2, '0')
  if (when.language === 'en') return `${mailDay(when)}, ${hour}:${minutes}`
  return `${mailDay(when)}, ore ${minute === 0 ? hour : `${hour}:${minutes}`}`
}

/** "dal 3 marzo", "dall’8 marzo": since that day. */
export function since(when: When): string {
  const day = mailDay(when)
  if (when.language === 'en') return `since ${day}`
  return /^(8|11) /.test(day) ? `dall’${day}` : `dal ${day}`
}
