/** Orders on the lines of an approved plan: how many, at what price, by which act. */
import { randomUUIDv7 } from 'node:crypto'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { invalid, parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { phrasing } from '../../platform/violations.ts'
import { selectApproved } from './internal/approval-queries.ts'
import { allowBuyer } from './internal/buyer.ts'
import { insertOrder, selectOrdered, selectOrders } from './internal/order-queries.ts'
import { lockPlan, selectLines } from './internal/plan-queries.ts'
import { record } from './internal/record.ts'
import { type OrderRow, type PlaceOrderInput, placeOrderInput } from './order-schema.ts'
import { money, planOf } from './plans.ts'
import { conflict, wrong, wrongField } from './problems.ts'
import { centsOf } from './schema.ts'

/** The orders of a year; who works for a supplier sees its own. */
export async function listOrders(ctx: Context, year: number): Promise<OrderRow[]> {
  allow(ctx.actor, 'orders.read')
  return read(ctx, async (ctx) => {
    const plan = await planOf(ctx, year)
    const lines = Map.groupBy(await selectOrdered(ctx, plan.id), ({ orderId }) => orderId)
    return (await selectOrders(ctx, plan.id, ownSupplier(ctx))).map(({ planId: _, year: __, ...order }) => {
      const own = lines.get(order.id) ?? []
      return {
        ...order,
        amount: money(own.reduce((sum, { quantity, unitCents }) => sum + quantity * unitCents, 0)),
        lines: own.map(({ lineId, number, description, quantity, unitCents, model, referenceCents }) => ({
          ...{ lineId, number, description, quantity, model },
          unitPrice: money(unitCents),
          referencePrice: referenceCents === null ? null : money(referenceCents),
        })),
      }
    })
  })
}

/** Whose orders alone the actor sees: a supplier's people those of their party; null is everybody's. */
export function ownSupplier({ actor }: Pick<Context, 'actor'>): string | null {
  return actor.partyKind === 'supplier' ? (actor.partyId ?? noOne) : null
}

const noOne = '00000000-0000-0000-0000-000000000000'

/**
 * Places an order within the ceilings of the approved plan: of each line no more pieces and no more money than approved,
 * counting what was ordered before. A price above the reference is taken and shown as to be checked.
 */
export async function placeOrder(ctx: Context, year: number, input: PlaceOrderInput): Promise<{ id: string }> {
  allowBuyer(ctx, 'needs.order')
  const { lines: wanted, ...order } = parse(placeOrderInput, input)
  if (order.dueOn !== null && order.dueOn < order.orderedOn) throw wrong('dueOn', (t) => t.dueBeforeOrder)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const plan = (await lockPlan(ctx, { year })) ?? fail(notFound())
    const earlier = await claimKey(ctx, 'needs.order_place', { year, ...order, wanted }, id)
    if (earlier !== null) return { id: earlier }
    if (plan.state !== 'approved') throw conflict('not_approved', (t) => t.notApproved)
    const lines = await linesWithin(ctx, plan, wanted)
    const { act, offer, ...facts } = order
    await record(ctx, {
      subjectType: 'needs_order',
      subjectId: id,
      kind: 'needs.order_placed',
      payload: { planId: plan.id, ...facts, lines },
      text: { act, ...(offer !== null && { offer }) },
    })
    await phrasing(
      {
        needs_order_organisation_id_number_key: () => wrong('number', (t) => t.orderTaken),
        needs_order_organisation_id_supplier_id_fkey: () => wrong('supplierId', (t) => t.unknownSupplier),
      },
      () => insertOrder(ctx, { id, planId: plan.id, ...order }, lines),
    )
    return { id }
  })
}

async function linesWithin(
  ctx: TxContext,
  plan: { id: string; variation: number },
  wanted: ReturnType<typeof placeOrderInput.parse>['lines'],
) {
  const known = new Map((await selectLines(ctx, plan.id, null)).map((line) => [line.number, line]))
  const approved = new Map((await selectApproved(ctx, plan.id, plan.variation)).map((line) => [line.lineId, line]))
  const before = Map.groupBy(await selectOrdered(ctx, plan.id), ({ lineId }) => lineId)
  const seen = new Set<number>()
  return wanted.map(({ number, quantity, unitPrice, model, referencePrice }) => {
    const unitCents = centsOf(unitPrice)
    const line = known.get(number) ?? fail(invalid([wrongField('lines', (t) => t.unknownLine(number))]))
    if (seen.has(number)) throw wrong('lines', (t) => t.lineTwice(number))
    seen.add(number)
    if (line.closedOn !== null) throw conflict('line_closed', (t) => t.lineClosed(number))
    const ceiling = approved.get(line.id)
    const earlier = before.get(line.id) ?? []
    const pieces = earlier.reduce((sum, one) => sum + one.quantity, quantity)
    const cents = earlier.reduce((sum, one) => sum + one.quantity * one.unitCents, quantity * unitCents)
    if (pieces > (ceiling?.quantity ?? 0))
      throw conflict('over_ceiling', (t) => t.overPieces(number, ceiling?.quantity ?? 0, pieces))
    if (cents > (ceiling?.exCents ?? 0))
      throw conflict('over_ceiling', (t) => t.overMoney(number, money(ceiling?.exCents ?? 0), money(cents)))
    return {
      lineId: line.id,
      quantity,
      unitCents,
      model,
      referenceCents: referencePrice === null ? null : centsOf(referencePrice),
    }
  })
}
