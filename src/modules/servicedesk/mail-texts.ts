import { mailEn } from './texts/mail-en.ts'
import { mailIt } from './texts/mail-it.ts'

/** What the pages of outgoing mail and of its links say, in each language. */
export const mailTexts = { it: mailIt, en: mailEn }
export type MailTexts = typeof mailIt
