/**
 * What may be shown of answers over time. Pure.
 *
 * A group is shown when it has five answers. Months with fewer are put together with the following ones until there are
 * five; what has not come to five yet is shown nowhere, in no total either. A block that was shown never changes and
 * totals are sums of blocks, so neither the totals nor a comparison of today's figures with last month's gives away
 * fewer than five.
 */
import type { RatingBlock } from '../rating-schema.ts'

/** The smallest group that is shown. */
export const leastShown = 5

/** How many gave each of five answers in a month, YYYY-MM. */
export type MonthTally = { month: string; answers: readonly number[] }

/** The blocks of whole months, oldest first. Months come in their order. */
export function blocksOf(months: readonly MonthTally[]): RatingBlock[] {
  const blocks: RatingBlock[] = []
  let waiting: MonthTally[] = []
  for (const month of months) {
    waiting.push(month)
    const sums = sumsOf(waiting)
    if (sums.total < leastShown) continue
    blocks.push({ from: waiting[0]?.month ?? month.month, to: month.month, ...sums })
    waiting = []
  }
  return blocks
}

/** The sums of some months or blocks. */
export function sumsOf(parts: readonly { answers: readonly number[] }[]): { answers: number[]; total: number } {
  const answers = [0, 1, 2, 3, 4].map((at) => parts.reduce((sum, part) => sum + (part.answers[at] ?? 0), 0))
  return { answers, total: answers.reduce((sum, n) => sum + n, 0) }
}
