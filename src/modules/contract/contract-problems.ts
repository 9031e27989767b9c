/** How the contract refuses: every wrong place of a file, and what does not fit how things stand, in the user's words. */
import { invalid } from '../../platform/http/parse.ts'
import { type FieldProblem, Problem } from '../../platform/problem.ts'
import { say } from '../../platform/texts.ts'
import { type ContractTexts, contractTexts } from './texts.ts'

export type { ContractTexts } from './texts.ts'

/** One wrong place of a file. */
export type FileFinding = FieldProblem

const mostShown = 100

/** Adds one wrong place; `path` is "feeVersions.1.total" of a contract, "line 7, column total" of a list. */
export function found(findings: FileFinding[], path: string, pick: (texts: ContractTexts) => string): void {
  findings.push({ path, say: say(contractTexts, pick) })
}

/** Goes on when nothing was found; otherwise refuses the whole file, naming the first hundred places. */
export function refuseFile(findings: readonly FileFinding[], pick: (texts: ContractTexts) => string): void {
  if (findings.length === 0) return
  throw new Problem('invalid', 'import_refused', say(contractTexts, pick), findings.slice(0, mostShown))
}

/** The `invalid` Problem of one wrong field. */
export function wrongContract(path: string, pick: (texts: ContractTexts) => string): Problem {
  return invalid([{ path, say: say(contractTexts, pick) }])
}

/** What is asked does not fit how things stand. `code` is for programs. */
export function contractConflict(code: string, pick: (texts: ContractTexts) => string): Problem {
  return new Problem('conflict', code, say(contractTexts, pick))
}

/** Nobody of the party that is measured decides on the measure. */
export function notTheSupplier(): Problem {
  return new Problem(
    'forbidden',
    'supplier_may_not',
    say(contractTexts, (t) => t.problems.supplierMayNot),
  )
}
