/** `sitec import steps`, `sitec cases reconcile` */
import type { Command, Outcome } from '../../platform/command.ts'
import { importStepFile } from './import-steps.ts'
import { countFindings, reconcileCases } from './reconcile-cases.ts'
import { wrongOne } from './supplier-problems.ts'
import type { Reconciliation } from './supplier-schema.ts'
import { supplierTexts } from './supplier-texts.ts'
import { deskTexts } from './texts.ts'

/** The supplier's own tool on the command line. */
export const supplierCommands: readonly Command[] = [
  {
    name: 'import steps',
    usage: 'FILE',
    help: 'Bring in steps of the supplier’s tool from CSV (system;key;step;occurred_at;reference;number;text;team): the whole file, or nothing and why.',
    run: async ({ context, positionals, readFile }) => {
      const result = await importStepFile(context, await readFile(fileOf(positionals)))
      const { applied, noted, setAside, known } = result
      return {
        exit: setAside > 0 ? 1 : 0,
        json: result,
        text: supplierTexts[context.language].steps.done(applied, noted, setAside, known),
      }
    },
  },
  {
    name: 'cases reconcile',
    usage: 'FILE [--system NAME] [--from DAY] [--late-hours N] [--tolerance-minutes N]',
    help: 'Compare the supplier’s export (CSV: reference;state;number;opened;taken;resolved;closed) with SITEC; exit 1 when something is to be checked.',
    options: {
      system: { type: 'string' },
      from: { type: 'string' },
      'late-hours': { type: 'string' },
      'tolerance-minutes': { type: 'string' },
    },
    run: async ({ context, positionals, values, readFile }): Promise<Outcome> => {
      const text = (name: string) => (typeof values[name] === 'string' ? values[name] : undefined)
      const made = await reconcileCases(context, await readFile(fileOf(positionals)), {
        system: text('system'),
        from: text('from'),
        // Numbers are read by the operation, like every other door's input.
        lateHours: text('late-hours'),
        toleranceMinutes: text('tolerance-minutes'),
      })
      return { exit: countFindings(made) === 0 ? 0 : 1, json: made, text: report(made) }
    },
  },
]

function fileOf([file]: string[]): string {
  if (file === undefined) throw wrongOne('FILE', (t) => t.reconcile.fileMissing)
  return file
}

function report(made: Reconciliation): string {
  const { reconcile: t, steps } = supplierTexts.it
  const states = deskTexts.it.states
  if (countFindings(made) === 0) return t.nothing
  const list = (title: string, lines: string[]) =>
    lines.length === 0 ? [] : [title, ...lines.map((one) => `  ${one}`)]
  return [
    t.summary(made.missing.length, made.extra.length, made.differing.length, made.late.count),
    ...list(
      t.groups.missing,
      made.missing.map(({ number, reference, state }) => `${number}  ${reference}  ${states[state]}`),
    ),
    ...list(
      t.groups.extra,
      made.extra.map(({ line, reference, why }) => `riga ${line}  ${reference}  ${t.why[why]}`),
    ),
    ...list(
      t.groups.differing,
      made.differing.flatMap(({ number, differences }) =>
        differences.map(
          ({ field, ours, theirs }) => `${number}  ${t.fields[field]}: ${ours ?? '–'} | ${theirs ?? '–'}`,
        ),
      ),
    ),
    ...list(
      `${t.groups.late} (${made.late.count}/${made.late.steps})`,
      made.late.list.map(
        ({ number, step, workingMinutes }) => `${number}  ${steps.names[step]}  ${Math.floor(workingMinutes / 60)} h`,
      ),
    ),
  ].join('\n')
}
