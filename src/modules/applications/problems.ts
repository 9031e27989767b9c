/** How the module refuses, in the user's words. */
import type { CsvProblem } from '../../platform/csv.ts'
import { invalid } from '../../platform/http/parse.ts'
import { type FieldProblem, Problem } from '../../platform/problem.ts'
import { say } from '../../platform/texts.ts'
import { organisationTexts } from '../organisation/texts.ts'
import { type ApplicationsTexts, applicationsTexts } from './texts.ts'

const mostShown = 100

/** What is wrong with a file so far. */
export type Findings = FieldProblem[]

/** The name of a place in a file, as problems carry it. */
export function place(line: number, column: string | null): string {
  return column === null ? `line ${line}` : `line ${line}, column ${column}`
}

/** Notes one wrong value of a file. */
export function find(
  findings: Findings,
  line: number,
  column: string,
  pick: (texts: ApplicationsTexts['lines']) => string,
): void {
  findings.push({ path: place(line, column), say: say(applicationsTexts, (t) => pick(t.lines)) })
}

/** Goes on when nothing was found; otherwise refuses the file, naming the first hundred places. */
export function refuseFile(findings: Findings): void {
  if (findings.length === 0) return
  const lineOf = ({ path }: FieldProblem) => Number(/(\d+)/.exec(path)?.[1] ?? 0)
  const ordered = findings.toSorted((a, b) => lineOf(a) - lineOf(b))
  const rest = ordered.length - mostShown
  const more = { path: '', say: say(organisationTexts, (t) => t.import.more(rest)) }
  throw new Problem(
    'invalid',
    'import_refused',
    say(applicationsTexts, (t) => t.lines.refused),
    [...ordered.slice(0, mostShown), ...(rest > 0 ? [more] : [])],
  )
}

/** What is wrong with a CSV file, in the words the other imports use. */
export function sayCsv({ code, detail = '' }: CsvProblem) {
  return say(organisationTexts, ({ import: t }) => {
    if (code === 'field_count') {
      const [found = '', expected = ''] = detail.split('/')
      return t.field_count(found, expected)
    }
    return code === 'too_many_rows' ? t.too_many_rows(detail) : t[code]
  })
}

/** One wrong field, in words. */
export function wrongField(path: string, pick: (texts: ApplicationsTexts['problems']) => string): FieldProblem {
  return { path, say: say(applicationsTexts, (t) => pick(t.problems)) }
}

/** The `invalid` Problem of one wrong field. */
export function wrong(path: string, pick: (texts: ApplicationsTexts['problems']) => string): Problem {
  return invalid([wrongField(path, pick)])
}

/** What is asked does not fit how things stand. `code` is for programs. */
export function conflict(code: string, pick: (texts: ApplicationsTexts['problems']) => string): Problem {
  return new Problem(
    'conflict',
    code,
    say(applicationsTexts, (t) => pick(t.problems)),
  )
}
