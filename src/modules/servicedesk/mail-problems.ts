/** How mail refuses, in the user's words. */
import { invalid } from '../../platform/http/parse.ts'
import { Problem } from '../../platform/problem.ts'
import { say } from '../../platform/texts.ts'
import { mailEn } from './texts/mail-en.ts'
import { type MailTexts, mailIt } from './texts/mail-it.ts'

const texts = { it: mailIt, en: mailEn }

/** What is asked does not fit how the message or the mailbox stands. */
export function mailConflict(code: string, pick: (texts: MailTexts) => string): Problem {
  return new Problem('conflict', code, say(texts, pick))
}

/** One wrong field. */
export function wrongMailField(path: string, pick: (texts: MailTexts) => string): Problem {
  return invalid([{ path, say: say(texts, pick) }])
}
