import { useShell } from '../../../web/ui/shell.tsx'
import { figureText, longDate } from '../figure-words.ts'
import { reportTexts } from '../report-texts.ts'
import { reportDeskEn } from '../texts/report-desk-en.ts'
import { reportDeskIt } from '../texts/report-desk-it.ts'
import { reportPagesEn } from '../texts/report-pages-en.ts'
import { reportPagesIt } from '../texts/report-pages-it.ts'

const texts = {
  it: { report: reportTexts.it, pages: reportPagesIt, desk: reportDeskIt },
  en: { report: reportTexts.en, pages: reportPagesEn, desk: reportDeskEn },
}
const locale = { it: 'it-IT', en: 'en-GB' } as const

/** The words of the social report in the language of the page, and figures and days as that language writes them. */
export function useReportWords() {
  const { language, zone } = useShell()
  const long = new Intl.DateTimeFormat(locale[language], { dateStyle: 'long', timeZone: zone })
  return {
    ...texts[language],
    language,
    figure: (value: number, unit: string) => figureText(value, unit, language),
    /** "31 dicembre 2016", of a date. */
    dateText: (date: string) => longDate(date, language),
    /** "12 maggio 2017", of an instant. */
    dayText: (at: string) => long.format(new Date(at)),
  }
}
