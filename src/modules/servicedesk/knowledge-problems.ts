/** How articles, templates, outages, links and views refuse, in the user's words. */
import { Problem } from '../../platform/problem.ts'
import { dayAndTime, type Say, say } from '../../platform/texts.ts'
import { knowledgeEn } from './texts/knowledge-en.ts'
import { knowledgeIt } from './texts/knowledge-it.ts'

type Texts = typeof knowledgeIt
const texts = { it: knowledgeIt, en: knowledgeEn }

/** Somebody changed the row after this form was shown. */
export function rowStale(change: { by: string | null; at: string; zone: string }): Problem {
  const now = new Date().toISOString()
  const said = (language: 'it' | 'en') => {
    const t = texts[language].problems
    return t.stale(change.by ?? t.somebody, dayAndTime(change.at, now, change.zone, language))
  }
  return new Problem('conflict', 'stale', { it: said('it'), en: said('en') })
}

/** A refusal that follows from how things stand. */
export function standing(code: string, pick: (t: Texts['problems']) => string): Problem {
  return new Problem('conflict', code, both(pick))
}

/** An `invalid` field of this part's own. */
export function wrongRow(path: string, pick: (t: Texts['problems']) => string): { path: string; say: Say } {
  return { path, say: both(pick) }
}

function both(pick: (t: Texts['problems']) => string): Say {
  return say(texts, (t) => pick(t.problems))
}
