import { en } from './texts/en.ts'
import { it } from './texts/it.ts'

/** What the module says, in each language. */
export const mailboxesTexts = { it, en }
export type MailboxesTexts = typeof it
