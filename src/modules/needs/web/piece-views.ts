import type { DeliveryItemRow } from '../order-schema.ts'

/** Which pieces of a delivery a page shows. */
export const viewNames = ['all', 'sample', 'open', 'odd'] as const
export type ViewName = (typeof viewNames)[number]

/** The view of an address; all of them for anything else. */
export function viewOf(name: string | null): ViewName {
  return viewNames.find((one) => one === name) ?? 'all'
}

/** Whether something about a piece is not as it should be: in the declaration, or in what was found. */
export function isOdd(item: DeliveryItemRow): boolean {
  const isUnexpected = item.isOtherModel || item.seenBefore !== null || item.line === null
  return isUnexpected || (item.isChecked && item.accepted < item.quantity)
}

/** Whether a view shows a piece; `hasSample`: not all of the lot have to be looked at. */
export function isIn(view: ViewName, item: DeliveryItemRow, hasSample: boolean): boolean {
  if (view === 'odd') return isOdd(item)
  if (view === 'open') return !item.isChecked && (item.isInSample || !hasSample)
  return view === 'all' || item.isInSample
}
