/**
 * CSV of millions of lines, in constant memory: what {@link readCsv} promises, line by line as the bytes come.
 *
 * One difference: a quoted field ends on the line on which it begins. Such files are written by machines.
 */
import { parse } from 'csv-parse/sync'
import type { CsvProblem } from './csv.ts'

/** A line of the file (from 1) and its trimmed cells, in the order of the columns asked for; what is not there is ''. */
export type StreamedRow = { line: number; cells: string[] }

export type StreamedColumns = { required: readonly string[]; optional: readonly string[] }

const longestLine = 100_000

/**
 * The rows, some thousand at a time. Everything that is wrong goes to `found`: a wrong header, bytes that are no UTF-8
 * text and a line that never ends stop the reading; a wrong number of fields or an open quote concerns its line alone.
 */
export async function* streamCsv(
  source: AsyncIterable<Uint8Array>,
  columns: StreamedColumns,
  found: (problem: CsvProblem) => void,
): AsyncGenerator<StreamedRow[]> {
  const stop = (line: number, code: CsvProblem['code']) => found({ line, column: null, code })
  let line = 0
  let layout: Layout | null = null
  for await (const text of lines(source, (code) => stop(line + 1, code))) {
    const rows: StreamedRow[] = []
    for (const one of text) {
      line += 1
      if (one.trim() === '') continue
      if (layout === null) {
        layout = readHeader(one, line, columns, found)
        if (layout === null) return
        continue
      }
      const cells = readLine(one, line, layout, found)
      if (cells !== null) rows.push({ line, cells })
    }
    if (rows.length > 0) yield rows
  }
  if (layout === null && line === 0) stop(1, 'empty')
}

/** The bytes as they pass, counted into a digest. */
export async function* digested(
  source: AsyncIterable<Uint8Array>,
  digest: { update: (bytes: Uint8Array) => unknown },
): AsyncGenerator<Uint8Array> {
  for await (const bytes of source) {
    digest.update(bytes)
    yield bytes
  }
}

type Layout = { separator: string; fields: number; places: number[] }

async function* lines(source: AsyncIterable<Uint8Array>, stop: (code: CsvProblem['code']) => void) {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  try {
    for await (const bytes of source) {
      const text = rest + decoder.decode(bytes, { stream: true })
      if (text.includes('\0')) return stop(rest === '' && text.indexOf('\0') < 4 ? 'utf16' : 'nul')
      const parts = text.split('\n')
      rest = parts.pop() ?? ''
      if (rest.length > longestLine) return stop('record_too_long')
      yield parts.map(withoutReturn)
    }
    rest += decoder.decode()
  } catch (error) {
    if (error instanceof TypeError) return stop('encoding')
    throw error
  }
  if (rest !== '') yield [withoutReturn(rest)]
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line
}

function readHeader(
  text: string,
  line: number,
  { required, optional }: StreamedColumns,
  found: (problem: CsvProblem) => void,
): Layout | null {
  const separator = text.split(';').length >= text.split(',').length ? ';' : ','
  const names = text.split(separator).map((name) => name.trim().replace(/^"(.*)"$/, '$1'))
  const wanted = [...required, ...optional]
  const problems = [
    ...required.filter((name) => !names.includes(name)).map((column) => ({ column, code: 'missing_column' as const })),
    ...names.filter((name) => !wanted.includes(name)).map((column) => ({ column, code: 'unknown_column' as const })),
    ...names
      .filter((name, at) => names.indexOf(name) !== at)
      .map((column) => ({ column, code: 'duplicate_column' as const })),
  ]
  for (const problem of problems) found({ line, ...problem })
  if (problems.length > 0) return null
  return { separator, fields: names.length, places: wanted.map((name) => names.indexOf(name)) }
}

function readLine(
  text: string,
  line: number,
  { separator, fields, places }: Layout,
  found: (problem: CsvProblem) => void,
): string[] | null {
  const cells = text.includes('"') ? quotedCells(text, separator) : text.split(separator)
  if (cells === null) found({ line, column: null, code: 'quote' })
  else if (cells.length !== fields)
    found({ line, column: null, code: 'field_count', detail: `${cells.length}/${fields}` })
  else return places.map((place) => cells[place]?.trim() ?? '')
  return null
}

function quotedCells(text: string, delimiter: string): string[] | null {
  try {
    return parse(text, { delimiter, trim: true, relax_column_count: true })[0] ?? null
  } catch {
    return null
  }
}
