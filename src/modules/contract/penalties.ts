/** Penalties: proposed on a basis, answered by the supplier, decided by the city, and settled when the story before changes. */
import { randomUUIDv7 } from 'node:crypto'
import type { z } from '@hono/zod-openapi'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { centsText, parseCents } from '../../platform/money.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { contractConflict, wrongContract } from './contract-problems.ts'
import { contractOf, inForceIn, type LoadedContract, localDay } from './contracts.ts'
import { announce, requireVersion, sideOf } from './internal/announce.ts'
import { selectApprovedPeriods } from './internal/approval-queries.ts'
import { selectWords } from './internal/contest-queries.ts'
import { lockContracts } from './internal/contract-queries.ts'
import { hundredthsText } from './internal/figures.ts'
import { penaltyCents, rateOf } from './internal/penalties.ts'
import {
  counterPenaltyRow,
  decidePenaltyRow,
  insertPenalty,
  lockPenalty,
  type StoredPenalty,
  selectPenalties,
} from './internal/penalty-queries.ts'
import { daysOf, kindOf, quarterOf } from './internal/periods.ts'
import type { ContractInForce } from './internal/terms.ts'
import {
  counterPenaltyInput,
  decidePenaltyInput,
  enterDecisionInput,
  type PenaltyRow,
  proposePenaltyInput,
  type VerifiedIndicator,
} from './schema.ts'
import { settleLater } from './settle-later.ts'
import { field, linesOf, readPeriod, reckon } from './verify-period.ts'

/**
 * Proposes what a line is worth on a basis. Refused: a line that is kept there or has no figure yet, a period that is not
 * over or is approved, a second proposal. The supplier has its days to answer.
 */
export async function proposePenalty(
  ctx: Context,
  input: z.input<typeof proposePenaltyInput>,
): Promise<{ id: string }> {
  allow(ctx.actor, 'contract.decide')
  const wanted = parse(proposePenaltyInput, input)
  readPeriod(ctx, wanted.period)
  return transact(ctx, async (ctx) => {
    if (sideOf(ctx) === 'supplier') throw contractConflict('supplier', (t) => t.problems.supplierMayNot)
    await lockContracts(ctx)
    const contract = await contractOf(ctx, wanted.period)
    const today = localDay(ctx)
    if (daysOf(wanted.period).until > today)
      throw contractConflict('not_over', (t) => t.problems.periodNotOver(wanted.period))
    await requireNotApproved(ctx, wanted.period)
    const line = await lineOf(ctx, wanted)
    const inForce = inForceIn(contract, wanted.period, today)
    const { amount, level, rate } = worth(line, wanted.basis, inForce)
    const { what, ...rest } = wanted
    const named = { ...rest, nature: 'penalty' as const }
    await requireNone(ctx, contract, named)
    const dueOn = Temporal.PlainDate.from(today).add({ days: inForce.terms.counterDeductionDays }).toString()
    const row = { ...named, id: randomUUIDv7(), contractId: contract.id, level, rate, proposedCents: Number(amount) }
    await insertPenalty(ctx, {
      ...row,
      decidedCents: null,
      state: 'proposed',
      document: '',
      proposedOn: today,
      dueOn,
      decidedOn: null,
    })
    await announce(ctx, 'penalty', row.id, 'penalty.proposed', { ...row, dueOn }, what)
    return { id: row.id }
  })
}

async function lineOf(
  ctx: TxContext,
  wanted: { period: string; indicator: string; service: string; scope: string },
): Promise<VerifiedIndicator> {
  const { indicators } = await reckon(ctx, wanted.period, wanted.indicator)
  return (
    indicators.find(
      (one) =>
        one.code === wanted.indicator &&
        one.service === wanted.service &&
        one.scope === wanted.scope &&
        one.period === wanted.period,
    ) ?? fail(wrongContract('indicator', (t) => t.problems.unknownIndicator(wanted.indicator)))
  )
}

/** The amount of a line on a basis, with the rate and the place in the run of breaches that give it. */
function worth(
  line: VerifiedIndicator,
  basis: z.output<typeof proposePenaltyInput>['basis'],
  { classes, fees }: ContractInForce,
) {
  if (line[basis] === null) throw contractConflict('no_figure', (t) => t.problems.penaltyNoFigure)
  const amount = parseCents(line.penalty[field(basis)]) ?? 0n
  const yearly = fees.cents.get(line.service) ?? 0n
  for (const level of [1, 2, 3] as const) {
    const rate = rateOf(classes, line.penalty.class, level)
    if (rate !== null && amount > 0n && penaltyCents(yearly, kindOf(line.period), rate) === amount)
      return { amount, level, rate }
  }
  throw contractConflict('no_breach', (t) => t.problems.penaltyNoBreach)
}

async function requireNone(
  ctx: TxContext,
  contract: LoadedContract,
  wanted: Pick<StoredPenalty, 'period' | 'indicator' | 'service' | 'scope' | 'nature'>,
) {
  const there = (await selectPenalties(ctx, contract.id)).some((one) =>
    (['period', 'indicator', 'service', 'scope', 'nature'] as const).every((name) => one[name] === wanted[name]),
  )
  if (there) throw contractConflict('proposed', (t) => t.problems.penaltyTwice)
}

async function requireNotApproved(ctx: TxContext, period: string) {
  if ((await selectApprovedPeriods(ctx)).includes(quarterOf(period)))
    throw contractConflict('approved', (t) => t.problems.contestApproved)
}

/**
 * What was decided outside of a proposal, on its document: a penalty of before SITEC, which recurrence rests on
 * (contract-logic §1.10), or a reduction of the fee, which is a credit note with VAT and never a penalty (§1.14).
 */
export async function enterDecision(ctx: Context, input: z.input<typeof enterDecisionInput>): Promise<{ id: string }> {
  allow(ctx.actor, 'contract.decide')
  const { amount, document, ...named } = parse(enterDecisionInput, input)
  const cents = parseCents(amount)
  if (cents === null || cents < 0n) throw wrongContract('amount', (t) => t.problems.wrongAmount)
  return transact(ctx, async (ctx) => {
    if (sideOf(ctx) === 'supplier') throw contractConflict('supplier', (t) => t.problems.supplierMayNot)
    await lockContracts(ctx)
    const contract = await contractOf(ctx, named.period)
    requireLine(ctx, contract, named)
    await requireNone(ctx, contract, named)
    await requireNotApproved(ctx, named.period)
    const id = randomUUIDv7()
    const today = localDay(ctx)
    const basis = named.nature === 'penalty' ? ('history' as const) : ('agreed' as const)
    const row = { ...named, id, contractId: contract.id, basis, level: 1 as const, rate: 1, document }
    const decided = { proposedCents: Number(cents), decidedCents: Number(cents), decidedOn: today }
    await insertPenalty(ctx, { ...row, ...decided, state: 'decided', proposedOn: today, dueOn: null })
    const { document: said, ...facts } = row
    await announce(ctx, 'penalty', id, 'penalty.entered', { ...facts, ...decided }, said)
    if (named.nature === 'penalty') await settleLater(ctx, named)
    return { id }
  })
}

/** The supplier's counter-deductions, within their term. */
export async function counterPenalty(
  ctx: Context,
  id: string,
  input: z.input<typeof counterPenaltyInput>,
): Promise<{ id: string }> {
  allow(ctx.actor, 'contract.counter')
  const { version, document, what } = parse(counterPenaltyInput, input)
  return transact(ctx, async (ctx) => {
    await lockContracts(ctx)
    if (sideOf(ctx) !== 'supplier') throw contractConflict('other_side', (t) => t.problems.penaltyCounterSide)
    const found = (await lockPenalty(ctx, id)) ?? fail(notFound())
    requireVersion(found, version)
    if (found.state === 'decided') throw contractConflict('decided', (t) => t.problems.penaltyDecided)
    if (found.state === 'countered') throw contractConflict('countered', (t) => t.problems.penaltyCountered)
    const today = localDay(ctx)
    const { dueOn } = found
    if (dueOn !== null && dueOn < today) throw contractConflict('too_late', (t) => t.problems.penaltyCounterLate(dueOn))
    await counterPenaltyRow(ctx, id, document, today)
    await announce(ctx, 'penalty', id, 'penalty.countered', {}, `${what}\n${document}`)
    return { id }
  })
}

/**
 * The city decides: what is charged, up to what was proposed, or nothing. It waits for the supplier's words or the end of
 * their term; once taken it stays. Later decisions of the same line that rested on this one are settled by a delta.
 */
export async function decidePenalty(
  ctx: Context,
  id: string,
  input: z.input<typeof decidePenaltyInput>,
): Promise<{ id: string; settled: number }> {
  allow(ctx.actor, 'contract.decide')
  const { version, amount, what } = parse(decidePenaltyInput, input)
  const cents = parseCents(amount)
  if (cents === null || cents < 0n) throw wrongContract('amount', (t) => t.problems.wrongAmount)
  return transact(ctx, async (ctx) => {
    if (sideOf(ctx) === 'supplier') throw contractConflict('supplier', (t) => t.problems.supplierMayNot)
    await lockContracts(ctx)
    const found = (await lockPenalty(ctx, id)) ?? fail(notFound())
    requireVersion(found, version)
    if (found.state === 'decided') throw contractConflict('decided', (t) => t.problems.penaltyDecided)
    const today = localDay(ctx)
    const { dueOn } = found
    if (found.state === 'proposed' && dueOn !== null && dueOn >= today)
      throw contractConflict('waits', (t) => t.problems.penaltyWaits(dueOn))
    if (cents > BigInt(found.proposedCents))
      throw wrongContract('amount', (t) => t.problems.penaltyOver(centsText(BigInt(found.proposedCents))))
    await decidePenaltyRow(ctx, id, Number(cents), today)
    await announce(ctx, 'penalty', id, 'penalty.decided', { decidedCents: Number(cents) }, what)
    return { id, settled: await settleLater(ctx, found) }
  })
}

/** A decision outside of a proposal is on a line the contract knows, in a period that is over. */
function requireLine(
  ctx: TxContext,
  contract: LoadedContract,
  named: Omit<z.output<typeof enterDecisionInput>, 'amount' | 'document'>,
) {
  const { period, indicator, service, scope, nature } = named
  if (daysOf(period).until > localDay(ctx)) throw contractConflict('not_over', (t) => t.problems.periodNotOver(period))
  if (nature === 'fee_reduction') {
    if (indicator !== '') throw wrongContract('indicator', (t) => t.problems.reductionIndicator)
    if (!inForceIn(contract, period, localDay(ctx)).services.some(({ code }) => code === service))
      throw wrongContract('service', (t) => t.file.unknownService(service))
    return
  }
  const known = linesOf(contract, period, localDay(ctx)).some(
    (one) =>
      one.indicator.code === indicator && one.service === service && one.scope === scope && one.period === period,
  )
  if (!known) throw wrongContract('indicator', (t) => t.problems.unknownIndicator(indicator))
}

/** Every penalty of the contract of a period, with what was written of each. */
export async function listPenalties(ctx: Context, period: string): Promise<PenaltyRow[]> {
  allow(ctx.actor, 'contract.read')
  return read(ctx, async (ctx) => {
    const contract = await contractOf(ctx, period)
    const rows = await selectPenalties(ctx, contract.id)
    const words = await selectWords(
      ctx,
      'penalty',
      rows.map(({ id }) => id),
    )
    const said = (id: string, kind: string) => words.find((one) => one.id === id && one.kind === kind)?.text ?? null
    return rows.map(({ contractId: _, proposedCents, decidedCents, adjustedCents, rate, ...row }) => ({
      ...row,
      rate: hundredthsText(rate),
      proposed: centsText(BigInt(proposedCents)),
      decided: decidedCents === null ? null : centsText(BigInt(decidedCents)),
      adjustments: centsText(BigInt(adjustedCents)),
      texts: {
        proposal: said(row.id, 'penalty.proposed'),
        counter: said(row.id, 'penalty.countered'),
        decision: said(row.id, 'penalty.decided'),
      },
    }))
  })
}
