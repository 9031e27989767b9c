import { sayCents } from '../../../platform/money.ts'
import type { Language } from '../../../platform/texts.ts'
import { useShell } from '../../../web/ui/shell.tsx'
import type { ShownFigure, VerifiedIndicator } from '../../contract/schema.ts'
import { contractTexts } from '../../contract/texts.ts'
import { resultsTexts } from '../results-texts.ts'

/** The words of published results, and how they say periods, amounts, days and values. */
export function useResultsWords() {
  const { language } = useShell()
  return {
    t: resultsTexts[language],
    contract: contractTexts[language],
    language,
    amount: (text: string) => sayCents(text, language),
    period: (text: string) => sayPeriod(text, language),
    dayText: (instant: string) => sayDay(instant, language),
    figure: (figure: ShownFigure | null, line: Pick<VerifiedIndicator, 'measure'>) => sayFigure(figure, line, language),
  }
}

const locale = { it: 'it-IT', en: 'en-GB' } as const

function sayPeriod(period: string, language: Language): string {
  const [year = '', part = ''] = period.split('-')
  if (part.startsWith('Q'))
    return language === 'it' ? `${part.slice(1)}° trimestre ${year}` : `quarter ${part.slice(1)}, ${year}`
  return new Intl.DateTimeFormat(locale[language], { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${period}-15T12:00:00Z`),
  )
}

function sayDay(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(locale[language], { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(instant))
}

function sayFigure(
  figure: ShownFigure | null,
  { measure }: Pick<VerifiedIndicator, 'measure'>,
  language: Language,
): string | null {
  if (figure?.value == null) return null
  const value = language === 'it' ? figure.value.replace('.', ',') : figure.value
  const days = language === 'it' ? 'giorni' : 'days'
  return `${value} ${measure === 'mean_days' ? days : '%'}`
}
