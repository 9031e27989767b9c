/** Reading a CSV file that people send: every wrong value is named by its place, and the file is loaded whole or not at all. */
import type { z } from 'zod'
import { type CsvProblem, readCsv } from '../../platform/csv.ts'
import { tooLarge } from '../../platform/files.ts'
import { sayIssue } from '../../platform/http/parse.ts'
import { type FieldProblem, Problem } from '../../platform/problem.ts'
import { type Say, say } from '../../platform/texts.ts'
import { organisationTexts } from './texts.ts'

const mostShown = 100

/** A row of the file and the line it begins on. */
export type FileRow<Values> = { line: number; values: Values }

/** What is wrong with a file so far. */
export type Findings = FieldProblem[]

/** The name of a place in a file, as problems carry it: "line 7, column kind". */
export function place(line: number, column: string | null): string {
  return column === null ? `line ${line}` : `line ${line}, column ${column}`
}

/** How much of a file is read: rows, and bytes of the whole. */
export type FileLimits = { mostRows: number; mostBytes: number }

/**
 * Reads the rows; whatever is wrong with file, header or values lands in `findings`. An apostrophe that our exports write
 * before what a spreadsheet would run as a formula is taken off again.
 */
export function readFileRows<Schema extends z.ZodType>(
  bytes: Uint8Array,
  columns: { required: readonly string[]; optional: readonly string[] },
  schema: Schema,
  findings: Findings,
  { mostRows, mostBytes }: FileLimits,
): FileRow<z.output<Schema>>[] {
  if (bytes.byteLength > mostBytes) throw tooLarge(mostBytes)
  const { rows, problems } = readCsv(bytes, columns.required, columns.optional, mostRows)
  findings.push(...problems.map((one) => ({ path: place(one.line, one.column), say: sayCsv(one) })))
  return rows.flatMap(({ line, values }) => {
    const plain = Object.fromEntries(
      Object.entries(values).map(([name, cell]) => [name, cell.replace(/^'(?=\s*[=+\-@])/, '')]),
    )
    const parsed = schema.safeParse(plain)
    if (parsed.success) return [{ line, values: parsed.data }]
    findings.push(
      ...parsed.error.issues.map((issue) => ({
        path: place(line, String(issue.path[0] ?? '')),
        say: sayIssue(issue, plain),
      })),
    )
    return []
  })
}

/** Goes on when nothing was found; otherwise refuses the file, naming the first hundred places in order of line. */
export function refuseFileFor(findings: Findings, title: Say): void {
  if (findings.length === 0) return
  const lineOf = ({ path }: FieldProblem) => Number(/(\d+)/.exec(path)?.[1] ?? 0)
  const ordered = findings.toSorted((a, b) => lineOf(a) - lineOf(b))
  const rest = ordered.length - mostShown
  const more = { path: '', say: say(organisationTexts, (t) => t.import.more(rest)) }
  throw new Problem('invalid', 'import_refused', title, [...ordered.slice(0, mostShown), ...(rest > 0 ? [more] : [])])
}

/** What is wrong with a CSV file, in words. */
export function sayCsv({ code, detail = '' }: CsvProblem): Say {
  return say(organisationTexts, ({ import: t }) => {
    if (code === 'field_count') {
      const [found = '', expected = ''] = detail.split('/')
      return t.field_count(found, expected)
    }
    return code === 'too_many_rows' ? t.too_many_rows(detail) : t[code]
  })
}
