/** `sitec needs import|prices|deliver|verify|reconcile` */
import type { Command, Invocation, Outcome } from '../../platform/command.ts'
import { deliverFile } from './deliver-file.ts'
import { tryImportPlan } from './import-plan.ts'
import { loadPriceList } from './price-lists.ts'
import { wrong } from './problems.ts'
import { reconcilePlan } from './reconcile.ts'
import type { Reconciliation } from './schema.ts'
import { needsTexts } from './texts.ts'
import { verifyFile } from './verify-file.ts'

/** The needs plan on the command line. */
export const needsCommands: readonly Command[] = [
  {
    name: 'needs import',
    usage: 'FILE --plan YEAR',
    help: 'Load the lines of a plan (CSV: line,category,description,quantity,unit_price_eur,total_ex_vat_eur,total_inc_vat_eur,kind[,chapter,fund]): the whole file, or nothing and why.',
    options: { plan: { type: 'string' } },
    run: async (call) => {
      const done = await tryImportPlan(call.context, await fileOf(call), yearOf(call))
      const t = needsTexts[call.context.language]
      if (done.errors.length === 0)
        return { exit: 0, json: done, text: t.cli.imported(done.lines, done.totalExVat, done.totalIncVat) }
      const said = done.errors.map(({ line, column, message }) =>
        [line, column, message].filter((word) => word !== null).join(' · '),
      )
      return { exit: 2, json: done, text: [t.lines.refused, ...said].join('\n') }
    },
  },
  {
    name: 'needs prices',
    usage: 'FILE --name NAME --from DAY --act ACT',
    help: 'Load a price list in force from a day (CSV: code,category,description,unit_price_eur[,reference_price_eur,reference]).',
    options: { name: { type: 'string' }, from: { type: 'string' }, act: { type: 'string' } },
    run: async (call) => {
      const { name, from, act } = call.values
      const input = { name: String(name ?? ''), effectiveFrom: String(from ?? ''), act: String(act ?? '') }
      const done = await loadPriceList(call.context, await fileOf(call), input)
      return { exit: 0, json: done, text: done.id }
    },
  },
  {
    name: 'needs deliver',
    usage: 'FILE',
    help: 'Declare deliveries (CSV, a row a piece: order,note,delivered_on,line,model,serial,quantity[,office]).',
    run: async (call) => {
      const done = await deliverFile(call.context, await fileOf(call))
      const text = needsTexts[call.context.language].cli.delivered(done.deliveries, done.items, done.unchanged)
      return { exit: 0, json: done, text }
    },
  },
  {
    name: 'needs verify',
    usage: 'FILE --as EMAIL',
    help: 'Verify deliveries as a person of the administration (CSV, a row a piece: order,note,line,serial,quantity,outcome[,reason]); the second person brings the same file.',
    run: async (call) => {
      const done = await verifyFile(call.context, await fileOf(call))
      const text = needsTexts[call.context.language].cli.verified(
        ...([done.verified, done.awaitingSecond, done.unchanged, done.itemsTakenIn] as const),
      )
      return { exit: 0, json: done, text }
    },
  },
  {
    name: 'needs reconcile',
    usage: '--plan YEAR',
    help: 'Planned, ordered, declared, verified, installed, retired, paid of each line; exit 1 when something is to be checked.',
    options: { plan: { type: 'string' } },
    run: async (call) => outcomeOf(call, await reconcilePlan(call.context, yearOf(call))),
  },
]

function outcomeOf(call: Invocation, found: Reconciliation): Outcome {
  const isFine = found.findings.length === 0 && found.lines.every(({ findings }) => findings.length === 0)
  return { exit: isFine ? 0 : 1, json: found, text: report(call, found) }
}

function report({ context: { language } }: Invocation, { lines, findings, payableExVat }: Reconciliation): string {
  const { cli: t } = needsTexts[language]
  const names = ['line', 'planned', 'ordered', 'declared', 'verified', 'installed', 'retired', 'paid'] as const
  const rows = lines.map((line) => {
    const figures = names.map((name) => String(line[name] ?? '–').padStart(t.columns[name].length + 1)).join(' ')
    return [figures, ...line.findings.map(({ says }) => `    ${t.toCheck}: ${says}`)].join('\n')
  })
  const header = names.map((name) => ` ${t.columns[name]}`).join(' ')
  const loose = findings.map(({ says }) => `${t.toCheck}: ${says}`)
  return [header, ...rows, ...loose, t.payable(payableExVat)].join('\n')
}

async function fileOf({ positionals: [file], readFile }: Invocation): Promise<Uint8Array> {
  if (file === undefined) throw wrong('FILE', (t) => t.fileMissing)
  return readFile(file)
}

function yearOf({ values: { plan } }: Invocation): number {
  const year = Number(plan)
  if (!Number.isInteger(year) || year < 2000 || year > 2200) throw wrong('plan', (t) => t.wrongYear)
  return year
}
