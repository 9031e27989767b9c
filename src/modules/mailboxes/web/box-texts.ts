import { wholeNumber } from '../../../platform/texts.ts'
import { useShell } from '../../../web/ui/shell.tsx'
import { boxPagesTexts } from '../box-pages-texts.ts'
import { boxTexts } from '../box-texts.ts'
import { sizeText } from '../internal/box-sentences.ts'

/** The words of the register, and of its pages, in the language of the page. */
export function useBoxTexts() {
  const { language } = useShell()
  return { ...boxTexts[language], page: boxPagesTexts[language] }
}

/** Days, sizes and numbers as people read them. */
export function useBoxFigures() {
  const { language } = useShell()
  const day = new Intl.DateTimeFormat(language === 'it' ? 'it-IT' : 'en-GB', { dateStyle: 'medium', timeZone: 'UTC' })
  return {
    day: (iso: string | null) => (iso === null ? '–' : day.format(new Date(`${iso}T00:00:00Z`))),
    size: (bytes: number | null) => (bytes === null ? '–' : sizeText(bytes, language)),
    whole: (value: number | null) => (value === null ? '–' : wholeNumber(value, language)),
  }
}

/** The words for a code that comes from the record; undefined for one that has none. */
export function wordFor(words: Record<string, string>, code: string): string | undefined {
  return words[code]
}
