/** What the published files mean: the dictionary of each, and the catalogue of them all (DCAT-AP_IT). */
import type { Context } from '../../platform/context.ts'
import { type CsvColumn, csvDictionary } from '../../platform/csv-dictionary.ts'
import type { Catalogue, Dataset } from '../../platform/open-data.ts'
import type { Say } from '../../platform/texts.ts'
import { rowColumns } from '../contract/public-rows.ts'
import { figureColumns, scopeColumns } from './internal/results-files.ts'
import { listPublishedNeeds } from './needs-results.ts'
import { needsDatasets } from './needs-results-dictionary.ts'
import { listResults } from './results.ts'
import { resultsTexts } from './results-texts.ts'

type Described = Record<string, Omit<CsvColumn, 'name'>>

const s = (it: string, en: string): Say => ({ it, en })
const column = (datatype: CsvColumn['datatype'], title: Say, description: Say, unit?: string) => ({
  datatype,
  title,
  description,
  ...(unit !== undefined && { unit }),
})
const euro = (title: Say, description: Say) => column('decimal', title, description, 'EUR')

const figureOf = (whose: Say): Described => {
  const name = whose.en
  return {
    [`${name}_in_time`]: column(
      'integer',
      s(`${whose.it}: in tempo`, `${name}: in time`),
      s('Interventi nei termini, chiamate con risposta, minuti attivi', 'Items in time, calls answered, minutes up'),
    ),
    [`${name}_total`]: column(
      'integer',
      s(`${whose.it}: in tutto`, `${name}: in all`),
      s('Interventi, consegne, chiamate o minuti contati', 'Items, deliveries, calls or minutes counted'),
    ),
    [`${name}_days`]: column(
      'integer',
      s(`${whose.it}: giorni`, `${name}: days`),
      s('Totale dei giorni lavorativi, per le medie', 'Total of working days, for means'),
      'giorni',
    ),
    [`${name}_value`]: column(
      'decimal',
      s(`${whose.it}: valore`, `${name}: value`),
      s(
        'Percentuale o media, arrotondata contro chi la dichiara: per difetto dove conta di più, per eccesso dove conta di meno',
        'Percent or mean, rounded down where more is better and up where less is',
      ),
    ),
  }
}

const figures: Described = {
  indicator: column(
    'string',
    s('Indicatore', 'Indicator'),
    s('Codice dell’indicatore nel contratto', 'Code of the indicator in the contract'),
  ),
  service: column(
    'string',
    s('Servizio', 'Service'),
    s('Servizio sul cui canone si calcola la penale', 'Service whose fee the penalty is reckoned on'),
  ),
  scope: column(
    'string',
    s('Ambito', 'Scope'),
    s('Ambito dichiarato a parte, quando c’è', 'Scope declared apart, where there is one'),
  ),
  period: column(
    'string',
    s('Periodo', 'Period'),
    s('Mese (2026-03) o trimestre (2026-Q1)', 'Month (2026-03) or quarter (2026-Q1)'),
  ),
  measure: column(
    'string',
    s('Misura', 'Measure'),
    s('Come si calcola: ratio_within_days, mean_days, ratio_by_promise, uptime, lost_calls', 'How it is reckoned'),
  ),
  target: column(
    'string',
    s('Obiettivo', 'Target'),
    s('Confronto e valore, come nel contratto', 'Comparison and value, as in the contract'),
  ),
  ...figureOf(s('Dichiarato', 'declared')),
  ...figureOf(s('Rilevato', 'observed')),
  ...figureOf(s('Concordato', 'agreed')),
  open_overdue: column(
    'integer',
    s('Aperte oltre la data', 'Open past their date'),
    s(
      'Scadute entro il periodo e non ancora fatte: il rapporto non le conta',
      'Fallen due by the end of the period and not done: the ratio does not count them',
    ),
  ),
  proved_share: column(
    'decimal',
    s('Quota provata', 'Proved share'),
    s(
      'Parte degli interventi con entrambi gli istanti provati da altri che la Società',
      'Share of items both of whose instants somebody other than the Company witnessed',
    ),
  ),
  outcome: column(
    'string',
    s('Esito', 'Outcome'),
    s(
      'met, inadequate, unacceptable, notMeasurable, notDeclared',
      'met, inadequate, unacceptable, notMeasurable, notDeclared',
    ),
  ),
  penalty_class: column('string', s('Classe', 'Class'), s('Classe di penale', 'Penalty class')),
  recurrence: column(
    'integer',
    s('Ricorrenza', 'Recurrence'),
    s('Quante volte di seguito: 1, 2, 3 o più', 'How many times running: 1, 2, 3 or more'),
  ),
  period_fee: euro(
    s('Canone del periodo', 'Fee of the period'),
    s('Canone del servizio nel periodo, senza IVA', 'Fee of the service in the period, ex VAT'),
  ),
  penalty: euro(s('Penale', 'Penalty'), s('Penale sul valore concordato', 'Penalty on the agreed value')),
  decided: euro(s('Decisa', 'Decided'), s('Penale decisa dal Comune', 'Penalty the City decided')),
  flags: column(
    'string',
    s('Da verificare', 'To be checked'),
    s(
      'Codici dei segni da verificare, separati da uno spazio',
      'Codes of what should be checked, separated by a space',
    ),
  ),
}

const rows: Described = {
  row: column('string', s('Riga', 'Row'), s('Codice casuale della riga', 'Random id of the row')),
  indicator: figures.indicator as Described[string],
  period: figures.period as Described[string],
  area: column(
    'string',
    s('Area', 'Area'),
    s(
      'Area dell’amministrazione; quelle con meno di cinque righe sono unite',
      'Area of the administration; those with fewer than five rows are merged',
    ),
  ),
  kind: column(
    'string',
    s('Tipo', 'Kind'),
    s('Tipo di richiesta; «reserved» se riservata', 'Kind of request; “reserved” where it is'),
  ),
  day: column('date', s('Giorno', 'Day'), s('Giorno della richiesta', 'Day of the request')),
  working_hours: column(
    'decimal',
    s('Ore lavorative', 'Working hours'),
    s('Dalla richiesta alla fine, in orario di servizio', 'From the request to its end, in service hours'),
    'h',
  ),
  working_days: column(
    'integer',
    s('Giorni lavorativi', 'Working days'),
    s('Giorni lavorativi dopo quello della richiesta', 'Working days after the day of the request'),
    'giorni',
  ),
  counted: column(
    'boolean',
    s('Contata', 'Counted'),
    s('1 se è nel totale rilevato', '1 when it is in the observed total'),
  ),
  in_time: column('boolean', s('In tempo', 'In time'), s('1 se nei termini', '1 when in time')),
  open_overdue: column(
    'boolean',
    s('Aperta oltre la data', 'Open past its date'),
    s('1 se scaduta e non ancora fatta', '1 when due and not done'),
  ),
  proved: column(
    'boolean',
    s('Provata', 'Proved'),
    s('1 se entrambi gli istanti sono provati da altri', '1 when both instants were witnessed by others'),
  ),
  excluded: column(
    'string',
    s('Esclusa', 'Excluded'),
    s(
      'agreed se concordata, by_manager se decisa dal responsabile del contratto',
      'agreed, or by_manager where the contract manager decided',
    ),
  ),
  leaf: column(
    'string',
    s('Foglia', 'Leaf'),
    s('Impronta dell’evento che decide, nella catena', 'Digest of the deciding event, in the chain'),
  ),
}

const scopes: Described = {
  indicator: figures.indicator as Described[string],
  service: figures.service as Described[string],
  period: figures.period as Described[string],
  scope: column('string', s('Server', 'Server'), s('Nome del server', 'Name of the server')),
  up_minutes: column(
    'integer',
    s('Minuti attivi', 'Minutes up'),
    s('Minuti in cui rispondeva', 'Minutes in which it answered'),
    'min',
  ),
  known_minutes: column(
    'integer',
    s('Minuti osservati', 'Minutes watched'),
    s('Minuti in cui le sonde lo osservavano', 'Minutes in which probes watched it'),
    'min',
  ),
}

const files = {
  figures: { name: 'indicatori.csv', columns: figureColumns, described: figures },
  rows: { name: 'interventi.csv', columns: rowColumns, described: rows },
  scopes: { name: 'disponibilita.csv', columns: scopeColumns, described: scopes },
} as const
export type ResultsFile = keyof typeof files

/** The name under which a file is published. */
export function fileName(file: ResultsFile): string {
  return files[file].name
}

/** The dictionary of the three files (CSV on the Web), each described column by column. */
export function resultsDictionary() {
  const tables = (Object.keys(files) as ResultsFile[]).map((file) => {
    const { name, columns, described } = files[file]
    return csvDictionary({
      url: name,
      title: titleOf(file),
      description: titleOf(file),
      columns: columns.map((column) => ({ name: column, ...known(described, column) })),
      ...(file === 'rows' && { primaryKey: ['row'] }),
    })
  })
  return { '@context': 'http://www.w3.org/ns/csvw', tables }
}

function known(described: Described, column: string): Described[string] {
  const found = described[column]
  if (found === undefined) throw new TypeError(`the column ${column} is not described`)
  return found
}

const titleOf = (file: ResultsFile): Say => ({
  it: resultsTexts.it.dictionary[file],
  en: resultsTexts.en.dictionary[file],
})

/** The catalogue of everything published here, a dataset a quarter. `origin` is the public address. */
export async function resultsCatalogue(
  ctx: Context,
  publisher: { name: string; ipaCode: string | null },
  origin: string,
): Promise<Catalogue> {
  const published = await listResults(ctx)
  const needs = await listPublishedNeeds(ctx)
  const days = [...published, ...needs].map(({ publishedAt }) => publishedAt.slice(0, 10)).sort()
  const modified = days.at(-1) ?? '2026-01-01'
  return {
    publisher,
    baseUrl: `${origin}/trasparenza`,
    title: { it: resultsTexts.it.index.title, en: resultsTexts.en.index.title },
    description: { it: resultsTexts.it.index.lead, en: resultsTexts.en.index.lead },
    modified,
    datasets: [
      ...needsDatasets(needs, origin),
      ...published.map((row): Dataset => {
        const page = `${origin}/trasparenza/livelli/${row.period}`
        const digests = { figures: row.figuresSha256, rows: row.rowsSha256, scopes: row.scopesSha256 }
        const distribution = (file: ResultsFile) => ({
          title: titleOf(file),
          format: 'CSV' as const,
          accessUrl: page,
          downloadUrl: `${page}/${fileName(file)}`,
          bytes: row.bytes[file],
          sha256: digests[file],
          license: 'CC-BY-4.0' as const,
        })
        const title = { it: resultsTexts.it.page.title(row.period), en: resultsTexts.en.page.title(row.period) }
        return {
          identifier: `livelli-${row.period.toLowerCase()}`,
          title,
          description: { it: resultsTexts.it.page.valuesLead, en: resultsTexts.en.page.valuesLead },
          themes: ['GOVE', 'TECH'],
          frequency: 'QUARTERLY',
          modified: row.publishedAt.slice(0, 10),
          issued: row.publishedAt.slice(0, 10),
          distributions: [distribution('figures'), distribution('rows'), distribution('scopes')],
        }
      }),
    ],
  }
}
