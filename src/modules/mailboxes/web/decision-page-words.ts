import { sayCents } from '../../../platform/money.ts'
import { wholeNumber } from '../../../platform/texts.ts'
import { useShell } from '../../../web/ui/shell.tsx'
import { decisionPagesTexts, decisionTexts } from '../decision-texts.ts'
import { sayBytes, sayDay, sayDecision } from '../decision-words.ts'

/** The words of the pages of decisions in the language of the page, with how they say numbers, sizes, amounts and days. */
export function useDecisionTexts() {
  const { language } = useShell()
  return {
    ...decisionPagesTexts[language],
    words: decisionTexts[language],
    number: (value: number) => wholeNumber(value, language),
    size: (bytes: number) => sayBytes(bytes, language),
    amount: (text: string) => sayCents(text, language),
    day: (day: string) => sayDay(day, language),
    becomes: (row: Parameters<typeof sayDecision>[0]) => sayDecision(row, language),
  }
}
