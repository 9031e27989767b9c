import { en } from './texts/en.ts'
import { it } from './texts/it.ts'

/** What operations say, in each language. */
export const operationsTexts = { it, en }
export type OperationsTexts = typeof it
