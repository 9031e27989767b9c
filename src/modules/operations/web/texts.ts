import { useShell } from '../../../web/ui/shell.tsx'
import { operationsTexts } from '../texts.ts'

/** The words of operations, in the language of the page. */
export function useOperationsTexts() {
  const { language } = useShell()
  return operationsTexts[language]
}

/** A duration as people say it: "3 g 4 h 5 min"; nothing is a dash. */
export function useDuration() {
  const t = useOperationsTexts()
  return (ms: number): string => {
    if (ms === 0) return '–'
    const minutes = Math.max(1, Math.round(ms / 60_000))
    return t.duration(Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60)
  }
}

/** A share in hundredths, rounded down: a figure under its target never looks as if it had reached it. */
export function useShare() {
  const { language } = useShell()
  const format = new Intl.NumberFormat(language === 'it' ? 'it-IT' : 'en-GB', {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  })
  return (part: number, all: number): string =>
    all === 0 ? '–' : `${format.format(Math.floor((part * 10_000) / all) / 100)} %`
}
