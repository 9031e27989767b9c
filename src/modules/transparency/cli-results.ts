/** `sitec publish --period 2026-Q1` */
import type { Command } from '../../platform/command.ts'
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
]
