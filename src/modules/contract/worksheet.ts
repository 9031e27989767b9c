/** A figure opened into what it was reckoned from: case by case, what was asked, due and done, and by whose word. */
import type { z } from '@hono/zod-openapi'
import { type Context, read, type TxContext } from '../../platform/context.ts'
import { csvByteOrderMark, csvLine } from '../../platform/csv.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { fail } from '../../platform/problem.ts'
import { contractConflict } from './contract-problems.ts'
import { contractOf } from './contracts.ts'
import { collectItems } from './internal/collect.ts'
import { type DeclaredCase, selectDeclaredCases } from './internal/contract-queries.ts'
import type { ListedItem } from './internal/observe.ts'
import { type Verification, type Worksheet, type WorksheetRow, worksheetInput } from './schema.ts'
import { contractTexts } from './texts.ts'
import { readPeriod, verifyPeriod } from './verify-period.ts'

/** Pages show this many rows; the CSV has them all. */
const mostRows = 20_000

/**
 * The worksheet of one line of a verification. `show` narrows it: what differs from the supplier's own list, what is late,
 * what is open past its date. Where a period has several lines of the indicator (months), each has its own worksheet.
 */
export async function openWorksheet(ctx: Context, input: z.input<typeof worksheetInput>): Promise<Worksheet> {
  allow(ctx.actor, 'contract.read')
  const wanted = parse(worksheetInput, input)
  const period = readPeriod(ctx, wanted.period)
  return read(ctx, async (ctx) => {
    const verified = await verifyPeriod(ctx, period, wanted.indicator)
    const entry = entryOf(verified, wanted.indicator, wanted.service)
    const rows = await rowsOf(ctx, entry.period, entry.code)
    const shown = rows.filter((row) => isShown(row, wanted.show))
    return {
      entry,
      rows: shown.slice(0, mostRows),
      counts: {
        rows: shown.length,
        differing: rows.filter(({ differs }) => differs).length,
        late: rows.filter(({ isCounted, isInTime, excluded }) => isCounted && !isInTime && excluded === null).length,
        openBacklog: rows.filter(({ isOpen }) => isOpen).length,
      },
    }
  })
}

function entryOf({ indicators }: Verification, code: string, service: string | undefined) {
  const found = indicators.find(
    (one) => one.code === code && (service === undefined ? !one.isSubset : one.service === service),
  )
  return found ?? fail(contractConflict('unknown_indicator', (t) => t.problems.unknownIndicator(code)))
}

function isShown(row: WorksheetRow, show: 'all' | 'differing' | 'late' | 'open'): boolean {
  if (show === 'differing') return row.differs
  if (show === 'late') return row.isCounted && !row.isInTime
  return show === 'all' || row.isOpen
}

/** Every item of an indicator in a period of its kind, in the order of their requests. */
export async function rowsOf(ctx: TxContext, period: string, code: string): Promise<WorksheetRow[]> {
  const contract = await contractOf(ctx, period)
  const declared = new Map(
    (await selectDeclaredCases(ctx, contract.id, period, code)).map((one) => [one.caseId, one] as const),
  )
  const year = ({ evidence }: ListedItem) =>
    Temporal.Instant.fromEpochMilliseconds(evidence.start.at).toZonedDateTimeISO(ctx.zone).year
  return (await collectItems(ctx, period, code)).map((item) =>
    rowOf(item, `${year(item)}/${item.evidence.number}`, declared.get(item.evidence.caseId), declared.size > 0),
  )
}

function rowOf(
  { evidence, item, fair, isCounted, isOpen, excluded }: ListedItem,
  number: string,
  declared: DeclaredCase | undefined,
  hasList: boolean,
): WorksheetRow {
  const isListed = declared !== undefined
  return {
    caseId: evidence.caseId,
    number,
    kind: evidence.openedKind,
    officeId: evidence.officeId,
    startAt: iso(item.start.at),
    startWitness: item.start.witness,
    dueAt: item.dueAt === null ? null : iso(item.dueAt),
    endAt: item.end === null ? null : iso(item.end.at),
    endWitness: item.end?.witness ?? null,
    isInTime: item.isInTime,
    isCounted,
    isOpen: isOpen && excluded === null,
    isFairInTime: fair === null ? null : fair.isInTime,
    isProved: item.isProved,
    days: item.days,
    excluded,
    notes: item.notes,
    declared: isListed ? { isInTime: declared.isInTime, startedAt: declared.startedAt, doneAt: declared.doneAt } : null,
    differs:
      hasList && excluded === null && (isListed !== isCounted || (isListed && declared.isInTime !== item.isInTime)),
  }
}

const iso = (ms: number) => new Date(ms).toISOString()

/** The whole worksheet as CSV, in the language of the context. */
export async function worksheetCsv(ctx: Context, input: z.input<typeof worksheetInput>): Promise<string> {
  const { rows } = await openWorksheet(ctx, input)
  const t = contractTexts[ctx.language]
  const yes = (value: boolean | null) => (value === null ? null : value ? t.csv.yes : t.csv.no)
  const head = csvLine(Object.values(t.csv.worksheet))
  const lines = rows.map((row) =>
    csvLine([
      row.number,
      row.startAt,
      t.witnesses[row.startWitness as keyof typeof t.witnesses],
      row.dueAt,
      row.endAt,
      row.endWitness === null ? null : t.witnesses[row.endWitness as keyof typeof t.witnesses],
      yes(row.isCounted),
      yes(row.isInTime),
      yes(row.isProved),
      row.days,
      yes(row.declared?.isInTime ?? null),
      row.notes.map((note) => t.notes[note as keyof typeof t.notes]).join(', '),
    ]),
  )
  return csvByteOrderMark + head + lines.join('')
}
