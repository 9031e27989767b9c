import { en } from './texts/en.ts'
import { it } from './texts/it.ts'

/** What the module says, in each language. */
export const needsTexts = { it, en }
export type NeedsTexts = typeof it
