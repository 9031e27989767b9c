import { resultsEn } from './texts/results-en.ts'
import { resultsIt } from './texts/results-it.ts'

/** What the published results say, in each language. */
export const resultsTexts = { it: resultsIt, en: resultsEn }
export type ResultsTexts = typeof resultsIt
