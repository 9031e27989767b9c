/** `sitec case …` */
import { writeFile } from 'node:fs/promises'
import type { Command } from '../../platform/command.ts'
import { exportCases, listCases } from './cases.ts'
import { mailCommands } from './cli-mail.ts'
import { findCase } from './find-case.ts'
import { resolveNumber } from './internal/resolve-number.ts'
import { openCase } from './open-case.ts'
import type { CaseRow, ListCasesInput, OpenCaseInput } from './schema.ts'
import { deskTexts } from './texts.ts'
import { type CaseTrace, traceCase } from './trace-case.ts'
import { traceSentence } from './trace-words.ts'

const filters = {
  view: { type: 'string' },
  words: { type: 'string' },
  kind: { type: 'string' },
  severity: { type: 'string' },
} as const

/** The service desk on the command line. */
export const servicedeskCommands: readonly Command[] = [
  ...mailCommands,
  {
    name: 'case open',
    usage: '--kind incident|service_request --title TEXT --requester EMAIL',
    help: 'Open a case for a person.',
    options: {
      kind: { type: 'string' },
      title: { type: 'string' },
      description: { type: 'string' },
      requester: { type: 'string' },
      'can-work': { type: 'string' },
      'only-me': { type: 'string' },
      place: { type: 'string' },
    },
    run: async ({ context, values }) => {
      const input = {
        kind: values.kind,
        title: values.title,
        description: values.description,
        requesterEmail: values.requester,
        canWork: values['can-work'],
        onlyMe: values['only-me'],
        place: values.place,
      }
      // Parsed by the operation, like every other door's input.
      const opened = await openCase(context, input as OpenCaseInput)
      return { exit: 0, json: opened, text: `${opened.number}  ${opened.id}` }
    },
  },
  {
    name: 'case list',
    usage: '[--view open|to_take|waiting|resolved|all] [--words TEXT]',
    help: 'List cases, open ones unless asked otherwise.',
    options: { ...filters, limit: { type: 'string' }, cursor: { type: 'string' } },
    run: async ({ context, values }) => {
      const page = await listCases(context, values as ListCasesInput)
      return { exit: 0, json: page, text: page.rows.map((row) => line(row)).join('\n') || 'Nessuna richiesta.' }
    },
  },
  {
    name: 'case show',
    usage: 'NUMBER|ID',
    help: 'Show one case with its story.',
    run: async ({ context, positionals }) => {
      const found = await findCase(context, await resolveNumber(context, positionals[0] ?? ''))
      const t = deskTexts.it
      const story = found.entries.map((entry) => {
        const what = t.events[entry.kind as keyof typeof t.events]
        return `${entry.at.slice(0, 16).replace('T', ' ')}  ${typeof what === 'function' ? what(entry.teamName) : what}  ${entry.author ?? ''}${entry.body ? `\n    ${entry.body.replaceAll('\n', '\n    ')}` : ''}`
      })
      return {
        exit: 0,
        json: found,
        text: [line(found), `chiede ${found.requesterName}, ${found.officeName ?? ''}`, ...story].join('\n'),
      }
    },
  },
  {
    name: 'case trace',
    usage: 'NUMBER|ID',
    help: 'Show how every deadline of a case is reckoned, minute by minute.',
    run: async ({ context, positionals }) => {
      const trace = await traceCase(context, await resolveNumber(context, positionals[0] ?? ''))
      return { exit: 0, json: trace, text: traceText(trace, context.zone) }
    },
  },
  {
    name: 'case export',
    usage: '[FILE] [--view …] [--words TEXT]',
    help: 'Write the list as CSV, safe for spreadsheets; to standard output without FILE.',
    options: filters,
    run: async ({ context, positionals, values, resolvePath }) => {
      let csv = ''
      for await (const lines of exportCases(context, values as ListCasesInput)) csv += lines
      const file = positionals[0]
      const rows = csv.split('\r\n').length - 2
      if (file === undefined) return { exit: 0, json: { rows, csv }, text: csv }
      await writeFile(resolvePath(file), csv)
      return { exit: 0, json: { rows, file }, text: `${rows} richieste in ${file}` }
    },
  },
]

function line(row: CaseRow): string {
  const t = deskTexts.it
  return [
    row.number,
    t.states[row.state],
    t.severities[row.severity],
    row.title,
    row.officeName ?? '',
    row.teamName ?? '',
  ].join('  ')
}

function traceText(trace: CaseTrace, zone: string): string {
  const agreed = trace.agreement ? `accordo, versione ${trace.agreement.number}` : 'nessun accordo'
  const head = `${trace.number}  ${agreed}, ${trace.events} eventi${trace.isAsStored ? '' : '  (diversa da quanto è scritto)'}`
  return [head, ...trace.clocks.flatMap((clock) => traceSentence(clock, zone, 'it'))].join('\n')
}
