/** `sitec contract import|declare|declare-cases|verify|worksheet|instalments` */
import type { Command, Invocation } from '../../platform/command.ts'
import { wrongContract } from './contract-problems.ts'
import { importContract } from './contracts.ts'
import { declareFile } from './declare.ts'
import { declareCases } from './declare-cases.ts'
import { listInstalments } from './instalments.ts'
import type { Verification } from './schema.ts'
import { contractTexts } from './texts.ts'
import { verifyPeriod } from './verify-period.ts'
import { openWorksheet, worksheetCsv } from './worksheet.ts'

/** The contract on the command line. */
export const contractCommands: readonly Command[] = [
  {
    name: 'contract import',
    usage: 'FILE',
    help: 'Load a contract (JSON: services, fee versions, indicators, classes, terms): the whole file, or nothing and why.',
    run: async (call) => {
      const result = await importContract(call.context, await fileOf(call))
      const text = contractTexts[call.context.language].file.done(
        result.title,
        result.versionsAdded,
        result.versionsKnown,
      )
      return { exit: 0, json: result, text }
    },
  },
  {
    name: 'contract declare-cases',
    usage: 'FILE',
    help: 'Load the supplier’s list behind its figures (CSV: period,indicator,number,in_time[,started_at,done_at]).',
    run: async (call) => {
      const result = await declareCases(call.context, await fileOf(call))
      return {
        exit: 0,
        json: result,
        text: contractTexts[call.context.language].declare.done(result.added, result.known),
      }
    },
  },
  {
    name: 'contract declare',
    usage: 'FILE',
    help: 'Load the supplier’s figures (CSV: period,indicator,scope,in_time,total,value,unit,source[,service,total_days]).',
    run: async (call) => {
      const result = await declareFile(call.context, await fileOf(call))
      return {
        exit: 0,
        json: result,
        text: contractTexts[call.context.language].declare.done(result.added, result.known),
      }
    },
  },
  {
    name: 'contract verify',
    usage: '--period 2020-Q4',
    help: 'Verify a month or a quarter: declared, observed, agreed, margins, penalties; exit 1 when something is to be checked.',
    options: { period: { type: 'string' } },
    run: async (call) => {
      const verified = await verifyPeriod(call.context, periodOf(call))
      const isFine = verified.indicators.every(({ outcome }) => outcome === 'met' || outcome === 'notMeasurable')
      return { exit: isFine ? 0 : 1, json: verified, text: report(verified) }
    },
  },
  {
    name: 'contract worksheet',
    usage: '--period 2020-Q4 --indicator A.3.1 [--service A3] [--show all|differing|late|open]',
    help: 'Open a figure into its cases: CSV, or JSON with --json.',
    options: {
      period: { type: 'string' },
      indicator: { type: 'string' },
      service: { type: 'string' },
      show: { type: 'string' },
    },
    run: async (call) => {
      const { indicator, service, show } = call.values
      const input = {
        period: periodOf(call),
        indicator: String(indicator ?? ''),
        ...(typeof service === 'string' && { service }),
        // Read by the operation, like every other door's input.
        ...(typeof show === 'string' && { show: show as 'all' }),
      }
      if (call.values.json !== true) return { exit: 0, json: null, text: await worksheetCsv(call.context, input) }
      return { exit: 0, json: await openWorksheet(call.context, input), text: '' }
    },
  },
  {
    name: 'contract instalments',
    usage: '--year 2021',
    help: 'The instalments of a year: invoiced, due, adjusted, held by quarter and released.',
    options: { year: { type: 'string' } },
    run: async (call) => {
      const year = Number(call.values.year)
      if (!Number.isInteger(year) || year < 2000 || year > 2100)
        throw wrongContract('year', (t) => t.problems.yearMissing)
      const made = await listInstalments(call.context, year)
      const lines = made.instalments.map((one) => [one.month, one.invoiced, one.due, one.adjustment].join('  '))
      const held = made.quarters.map((one) => [one.period, one.held, one.taken, one.released].join('  '))
      return { exit: 0, json: made, text: [...lines, `${made.retained}`, ...held].join('\n') }
    },
  },
]

function fileOf({ positionals: [file], readFile }: Invocation): Promise<Uint8Array> {
  if (file === undefined) throw wrongContract('FILE', (t) => t.problems.fileMissing)
  return readFile(file)
}

function periodOf({ values }: Invocation): string {
  if (typeof values.period !== 'string') throw wrongContract('period', (t) => t.problems.periodMissing)
  return values.period
}

function report({ indicators, totals, period }: Verification): string {
  const t = contractTexts.it
  const value = (figure: { value: string | null } | null) => figure?.value ?? '–'
  const lines = indicators.map((one) =>
    [
      one.code,
      one.service,
      one.scope || '–',
      one.period,
      t.outcomes[one.outcome],
      value(one.declared),
      value(one.observed),
      value(one.agreed),
      one.penalty.onAgreed,
      one.flags.map((flag) => t.flags[flag]).join(', '),
    ].join('  '),
  )
  return [period, ...lines, `${totals.onDeclared} | ${totals.onObserved} | ${totals.onAgreed}`].join('\n')
}
