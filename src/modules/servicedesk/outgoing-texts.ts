import { outgoingEn } from './texts/outgoing-en.ts'
import { outgoingIt } from './texts/outgoing-it.ts'

/** What the pages of outgoing mail and of its links say, in each language. */
export const outgoingTexts = { it: outgoingIt, en: outgoingEn }
export type OutgoingTexts = typeof outgoingIt
