/** The lines of a plan: what ICT and accounting write, for which offices, in place of what. */
import { randomUUIDv7 } from 'node:crypto'
import type { z } from 'zod'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { invalid, parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { phrasing } from '../../platform/violations.ts'
import { type FoundState, findItemStates, findItemsByCode, type ItemState } from '../register/acquired.ts'
import { type ItemType, itemTypes } from '../register/item-types.ts'
import { selectReplacedBy, writeReplaced } from './internal/approval-queries.ts'
import { allowBuyer } from './internal/buyer.ts'
import { mergeShares, type Share, totalsOf } from './internal/plan-lines.ts'
import {
  addShares,
  hasLine,
  insertLines,
  lastNumber,
  lockLines,
  lockPlan,
  type StoredLine,
  type StoredPlan,
  selectLines,
  selectShares,
  touchLine,
  updateLine,
  writeShares,
} from './internal/plan-queries.ts'
import { record } from './internal/record.ts'
import { lineOf, onlyOffices, planOf, planToChange } from './plans.ts'
import { conflict, wrong, wrongField } from './problems.ts'
import {
  type AddLineInput,
  addLineInput,
  type ChangeLineInput,
  changeLineInput,
  inCents,
  type LineValues,
  replaceInput,
  type SplitLineInput,
  splitLineInput,
} from './schema.ts'
import { goodsOf } from './vocabulary.ts'

/** The states of what is here and may leave for something new. */
const replaceable: readonly ItemState[] = ['in_stock', 'in_use', 'repair']

/** One line with what each office gets of it. */
export async function findLine(ctx: Context, year: number, number: number) {
  allow(ctx.actor, 'needs.read')
  return read(ctx, async (ctx) => {
    const plan = await planOf(ctx, year)
    const line = (await selectLines(ctx, plan.id, onlyOffices(ctx))).find((one) => one.number === number)
    if (line === undefined) throw notFound()
    const shares = (await selectShares(ctx, plan.id)).filter(({ lineId }) => lineId === line.id)
    return { ...lineOf(line), year, planState: plan.state, shares }
  })
}

/** The codes of the items of the register that leave for a line. */
export async function findReplaced(ctx: Context, id: string): Promise<string[]> {
  allow(ctx.actor, 'needs.read')
  return read(ctx, async (ctx) => {
    if (!(await hasLine(ctx, id, onlyOffices(ctx)))) throw notFound()
    const items = await selectReplacedBy(ctx, id)
    return (await findItemStates(ctx, items)).map(({ code }) => code)
  })
}

/** Adds a line to a plan that is not approved. */
export async function addLine(ctx: Context, year: number, input: AddLineInput) {
  allowBuyer(ctx, 'needs.manage')
  const { offices, ...values } = inCents(parse(addLineInput, input))
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const plan = await planToChange(ctx, year, undefined)
    const earlier = await claimKey(ctx, 'needs.line_add', { year, ...values, offices }, id)
    if (earlier !== null) {
      const [before = fail(notFound())] = await lockLines(ctx, [earlier])
      return { id: earlier, number: before.number }
    }
    const number = (await lastNumber(ctx, plan.id)) + 1
    await keepLines(ctx, plan, [{ id, number, values, offices: mergeShares(offices) }], 0)
    return { id, number }
  })
}

export type LineToKeep = { id: string; number: number; values: LineValues; offices: readonly Share[] }

/** Writes new lines with their shares and events. */
export async function keepLines(
  ctx: TxContext,
  plan: Pick<StoredPlan, 'id' | 'vatPerMille'>,
  lines: readonly LineToKeep[],
  sinceVariation: number,
): Promise<void> {
  for (const { values, offices } of lines) refuseTooMany(values.quantity, offices)
  const all = lines.map((line) => ({
    ...line,
    planId: plan.id,
    sinceVariation,
    totals: totalsOf(line.values.quantity, line.values.unitCents, plan.vatPerMille),
  }))
  await insertLines(ctx, all)
  await phrasing(
    { needs_line_office_organisation_id_office_id_fkey: () => wrong('offices', (t) => t.unknownOffice) },
    () =>
      addShares(
        ctx,
        lines.map(({ id, offices }) => ({ lineId: id, shares: offices })),
      ),
  )
  for (const { id, number, values, totals, offices } of all)
    await record(ctx, {
      subjectType: 'needs_line',
      subjectId: id,
      kind: 'needs.line_added',
      payload: { planId: plan.id, number, ...factsOf(values), ...totals, offices },
      text: wordsOf(values),
    })
}

/** Changes a line of a plan that is not approved; what was decided on it is decided anew. */
export async function changeLine(ctx: Context, id: string, input: ChangeLineInput) {
  allowBuyer(ctx, 'needs.manage')
  const { version, ...values } = inCents(parse(changeLineInput, input))
  return transact(ctx, async (ctx) => {
    const { line, plan } = await lineToChange(ctx, id, version)
    if (line.shared > values.quantity) throw wrong('quantity', (t) => t.sharedMore(line.shared))
    await keepLineChange(ctx, plan, line, values)
    return { id, version: line.version + 1 }
  })
}

/** Writes a changed line with its event. */
export async function keepLineChange(
  ctx: TxContext,
  plan: Pick<StoredPlan, 'vatPerMille'>,
  line: Pick<StoredLine, 'id' | 'decision'>,
  values: LineValues,
): Promise<void> {
  const totals = totalsOf(values.quantity, values.unitCents, plan.vatPerMille)
  await record(ctx, {
    subjectType: 'needs_line',
    subjectId: line.id,
    kind: 'needs.line_changed',
    payload: { ...factsOf(values), ...totals, undecided: line.decision },
    text: wordsOf(values),
  })
  await updateLine(ctx, line.id, values, totals)
}

/** Says anew for which offices a line is: together they get at most the whole. */
export async function splitLine(ctx: Context, id: string, input: SplitLineInput) {
  allowBuyer(ctx, 'needs.manage')
  const { version, offices: given } = parse(splitLineInput, input)
  const offices = mergeShares(given)
  return transact(ctx, async (ctx) => {
    const { line } = await lineToChange(ctx, id, version)
    refuseTooMany(line.quantity, offices)
    await phrasing(
      { needs_line_office_organisation_id_office_id_fkey: () => wrong('offices', (t) => t.unknownOffice) },
      () => writeShares(ctx, id, offices),
    )
    await record(ctx, { subjectType: 'needs_line', subjectId: id, kind: 'needs.line_split', payload: { offices } })
    await touchLine(ctx, id)
    return { id, version: line.version + 1 }
  })
}

/**
 * Names the items of the register that leave for a line, by their codes; the list is written anew. An item leaves for one
 * line alone, and is still here when it is named: what was scrapped years ago makes no room. Also after the approval: what is
 * replaced is often known only when the new ones arrive; not once the line is closed.
 */
export async function setReplaced(ctx: Context, id: string, input: z.input<typeof replaceInput>) {
  allowBuyer(ctx, 'needs.manage')
  const { version, codes } = parse(replaceInput, input)
  return transact(ctx, async (ctx) => {
    const [line = fail(notFound())] = await lockLines(ctx, [id])
    if (version !== undefined && version !== line.version) throw conflict('stale', (t) => t.stale)
    if (line.kind !== 'replacement') throw conflict('replaces_nothing', (t) => t.replacesNothing)
    if (line.closedOn !== null) throw conflict('line_closed', (t) => t.replacedClosed(line.number))
    const wanted = [...new Set(codes)]
    const known = new Map((await findItemsByCode(ctx, wanted)).map((item) => [item.code, item]))
    const unknown = wanted.filter((code) => !known.has(code))
    if (unknown.length > 0)
      throw invalid(unknown.slice(0, 100).map((code) => wrongField('codes', (t) => t.unknownItem(code))))
    await refuseGone(ctx, line, [...known.values()])
    const items = [...known.values()].map(({ itemId }) => itemId)
    await phrasing(
      { needs_line_replaces_organisation_id_item_id_key: () => wrong('codes', (t) => t.leavesAlready) },
      () => writeReplaced(ctx, id, items),
    )
    await record(ctx, { subjectType: 'needs_line', subjectId: id, kind: 'needs.line_replaces', payload: { items } })
    await touchLine(ctx, id)
    return { id, version: line.version + 1 }
  })
}

// Those named before stay named: they left for this line.
async function refuseGone(ctx: TxContext, line: Pick<StoredLine, 'id' | 'category'>, items: readonly FoundState[]) {
  const before = new Set(await selectReplacedBy(ctx, line.id))
  const wrongs = items.flatMap(({ itemId, code, type, state }) => {
    if (before.has(itemId)) return []
    if (!replaceable.includes(state)) return [wrongField('codes', (t) => t.itemGone(code))]
    return isLikeGoods(line.category, type) ? [] : [wrongField('codes', (t) => t.itemUnlike(code))]
  })
  if (wrongs.length > 0) throw invalid(wrongs.slice(0, 100))
}

// A laptop may take the place of a workstation, not of a database. Of goods that are no items the type is not known.
function isLikeGoods(category: StoredLine['category'], type: ItemType): boolean {
  const { itemType } = goodsOf[category]
  return itemType === null || itemTypes[itemType].family === itemTypes[type].family
}

/** A line, locked with its plan, that may still be changed directly. */
export async function lineToChange(ctx: TxContext, id: string, version: number | undefined) {
  const [found = fail(notFound())] = await lockLines(ctx, [id])
  const plan = (await lockPlan(ctx, { id: found.planId })) ?? fail(notFound())
  if (version !== undefined && version !== found.version) throw conflict('stale', (t) => t.stale)
  if (plan.state === 'approved') throw conflict('approved', (t) => t.approved)
  return { line: found, plan }
}

function refuseTooMany(quantity: number, offices: readonly Share[]): void {
  const shared = offices.reduce((sum, share) => sum + share.quantity, 0)
  if (shared > quantity) throw wrong('offices', (t) => t.sharedTooMany(shared, quantity))
}

// What is sealed for ever, and what may be erased.
function factsOf({ description: _, softwareNote: __, effectNote: ___, ...facts }: LineValues) {
  return facts
}

function wordsOf({ description, softwareNote, effectNote }: LineValues): Record<string, string> {
  return {
    description,
    ...(softwareNote !== null && { softwareNote }),
    ...(effectNote !== null && { effectNote }),
  }
}
