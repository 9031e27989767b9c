import { decisionEn } from './texts/decision-en.ts'
import { decisionIt } from './texts/decision-it.ts'
import { decisionPagesEn } from './texts/decision-pages-en.ts'
import { decisionPagesIt } from './texts/decision-pages-it.ts'

/** What decisions about mailboxes say, in each language. */
export const decisionTexts = { it: decisionIt, en: decisionEn }
export type DecisionTexts = typeof decisionIt

/** The words of their pages. */
export const decisionPagesTexts = { it: decisionPagesIt, en: decisionPagesEn }
