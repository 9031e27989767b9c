/** The evidence of a finding as a sentence. */
import type { Language } from '../../../platform/texts.ts'
import { boxTexts } from '../box-texts.ts'
import type { Finding } from './box-findings.ts'

const units = ['byte', 'kB', 'MB', 'GB', 'TB']

/** Bytes as people read them, in steps of 1,024. */
export function sizeText(bytes: number, language: Language): string {
  let [value, unit] = [bytes, 0]
  while (value >= 1024 && unit < units.length - 1) [value, unit] = [value / 1024, unit + 1]
  const number = new Intl.NumberFormat(language === 'it' ? 'it-IT' : 'en-GB', {
    maximumFractionDigits: value < 10 ? 1 : 0,
  })
  return `${number.format(value)} ${units[unit]}`
}

/** What a finding says of a mailbox: the facts, never a verdict. */
export function findingSentence({ code, evidence }: Pick<Finding, 'code' | 'evidence'>, language: Language): string {
  const days = new Intl.DateTimeFormat(language === 'it' ? 'it-IT' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' })
  const said = {
    text: (name: string) => String(evidence[name] ?? ''),
    day: (name: string) => {
      const value = evidence[name]
      return typeof value === 'string' ? days.format(new Date(`${value}T00:00:00Z`)) : null
    },
    whole: (name: string) => Number(evidence[name] ?? 0),
    size: (name: string) => sizeText(Number(evidence[name] ?? 0), language),
    list: (name: string) => {
      const value = evidence[name]
      return Array.isArray(value) ? value : []
    },
  }
  return boxTexts[language].sentences[code](said)
}
