import { useShell } from '../../../web/ui/shell.tsx'
import { pagesEn } from '../texts/pages-en.ts'
import { pagesIt } from '../texts/pages-it.ts'
import { workEn } from '../texts/work-en.ts'
import { workIt } from '../texts/work-it.ts'
import { deskTexts } from '../texts.ts'

const pages = { it: pagesIt, en: pagesEn }
const work = { it: workIt, en: workEn }

/** The desk's words and its pages' words, in the language of the page. */
export function useDeskTexts() {
  const { language } = useShell()
  return { desk: deskTexts[language], pages: pages[language], work: work[language] }
}
