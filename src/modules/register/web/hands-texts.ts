import { useShell } from '../../../web/ui/shell.tsx'
import { handsTexts } from '../hands-texts.ts'

/** The words of handovers, in the language of the page. */
export function useHandsTexts() {
  return handsTexts[useShell().language]
}
