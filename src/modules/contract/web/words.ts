import { sayCents } from '../../../platform/money.ts'
import type { Language } from '../../../platform/texts.ts'
import { useShell } from '../../../web/ui/shell.tsx'
import { pagesEn } from '../texts/pages-en.ts'
import { pagesIt } from '../texts/pages-it.ts'
import { contractTexts } from '../texts.ts'

const pages = { it: pagesIt, en: pagesEn }

/** The contract's words and its pages' words, in the language of the page, with how it says amounts and values. */
export function useContractTexts() {
  const { language, zone } = useShell()
  return {
    ...contractTexts[language],
    pages: pages[language],
    amount: (text: string) => sayCents(text, language),
    value: (text: string) => sayValue(text, language),
    period: (text: string) => sayPeriod(text, language),
    date: (text: string) => sayDate(text, language, zone),
  }
}

/** "95,1 %" from "95.19": one decimal, cut and not rounded, so that what is not kept never looks kept. */
export function sayValue(hundredths: string, language: Language): string {
  const [units = '0', decimals = '00'] = hundredths.split('.')
  const tenths = decimals.slice(0, decimals.endsWith('0') ? 1 : 2)
  return `${units}${language === 'it' ? ',' : '.'}${tenths}`
}

const locale = { it: 'it-IT', en: 'en-GB' } as const

/** "4° trimestre 2026", "novembre 2026", "2026". */
export function sayPeriod(period: string, language: Language): string {
  const [year = '', part = ''] = period.split('-')
  if (part === '') return year
  if (part.startsWith('Q')) return pages[language].quarter(part.slice(1), year)
  const name = new Intl.DateTimeFormat(locale[language], { month: 'long', timeZone: 'UTC' }).format(
    new Date(`${period}-01T12:00:00Z`),
  )
  return pages[language].month(name, year)
}

/** "2 dicembre", with its year when it is not this one's: local dates without a time. */
export function sayDate(day: string, language: Language, zone: string): string {
  const thisYear = new Intl.DateTimeFormat('en', { year: 'numeric', timeZone: zone }).format(new Date())
  const isOther = !day.startsWith(thisYear)
  return new Intl.DateTimeFormat(locale[language], {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'long',
    ...(isOther && { year: 'numeric' }),
  }).format(new Date(`${day.slice(0, 10)}T12:00:00Z`))
}
