/** How the module refuses, in the user's words. */
import { invalid } from '../../platform/http/parse.ts'
import { Problem } from '../../platform/problem.ts'
import { say } from '../../platform/texts.ts'
import { type MailboxesTexts, mailboxesTexts } from './texts.ts'

/** The `invalid` Problem of one wrong field. */
export function wrong(path: string, pick: (texts: MailboxesTexts['problems']) => string): Problem {
  return invalid([{ path, say: say(mailboxesTexts, (t) => pick(t.problems)) }])
}

/** What is asked does not fit how things stand. `code` is for programs. */
export function conflict(code: string, pick: (texts: MailboxesTexts['problems']) => string): Problem {
  return new Problem(
    'conflict',
    code,
    say(mailboxesTexts, (t) => pick(t.problems)),
  )
}
