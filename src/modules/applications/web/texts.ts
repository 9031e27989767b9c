import { useShell } from '../../../web/ui/shell.tsx'
import { applicationsTexts } from '../texts.ts'

/** The words of the module, in the language of the page. */
export function useApplicationsTexts() {
  const { language } = useShell()
  return applicationsTexts[language]
}

/** Tenths as people write days: "1.234,5" in Italian. */
export function useDays() {
  const { language } = useShell()
  const format = new Intl.NumberFormat(language === 'it' ? 'it-IT' : 'en-GB', {
    useGrouping: 'always',
    maximumFractionDigits: 1,
  })
  return (tenths: number): string => format.format(tenths / 10)
}
