import { en } from './texts/wave-en.ts'
import { it } from './texts/wave-it.ts'

/** What waves say, in each language. */
export const waveTexts = { it, en }
export type WaveTexts = typeof it
