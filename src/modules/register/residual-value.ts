/** What an item is still worth. Pure. */
import { shareOf } from '../../platform/money.ts'
import { type ItemType, itemTypes } from './item-types.ts'

/**
 * The residual value on a day, in cents: the cost, less as many days of the useful life of its type as have passed since
 * it was bought, in a straight line; the cost itself before, nothing after. Null when cost, day or life is not known.
 */
export function residualValue(
  asset: { type: ItemType; costCents: number | null; purchasedOn: string | null },
  day: string,
): number | null {
  const years = itemTypes[asset.type].usefulLife
  if (years === null || asset.costCents === null || asset.purchasedOn === null) return null
  const bought = Temporal.PlainDate.from(asset.purchasedOn)
  const end = bought.add({ years })
  const days = (from: Temporal.PlainDate, until: Temporal.PlainDate) => from.until(until, { largestUnit: 'days' }).days
  const left = days(Temporal.PlainDate.from(day), end)
  const all = days(bought, end)
  return Number(shareOf(BigInt(asset.costCents), BigInt(Math.min(Math.max(left, 0), all)), BigInt(all)))
}
