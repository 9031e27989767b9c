import { en } from './texts/wave-pages-en.ts'
import { it } from './texts/wave-pages-it.ts'

/** What the pages of waves say, in each language. */
export const wavePagesTexts = { it, en }
export type WavePagesTexts = typeof it
