/** `sitec publish --period 2026-Q1`, `sitec publish-needs --year 2025` */
import type { Command } from '../../platform/command.ts'
import { publishNeeds } from './needs-results.ts'
import { needsResultsTexts } from './needs-results-texts.ts'
import { publishResults } from './results.ts'
import { resultsTexts } from './results-texts.ts'

/** Publishing on the command line. */
export const resultsCommands: readonly Command[] = [
  {
    name: 'publish',
    usage: '--period 2026-Q1',
    help: 'Publish an approved quarter: public page, files with their digests under the seal.',
    options: { period: { type: 'string' } },
    run: async ({ context, values }) => {
      const published = await publishResults(context, { period: String(values.period ?? '') })
      return { exit: 0, json: published, text: resultsTexts[context.language].cli(published.period) }
    },
  },
  {
    name: 'publish-needs',
    usage: '--year 2025',
    help: 'Publish how the needs plan of a year stands: public page, file with its digest under the seal.',
    options: { year: { type: 'string' } },
    run: async ({ context, values }) => {
      const published = await publishNeeds(context, { year: values.year })
      return {
        exit: 0,
        json: published,
        text: needsResultsTexts[context.language].cli(published.year, published.number),
      }
    },
  },
]
