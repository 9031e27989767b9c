import { useShell } from '../../../web/ui/shell.tsx'
import { mailEn } from '../texts/mail-en.ts'
import { mailIt } from '../texts/mail-it.ts'

const texts = { it: mailIt, en: mailEn }

/** The words of mail, in the language of the page. */
export function useMailTexts() {
  const { language } = useShell()
  return texts[language]
}

/** What a code says; a code of a later version stays as it is. */
export function wordsOf(words: Record<string, string>, code: string | null): string {
  return code === null ? '' : (words[code] ?? code)
}
