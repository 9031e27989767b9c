import { boxEn } from './texts/box-en.ts'
import { boxIt } from './texts/box-it.ts'

/** What the register of mailboxes says, in each language. */
export const boxTexts = { it: boxIt, en: boxEn }
export type BoxTexts = typeof boxIt
