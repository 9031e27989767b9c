/** Contests: one side says that a figure is wrong, the other answers, and a figure is agreed; or the term lapses. */
import { randomUUIDv7 } from 'node:crypto'
import type { z } from '@hono/zod-openapi'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { knownCases } from '../servicedesk/evidence.ts'
import { contractConflict, wrongContract } from './contract-problems.ts'
import { contractOf, inForceIn, type LoadedContract, localDay } from './contracts.ts'
import { announce, requireVersion, sideOf } from './internal/announce.ts'
import { selectApprovedPeriods, selectReports } from './internal/approval-queries.ts'
import {
  insertContest,
  lockContest,
  type StoredContest,
  selectContests,
  selectWords,
  updateContest,
} from './internal/contest-queries.ts'
import { lockContracts, selectDeclarations } from './internal/contract-queries.ts'
import { figureFrom } from './internal/declared-figure.ts'
import { parseHundredths } from './internal/figures.ts'
import { quarterOf } from './internal/periods.ts'
import { showFigure } from './internal/verify.ts'
import { answerContestInput, type ContestRow, raiseContestInput, settleContestInput } from './schema.ts'

/**
 * Contests a declared figure, with the cases it is about; they are one contest by reason. The term is that of the
 * quarter's approval. Refused: nothing declared, an approved quarter.
 */
export async function raiseContest(ctx: Context, input: z.input<typeof raiseContestInput>): Promise<{ id: string }> {
  allow(ctx.actor, 'contract.contest')
  const wanted = parse(raiseContestInput, input)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const earlier = await claimKey(ctx, 'contest.raise', wanted, id)
    if (earlier !== null) return { id: earlier }
    await lockContracts(ctx)
    const contract = await contractOf(ctx, wanted.period)
    const indicator = indicatorOf(ctx, contract, wanted.period, wanted.indicator)
    const service = wanted.service ?? indicator.service
    await requireOpen(ctx, wanted.period)
    const declared = await selectDeclarations(ctx, contract.id, [wanted.period])
    if (
      !declared.some((one) => one.indicator === indicator.code && one.service === service && one.scope === wanted.scope)
    )
      throw contractConflict('nothing_declared', (t) => t.problems.contestNothing)
    const { what, caseIds, ...rest } = wanted
    await requireCases(ctx, caseIds)
    const dueOn = await termOf(ctx, contract, wanted.period)
    if (dueOn < localDay(ctx)) throw contractConflict('too_late', (t) => t.problems.contestLate(dueOn))
    const row = {
      ...rest,
      id,
      service,
      contractId: contract.id,
      raisedBy: sideOf(ctx),
      dueOn,
    }
    await insertContest(ctx, row, [...new Set(caseIds)])
    const { evidence, contractId, ...facts } = row
    const text = evidence === '' ? what : `${what}\n${evidence}`
    await announce(ctx, 'contest', id, 'contest.raised', { contractId, ...facts, cases: caseIds.length }, text)
    return { id }
  })
}

// Undecided on the last day, the declared value stands: the term is the approval's, or counted from today without a report.
async function termOf(ctx: TxContext, contract: LoadedContract, period: string): Promise<string> {
  const { terms } = inForceIn(contract, period, localDay(ctx))
  const report = (await selectReports(ctx)).find((one) => one.period === quarterOf(period) && one.isComplete)
  return Temporal.PlainDate.from(report?.receivedOn ?? localDay(ctx))
    .add({ days: terms.replyDays })
    .toString()
}

/** The other side answers in words; the figure is agreed by `settleContest`. */
export async function answerContest(
  ctx: Context,
  id: string,
  input: z.input<typeof answerContestInput>,
): Promise<{ id: string }> {
  allow(ctx.actor, 'contract.contest')
  const { version, what } = parse(answerContestInput, input)
  return transact(ctx, async (ctx) => {
    const found = await openContest(ctx, id, version)
    if (found.raisedBy === sideOf(ctx)) throw contractConflict('same_side', (t) => t.problems.contestSameSide)
    await updateContest(ctx, id, 'answered', null)
    await announce(ctx, 'contest', id, 'contest.answered', {}, what)
    return { id }
  })
}

/** Whoever raised it takes it back: the declared figure stands. */
export async function withdrawContest(
  ctx: Context,
  id: string,
  input: z.input<typeof answerContestInput>,
): Promise<{ id: string }> {
  allow(ctx.actor, 'contract.contest')
  const { version, what } = parse(answerContestInput, input)
  return transact(ctx, async (ctx) => {
    const found = await openContest(ctx, id, version)
    if (found.raisedBy !== sideOf(ctx)) throw contractConflict('other_side', (t) => t.problems.contestOtherSide)
    await updateContest(ctx, id, 'withdrawn', null)
    await announce(ctx, 'contest', id, 'contest.withdrawn', {}, what)
    return { id }
  })
}

/** The city writes the figure both stand on, after the other side's words or its silence. */
export async function settleContest(
  ctx: Context,
  id: string,
  input: z.input<typeof settleContestInput>,
): Promise<{ id: string }> {
  allow(ctx.actor, 'contract.decide')
  const { version, what, value, ...counts } = parse(settleContestInput, input)
  return transact(ctx, async (ctx) => {
    if (sideOf(ctx) === 'supplier') throw contractConflict('same_side', (t) => t.problems.supplierMayNot)
    const found = await openContest(ctx, id, version)
    // The other side has its term to answer what the city says.
    if (found.state === 'open' && found.raisedBy === 'administration' && found.dueOn >= localDay(ctx))
      throw contractConflict('waits', (t) => t.problems.contestWaits(found.dueOn))
    const contract = await contractOf(ctx, found.period)
    const indicator = indicatorOf(ctx, contract, found.period, found.indicator)
    const hundredths = value === null || value === '' ? null : parseHundredths(value)
    if (value && hundredths === null) throw wrongContract('value', (t) => t.declare.wrongValue)
    const { inTime, total } = counts
    if (inTime !== null && total !== null && inTime > total)
      throw wrongContract('inTime', (t) => t.declare.inTimeOverTotal(inTime, total))
    const agreed = { ...counts, hundredths }
    if (figureFrom(agreed, indicator.measure.kind) === null)
      throw wrongContract('inTime', (t) => t.problems.contestFigure)
    await updateContest(ctx, id, 'agreed', agreed)
    await announce(ctx, 'contest', id, 'contest.agreed', agreed, what)
    return { id }
  })
}

async function requireCases(ctx: TxContext, ids: readonly string[]) {
  const known = await knownCases(ctx, ids)
  if (ids.some((id) => !known.has(id))) throw wrongContract('caseIds', (t) => t.problems.contestUnknownCase)
}

async function openContest(ctx: TxContext, id: string, version: number): Promise<StoredContest> {
  await lockContracts(ctx)
  const found = (await lockContest(ctx, id)) ?? fail(notFound())
  requireVersion(found, version)
  if (found.state === 'agreed' || found.state === 'withdrawn')
    throw contractConflict('closed', (t) => t.problems.contestClosed)
  await requireOpen(ctx, found.period)
  return found
}

async function requireOpen(ctx: TxContext, period: string) {
  if ((await selectApprovedPeriods(ctx)).includes(quarterOf(period)))
    throw contractConflict('approved', (t) => t.problems.contestApproved)
}

function indicatorOf(ctx: TxContext, contract: LoadedContract, period: string, code: string) {
  return (
    inForceIn(contract, period, localDay(ctx)).indicators.find((one) => one.code === code) ??
    fail(wrongContract('indicator', (t) => t.problems.unknownIndicator(code)))
  )
}

/** Contests of a quarter with its months, or all of them. */
export async function listContests(ctx: Context, periods: readonly string[] | null = null): Promise<ContestRow[]> {
  allow(ctx.actor, 'contract.read')
  return read(ctx, async (ctx) => {
    const rows = await selectContests(ctx, periods)
    const words = await selectWords(
      ctx,
      'contest',
      rows.map(({ id }) => id),
    )
    const said = (id: string, kinds: string[]) =>
      words.find((one) => one.id === id && kinds.includes(one.kind))?.text ?? null
    const today = localDay(ctx)
    const shown: ContestRow[] = []
    for (const { contractId: _, settledAt: __, agreed, ...row } of rows) {
      const indicator = indicatorOf(ctx, await contractOf(ctx, row.period), row.period, row.indicator)
      shown.push({
        ...row,
        what: said(row.id, ['contest.raised']),
        answer: said(row.id, ['contest.agreed', 'contest.withdrawn', 'contest.answered']),
        isLapsed: (row.state === 'open' || row.state === 'answered') && row.dueOn < today,
        agreed: agreed === null ? null : showFigure(figureFrom(agreed, indicator.measure.kind), indicator),
      })
    }
    return shown
  })
}
