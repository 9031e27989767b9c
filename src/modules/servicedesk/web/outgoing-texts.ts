import { useShell } from '../../../web/ui/shell.tsx'
import { outgoingTexts } from '../outgoing-texts.ts'

/** What the pages of outgoing mail and its links say, in the language of the page. */
export function useOutgoingTexts() {
  const { language } = useShell()
  return outgoingTexts[language]
}
