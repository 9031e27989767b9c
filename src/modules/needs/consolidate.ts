/** From what offices asked to the lines of the plan: equal things become one line, and who asked stays beside it. */
import { randomUUIDv7 } from 'node:crypto'
import { type Context, read, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { notFound } from '../../platform/problem.ts'
import { allowBuyer } from './internal/buyer.ts'
import { mergeShares, totalsOf } from './internal/plan-lines.ts'
import {
  hasLine,
  lastNumber,
  lockLines,
  selectLines,
  selectShares,
  updateLine,
  writeShares,
} from './internal/plan-queries.ts'
import { selectListOn, selectPrices } from './internal/price-queries.ts'
import { record } from './internal/record.ts'
import { joinRequestLines, selectAsked, selectCollected, selectRequests } from './internal/request-queries.ts'
import { findReplaced, keepLines, setReplaced } from './lines.ts'
import { lineOf, money, planOf, planToChange, today } from './plans.ts'
import { conflict } from './problems.ts'
import { type ConsolidateInput, consolidateInput, inCents } from './schema.ts'

/** What offices sent and is in no line yet, grouped by what is asked; the lines there are; which offices sent. */
export async function findCollected(ctx: Context, year: number) {
  allowBuyer(ctx, 'needs.manage')
  return read(ctx, async (ctx) => {
    const plan = await planOf(ctx, year)
    const rows = await selectCollected(ctx, plan.id)
    const list = await selectListOn(ctx, today(ctx))
    const prices = new Map((list === undefined ? [] : await selectPrices(ctx, list.id)).map((one) => [one.code, one]))
    const groups = [...Map.groupBy(rows, (row) => row.priceCode ?? row.what.toLowerCase()).values()].map((asked) => {
      const [first] = asked
      const listed = prices.get(first?.priceCode ?? '')
      return {
        what: listed?.description ?? first?.what ?? '',
        priceCode: listed?.code ?? null,
        category: listed?.category ?? null,
        unitPrice: listed === undefined ? null : money(listed.unitCents),
        pieces: asked.reduce((sum, { quantity }) => sum + (quantity ?? 0), 0),
        asked: asked.map(({ id, office, quantity, forWhom, why, what }) => ({
          id,
          office,
          quantity: quantity ?? 0,
          forWhom,
          why,
          what,
        })),
      }
    })
    const lines = (await selectLines(ctx, plan.id, null)).map(lineOf)
    return {
      year,
      state: plan.state,
      closesOn: plan.closesOn,
      version: plan.version,
      groups,
      lines,
      requests: await selectRequests(ctx, plan.id),
    }
  })
}

/** Who asked for a line, in their words. */
export async function findAsked(ctx: Context, lineId: string) {
  allow(ctx.actor, 'needs.read', {})
  return read(ctx, async (ctx) => {
    if (!(await hasLine(ctx, lineId, null))) throw notFound()
    return (await selectAsked(ctx, lineId)).map(({ office, what, quantity, forWhom, why }) => ({
      ...{ office, what, quantity: quantity ?? 0, forWhom, why },
    }))
  })
}

/** Makes one plan line of what several offices asked for, or joins it to a line that is there. */
export async function consolidateLines(ctx: Context, year: number, input: ConsolidateInput) {
  allowBuyer(ctx, 'needs.manage')
  const { requestLineIds, lineId, codes, ...values } = inCents(parse(consolidateInput, input))
  return transact(ctx, async (ctx) => {
    const plan = await planToChange(ctx, year, undefined)
    const wanted = new Set(requestLineIds)
    const asked = (await selectCollected(ctx, plan.id)).filter(({ id }) => wanted.has(id))
    if (asked.length < wanted.size) throw conflict('joined', (t) => t.joinedAlready)
    const shares = asked.map(({ officeId, quantity }) => ({ officeId, quantity: quantity ?? 0 }))
    const pieces = shares.reduce((sum, { quantity }) => sum + quantity, 0)
    const of = { id: lineId ?? randomUUIDv7(), number: 0 }
    if (lineId === null) {
      of.number = (await lastNumber(ctx, plan.id)) + 1
      const line = { ...of, values: { ...values, quantity: pieces }, offices: mergeShares(shares) }
      await keepLines(ctx, plan, [line], 0)
    } else of.number = await joinLine(ctx, plan, lineId, shares, pieces)
    if (codes.length > 0) await setReplaced(ctx, of.id, { codes: [...(await findReplaced(ctx, of.id)), ...codes] })
    await joinRequestLines(ctx, [...wanted], of.id)
    const payload = { asked: [...wanted], pieces }
    await record(ctx, { subjectType: 'needs_line', subjectId: of.id, kind: 'needs.line_consolidated', payload })
    return of
  })
}

async function joinLine(
  ctx: Parameters<typeof lockLines>[0],
  plan: { id: string; vatPerMille: number },
  lineId: string,
  shares: readonly { officeId: string; quantity: number }[],
  pieces: number,
): Promise<number> {
  const [line] = await lockLines(ctx, [lineId])
  if (line === undefined || line.planId !== plan.id) throw notFound()
  const values = { ...line, quantity: line.quantity + pieces }
  const before = (await selectShares(ctx, plan.id)).filter((share) => share.lineId === lineId)
  await updateLine(ctx, lineId, pickValues(values), totalsOf(values.quantity, line.unitCents, plan.vatPerMille))
  await writeShares(ctx, lineId, mergeShares([...before, ...shares]))
  return line.number
}

function pickValues(line: Parameters<typeof updateLine>[2]): Parameters<typeof updateLine>[2] {
  const { category, description, kind, purpose, quantity, unitCents, priceCode, chapter, fund, cup, cpv, cui } = line
  const { softwareNote, effectNote } = line
  return {
    ...{ category, description, kind, purpose, quantity, unitCents, priceCode },
    ...{ chapter, fund, cup, cpv, cui, softwareNote, effectNote },
  }
}
