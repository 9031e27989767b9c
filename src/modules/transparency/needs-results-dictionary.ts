/** What the published file of a year means, and how the catalogue describes it. */
import { type CsvColumn, csvDictionary } from '../../platform/csv-dictionary.ts'
import type { Dataset } from '../../platform/open-data.ts'
import { needsColumns } from './internal/needs-files.ts'
import type { PublishedNeeds } from './needs-results-schema.ts'
import { needsResultsTexts } from './needs-results-texts.ts'

const { it, en } = needsResultsTexts
const title = { it: it.dictionaryTitle, en: en.dictionaryTitle }
const words = new Set(['category', 'description', 'findings'])

/** The dictionary of the file (CSV on the Web), column by column. */
export function needsDictionary() {
  const columns = needsColumns.map((name): CsvColumn => {
    const [itTitle = name, itText = ''] = it.described[name] ?? []
    const [enTitle = name, enText = ''] = (en.described as typeof it.described)[name] ?? []
    const isAmount = name.endsWith('_ex_vat')
    return {
      name,
      title: { it: itTitle, en: enTitle },
      description: { it: itText, en: enText },
      datatype: words.has(name) ? 'string' : isAmount ? 'decimal' : 'integer',
      ...(isAmount && { unit: 'EUR' }),
    }
  })
  return csvDictionary({ url: 'verifica.csv', title, description: title, columns, primaryKey: ['year', 'line'] })
}

/** The newest publication of each year as a dataset of the catalogue. */
export function needsDatasets(published: readonly (PublishedNeeds & { bytes: number })[], origin: string): Dataset[] {
  const newest = published.filter((one, at) => published.findIndex(({ year }) => year === one.year) === at)
  return newest.map((one): Dataset => {
    const page = `${origin}/trasparenza/fabbisogni/${one.year}`
    const day = one.publishedAt.slice(0, 10)
    return {
      identifier: `fabbisogni-${one.year}`,
      title: { it: it.title(one.year), en: en.title(one.year) },
      description: { it: it.tableLead, en: en.tableLead },
      themes: ['GOVE', 'TECH'],
      frequency: 'ANNUAL',
      ...{ modified: day, issued: day, temporal: { from: `${one.year}-01-01`, to: `${one.year}-12-31` } },
      distributions: [
        {
          ...{ title, format: 'CSV', accessUrl: page, downloadUrl: `${page}/verifica.csv`, bytes: one.bytes },
          ...{ sha256: one.sha256, license: 'CC-BY-4.0' },
        },
      ],
    }
  })
}
