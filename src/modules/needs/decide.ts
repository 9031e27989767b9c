/** The head decides line by line, approves the plan as a whole, and changes it later by numbered variations alone. */
import { createHash, randomUUIDv7 } from 'node:crypto'
import { type Context, type TxContext, transact } from '../../platform/context.ts'
import { invalid, parse } from '../../platform/http/parse.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { type ApprovedLine, insertApproval, selectApproved } from './internal/approval-queries.ts'
import { allowBuyer } from './internal/buyer.ts'
import { selectOrdered } from './internal/order-queries.ts'
import { mergeShares, reduceShares, sumOf, totalsOf } from './internal/plan-lines.ts'
import {
  lastNumber,
  lockLines,
  lockPlan,
  type StoredLine,
  type StoredPlan,
  selectLines,
  selectShares,
  updateApproved,
  updateDecision,
  writeShares,
} from './internal/plan-queries.ts'
import { record } from './internal/record.ts'
import { keepLines } from './lines.ts'
import { keepChange, money, planToChange } from './plans.ts'
import { conflict, wrong, wrongField } from './problems.ts'
import {
  type ApproveInput,
  approveInput,
  type DecideInput,
  decideInput,
  inCents,
  type VaryInput,
  varyInput,
} from './schema.ts'
import type { Decision } from './vocabulary.ts'

/**
 * Decides on several lines, all or none: accepted whole, accepted in part (with how many), not accepted; the reason is
 * needed unless all is accepted. Decided again as often as need be, until the plan is approved.
 */
export async function decideLines(ctx: Context, year: number, input: DecideInput): Promise<{ decided: number }> {
  allowBuyer(ctx, 'needs.decide')
  const { lines, decision, reason } = parse(decideInput, input)
  if (decision !== 'accepted' && reason.length < 3) throw wrong('reason', (t) => t.reasonMissing)
  const wanted = new Map(lines.map((line) => [line.id, line]))
  return transact(ctx, async (ctx) => {
    const plan = await planToChange(ctx, year, undefined)
    if (plan.state !== 'deciding') throw conflict('collecting', (t) => t.stillCollecting)
    const found = (await lockLines(ctx, [...wanted.keys()])).filter(({ planId }) => planId === plan.id)
    if (found.length < wanted.size) throw notFound()
    for (const line of found) {
      const { version, quantity } = wanted.get(line.id) ?? {}
      if (version !== undefined && version !== line.version) throw conflict('stale', (t) => t.staleLine(line.number))
      await keepDecision(ctx, line, decision, quantityOf(line, decision, quantity), reason)
    }
    return { decided: found.length }
  })
}

function quantityOf(line: StoredLine, decision: Decision, quantity: number | undefined): number {
  if (decision === 'accepted') return line.quantity
  if (decision === 'refused') return 0
  if (quantity === undefined || quantity < 1 || quantity >= line.quantity)
    throw wrong('quantity', (t) => t.partOf(line.number, line.quantity))
  return quantity
}

async function keepDecision(ctx: TxContext, line: StoredLine, decision: Decision, quantity: number, reason: string) {
  const { id: eventId } = await record(ctx, {
    subjectType: 'needs_line',
    subjectId: line.id,
    kind: 'needs.line_decided',
    payload: { decision, quantity, asked: line.quantity, before: line.decision },
    ...(reason !== '' && { text: { reason } }),
  })
  await updateDecision(ctx, line.id, { decision, quantity, eventId })
}

/**
 * Approves the plan as a whole, when every line is decided on. What is approved is kept as it is, with its SHA-256 in the
 * event; offices get their part of what was accepted in part.
 */
export async function approvePlan(ctx: Context, year: number, input: ApproveInput) {
  allowBuyer(ctx, 'needs.decide')
  const { version, act } = parse(approveInput, input)
  return transact(ctx, async (ctx) => {
    const plan = await planToChange(ctx, year, version)
    if (plan.state !== 'deciding') throw conflict('collecting', (t) => t.stillCollecting)
    const lines = await selectLines(ctx, plan.id, null)
    const open = lines.filter(({ decision }) => decision === null)
    if (lines.length === 0) throw conflict('empty', (t) => t.noLines)
    if (open.length > 0) throw conflict('undecided', (t) => t.undecided(open.map(({ number }) => number).join(', ')))
    await shareWhatIsAccepted(ctx, plan, lines)
    const approved = lines.map((line) => approvedLine(plan, line, line.decidedQuantity ?? 0, line.unitCents))
    const result = await keepApproval(ctx, plan, 0, act, approved, {})
    await keepChange(ctx, { ...plan, state: 'approved' }, 'needs.plan_turned', { state: 'approved' })
    return result
  })
}

async function shareWhatIsAccepted(ctx: TxContext, plan: StoredPlan, lines: readonly StoredLine[]) {
  const shares = Map.groupBy(await selectShares(ctx, plan.id), ({ lineId }) => lineId)
  for (const line of lines) {
    if (line.decision === 'accepted' || line.decidedQuantity === null) continue
    await writeShares(ctx, line.id, reduceShares(shares.get(line.id) ?? [], line.quantity, line.decidedQuantity))
  }
}

/**
 * Changes an approved plan by a numbered variation: quantities and prices of lines, new lines, an act and a reason. A line
 * does not go below what was ordered of it. What the earlier approvals say stays.
 */
export async function varyPlan(ctx: Context, year: number, input: VaryInput) {
  allowBuyer(ctx, 'needs.decide')
  const { version, act, reason, changes, additions } = parse(varyInput, input)
  if (changes.length + additions.length === 0) throw wrong('changes', (t) => t.nothingVaried)
  return transact(ctx, async (ctx) => {
    const plan = (await lockPlan(ctx, { year })) ?? fail(notFound())
    if (version !== undefined && version !== plan.version) throw conflict('stale', (t) => t.stale)
    if (plan.state !== 'approved') throw conflict('not_approved', (t) => t.notApproved)
    const variation = plan.variation + 1
    const approved = new Map((await selectApproved(ctx, plan.id, plan.variation)).map((line) => [line.number, line]))
    for (const change of changes.map(inCents))
      approved.set(change.number, await keepVaried(ctx, plan, approved.get(change.number), change))
    for (const line of await keepAdded(ctx, plan, variation, additions)) approved.set(line.number, line)
    const rows = [...approved.values()].toSorted((a, b) => a.number - b.number)
    const result = await keepApproval(ctx, plan, variation, act, rows, { reason })
    await keepChange(ctx, { ...plan, variation }, 'needs.plan_varied', { variation })
    return result
  })
}

async function keepVaried(
  ctx: TxContext,
  plan: StoredPlan,
  before: ApprovedLine | undefined,
  { number, quantity, unitCents }: { number: number; quantity: number; unitCents: number },
): Promise<ApprovedLine> {
  if (before === undefined) throw invalid([wrongField('changes', (t) => t.unknownLine(number))])
  const ordered = (await selectOrdered(ctx, plan.id)).filter(({ lineId }) => lineId === before.lineId)
  const pieces = ordered.reduce((sum, one) => sum + one.quantity, 0)
  if (quantity < pieces) throw wrong('changes', (t) => t.belowOrdered(number, pieces))
  const totals = totalsOf(quantity, unitCents, plan.vatPerMille)
  await record(ctx, {
    subjectType: 'needs_line',
    subjectId: before.lineId,
    kind: 'needs.line_varied',
    payload: { variation: plan.variation + 1, quantity, unitCents, before: before.quantity },
  })
  await updateApproved(ctx, before.lineId, quantity, unitCents, totals)
  return { lineId: before.lineId, number, quantity, unitCents, ...totals }
}

async function keepAdded(
  ctx: TxContext,
  plan: StoredPlan,
  variation: number,
  additions: ReturnType<typeof varyInput.parse>['additions'],
): Promise<ApprovedLine[]> {
  const last = await lastNumber(ctx, plan.id)
  const lines = additions.map(inCents).map(({ offices, ...values }, at) => ({
    id: randomUUIDv7(),
    number: last + 1 + at,
    values,
    offices: mergeShares(offices),
  }))
  await keepLines(ctx, plan, lines, variation)
  for (const line of await lockLines(
    ctx,
    lines.map(({ id }) => id),
  ))
    await keepDecision(ctx, line, 'accepted', line.quantity, '')
  return lines.map(({ id, number, values: { quantity, unitCents } }) => ({
    ...{ lineId: id, number, quantity, unitCents },
    ...totalsOf(quantity, unitCents, plan.vatPerMille),
  }))
}

function approvedLine(plan: StoredPlan, line: StoredLine, quantity: number, unitCents: number): ApprovedLine {
  return {
    lineId: line.id,
    number: line.number,
    quantity,
    unitCents,
    ...totalsOf(quantity, unitCents, plan.vatPerMille),
  }
}

async function keepApproval(
  ctx: TxContext,
  plan: StoredPlan,
  variation: number,
  act: string,
  lines: readonly ApprovedLine[],
  text: Record<string, string>,
) {
  const totals = sumOf(lines)
  const digest = approvalDigest(plan.year, variation, lines)
  const { id: eventId, occurredAt } = await record(ctx, {
    subjectType: 'needs_plan',
    subjectId: plan.id,
    kind: 'needs.plan_approved',
    payload: { year: plan.year, variation, ...totals, lines: lines.length, digest, ...termsOf(plan) },
    text: { act, ...text },
  })
  const approval = { planId: plan.id, variation, act, approvedAt: occurredAt, eventId, digest, ...totals }
  await insertApproval(ctx, approval, lines)
  return { variation, totalExVat: money(totals.exCents), totalIncVat: money(totals.incCents), digest }
}

// Who approves the plan approves its terms.
const termsOf = ({ vatPerMille, twoPersonCents, verifyDays }: StoredPlan) => ({
  vatPerMille,
  twoPersonCents,
  verifyDays,
})

/** SHA-256 of an approved plan: year, variation, then number, pieces, price and totals (cents) of each line, one a row. */
export function approvalDigest(year: number, variation: number, lines: readonly ApprovedLine[]): string {
  const rows = lines.map((line) => [line.number, line.quantity, line.unitCents, line.exCents, line.incCents].join(';'))
  return createHash('sha256')
    .update([`${year};${variation}`, ...rows].join('\n'))
    .digest('hex')
}
