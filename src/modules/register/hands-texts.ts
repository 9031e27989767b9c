import { handsEn } from './texts/hands-en.ts'
import { handsIt } from './texts/hands-it.ts'

/** What is said of handovers, in each language. */
export const handsTexts = { it: handsIt, en: handsEn }
export type HandsTexts = typeof handsIt
