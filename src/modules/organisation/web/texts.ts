import { useShell } from '../../../web/ui/shell.tsx'
import { pagesEn } from '../texts/pages-en.ts'
import { pagesIt } from '../texts/pages-it.ts'
import { organisationTexts } from '../texts.ts'

const pages = { it: pagesIt, en: pagesEn }

/** The module's words and its pages' words, in the language of the page. */
export function useOrganisationTexts() {
  const { language } = useShell()
  return { words: organisationTexts[language], pages: pages[language] }
}
