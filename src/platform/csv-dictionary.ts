/** What the columns of a published CSV file mean: metadata after CSV on the Web (W3C), read by people and programs. */
import type { Say } from './texts.ts'

/** A column. `name` is the header of the file: letters, digits and `_`, never changed once published. */
export type CsvColumn = {
  name: string
  title: Say
  description: Say
  /** `date` is an ISO day, `dateTime` an ISO instant, `decimal` has a dot. */
  datatype: 'string' | 'integer' | 'decimal' | 'boolean' | 'date' | 'dateTime' | 'anyURI'
  /** In words or signs, such as `minuti`, `%`, `EUR`. */
  unit?: string
  /** No cell of it is empty. */
  isRequired?: boolean
}

/** A published file: `url` is its address, or its name when the dictionary lies beside it. */
export type CsvTable = {
  url: string
  title: Say
  description: Say
  /** Guidelines for open data want the comma; lists for spreadsheets have semicolons. */
  delimiter?: ',' | ';'
  columns: readonly CsvColumn[]
  /** Columns that together name a row. */
  primaryKey?: readonly string[]
}

/**
 * The dictionary of a file, to be served as `application/csvm+json` beside it.
 * Throws TypeError for names that are doubled or no names: a program gave them.
 */
export function csvDictionary(table: CsvTable) {
  const names = table.columns.map(({ name }) => name)
  if (names.some((name) => !/^[A-Za-z]\w*$/.test(name)) || new Set(names).size !== names.length)
    throw new TypeError(`columns need names of their own: ${names.join(', ')}`)
  if (table.primaryKey?.some((name) => !names.includes(name)))
    throw new TypeError(`the key names no column: ${table.primaryKey.join(', ')}`)
  return {
    '@context': ['http://www.w3.org/ns/csvw', { '@language': 'it' }],
    url: table.url,
    'dc:title': inBoth(table.title),
    'dc:description': inBoth(table.description),
    dialect: { encoding: 'utf-8', delimiter: table.delimiter ?? ',', header: true, quoteChar: '"', doubleQuote: true },
    tableSchema: { columns: table.columns.map(columnOf), ...(table.primaryKey && { primaryKey: table.primaryKey }) },
  }
}

function columnOf({ name, title, description, datatype, unit, isRequired }: CsvColumn) {
  return {
    name,
    // The header of the file is the name, and a reader accepts a file only if its headers are among the titles.
    titles: { it: [name, title.it], en: [name, title.en] },
    'dc:description': inBoth(description),
    datatype,
    ...(isRequired && { required: true }),
    ...(unit !== undefined && { 'schema:unitText': unit }),
  }
}

function inBoth({ it, en }: Say) {
  return [
    { '@value': it, '@language': 'it' },
    { '@value': en, '@language': 'en' },
  ]
}
