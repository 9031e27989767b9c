import { sayCents } from '../../../platform/money.ts'
import { wholeNumber } from '../../../platform/texts.ts'
import { useShell } from '../../../web/ui/shell.tsx'
import { registerTexts } from '../texts.ts'

/** The words of the register, in the language of the page. */
export function useRegisterTexts() {
  const { language } = useShell()
  return registerTexts[language]
}

/** Days, amounts and numbers as people read them. */
export function useFigures() {
  const { language } = useShell()
  const day = new Intl.DateTimeFormat(language === 'it' ? 'it-IT' : 'en-GB', { dateStyle: 'medium', timeZone: 'UTC' })
  return {
    day: (iso: string | null) => (iso === null ? '–' : day.format(new Date(`${iso}T00:00:00Z`))),
    euros: (amount: string | null) => (amount === null ? '–' : sayCents(amount, language)),
    whole: (value: number) => wholeNumber(value, language),
  }
}
