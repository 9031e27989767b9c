/** How operations refuse, in the user's words. */
import type { CsvProblem } from '../../platform/csv.ts'
import { invalid } from '../../platform/http/parse.ts'
import { type FieldProblem, Problem } from '../../platform/problem.ts'
import { type Say, say } from '../../platform/texts.ts'
import { organisationTexts } from '../organisation/texts.ts'
import { type OperationsTexts, operationsTexts } from './texts.ts'

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
  pick: (texts: OperationsTexts['lines']) => string,
): void {
  add(findings, { path: place(line, column), say: say(operationsTexts, (t) => pick(t.lines)) })
}

/** Notes what is wrong with the file itself, in the words the other imports use. */
export function findInCsv(findings: Findings, { line, column, code, detail = '' }: CsvProblem): void {
  const words: Say = say(organisationTexts, ({ import: t }) => {
    if (code === 'field_count') {
      const [found = '', expected = ''] = detail.split('/')
      return t.field_count(found, expected)
    }
    return code === 'too_many_rows' ? t.too_many_rows(detail) : t[code]
  })
  add(findings, { path: place(line, column), say: words })
}

function add(findings: Findings, field: FieldProblem) {
  findings.count += 1
  if (findings.fields.length < mostShown) findings.fields.push(field)
}

/** Goes on when nothing was found; otherwise refuses the whole file. */
export function refuseFile({ fields, count }: Findings): void {
  if (count === 0) return
  const lineOf = ({ path }: FieldProblem) => Number(/(\d+)/.exec(path)?.[1] ?? 0)
  const rest = count - fields.length
  const more = { path: '', say: say(operationsTexts, (t) => t.lines.more(rest)) }
  throw new Problem(
    'invalid',
    'import_refused',
    say(operationsTexts, (t) => t.lines.refused),
    [...fields.toSorted((a, b) => lineOf(a) - lineOf(b)), ...(rest > 0 ? [more] : [])],
  )
}

/** The name of a place in a file, as problems carry it. */
function place(line: number, column: string | null): string {
  return column === null ? `line ${line}` : `line ${line}, column ${column}`
}

/** The `invalid` Problem of one wrong field. */
export function wrong(path: string, pick: (texts: OperationsTexts['problems']) => string): Problem {
  return invalid([{ path, say: say(operationsTexts, (t) => pick(t.problems)) }])
}

/** What is asked does not fit how things stand. `code` is for programs. */
export function conflict(code: string, pick: (texts: OperationsTexts['problems']) => string): Problem {
  return new Problem(
    'conflict',
    code,
    say(operationsTexts, (t) => pick(t.problems)),
  )
}
