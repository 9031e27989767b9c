/** How steps and comparisons are refused: every wrong place of a file or list, in the user's words. */
import { invalid } from '../../platform/http/parse.ts'
import { type FieldProblem, Problem } from '../../platform/problem.ts'
import { say } from '../../platform/texts.ts'
import { type SupplierTexts, supplierTexts } from './supplier-texts.ts'

const mostShown = 100

/** What is wrong so far. */
export type Findings = FieldProblem[]

/** Adds one wrong value; `at` is "line 7" of a file, "steps.6" of a list, or nothing for a single step. */
export function find(findings: Findings, at: string, field: string, pick: (texts: SupplierTexts) => string): void {
  findings.push({ path: place(at, field), say: say(supplierTexts, pick) })
}

/** The name of a place as problems carry it: "line 7, column occurred_at", "steps.6.occurredAt". */
export function place(at: string, field: string | null): string {
  if (field === null || at === '') return field ?? at
  if (!at.startsWith('line ')) return `${at}.${field}`
  return `${at}, column ${field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`
}

/** Goes on when nothing was found; otherwise refuses the whole, naming the first hundred places in order. */
export function refuseSteps(findings: Findings): void {
  refuseWith(findings, (t) => t.steps.refused)
}

/** The same for a file that is only compared. */
export function refuseComparison(findings: Findings): void {
  refuseWith(findings, (t) => t.reconcile.refused)
}

function refuseWith(findings: Findings, pick: (texts: SupplierTexts) => string): void {
  if (findings.length === 0) return
  const position = ({ path }: FieldProblem) => Number(/(\d+)/.exec(path)?.[1] ?? 0)
  const ordered = findings.toSorted((a, b) => position(a) - position(b))
  const rest = ordered.length - mostShown
  const more = { path: ordered[mostShown]?.path ?? '', say: say(supplierTexts, (t) => t.steps.more(rest)) }
  throw new Problem('invalid', 'import_refused', say(supplierTexts, pick), [
    ...ordered.slice(0, mostShown),
    ...(rest > 0 ? [more] : []),
  ])
}

/** The `invalid` Problem of one wrong field of this noun's own. */
export function wrongOne(path: string, pick: (texts: SupplierTexts) => string): Problem {
  return invalid([{ path, say: say(supplierTexts, pick) }])
}

/** What is asked does not fit how things stand. `code` is for programs. */
export function supplierConflict(code: string, pick: (texts: SupplierTexts) => string): Problem {
  return new Problem('conflict', code, say(supplierTexts, pick))
}
