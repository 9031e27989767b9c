/** What the supplier declares of a period: kept beside what is observed, never instead of it. */
import { randomUUIDv7 } from 'node:crypto'
import type { z } from '@hono/zod-openapi'
import { type Context, type TxContext, transact } from '../../platform/context.ts'
import { readCsv } from '../../platform/csv.ts'
import { appendEvent, witnessOf } from '../../platform/events.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { sayCsv } from '../organisation/read-file.ts'
import { type ContractTexts, type FileFinding, found, refuseFile } from './contract-problems.ts'
import { inForceIn, type LoadedContract, localDay } from './contracts.ts'
import { selectApprovedPeriods } from './internal/approval-queries.ts'
import {
  insertDeclaration,
  lockContracts,
  type StoredDeclaration,
  selectContracts,
  selectDeclarations,
  selectVersions,
} from './internal/contract-queries.ts'
import { checkFigure, declaredFigure, type GivenFigure, sayFigure } from './internal/declared-figure.ts'
import { daysOf, kindOf, periodPattern, quarterOf } from './internal/periods.ts'
import { type IndicatorContent, scopesDue } from './internal/terms.ts'
import { type DeclareResult, declareInput } from './schema.ts'

const columns = {
  required: ['period', 'indicator', 'scope', 'in_time', 'total', 'value', 'unit', 'source'],
  optional: ['service', 'total_days'],
}

/** A declaration and its place: "line 7" of a file, or nothing for the form. */
type Given = GivenFigure & {
  at: string
  period: string
  indicator: string
  service: string | null
  scope: string
  source: string
  corrects: boolean
}

/**
 * Loads the supplier's figures from CSV (period,indicator,scope,in_time,total,value,unit,source[,service,total_days]): all
 * of them, or nothing and what is wrong with each line. The same figure again changes nothing; with another value it is
 * refused, because a figure that was declared is corrected on a document, by `declareFigure` with `corrects`.
 */
export async function declareFile(ctx: Context, bytes: Uint8Array): Promise<DeclareResult> {
  allow(ctx.actor, 'contract.declare')
  const findings: FileFinding[] = []
  const { rows, problems } = readCsv(bytes, columns.required, columns.optional)
  findings.push(...problems.map((one) => ({ path: place(`line ${one.line}`, one.column ?? ''), say: sayCsv(one) })))
  const given = rows.flatMap(({ line, values }) => readRow(`line ${line}`, values, findings))
  return transact({ ...ctx, door: ctx.door === 'cli' ? 'import' : ctx.door }, (ctx) => declareAll(ctx, given, findings))
}

/** One figure, from the page or the API; with `corrects` it takes the place of an earlier one, which stays beside it. */
export async function declareFigure(ctx: Context, input: z.input<typeof declareInput>): Promise<DeclareResult> {
  allow(ctx.actor, 'contract.declare')
  const { service, ...figure } = parse(declareInput, input)
  return transact(ctx, (ctx) => declareAll(ctx, [{ ...figure, service: service ?? null, at: '' }], []))
}

function readRow(at: string, values: Record<string, string>, findings: FileFinding[]): Given[] {
  const before = findings.length
  const whole = (column: string) => {
    const text = values[column] ?? ''
    if (text === '') return null
    if (/^\d{1,12}$/.test(text)) return Number(text)
    found(findings, place(at, column), (t) => t.declare.wrongCount)
    return null
  }
  const given: Given = {
    at,
    period: values.period ?? '',
    indicator: values.indicator ?? '',
    service: values.service === undefined || values.service === '' ? null : values.service,
    scope: values.scope ?? '',
    inTime: whole('in_time'),
    total: whole('total'),
    days: whole('total_days'),
    value: values.value === '' ? null : (values.value ?? null),
    unit: values.unit ?? '',
    source: values.source ?? '',
    corrects: false,
  }
  if (given.source === '') found(findings, place(at, 'source'), (t) => t.declare.sourceMissing)
  return findings.length > before ? [] : [given]
}

const place = (at: string, column: string) => (at === '' ? column : column === '' ? at : `${at}, column ${column}`)

async function declareAll(ctx: TxContext, given: readonly Given[], findings: FileFinding[]): Promise<DeclareResult> {
  await lockContracts(ctx)
  const contracts = await loadContracts(ctx)
  const located = given.flatMap((one) => {
    const where = locate(ctx, one, contracts, findings)
    return where === null ? [] : [where]
  })
  const there = new Map<string, StoredDeclaration>()
  for (const contract of contracts) {
    const periods = located.filter((one) => one.contractId === contract.id).map(({ row }) => row.period)
    for (const row of await selectDeclarations(ctx, contract.id, periods)) there.set(keyOf(contract.id, row), row)
  }
  const approved = new Set(await selectApprovedPeriods(ctx))
  const fresh = located.filter((one) => isFresh(one, there, approved, findings))
  refuseFile(findings, (t) => t.declare.refused)
  for (const { contractId, row } of fresh) await write(ctx, contractId, row)
  if (fresh.length > 0) ctx.services.live.announce(ctx)
  return { added: fresh.length, known: located.length - fresh.length }
}

async function loadContracts(ctx: TxContext): Promise<LoadedContract[]> {
  const contracts = await selectContracts(ctx)
  const loaded: LoadedContract[] = []
  for (const contract of contracts) loaded.push({ ...contract, versions: await selectVersions(ctx, contract.id) })
  return loaded
}

type Located = { given: Given; contractId: string; indicator: IndicatorContent; row: StoredDeclaration }

const keyOf = (contractId: string, row: Pick<StoredDeclaration, 'period' | 'indicator' | 'service' | 'scope'>) =>
  [contractId, row.period, row.indicator, row.service, row.scope].join(' ')

/** The contract, indicator, service and scope a figure is of; null when something of it is wrong. */
function locate(
  ctx: TxContext,
  given: Given,
  contracts: readonly LoadedContract[],
  findings: FileFinding[],
): Located | null {
  const { at, period, scope } = given
  const wrong = (column: string, pick: (t: ContractTexts) => string) => {
    found(findings, place(at, column), pick)
    return null
  }
  if (!periodPattern.test(period)) return wrong('period', (t) => t.declare.wrongPeriod)
  const { from, until } = daysOf(period)
  if (until > localDay(ctx)) return wrong('period', (t) => t.declare.periodNotOver(period))
  const contract = contracts.find(({ beginsOn, endsOn }) => beginsOn < until && (endsOn === null || endsOn >= from))
  if (contract === undefined) return wrong('period', (t) => t.problems.noContract(period))
  const inForce = inForceIn(contract, period, localDay(ctx))
  const indicator = inForce.indicators.find(({ code }) => code === given.indicator)
  if (indicator === undefined) return wrong('indicator', (t) => t.declare.unknownIndicator(given.indicator))
  if (kindOf(period) !== indicator.period)
    return wrong('period', (t) => t.declare.wrongPeriodKind(indicator.code, indicator.period))
  const { lapsedOn } = indicator
  if (lapsedOn !== null && lapsedOn < from) return wrong('period', (t) => t.declare.lapsed(indicator.code, lapsedOn))
  const scopes = scopesDue(indicator, from)
  if (!scopes.includes(scope))
    return wrong('scope', (t) => t.declare.unknownScope(scope, scopes.filter((one) => one !== '').join(', ')))
  const service = given.service ?? indicator.service
  const measures = inForce.subsets.some(
    (subset) =>
      subset.service === service && subset.readings.some(({ indicators }) => indicators.includes(indicator.code)),
  )
  if (service !== indicator.service && !measures) return wrong('service', (t) => t.declare.unknownService(service))
  const figure = checkFigure(given, indicator, (column) => place(at, column), findings)
  if (figure === null) return null
  const row = { id: randomUUIDv7(), period, indicator: indicator.code, service, scope, number: 1, source: given.source }
  return { given, contractId: contract.id, indicator, row: { ...row, ...figure } }
}

// What is there already, as it was said, is known; what says something else is a contradiction or a correction.
function isFresh(
  { given, contractId, indicator, row }: Located,
  there: Map<string, StoredDeclaration>,
  approved: ReadonlySet<string>,
  findings: FileFinding[],
): boolean {
  const key = keyOf(contractId, row)
  const earlier = there.get(key)
  const wrong = (pick: (t: ContractTexts) => string) => found(findings, place(given.at, 'value'), pick)
  if (earlier !== undefined && isSameRow(earlier, row)) return false
  if (approved.has(quarterOf(row.period))) wrong((t) => t.declare.approved(quarterOf(row.period)))
  else if (given.corrects && earlier === undefined) wrong((t) => t.declare.nothingToCorrect)
  else if (!given.corrects && earlier !== undefined) {
    const said = (one: StoredDeclaration) => sayFigure(declaredFigure(one, indicator).figure, indicator)
    wrong((t) => t.declare.twice(said(earlier), said(row)))
  }
  row.number = (earlier?.number ?? 0) + 1
  there.set(key, row)
  return true
}

function isSameRow(a: StoredDeclaration, b: StoredDeclaration): boolean {
  return (['inTime', 'total', 'days', 'hundredths', 'unit'] as const).every((field) => a[field] === b[field])
}

async function write(ctx: TxContext, contractId: string, row: StoredDeclaration) {
  await insertDeclaration(ctx, contractId, row)
  const { id, source, ...figure } = row
  await appendEvent(ctx, {
    subjectType: 'declaration',
    subjectId: id,
    kind: row.number === 1 ? 'declaration.made' : 'declaration.corrected',
    version: 1,
    witness: witnessOf(ctx),
    payload: { contractId, ...figure },
    text: { source },
    retention: 'organisation',
  })
}
