import { useShell } from '../../../web/ui/shell.tsx'
import { knowledgeEn } from '../texts/knowledge-en.ts'
import { knowledgeIt } from '../texts/knowledge-it.ts'
import { queueEn } from '../texts/queue-en.ts'
import { queueIt } from '../texts/queue-it.ts'
import { deskTexts } from '../texts.ts'

const texts = {
  it: { knowledge: knowledgeIt, work: queueIt, desk: deskTexts.it },
  en: { knowledge: knowledgeEn, work: queueEn, desk: deskTexts.en },
}

/** The words of articles, outages, templates, views and homes, in the language of the page. */
export function useKnowledgeTexts() {
  const { language } = useShell()
  return texts[language]
}
