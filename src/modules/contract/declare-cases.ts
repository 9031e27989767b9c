/** The supplier's own list behind a figure: which cases it counts, and how, so that a difference has names. */
import { randomUUIDv7 } from 'node:crypto'
import { type Context, type TxContext, transact } from '../../platform/context.ts'
import { readCsv } from '../../platform/csv.ts'
import { appendEvent } from '../../platform/events.ts'
import { allow } from '../../platform/permissions.ts'
import { sayCsv } from '../organisation/read-file.ts'
import { casesByNumber } from '../servicedesk/evidence.ts'
import { type FileFinding, found, refuseFile } from './contract-problems.ts'
import { contractOf, inForceIn, type LoadedContract, localDay } from './contracts.ts'
import { type DeclaredCase, insertDeclaredCases, selectDeclaredCases } from './internal/contract-queries.ts'
import { kindOf, periodPattern } from './internal/periods.ts'
import type { DeclareResult } from './schema.ts'

const columns = { required: ['period', 'indicator', 'number', 'in_time'], optional: ['started_at', 'done_at'] }

type Row = DeclaredCase & { id: string; period: string; indicator: string; at: string }

/**
 * Loads the list (CSV: period,indicator,number,in_time[,started_at,done_at]), whole or not at all. A line that is there
 * already changes nothing. What it says is import (I): it never becomes observed.
 */
export async function declareCases(ctx: Context, bytes: Uint8Array): Promise<DeclareResult> {
  allow(ctx.actor, 'contract.declare')
  const findings: FileFinding[] = []
  const { rows, problems } = readCsv(bytes, columns.required, columns.optional, 1_000_000)
  findings.push(
    ...problems.map((one) => ({
      path: one.column === null ? `line ${one.line}` : `line ${one.line}, column ${one.column}`,
      say: sayCsv(one),
    })),
  )
  return transact({ ...ctx, door: 'import' }, async (ctx) => {
    const numbers = await casesByNumber(ctx, [...new Set(rows.map(({ values }) => values.number ?? ''))])
    const read = rows.flatMap(({ line, values }) => readRow(`line ${line}`, values, numbers, findings))
    refuseFile(findings, (t) => t.declare.refused)
    let added = 0
    for (const [period, ofPeriod] of Map.groupBy(read, (row) => row.period)) {
      const contract = await contractOf(ctx, period)
      await requireAgreeing(ctx, contract, ofPeriod, findings)
      const fresh = await insertDeclaredCases(ctx, contract.id, ofPeriod)
      added += fresh
      if (fresh > 0) await announce(ctx, contract.id, period, fresh)
    }
    return { added, known: read.length - added }
  })
}

// A list names indicators of the period, and never says two things of one case.
async function requireAgreeing(
  ctx: TxContext,
  contract: LoadedContract,
  rows: readonly Row[],
  findings: FileFinding[],
) {
  const { period = '' } = rows[0] ?? {}
  const inForce = inForceIn(contract, period, localDay(ctx))
  for (const [indicator, ofOne] of Map.groupBy(rows, (row) => row.indicator)) {
    const known = inForce.indicators.find(({ code }) => code === indicator)
    if (known === undefined) found(findings, 'indicator', (t) => t.declare.unknownIndicator(indicator))
    else if (known.period !== kindOf(period))
      found(findings, 'period', (t) => t.declare.wrongPeriodKind(indicator, known.period))
    const said = new Map(
      (await selectDeclaredCases(ctx, contract.id, period, indicator)).map((one) => [one.caseId, one.isInTime]),
    )
    for (const row of ofOne) {
      if ((said.get(row.caseId) ?? row.isInTime) !== row.isInTime) found(findings, row.at, (t) => t.declare.caseTwice)
      said.set(row.caseId, row.isInTime)
    }
  }
  refuseFile(findings, (t) => t.declare.refused)
}

function readRow(
  at: string,
  values: Record<string, string>,
  numbers: ReadonlyMap<string, string>,
  findings: FileFinding[],
): Row[] {
  const before = findings.length
  const caseId = numbers.get(values.number ?? '')
  const isInTime = /^(s[iì]|yes|true|1)$/i.test(values.in_time ?? '')
  if (caseId === undefined) found(findings, `${at}, column number`, (t) => t.declare.unknownCase(values.number ?? ''))
  if (!isInTime && !/^(no|false|0)$/i.test(values.in_time ?? ''))
    found(findings, `${at}, column in_time`, (t) => t.declare.wrongYesNo)
  if (!periodPattern.test(values.period ?? '')) found(findings, `${at}, column period`, (t) => t.declare.wrongPeriod)
  const instant = (column: string) => instantOf(values[column], `${at}, column ${column}`, findings)
  const [startedAt, doneAt] = [instant('started_at'), instant('done_at')]
  if (findings.length > before || caseId === undefined) return []
  const { period = '', indicator = '' } = values
  return [{ id: randomUUIDv7(), period, indicator, caseId, isInTime, startedAt, doneAt, at }]
}

function instantOf(text: string | undefined, path: string, findings: FileFinding[]): string | null {
  if (text === undefined || text === '') return null
  try {
    return Temporal.Instant.from(text).toString()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    found(findings, path, (t) => t.declare.wrongInstant)
    return null
  }
}

async function announce(ctx: TxContext, contractId: string, period: string, cases: number) {
  await appendEvent(ctx, {
    subjectType: 'contract',
    subjectId: contractId,
    kind: 'declaration.cases_listed',
    version: 1,
    witness: 'I',
    payload: { period, cases },
    retention: 'organisation',
  })
}
