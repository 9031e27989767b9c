/** The items behind a figure, under the reading that holds. */
import type { TxContext } from '../../../platform/context.ts'
import { fail } from '../../../platform/problem.ts'
import { contractConflict } from '../contract-problems.ts'
import { contractOf, inForceIn, localDay } from '../contracts.ts'
import { selectExclusions } from './contest-queries.ts'
import { type ListedItem, observeCases } from './observe.ts'
import { observeInput } from './record.ts'

/** Every item of an indicator in a period of its kind, in the order of their requests. */
export async function collectItems(ctx: TxContext, period: string, code: string): Promise<ListedItem[]> {
  const contract = await contractOf(ctx, period)
  const indicator =
    inForceIn(contract, period, localDay(ctx)).indicators.find((one) => one.code === code) ??
    fail(contractConflict('unknown_indicator', (t) => t.problems.unknownIndicator(code)))
  const exclusions = (await selectExclusions(ctx, [period])).flatMap((one) =>
    one.indicator === code && (one.state === 'agreed' || one.state === 'by_manager')
      ? [[`${one.caseId} ${period}`, one.state] as const]
      : [],
  )
  const items: ListedItem[] = []
  const input = await observeInput(ctx, contract, { indicator, exclusions: new Map(exclusions) }, [period])
  if (input === null) return []
  await observeCases(ctx, input, [period], (item) => items.push(item))
  return items.toSorted((a, b) => a.evidence.start.at - b.evidence.start.at)
}
