import { useShell } from '../../../web/ui/shell.tsx'
import { mailTexts } from '../mail-texts.ts'

/** What the pages of outgoing mail and its links say, in the language of the page. */
export function useMailTexts() {
  const { language } = useShell()
  return mailTexts[language]
}
