/** What both imports share: reading rows, collecting what is wrong line by line, refusing the whole file. Pure. */
import type { z } from 'zod'
import { type CsvProblem, readCsv } from '../../../platform/csv.ts'
import { tooLarge } from '../../../platform/files.ts'
import { sayIssue } from '../../../platform/http/parse.ts'
import { type FieldProblem, Problem } from '../../../platform/problem.ts'
import { say } from '../../../platform/texts.ts'
import { wrongField } from '../problems.ts'
import { type OrganisationTexts, organisationTexts } from '../texts.ts'

export const mostImportRows = 20_000
const mostImportBytes = 16_000_000
const mostShown = 100

/** A row of the file and the line it begins on. */
export type Row<Values> = { line: number; values: Values }

/** What is wrong so far. */
export type Findings = FieldProblem[]

/** The name of a place in the file, as problems carry it: "line 7, column kind". */
export function place(line: number, column: string | null): string {
  return column === null ? `line ${line}` : `line ${line}, column ${column}`
}

/** Reads the file's rows; whatever is wrong with file, header or values lands in `findings`. */
export function readRows<Schema extends z.ZodType>(
  bytes: Uint8Array,
  columns: { required: readonly string[]; optional: readonly string[] },
  schema: Schema,
  findings: Findings,
): Row<z.output<Schema>>[] {
  if (bytes.byteLength > mostImportBytes) throw tooLarge(mostImportBytes)
  const { rows, problems } = readCsv(bytes, columns.required, columns.optional, mostImportRows)
  findings.push(
    ...problems.map((problem) => ({ path: place(problem.line, problem.column), say: sayCsvProblem(problem) })),
  )
  return rows.flatMap(({ line, values }) => {
    const parsed = schema.safeParse(values)
    if (parsed.success) return [{ line, values: parsed.data }]
    findings.push(
      ...parsed.error.issues.map((issue) => ({
        path: place(line, String(issue.path[0] ?? '')),
        say: sayIssue(issue, values),
      })),
    )
    return []
  })
}

/** Adds one wrong value. */
export function find(
  findings: Findings,
  line: number,
  column: string,
  pick: (texts: OrganisationTexts) => string,
): void {
  findings.push(wrongField(place(line, column), pick))
}

/** Reports every row whose key another row had before; empty keys are not compared. */
export function findRepeated<Values>(
  findings: Findings,
  rows: readonly Row<Values>[],
  column: string,
  key: (values: Values) => string | null,
) {
  const first = new Map<string, number>()
  for (const { line, values } of rows) {
    const value = key(values)
    if (value === null) continue
    const before = first.get(value)
    if (before === undefined) first.set(value, line)
    else find(findings, line, column, (t) => t.import.repeated(before))
  }
}

/** Goes on when nothing was found; otherwise refuses the file, naming the first hundred places in order of line. */
export function refuseFile(findings: Findings): void {
  if (findings.length === 0) return
  const ordered = findings
    .map((finding) => ({ finding, line: Number(/^line (\d+)/.exec(finding.path)?.[1] ?? 0) }))
    .sort((a, b) => a.line - b.line)
  const shown = ordered.slice(0, mostShown).map(({ finding }) => finding)
  const rest = findings.length - shown.length
  const more = rest > 0 ? [wrongField(place(ordered[mostShown]?.line ?? 0, null), (t) => t.import.more(rest))] : []
  throw new Problem(
    'invalid',
    'import_refused',
    say(organisationTexts, (t) => t.import.refused),
    [...shown, ...more],
  )
}

/** The code a cell stands for: the code itself, or what the screen calls it in either language. */
export function codeOf<Code extends string>(
  pick: (texts: OrganisationTexts) => Record<Code, string>,
  codes: readonly Code[],
  cell: string,
): Code | null {
  const wanted = cell.trim().toLowerCase()
  const isIt = (code: Code) =>
    [code, pick(organisationTexts.it)[code], pick(organisationTexts.en)[code]].some(
      (word) => word.toLowerCase().replace('’', "'") === wanted.replace('’', "'"),
    )
  return codes.find(isIt) ?? null
}

function sayCsvProblem({ code, detail = '' }: CsvProblem) {
  return say(organisationTexts, (t) => {
    if (code === 'field_count') {
      const [found = '', expected = ''] = detail.split('/')
      return t.import.field_count(found, expected)
    }
    return code === 'too_many_rows' ? t.import.too_many_rows(detail) : t.import[code]
  })
}
