/** Comparisons, margins, recurrence: in whole numbers, as contract-logic §1 reckons them. */
import { describe, expect, test } from 'vitest'
import { type Figure, hundredthsOf, isMet, marginsOf, parseHundredths, type Target } from './figures.ts'
import { type Earlier, lowestRecurrence, penaltyCents, recurrenceOf } from './penalties.ts'
import { boundsOf, before as periodBefore, periodsIn, quarterOf } from './periods.ts'

const atLeast95: Target = { op: '>=', hundredths: 9500 }
const under5: Target = { op: '<', hundredths: 500 }
const ratio = (inTime: number, total: number): Figure => ({ kind: 'ratio', inTime, total })

describe('a comparison', () => {
  test('is exact: 95 of 100 is at least 95 %, 949,999 of a million is not, and nothing is rounded into being kept', () => {
    expect(isMet(ratio(95, 100), 'ratio_within_days', atLeast95)).toBe(true)
    expect(isMet(ratio(949_999, 1_000_000), 'ratio_within_days', atLeast95)).toBe(false)
    expect(hundredthsOf(ratio(949_999, 1_000_000), 'ratio_within_days', atLeast95)).toBe(9499)
  })

  test('is strict where the contract is: five days on average are not under five, five lost in a hundred not under 5 %', () => {
    const days: Target = { op: '<', hundredths: 500 }
    expect(isMet({ kind: 'mean', days: 1889, total: 378 }, 'mean_days', days)).toBe(true)
    expect(isMet({ kind: 'mean', days: 1890, total: 378 }, 'mean_days', days)).toBe(false)
    expect(hundredthsOf({ kind: 'mean', days: 1889, total: 378 }, 'mean_days', days)).toBe(500)
    expect(isMet(ratio(95, 100), 'lost_calls', under5)).toBe(false)
    expect(isMet(ratio(96, 100), 'lost_calls', under5)).toBe(true)
  })

  test('has no answer where there is nothing', () => {
    expect(isMet(ratio(0, 0), 'ratio_within_days', atLeast95)).toBeNull()
  })

  test('any volume up to nineteen breaks on one late item, twenty do not', () => {
    for (let total = 1; total <= 19; total += 1)
      expect(isMet(ratio(total - 1, total), 'ratio_within_days', atLeast95), String(total)).toBe(false)
    expect(isMet(ratio(19, 20), 'ratio_within_days', atLeast95)).toBe(true)
  })

  test('margins are the last number that still holds, and the next one does not', () => {
    for (const total of [1, 7, 20, 100, 431, 2430]) {
      const { turned, added } = marginsOf(ratio(total, total), 'ratio_within_days', atLeast95)
      expect(isMet(ratio(total - (turned ?? 0), total), 'ratio_within_days', atLeast95)).toBe(true)
      expect(isMet(ratio(total - (turned ?? 0) - 1, total), 'ratio_within_days', atLeast95)).toBe(false)
      expect(isMet(ratio(total, total + (added ?? 0)), 'ratio_within_days', atLeast95)).toBe(true)
      expect(isMet(ratio(total, total + (added ?? 0) + 1), 'ratio_within_days', atLeast95)).toBe(false)
    }
  })

  test('values are read to two decimals and never guessed', () => {
    expect(['95', '95.1', '95.19', '0'].map(parseHundredths)).toEqual([9500, 9510, 9519, 0])
    expect(['95,19', '1e2', '', '95.199', '-1'].map(parseHundredths)).toEqual([null, null, null, null, null])
  })
})

describe('recurrence', () => {
  const breach: Earlier = { standing: 'breach', isFinal: true }
  const kept: Earlier = { standing: 'kept', isFinal: true }
  const silent: Earlier = { standing: 'notDeclared', isFinal: true }
  const empty: Earlier = { standing: 'notMeasurable', isFinal: true }

  test('runs over contiguous breaches and stops at a period that was kept', () => {
    expect(recurrenceOf([], false)).toEqual({ level: 1, isProvisional: false })
    expect(recurrenceOf([kept, breach, breach], false).level).toBe(1)
    expect(recurrenceOf([breach, kept, breach], false).level).toBe(2)
    expect(recurrenceOf([breach, breach, breach, breach], false).level).toBe(3)
  })

  test('a figure nobody declared neither resets the run nor adds to it; nothing to measure interrupts, unless agreed', () => {
    expect(recurrenceOf([silent, breach], false).level).toBe(2)
    expect(recurrenceOf([silent, silent], false).level).toBe(1)
    expect(recurrenceOf([empty, breach], false).level).toBe(1)
    expect(recurrenceOf([empty, breach], true).level).toBe(2)
  })

  test('is provisional while a period it rests on is open, with the lower amount beside', () => {
    const open: Earlier = { standing: 'breach', isFinal: false }
    expect(recurrenceOf([open, breach], false)).toEqual({ level: 3, isProvisional: true })
    expect(lowestRecurrence([open, breach], false)).toBe(1)
    expect(recurrenceOf([kept, open], false).isProvisional).toBe(false)
  })
})

describe('periods', () => {
  test('months of a quarter, the one before a January, the quarter of a month', () => {
    expect(periodsIn('2020-Q4', 'month')).toEqual(['2020-10', '2020-11', '2020-12'])
    expect(periodBefore('2021-01')).toBe('2020-12')
    expect(periodBefore('2021-Q1', 4)).toBe('2020-Q1')
    expect(quarterOf('2021-06')).toBe('2021-Q2')
  })

  test('a month begins at midnight of the administration, also when the clocks change in it', () => {
    expect(boundsOf('2026-10', 'Europe/Rome')).toEqual({ from: '2026-09-30T22:00:00Z', until: '2026-10-31T23:00:00Z' })
  })
})

test('a penalty is rounded once, at the end: a third of a cent never becomes a cent on the way', () => {
  // 1,951,000.00 a year: 162,583.33… a month, 3 % of it 4,877.50 exactly.
  expect(penaltyCents(195_100_000n, 'month', 300)).toBe(487_750n)
})
