import { useShell } from '../../../web/ui/shell.tsx'
import { officeAnswersTexts } from '../office-answers-texts.ts'

/** The words about what offices say, in the language of the page. */
export function useAnswerWords() {
  const { language } = useShell()
  return officeAnswersTexts[language]
}
