/** How the module refuses, in the user's words. */
import { invalid } from '../../platform/http/parse.ts'
import { type FieldProblem, Problem } from '../../platform/problem.ts'
import { say } from '../../platform/texts.ts'
import { type Findings, place, refuseFileFor } from '../organisation/read-file.ts'
import { type NeedsTexts, needsTexts } from './texts.ts'

/** Notes one wrong value of a file. */
export function find(
  findings: Findings,
  line: number,
  column: string | null,
  pick: (texts: NeedsTexts['lines']) => string,
): void {
  findings.push({ path: place(line, column), say: say(needsTexts, (t) => pick(t.lines)) })
}

/** Goes on when nothing was found; otherwise refuses the file, naming the first hundred places. */
export function refuseFile(findings: Findings): void {
  refuseFileFor(
    findings,
    say(needsTexts, (t) => t.lines.refused),
  )
}

/** One wrong field, in words. */
export function wrongField(path: string, pick: (texts: NeedsTexts['problems']) => string): FieldProblem {
  return { path, say: say(needsTexts, (t) => pick(t.problems)) }
}

/** The `invalid` Problem of one wrong field. */
export function wrong(path: string, pick: (texts: NeedsTexts['problems']) => string): Problem {
  return invalid([wrongField(path, pick)])
}

/** What is asked does not fit how things stand. `code` is for programs. */
export function conflict(code: string, pick: (texts: NeedsTexts['problems']) => string): Problem {
  return new Problem(
    'conflict',
    code,
    say(needsTexts, (t) => pick(t.problems)),
  )
}
