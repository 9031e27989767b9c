/** The sheet as it is typed: rows of four boxes, with a way back. Pure. */
import { isBlankLine, lacksOf, type SheetField, type SheetLine, sheetFields } from '../internal/sheet-rules.ts'
import type { Sheet } from '../schema.ts'

export type SheetRow = Record<SheetField, string> & { key: number; fromId: string | null }

/** `past` are the rows before each change; `typing` is the box whose typing is one change. */
export type SheetState = { rows: SheetRow[]; past: SheetRow[][]; typing: string | null; nextKey: number }

type Typed = Partial<Record<SheetField, string>> & { fromId?: string | null }

export type SheetAct =
  | { kind: 'type'; at: number; field: SheetField; value: string }
  | { kind: 'copyAbove'; at: number; field: SheetField }
  | { kind: 'paste'; at: number; field: SheetField; cells: string[][] }
  | { kind: 'add'; lines: Typed[] }
  | { kind: 'undo' }
  | { kind: 'close' }

// Enough to begin with, and always some to write on, with or without JavaScript.
const emptyAtEnd = 3
const fewest = 5
const mostUndone = 200

/** The sheet with these lines and some empty rows below. */
export function startSheet(lines: readonly Typed[]): SheetState {
  const rows = lines.map((line, key) => rowOf(line, key))
  return withEmptyRows({ rows, past: [], typing: null, nextKey: rows.length })
}

/** The sheet after an act of the person. */
export function nextSheet(state: SheetState, act: SheetAct): SheetState {
  switch (act.kind) {
    case 'type':
      return typeInto(state, act.at, act.field, act.value)
    case 'copyAbove': {
      const above = state.rows[act.at - 1]
      return above === undefined ? state : changed(state, put(state.rows, act.at, { [act.field]: above[act.field] }))
    }
    case 'paste':
      return paste(state, act.at, act.field, act.cells)
    case 'add':
      return add(state, act.lines)
    case 'undo': {
      const before = state.past.at(-1)
      if (before === undefined) return state
      return { ...state, rows: before, past: state.past.slice(0, -1), typing: null }
    }
    // Empty rows in between fall away, as they do when the sheet is kept: then a row's place is its number.
    case 'close':
      return withEmptyRows({ ...state, rows: filledRows(state.rows), typing: null })
  }
}

/** The rows on which something is written. */
export function filledRows(rows: readonly SheetRow[]): SheetRow[] {
  return rows.filter((row) => !isBlankRow(row))
}

export function isBlankRow(row: SheetRow): boolean {
  return sheetFields.every((field) => row[field].trim() === '')
}

/** What is missing on a row; nothing on an empty one. */
export function rowLacks(row: SheetRow): SheetField[] {
  const line = lineOfRow(row)
  return isBlankLine(line) && row.quantity.trim() === '' ? [] : lacksOf(line)
}

/** The pieces that a box says; null when it is no whole number from 1 to 100,000. */
export function piecesOf(text: string): number | null {
  const found = /^\s*(\d{1,6})\s*$/.exec(text)
  const value = Number(found?.[1] ?? 0)
  return value >= 1 && value <= 100_000 ? value : null
}

function lineOfRow(row: SheetRow): SheetLine {
  return {
    what: row.what.trim(),
    quantity: piecesOf(row.quantity),
    forWhom: row.forWhom.trim(),
    why: row.why.trim(),
  }
}

function rowOf(line: Typed, key: number): SheetRow {
  const { what = '', quantity = '', forWhom = '', why = '', fromId = null } = line
  return { key, what, quantity, forWhom, why, fromId }
}

function typeInto(state: SheetState, at: number, field: SheetField, value: string): SheetState {
  const box = `${state.rows[at]?.key}-${field}`
  const rows = put(state.rows, at, { [field]: value })
  if (state.typing === box) return withEmptyRows({ ...state, rows })
  return { ...changed(state, rows), typing: box }
}

function paste(state: SheetState, at: number, field: SheetField, cells: string[][]): SheetState {
  const first = sheetFields.indexOf(field)
  let { nextKey } = state
  const rows = [...state.rows]
  for (const [down, line] of cells.entries()) {
    const row = rows[at + down] ?? rowOf({}, nextKey++)
    const values = line.slice(0, sheetFields.length - first).map((cell, right) => [sheetFields[first + right], cell])
    rows[at + down] = { ...row, ...Object.fromEntries(values) }
  }
  return changed({ ...state, nextKey }, rows)
}

function add(state: SheetState, lines: readonly Typed[]): SheetState {
  const last = state.rows.findLastIndex((row) => !isBlankRow(row))
  const kept = state.rows.slice(0, last + 1)
  const added = lines.map((line, at) => rowOf(line, state.nextKey + at))
  return changed({ ...state, nextKey: state.nextKey + added.length }, [...kept, ...added])
}

function changed(state: SheetState, rows: SheetRow[]): SheetState {
  const past = [...state.past, state.rows].slice(-mostUndone)
  return withEmptyRows({ ...state, rows, past, typing: null })
}

function put(rows: readonly SheetRow[], at: number, values: Typed): SheetRow[] {
  return rows.map((row, place) => (place === at ? { ...row, ...values } : row))
}

function withEmptyRows(state: SheetState): SheetState {
  const last = state.rows.findLastIndex((row) => !isBlankRow(row))
  const missing = Math.max(last + 1 + emptyAtEnd, fewest) - state.rows.length
  if (missing <= 0) return state
  const added = Array.from({ length: missing }, (_, at) => rowOf({}, state.nextKey + at))
  return { ...state, rows: [...state.rows, ...added], nextKey: state.nextKey + missing }
}

/** A line of last year as a new one. */
export function lineTaken({ id, what, quantity, forWhom, why }: Sheet['before']['offered'][number]) {
  return { what, quantity: quantity > 0 ? String(quantity) : '', forWhom, why, fromId: id }
}

/** The cells of what a spreadsheet copies: tabs between cells, a cell of several lines in quotation marks. */
export function cellsOf(text: string): string[][] {
  const cells = [...text.matchAll(/("(?:[^"]|"")*"|[^\t\r\n]*)(\t|\r?\n|\r|$)/g)]
  const rows: string[][] = [[]]
  for (const [all, cell = '', end = ''] of cells) {
    if (all === '') break
    const plain = cell.startsWith('"') && cell.length > 1 ? cell.slice(1, -1).replaceAll('""', '"') : cell
    rows.at(-1)?.push(plain.replace(/\s+/g, ' ').trim())
    if (end !== '\t' && end !== '') rows.push([])
  }
  return rows.filter((row) => row.some((cell) => cell !== ''))
}

/** The lines of cells that begin with the first box. */
export function linesOfCells(cells: readonly string[][]): Typed[] {
  return cells.map((row) => Object.fromEntries(sheetFields.map((field, at) => [field, row[at] ?? ''])))
}

/** The rows that the fields of a sent form say, in order: `line-3-why` and so on. */
export function linesOfFields(values: Record<string, string>): Typed[] {
  const places = Object.keys(values).flatMap((name) => /^line-(\d+)-what$/.exec(name)?.[1] ?? [])
  return places
    .map(Number)
    .toSorted((a, b) => a - b)
    .map((n) => ({
      ...Object.fromEntries(sheetFields.map((field) => [field, values[`line-${n}-${field}`] ?? ''])),
      fromId: values[`line-${n}-fromId`] || null,
    }))
}
