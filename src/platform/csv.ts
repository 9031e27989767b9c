/**
 * CSV in and out: lists that offices send, and lists that Italian spreadsheets open with a double click.
 *
 * Reading never throws for a bad file: whatever is wrong comes back as a problem with its line and a stable code,
 * put into words by the text catalogue. Writing follows RFC 4180 with `;`, CRLF and a UTF-8 byte order mark.
 */
import { isUtf8 } from 'node:buffer'
import { CsvError, parse } from 'csv-parse/sync'

/** A record of the file: the line on which it begins (from 1) and its trimmed values by column. */
export type CsvRow = { line: number; values: Record<string, string> }

/** What can be wrong with a file; see {@link readCsv}. */
export type CsvProblemCode =
  | 'empty'
  | 'utf16'
  | 'nul'
  | 'encoding'
  | 'line_endings'
  | 'quote'
  | 'record_too_long'
  | 'missing_column'
  | 'unknown_column'
  | 'duplicate_column'
  | 'field_count'
  | 'too_many_rows'

/** One thing wrong: the line (from 1), the column if it is about one, and a detail for the message. */
export type CsvProblem = { line: number; column: string | null; code: CsvProblemCode; detail?: string }

/** The rows that could be read and all that is wrong; the file is good only when `problems` is empty. */
export type CsvReading = { rows: CsvRow[]; problems: CsvProblem[] }

type CsvRecord = { line: number; fields: string[] }

const lineFeed = 0x0a
const carriageReturn = 0x0d
const maxRecordBytes = 1_000_000

/**
 * Reads UTF-8 (with or without byte order mark) whose header names all `columns` and any of `optional`, spelt
 * exactly, in any order. The header decides between `;` and `,`; lines end in CRLF or LF; a record whose fields are
 * all empty is a blank line. A value of an optional column that the file lacks is absent from `values`.
 *
 * - The file as a whole, alone and without rows: empty · utf16 · nul (a NUL byte) · encoding (first line that is not
 *   UTF-8) · line_endings (CR alone) · missing_column, unknown_column, duplicate_column (all of the header's).
 * - Beside the rows read: field_count (detail 'found/expected') · too_many_rows (first line too many, detail the
 *   limit) · quote, record_too_long (over 1 MB): the line where the record begins; nothing after it is read, because
 *   one stray quote changes the meaning of everything that follows.
 */
export function readCsv(
  bytes: Uint8Array,
  columns: readonly string[],
  optional: readonly string[] = [],
  maxRows = 100_000,
): CsvReading {
  const content = withoutByteOrderMark(bytes)
  const damage = damageOf(content)
  if (damage !== null) return { rows: [], problems: [damage] }

  const separator = separatorOf(content, [...columns, ...optional])
  const { records, broken } = recordsOf(content, separator, maxRows + 2)
  const [header, ...body] = records
  if (header === undefined) return { rows: [], problems: [broken ?? { line: 1, column: null, code: 'empty' }] }
  const headerProblems = problemsOfHeader(header, columns, optional)
  if (headerProblems.length > 0) return { rows: [], problems: headerProblems }

  const rows: CsvRow[] = []
  const problems: CsvProblem[] = []
  for (const { line, fields } of body.slice(0, maxRows)) {
    if (fields.length === header.fields.length) {
      rows.push({ line, values: Object.fromEntries(header.fields.map((name, index) => [name, fields[index] ?? ''])) })
    } else {
      problems.push({ line, column: null, code: 'field_count', detail: `${fields.length}/${header.fields.length}` })
    }
  }
  const tooMany = body[maxRows]
  if (tooMany !== undefined) {
    problems.push({ line: tooMany.line, column: null, code: 'too_many_rows', detail: String(maxRows) })
  } else if (broken !== null) {
    problems.push(broken)
  }
  return { rows, problems }
}

/** Begins every file we write: without it Italian spreadsheets read UTF-8 as Windows-1252. */
export const csvByteOrderMark = '\uFEFF'

/** A whole file as text: byte order mark, header, rows. For long lists write {@link csvLine} by line instead. */
export function writeCsv(header: readonly string[], rows: Iterable<readonly (string | number | null)[]>): string {
  const lines = [csvLine(header)]
  for (const row of rows) lines.push(csvLine(row))
  return csvByteOrderMark + lines.join('')
}

/**
 * One record with its line end. Text that a spreadsheet would run as a formula gets a leading apostrophe (OWASP,
 * "CSV injection"); numbers are written with a decimal comma and left alone, null is empty.
 * Throws RangeError for a number that is not finite.
 */
export function csvLine(values: readonly (string | number | null)[]): string {
  return `${values.map(fieldOf).join(';')}\r\n`
}

function fieldOf(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`${value} cannot be written to a CSV file`)
    return String(value).replace('.', ',')
  }
  const text = startsFormula(value) ? `'${value}` : value
  // The comma and the tab are quoted too: where they are the list separator, a part of the text would become a cell.
  return /[";,\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** OWASP's list (= + - @, tab, CR, LF, the full-width forms) and NUL (ASVS 1.2.10), also behind blanks. */
function startsFormula(text: string): boolean {
  return /^[\t\r\n\0]|^\s*[=+\-@＝＋－＠]/.test(text)
}

function withoutByteOrderMark(bytes: Uint8Array): Buffer {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return content.subarray(0, 3).toString('hex') === 'efbbbf' ? content.subarray(3) : content
}

/** The first reason why the bytes cannot be read as lines of text, or null. */
function damageOf(content: Buffer): CsvProblem | null {
  if (looksLikeUtf16(content)) return { line: 1, column: null, code: 'utf16' }
  const nul = content.indexOf(0)
  if (nul >= 0) return { line: 1 + lineFeedsIn(content, 0, nul), column: null, code: 'nul' }
  if (!isUtf8(content)) return { line: firstBadLine(content), column: null, code: 'encoding' }
  if (content.includes(carriageReturn) && !content.includes(lineFeed)) {
    return { line: 1, column: null, code: 'line_endings' }
  }
  return null
}

/** By its byte order mark; without one, by the NUL that is half of its first character. */
function looksLikeUtf16(content: Buffer): boolean {
  const mark = content.subarray(0, 2).toString('hex')
  return mark === 'fffe' || mark === 'feff' || (content.length > 1 && (content[0] === 0) !== (content[1] === 0))
}

/** No byte of a longer UTF-8 character is a line feed, so lines can be judged one by one. */
function firstBadLine(content: Buffer): number {
  let line = 1
  let start = 0
  for (;;) {
    const end = content.indexOf(lineFeed, start)
    if (end < 0 || !isUtf8(content.subarray(start, end))) return line
    start = end + 1
    line += 1
  }
}

function lineFeedsIn(content: Buffer, start: number, end: number): number {
  let count = 0
  for (let at = content.indexOf(lineFeed, start); at >= 0 && at < end; at = content.indexOf(lineFeed, at + 1)) {
    count += 1
  }
  return count
}

const format = {
  record_delimiter: ['\r\n', '\n'],
  relax_column_count: true, // counted here, to report every line instead of the first
  trim: true, // allows blanks around quoted fields
  max_record_size: maxRecordBytes,
}

/** The separator under which the header holds more of the known names, `;` when both hold as many. */
function separatorOf(content: Buffer, names: readonly string[]): ';' | ',' {
  const [semicolons, commas] = [';', ','].map((delimiter) => {
    try {
      const [header = []] = parse(content, { ...format, delimiter, to: 1, skip_records_with_empty_values: true })
      return header.filter((name) => names.includes(name.trim())).length
    } catch (error) {
      if (error instanceof CsvError) return 0 // the reading proper will say what is wrong
      throw error
    }
  })
  return (commas ?? 0) > (semicolons ?? 0) ? ',' : ';'
}

/** The first `limit` records that are not blank, and what stopped the reading before the end of the file. */
function recordsOf(
  content: Buffer,
  delimiter: string,
  limit: number,
): { records: CsvRecord[]; broken: CsvProblem | null } {
  const records: CsvRecord[] = []
  let line = 1
  let offset = 0
  const keep = (fields: string[], end: number) => {
    const trimmed = fields.map((field) => field.trim())
    if (records.length < limit && trimmed.some((field) => field !== '')) records.push({ line, fields: trimmed })
    // csv-parse's own count takes a CRLF inside quotes for two lines.
    line += lineFeedsIn(content, offset, end)
    offset = end
    return null
  }
  try {
    parse(content, { ...format, delimiter, on_record: (fields: string[], { bytes }) => keep(fields, bytes) })
    return { records, broken: null }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const code = error.code === 'CSV_MAX_RECORD_SIZE' ? 'record_too_long' : 'quote'
    return { records, broken: { line, column: null, code } }
  }
}

function problemsOfHeader(
  { line, fields }: CsvRecord,
  columns: readonly string[],
  optional: readonly string[],
): CsvProblem[] {
  const known = new Set([...columns, ...optional])
  const seen = new Set(fields)
  const repeated = new Set(fields.filter((name, index) => fields.indexOf(name) !== index))
  const problem = (code: CsvProblemCode) => (column: string) => ({ line, column, code })
  return [
    ...columns.filter((name) => !seen.has(name)).map(problem('missing_column')),
    ...[...seen].filter((name) => !known.has(name)).map(problem('unknown_column')),
    ...[...repeated].map(problem('duplicate_column')),
  ]
}
