/** `sitec import samples|outages|calls` */
import { createReadStream } from 'node:fs'
import type { Command } from '../../platform/command.ts'
import type { Context } from '../../platform/context.ts'
import { importCalls } from './import-calls.ts'
import { importOutages } from './import-outages.ts'
import { importSamples } from './import-samples.ts'
import { wrong } from './problems.ts'
import type { ImportOutcome } from './schema.ts'
import { operationsTexts } from './texts.ts'

/** Files of operations on the command line, of any length: they are read as they are loaded. */
export const operationsCommands: readonly Command[] = [
  command('samples', 'Bring in checks of probes from CSV (scope;probe;network;at;ok[;ms])', importSamples),
  command(
    'outages',
    'Bring in outages the supplier declares from CSV (scope;from;until;reason;excluded)',
    importOutages,
  ),
  command(
    'calls',
    'Bring in calls from CSV (started_at;outcome;waited_s;source[;answered_at;ended_at;reference])',
    importCalls,
  ),
]

function command(
  what: string,
  help: string,
  load: (ctx: Context, source: AsyncIterable<Uint8Array>) => Promise<ImportOutcome>,
): Command {
  return {
    name: `import ${what}`,
    usage: 'FILE',
    help: `${help}: the whole file, or nothing and why. Proved only with --as of a person of the administration.`,
    run: async ({ context, positionals, resolvePath }) => {
      const [file] = positionals
      if (file === undefined) throw wrong('FILE', (t) => t.fileMissing)
      const outcome = await load(context, bytesOf(resolvePath(file)))
      const { lines, added, known } = outcome
      return { exit: 0, json: outcome, text: operationsTexts[context.language].done(lines, added, known) }
    },
  }
}

// Opened when the first bytes are asked for: a file that is not there fails the import, not the process.
async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path)
}
