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

export type MonthTally = { month: string; answers: readonly number[]; aspects: readonly number[] }
export type Block = RatingBlock & { aspects: number[] }

/** The blocks of whole months, oldest first. Months come in their order. */
export function blocksOf(months: readonly MonthTally[]): Block[] {
  const blocks: Block[] = []
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
export function sumsOf(
  blocks: readonly Pick<MonthTally, 'answers' | 'aspects'>[],
): Pick<Block, 'answers' | 'aspects' | 'total'> {
  const answers = blocks.reduce((sums, block) => plus(sums, block.answers), [...nothing])
  const aspects = blocks.reduce((sums, block) => plus(sums, block.aspects), [...nothing])
  return { answers, aspects, total: sum(answers) }
}

/** No answer of any of the five. */
export const nothing: readonly number[] = [0, 0, 0, 0, 0]

const plus = (one: readonly number[], other: readonly number[]) => one.map((n, at) => n + (other[at] ?? 0))
const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0)
