import { needsResultsEn } from './texts/needs-results-en.ts'
import { needsResultsIt } from './texts/needs-results-it.ts'

/** What the published years of the needs plan say, in each language. */
export const needsResultsTexts = { it: needsResultsIt, en: needsResultsEn }
