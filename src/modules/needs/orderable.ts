/** What may still be ordered of an approved plan, and what it should cost. */
import { type Context, read } from '../../platform/context.ts'
import { selectApproved } from './internal/approval-queries.ts'
import { allowBuyer } from './internal/buyer.ts'
import { selectOrdered } from './internal/order-queries.ts'
import { selectLines } from './internal/plan-queries.ts'
import { selectListOn, selectPrices } from './internal/price-queries.ts'
import type { OrderableRow } from './order-schema.ts'
import { money, planOf, today } from './plans.ts'

/** The open lines of an approved plan that are not ordered whole, with the price list's price and the reference; none before approval. */
export async function listOrderable(ctx: Context, year: number): Promise<OrderableRow[]> {
  allowBuyer(ctx, 'needs.order')
  return read(ctx, async (ctx) => {
    const plan = await planOf(ctx, year)
    if (plan.state !== 'approved') return []
    const approved = new Map((await selectApproved(ctx, plan.id, plan.variation)).map((line) => [line.lineId, line]))
    const ordered = Map.groupBy(await selectOrdered(ctx, plan.id), ({ lineId }) => lineId)
    const list = await selectListOn(ctx, today(ctx))
    const prices = new Map(
      (list === undefined ? [] : await selectPrices(ctx, list.id)).map((price) => [price.code, price]),
    )
    return (await selectLines(ctx, plan.id, null)).flatMap((line) => {
      const ceiling = approved.get(line.id)
      const before = ordered.get(line.id) ?? []
      const pieces = (ceiling?.quantity ?? 0) - before.reduce((all, { quantity }) => all + quantity, 0)
      if (line.closedOn !== null || ceiling === undefined || pieces <= 0) return []
      const cents = ceiling.exCents - before.reduce((all, { quantity, unitCents }) => all + quantity * unitCents, 0)
      const price = line.priceCode === null ? undefined : prices.get(line.priceCode)
      return {
        ...{ number: line.number, description: line.description, category: line.category, pieces },
        amount: money(Math.max(0, cents)),
        unitPrice: money(ceiling.unitCents),
        listPrice: price === undefined ? null : money(price.unitCents),
        referencePrice: price?.referenceCents == null ? null : money(price.referenceCents),
      }
    })
  })
}
