/** How the register refuses, in the user's words. */
import type { CsvProblem } from '../../platform/csv.ts'
import { invalid } from '../../platform/http/parse.ts'
import { type FieldProblem, Problem } from '../../platform/problem.ts'
import { type Say, say } from '../../platform/texts.ts'
import { place, sayCsv } from '../organisation/read-file.ts'
import { type RegisterTexts, registerTexts } from './texts.ts'

const mostShown = 100

/** What is wrong with a file: the first hundred places in order, and how many there are in all. */
export type Findings = { fields: FieldProblem[]; count: number }

export function noFindings(): Findings {
  return { fields: [], count: 0 }
}

/** Notes one wrong place of a file; `column` null is the whole line. */
export function find(
  findings: Findings,
  line: number,
  column: string | null,
  pick: (texts: RegisterTexts['lines']) => string,
): void {
  findSaid(
    findings,
    line,
    column,
    say(registerTexts, (t) => pick(t.lines)),
  )
}

/** Notes one wrong place, in words that are there already. */
export function findSaid(findings: Findings, line: number, column: string | null, words: Say): void {
  findings.count += 1
  const path = place(line, column)
  if (findings.fields.length < mostShown) findings.fields.push({ path, say: words })
}

/** Notes what is wrong with the file itself, in the words the other imports use. */
export function findInCsv(findings: Findings, problem: CsvProblem): void {
  findSaid(findings, problem.line, problem.column, sayCsv(problem))
}

/** Goes on when nothing was found; otherwise refuses the whole file. */
export function refuseFile({ fields, count }: Findings): void {
  if (count === 0) return
  const lineOf = ({ path }: FieldProblem) => Number(/(\d+)/.exec(path)?.[1] ?? 0)
  const rest = count - fields.length
  const more = { path: '', say: say(registerTexts, (t) => t.lines.more(rest)) }
  throw new Problem(
    'invalid',
    'import_refused',
    say(registerTexts, (t) => t.lines.refused),
    [...fields.toSorted((a, b) => lineOf(a) - lineOf(b)), ...(rest > 0 ? [more] : [])],
  )
}

/** One wrong field, in words. */
export function wrongField(path: string, pick: (texts: RegisterTexts['problems']) => string): FieldProblem {
  return { path, say: say(registerTexts, (t) => pick(t.problems)) }
}

/** The `invalid` Problem of one wrong field. */
export function wrong(path: string, pick: (texts: RegisterTexts['problems']) => string): Problem {
  return invalid([wrongField(path, pick)])
}

/** What is asked does not fit how things stand. `code` is for programs. */
export function conflict(
  code: string,
  pick: (texts: RegisterTexts['problems']) => string,
  fields: readonly FieldProblem[] = [],
): Problem {
  return new Problem(
    'conflict',
    code,
    say(registerTexts, (t) => pick(t.problems)),
    fields,
  )
}

/** What the constraints of items mean. */
export const itemViolations: Record<string, () => Problem> = {
  configuration_item_organisation_id_code_key: () => wrong('code', (t) => t.codeTaken),
  asset_organisation_id_tag_key: () => wrong('tag', (t) => t.tagTaken),
  asset_serial: () => wrong('serial', (t) => t.serialTaken),
  configuration_item_organisation_id_office_id_fkey: () => wrong('officeId', (t) => t.unknownOffice),
  configuration_item_organisation_id_site_id_fkey: () => wrong('siteId', (t) => t.unknownSite),
  asset_organisation_id_custodian_id_fkey: () => wrong('custodianId', (t) => t.unknownPerson),
}
