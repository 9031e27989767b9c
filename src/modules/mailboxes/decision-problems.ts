/** How decisions are refused, in the user's words. */
import { type FieldProblem, Problem } from '../../platform/problem.ts'
import { say } from '../../platform/texts.ts'
import { type Findings, place, refuseFileFor } from '../organisation/read-file.ts'
import { type DecisionTexts, decisionTexts } from './decision-texts.ts'
import type { Objection } from './internal/decision-rules.ts'

/** What is asked does not fit how things stand. `code` is for programs. */
export function decisionConflict(code: string, pick: (texts: DecisionTexts['problems']) => string): Problem {
  return new Problem(
    'conflict',
    code,
    say(decisionTexts, (t) => pick(t.problems)),
  )
}

/** One wrong field, in words. */
export function decisionField(path: string, pick: (texts: DecisionTexts['problems']) => string): FieldProblem {
  return { path, say: say(decisionTexts, (t) => pick(t.problems)) }
}

/** What speaks against a proposal, at its field; the address says which mailbox, where there are several. */
export function objectionField({ field, code }: Objection, address: string | null): FieldProblem {
  const path = field === 'mailbox' ? 'mailboxIds' : field
  return {
    path,
    say: say(decisionTexts, (t) => (address === null ? t.objections[code] : `${address}: ${t.objections[code]}`)),
  }
}

/** The same as a place of a file. */
export function objectionAt({ code }: Objection, line: number, column: string): FieldProblem {
  return { path: place(line, column), say: say(decisionTexts, (t) => t.objections[code]) }
}

/** Goes on when nothing was found in a file; otherwise refuses it, naming the first hundred places. */
export function refuseDecisionFile(findings: Findings): void {
  refuseFileFor(
    findings,
    say(decisionTexts, (t) => t.import.refused),
  )
}
