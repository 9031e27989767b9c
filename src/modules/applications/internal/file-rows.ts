/** Rows of the module's CSV files. Pure. */
import type { z } from 'zod'
import { readCsv } from '../../../platform/csv.ts'
import { tooLarge } from '../../../platform/files.ts'
import { sayIssue } from '../../../platform/http/parse.ts'
import { type Findings, place, sayCsv } from '../problems.ts'

const mostRows = 5_000
const mostBytes = 4_000_000

/** A row of the file and the line it begins on. */
export type FileRow<Values> = { line: number; values: Values }

/** Reads the rows; whatever is wrong with file, header or values lands in `findings`. */
export function readRows<Schema extends z.ZodType>(
  bytes: Uint8Array,
  columns: { required: readonly string[]; optional: readonly string[] },
  schema: Schema,
  findings: Findings,
): FileRow<z.output<Schema>>[] {
  if (bytes.byteLength > mostBytes) throw tooLarge(mostBytes)
  const { rows, problems } = readCsv(bytes, columns.required, columns.optional, mostRows)
  findings.push(...problems.map((one) => ({ path: place(one.line, one.column), say: sayCsv(one) })))
  return rows.flatMap(({ line, values }) => {
    // What an export wrote before a text that a spreadsheet would run as a formula.
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
