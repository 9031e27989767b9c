/** `sitec report …` */

import type { Command, Invocation, Outcome } from '../../platform/command.ts'
import { Problem } from '../../platform/problem.ts'
import { findPublishedEdition, objectiveCsv } from './edition-published.ts'
import { importSeries } from './figure-series.ts'

/** The social report on the command line. */
export const reportCommands: readonly Command[] = [
  {
    name: 'report import',
    usage: 'FILE',
    help: 'Load series (figure, one column a year, unit, source) from CSV: the whole file, or nothing and why.',
    run: async ({ context, positionals: [path = ''], readFile }) => {
      const done = await importSeries(context, await readFile(path))
      const words = `Aggiunti ${done.added}, già uguali ${done.same}, in disaccordo con un’altra fonte ${done.disagreements}.`
      return { exit: 0, json: done, text: words }
    },
  },
  {
    name: 'report export',
    usage: '--year YEAR [--number VERSION] [--csv]',
    help: 'Print a published edition: its content as JSON, or with --csv its figures and series.',
    options: { year: { type: 'string' }, number: { type: 'string' }, csv: { type: 'boolean' } },
    run: exportEdition,
  },
]

async function exportEdition({ context, values }: Invocation): Promise<Outcome> {
  const [year, number] = [wholeNumber('year', values.year), wholeNumber('number', values.number)]
  if (year === null) throw notANumber('year')
  const found = await findPublishedEdition(context, { year, number })
  if (values.csv !== true) return { exit: 0, json: found, text: JSON.stringify(found.content, null, 2) }
  const files = found.content.sections.flatMap((section) =>
    section.objectives.map((objective) => ({ section, objective, csv: objectiveCsv(objective, context.language) })),
  )
  // One header, then each value behind the place it comes from.
  const lines = files.flatMap(({ section, objective, csv }, index) =>
    csv
      .replace('\uFEFF', '')
      .split('\r\n')
      .flatMap((line, at) => {
        if (line === '' || (at === 0 && index > 0)) return []
        return at === 0 ? [`Sezione;Obiettivo;${line}`] : [`${section.code};${objective.number};${line}`]
      }),
  )
  return { exit: 0, json: { year, number: found.number, csv: lines }, text: lines.join('\n') }
}

function wholeNumber(name: string, typed: unknown): number | null {
  if (typed === undefined) return null
  if (typeof typed !== 'string' || !/^\d{1,4}$/.test(typed)) throw notANumber(name)
  return Number(typed)
}

function notANumber(name: string): Problem {
  return new Problem('invalid', 'bad_input', {
    it: `Scrivi --${name} con un numero.`,
    en: `Write --${name} with a number.`,
  })
}
