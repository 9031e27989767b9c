/** What SITEC observed of availability and calls. */
import type { TxContext } from '../../../platform/context.ts'
import type { Observed } from './observe.ts'
import type { IndicatorContent } from './terms.ts'

export type OperationsAsked = { indicator: IndicatorContent; service: string; isSubset: boolean }

/** Placeholder until merge. */
export async function observeOperations(
  _ctx: TxContext,
  _asked: OperationsAsked,
  _periods: readonly string[],
): Promise<Map<string, Observed>> {
  return new Map()
}
