import { useShell } from '../../../web/ui/shell.tsx'
import { ratingTexts } from '../rating-texts.ts'
import { legalEn } from '../texts/legal-en.ts'
import { legalIt } from '../texts/legal-it.ts'

const legal = { it: legalIt, en: legalEn }

/** The words about ratings and citizens, in the language of the page. */
export function useRatingTexts() {
  return ratingTexts[useShell().language]
}

/** The words of privacy notice, legal notes and accessibility, in the language of the page. */
export function useLegalTexts() {
  return legal[useShell().language]
}
