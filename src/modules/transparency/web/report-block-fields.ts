/** The fields of a block's form: their names are the paths of the operation's input, so that a refusal finds its field. */
import { readTypedNumber, typedNumber } from '../figure-words.ts'
import type { Figure } from '../report-schema.ts'

const prefix = 'change.block.'

/** The name of a field, such as `change.block.figures.0.label`. */
export const blockField = (path: string) => `${prefix}${path}`

/** The typed value of the choice "where it comes from". */
export const typedHere = 'typed'

/** What a choice of a series or of a live figure stands for, as one value of a list. */
export function originKey(origin: Figure['origin']): string {
  switch (origin.from) {
    case 'typed':
      return typedHere
    case 'series':
      return JSON.stringify(['series', origin.figure, origin.year, origin.source])
    case 'live':
      return JSON.stringify(['live', origin.name, origin.year])
  }
}

/** A line of a series, as one value of a list. */
export const lineKey = (line: { figure: string; source: string }) => JSON.stringify([line.figure, line.source])

/** The block that the form says, for the operation to parse: nothing is checked here. */
export function blockFrom(fields: Record<string, unknown>): unknown {
  const text = (path: string) => String(fields[blockField(path)] ?? '')
  const kind = text('kind')
  const head = { kind, heading: text('heading') }
  switch (kind) {
    case 'text':
      return { ...head, body: text('body').replaceAll('\r\n', '\n') }
    case 'figures':
      return { ...head, figures: [0, 1, 2].flatMap((at) => figureFrom((path) => text(`figures.${at}.${path}`), at)) }
    case 'series':
      return {
        ...head,
        title: text('title'),
        chart: text('chart'),
        lines: [0, 1, 2].flatMap((at) => lineFrom(text, at)),
      }
    case 'commitments':
      return { ...head, rows: Array.from({ length: 20 }, (_, at) => at).flatMap((at) => rowFrom(text, at)) }
    default:
      return head
  }
}

// The first figure, series or commitment is always sent, so that an empty form is refused at its first field.
function figureFrom(text: (path: string) => string, at: number): unknown[] {
  const label = text('label')
  if (label === '' && at > 0) return []
  const from = parts(text('from'))
  if (from?.[0] === 'series')
    return [{ label, origin: { from: 'series', figure: from[1], year: from[2], source: from[3] } }]
  if (from?.[0] === 'live') return [{ label, origin: { from: 'live', name: from[1], year: from[2] } }]
  const typed = text('origin.value')
  const value = readTypedNumber(typed) ?? (typed === '' ? undefined : typed)
  const rest = { unit: text('origin.unit'), period: text('origin.period'), source: text('origin.source') }
  return [{ label, origin: { from: typedHere, value, date: text('origin.date'), ...rest } }]
}

function lineFrom(text: (path: string) => string, at: number): unknown[] {
  const key = parts(text(`lines.${at}.figure`))
  if (key === null && at > 0) return []
  return [{ label: text(`lines.${at}.label`), figure: key?.[0] ?? '', source: key?.[1] ?? '' }]
}

function rowFrom(text: (path: string) => string, at: number): unknown[] {
  const commitment = text(`rows.${at}.commitment`)
  if (commitment === '' && at > 0) return []
  return [{ commitment, result: text(`rows.${at}.result`), outcome: text(`rows.${at}.outcome`) }]
}

function parts(key: string): unknown[] | null {
  if (!key.startsWith('[')) return null
  try {
    const read: unknown = JSON.parse(key)
    return Array.isArray(read) ? read : null
  } catch {
    return null
  }
}

/** What stands in the fields of a figure typed by the editor. */
export function typedFields(figure: Figure | undefined) {
  const origin = figure?.origin.from === 'typed' ? figure.origin : null
  return {
    value: origin === null ? '' : typedNumber(origin.value),
    unit: origin?.unit ?? '',
    date: origin?.date ?? '',
    period: origin?.period ?? '',
    source: origin?.source ?? '',
  }
}
