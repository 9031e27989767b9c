/** A quarter as the city approves it: frozen with its digest under the seal; what is found later is a correction. */
import { createHash, randomUUIDv7 } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { z } from '@hono/zod-openapi'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { centsText, parseCents } from '../../platform/money.ts'
import { allow } from '../../platform/permissions.ts'
import { fail } from '../../platform/problem.ts'
import { refreshEvidence } from '../servicedesk/evidence.ts'
import { checkQuarter, undecidedBreaches } from './check-quarter.ts'
import { contractConflict, wrongContract } from './contract-problems.ts'
import { contractOf, localDay } from './contracts.ts'
import { announce, requireCity } from './internal/announce.ts'
import {
  insertApproval,
  insertCorrection,
  insertPlan,
  insertReport,
  selectApproval,
  selectApprovals,
  selectCorrections,
  selectPlans,
  selectReports,
} from './internal/approval-queries.ts'
import { lockContracts } from './internal/contract-queries.ts'
import { boundsOf, daysOf } from './internal/periods.ts'
import { publicRows } from './public-rows.ts'
import {
  type ApprovedPeriod,
  approvePeriodInput,
  approvePlanInput,
  type CorrectionRow,
  correctPeriodInput,
  receiveReportInput,
  shownFigure,
  type Verification,
  verification,
} from './schema.ts'
import { reckon } from './verify-period.ts'

/** Writes down that a quarter's report reached the registry: terms run from a complete one (contract-logic §1.13). */
export async function receiveReport(ctx: Context, input: z.input<typeof receiveReportInput>): Promise<{ id: string }> {
  allow(ctx.actor, 'contract.decide')
  const wanted = parse(receiveReportInput, input)
  return transact(ctx, async (ctx) => {
    requireCity(ctx)
    const contract = await contractOf(ctx, wanted.period)
    if (wanted.receivedOn < daysOf(wanted.period).until || wanted.receivedOn > localDay(ctx))
      throw wrongContract('receivedOn', (t) => t.problems.reportEarly)
    const known = (await selectReports(ctx)).some(
      (one) => one.period === wanted.period && one.protocol === wanted.protocol,
    )
    if (known) throw wrongContract('protocol', (t) => t.problems.reportTwice)
    const id = randomUUIDv7()
    await insertReport(ctx, { ...wanted, id, contractId: contract.id })
    await announce(ctx, 'contract', contract.id, 'contract.report_received', { reportId: id, ...wanted })
    return { id }
  })
}

/** Writes down when a year's operating plan was approved: until then last December's fee is invoiced. */
export async function approvePlan(ctx: Context, input: z.input<typeof approvePlanInput>): Promise<{ id: string }> {
  allow(ctx.actor, 'contract.approve')
  const wanted = parse(approvePlanInput, input)
  return transact(ctx, async (ctx) => {
    requireCity(ctx)
    const contract = await contractOf(ctx, `${wanted.year}-Q4`)
    if ((await selectPlans(ctx, contract.id)).some(({ year }) => year === wanted.year))
      throw wrongContract('year', (t) => t.problems.planTwice)
    const id = randomUUIDv7()
    await insertPlan(ctx, { ...wanted, id, contractId: contract.id })
    await announce(ctx, 'contract', contract.id, 'contract.plan_approved', { planId: id, ...wanted })
    return { id }
  })
}

/**
 * Approves a quarter. Refused: to people of the supplier, a quarter that is not over or approved already, without its
 * complete report, with something still undecided (a contest past its term is not: the declared value stands).
 */
export async function approvePeriod(ctx: Context, input: z.input<typeof approvePeriodInput>): Promise<ApprovedPeriod> {
  allow(ctx.actor, 'contract.approve')
  const { period } = parse(approvePeriodInput, input)
  return transact(ctx, async (ctx) => {
    requireCity(ctx)
    await lockContracts(ctx)
    const contract = await contractOf(ctx, period)
    if ((await selectApproval(ctx, period)) !== undefined)
      throw contractConflict('approved_already', (t) => t.problems.approvedAlready(period))
    await requireReady(ctx, period)
    // What is frozen is read from the events themselves, not from what was gathered as they came.
    await refreshEvidence(ctx, boundsOf(period, ctx.zone).from)
    const result: Verification = await reckon(ctx, period, undefined, true)
    requireEveryBreachDecided(result)
    const rows = await publicRows(ctx, result)
    const sha256 = createHash('sha256').update(JSON.stringify(result)).digest('hex')
    const rowsSha256 = createHash('sha256').update(rows).digest('hex')
    const id = randomUUIDv7()
    const facts = { contractId: contract.id, period, sha256, rowsSha256, totals: result.totals }
    const eventId = await announce(ctx, 'period', id, 'period.approved', facts)
    const approvedAt = new Date().toISOString()
    await insertApproval(ctx, { id, contractId: contract.id, period, approvedAt, eventId, sha256, result, rows })
    return { id, period, approvedAt, eventId, sha256, result }
  })
}

function requireEveryBreachDecided({ indicators }: Verification) {
  const open = undecidedBreaches(indicators)
  const named = open.map(({ code, service, period }) => `${code} ${service} ${period}`).join(', ')
  if (open.length > 0) throw contractConflict('breaches_open', (t) => t.problems.breachesOpen(named))
}

async function requireReady(ctx: TxContext, period: string) {
  const check = await checkQuarter(ctx, period)
  if (!check.isOver) throw contractConflict('not_over', (t) => t.problems.periodNotOver(period))
  if (!check.hasReport) throw contractConflict('report_missing', (t) => t.problems.reportMissing(period))
  if (check.contests > 0) throw contractConflict('contests_open', (t) => t.problems.contestsOpen(check.contests))
  if (check.exclusions > 0)
    throw contractConflict('exclusions_open', (t) => t.problems.exclusionsOpen(check.exclusions))
  if (check.penalties > 0) throw contractConflict('penalties_open', (t) => t.problems.penaltiesOpen(check.penalties))
}

/** An approved quarter as it was frozen; refuses when it is not. */
export async function findApproval(ctx: Context, period: string): Promise<ApprovedPeriod & { rows: string }> {
  allow(ctx.actor, 'contract.read')
  return read(ctx, (ctx) => frozenPeriod(ctx, period))
}

/** The same where there may be none. */
export async function findApprovalOf(ctx: TxContext, period: string): Promise<ApprovedPeriod | null> {
  allow(ctx.actor, 'contract.read')
  return (await selectApproval(ctx, period)) === undefined ? null : frozenPeriod(ctx, period)
}

/** What was frozen without its rows, for whoever shows it. */
export async function frozenFigures(
  ctx: TxContext,
  period: string,
): Promise<{ result: Verification; approvedAt: string }> {
  const [found] = await selectApprovals(ctx, [period])
  const row = found ?? fail(contractConflict('not_approved', (t) => t.problems.notApproved(period)))
  return { result: verification.parse(row.result), approvedAt: new Date(row.approvedAt).toISOString() }
}

/** The same inside a transaction, for whoever publishes it. */
export async function frozenPeriod(ctx: TxContext, period: string): Promise<ApprovedPeriod & { rows: string }> {
  const found =
    (await selectApproval(ctx, period)) ?? fail(contractConflict('not_approved', (t) => t.problems.notApproved(period)))
  const { contractId: _, ...row } = found
  return { ...row, approvedAt: new Date(row.approvedAt).toISOString(), result: verification.parse(row.result) }
}

/**
 * Corrects an approved quarter: the line is reckoned anew, and what changed is a delta in a later period. The frozen
 * quarter stays as it is. Refused: when the line comes out the same.
 */
export async function correctPeriod(
  ctx: Context,
  input: z.input<typeof correctPeriodInput>,
): Promise<{ id: string; delta: string }> {
  allow(ctx.actor, 'contract.approve')
  const { period, inPeriod, indicator, service, scope, month, reason } = parse(correctPeriodInput, input)
  return transact(ctx, async (ctx) => {
    requireCity(ctx)
    if (inPeriod <= period) throw wrongContract('inPeriod', (t) => t.problems.correctionBackwards)
    await lockContracts(ctx)
    if ((await selectApproval(ctx, inPeriod)) !== undefined)
      throw wrongContract('inPeriod', (t) => t.problems.approvedAlready(inPeriod))
    const frozen = await frozenPeriod(ctx, period)
    const contract = await contractOf(ctx, period)
    const now = await reckon(ctx, period, indicator, true)
    const at = (result: Verification) =>
      result.indicators.find(
        (one) =>
          one.code === indicator &&
          one.service === service &&
          one.scope === scope &&
          (month === undefined || one.period === month),
      ) ?? fail(wrongContract('indicator', (t) => t.problems.unknownIndicator(indicator)))
    const [before, after] = [at(frozen.result), at(now)]
    // A month's line is named by its month, beside the scope it may have.
    const correctedScope =
      before.period === period ? scope : [before.period, scope].filter((part) => part !== '').join(' ')
    const told = ({ declared, observed, agreed, penalty }: typeof before) => ({
      declared,
      observed,
      agreed,
      onAgreed: penalty.onAgreed,
    })
    // What was corrected before is where this correction begins.
    const earlier = (await selectCorrections(ctx)).find(
      (one) =>
        one.period === period && one.indicator === indicator && one.service === service && one.scope === correctedScope,
    )
    const was = earlier === undefined ? told(before) : toldLine.parse(earlier.after)
    const is = told(after)
    if (isDeepStrictEqual(JSON.parse(JSON.stringify(was)), JSON.parse(JSON.stringify(is))))
      throw contractConflict('same', (t) => t.problems.correctionNothing)
    const delta = (parseCents(is.onAgreed) ?? 0n) - (parseCents(was.onAgreed) ?? 0n)
    const id = randomUUIDv7()
    const row = {
      id,
      contractId: contract.id,
      period,
      inPeriod,
      indicator,
      service,
      scope: correctedScope,
      before: was,
      after: is,
    }
    await insertCorrection(ctx, { ...row, deltaCents: Number(delta), reason })
    await announce(ctx, 'period', frozen.id, 'period.corrected', { ...row, deltaCents: Number(delta) }, reason)
    return { id, delta: centsText(delta) }
  })
}

/** Corrections, the newest first: of one quarter, or all of them. For whoever reads the contract. */
export async function listCorrections(ctx: Context, period: string | null = null): Promise<CorrectionRow[]> {
  allow(ctx.actor, 'contract.read')
  return read(ctx, (ctx) => correctionsOf(ctx, period))
}

/** The same inside a transaction, for whoever publishes them. */
export async function correctionsOf(ctx: TxContext, period: string | null): Promise<CorrectionRow[]> {
  return (await selectCorrections(ctx))
    .filter((one) => period === null || one.period === period || one.inPeriod === period)
    .map(({ contractId: _, before, after, deltaCents, madeAt, ...row }) => ({
      ...row,
      before: toldFigure.parse(before).agreed,
      after: toldFigure.parse(after).agreed,
      delta: centsText(BigInt(deltaCents)),
      madeAt: new Date(madeAt).toISOString(),
    }))
}

const toldFigure = z.object({ agreed: shownFigure.nullable() })
const toldLine = toldFigure.extend({
  declared: shownFigure.nullable(),
  observed: z.record(z.string(), z.unknown()).nullable(),
  onAgreed: z.string(),
})
