import { describe, expect, test } from 'vitest'
import { blocksOf } from './rating-blocks.ts'

describe('groups under five', () => {
  const month = (month: string, ...answers: number[]) => ({ month, answers })

  test('wait for the following months, and are in no total until they are five', () => {
    const months = [
      month('2026-01', 0, 0, 2, 4, 0),
      month('2026-02', 0, 0, 0, 1, 1),
      month('2026-03', 1, 0, 0, 0, 0),
      month('2026-04', 0, 0, 0, 2, 0),
      month('2026-05', 4, 0, 0, 0, 0),
    ]
    expect(blocksOf(months).map(({ from, to, total }) => [from, to, total])).toEqual([
      ['2026-01', '2026-01', 6],
      ['2026-02', '2026-04', 5],
    ])
  })

  test('a new month never changes what was shown, so no comparison gives fewer than five away', () => {
    // Every sequence of up to five months with up to six answers each.
    const sizes = [0, 1, 3, 4, 5, 6]
    const sequences = sizes.flatMap((a) => sizes.flatMap((b) => sizes.flatMap((c) => sizes.map((d) => [a, b, c, d]))))
    for (const sequence of sequences) {
      const months = sequence.map((n, at) => month(`2026-0${at + 1}`, n, 0, 0, 0, 0))
      const later = blocksOf(months)
      const earlier = blocksOf(months.slice(0, -1))
      expect(later.slice(0, earlier.length)).toEqual(earlier)
      expect(later.every(({ total }) => total >= 5)).toBe(true)
    }
  })
})
