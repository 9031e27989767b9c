/** Figures as people read and type them. Runs in browsers too. */
import type { Language } from '../../platform/texts.ts'
import { reportTexts } from './report-texts.ts'

const numbers = {
  it: new Intl.NumberFormat('it-IT', { useGrouping: 'always', maximumFractionDigits: 4 }),
  en: new Intl.NumberFormat('en-GB', { useGrouping: 'always', maximumFractionDigits: 4 }),
}

/** The unit in words: "percent" is "%", "count" is nothing, what nobody knows stays as it is. */
export function unitWord(unit: string, language: Language): string {
  return reportTexts[language].units[unit] ?? unit
}

/** "25.380", "23 min", "4,3 %". */
export function figureText(value: number, unit: string, language: Language): string {
  const word = unitWord(unit, language)
  const shown = numbers[language].format(value)
  return word === '' ? shown : `${shown}\u00a0${word}`
}

/** "31 dicembre 2016", of an ISO date. */
export function longDate(date: string, language: Language): string {
  const locale = language === 'it' ? 'it-IT' : 'en-GB'
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`))
}

/** A number as Italians type it (25.380 · 4,3 · 3.5), or null. A point before exactly three digits parts thousands. */
export function readTypedNumber(typed: string): number | null {
  const text = typed.trim().replace(/[\s\u00a0]/g, '')
  if (/^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(text)) return Number(text.replaceAll('.', '').replace(',', '.'))
  return /^-?\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : null
}

/** A number as it stands in a field to be typed over: "25380", "4,3". */
export function typedNumber(value: number): string {
  return String(value).replace('.', ',')
}
