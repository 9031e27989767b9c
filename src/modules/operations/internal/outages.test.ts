import { describe, expect, test } from 'vitest'
import { availabilityOf, isNoticeKept } from './availability.ts'
import { intersect, joined, totalMs, without } from './intervals.ts'
import { outagesSeen } from './outages.ts'
import { type Check, runsOf } from './runs.ts'

/** One character a minute: `+` a good check, `-` a failed one, `.` none. */
function probe(network: string, story: string, intervalMs = 1) {
  const checks: Check[] = [...story].flatMap((sign, at) =>
    sign === '.' ? [] : [{ from: at, to: at, isUp: sign === '+' }],
  )
  return { network, runs: runsOf(checks, intervalMs) }
}
const seen = (...probes: ReturnType<typeof probe>[]) => outagesSeen(probes, 0, 10)

describe('an outage', () => {
  test('begins at the first failed check and ends at the first good one of either', () => {
    expect(seen(probe('a', '++---+++++'), probe('b', '++----++++'))).toEqual({
      outages: [{ from: 2, until: 5 }],
      unknown: [],
    })
  })

  test('begins at the first failed check also when the second probe tells later', () => {
    const slow = probe('b', '+..-..+..+', 3)
    expect(seen(probe('a', '++----++++'), slow).outages).toEqual([{ from: 2, until: 6 }])
  })

  test('does not reach back to when one probe alone had lost its line', () => {
    expect(seen(probe('a', '----------'), probe('b', '+++++--+++')).outages).toEqual([{ from: 5, until: 7 }])
  })

  test('is not seen by two probes on one network', () => {
    expect(seen(probe('a', '----------'), probe('a', '----------'), probe('b', '++++++++++'))).toEqual({
      outages: [],
      unknown: [],
    })
  })

  test('goes on while one of its probes is silent, and ends with the last check when all are', () => {
    expect(seen(probe('a', '++-----+++'), probe('b', '++--...+++')).outages).toEqual([{ from: 2, until: 7 }])
    const dark = seen(probe('a', '++--....++'), probe('b', '++--....++'))
    expect(dark).toEqual({ outages: [{ from: 2, until: 3 }], unknown: [{ from: 3, until: 8 }] })
  })

  test('is nobody’s to tell when one probe fails and the other is silent', () => {
    expect(seen(probe('a', '++----++++'), probe('b', '++.....+++'))).toEqual({
      outages: [],
      unknown: [{ from: 2, until: 6 }],
    })
  })

  test('that began before the period and goes on after it is clipped', () => {
    const story = '----------'
    expect(outagesSeen([probe('a', story), probe('b', story)], 3, 6).outages).toEqual([{ from: 3, until: 6 }])
  })

  test('without any probe all is unknown', () => {
    expect(seen()).toEqual({ outages: [], unknown: [{ from: 0, until: 10 }] })
  })
})

describe('availability', () => {
  const due = [{ from: 0, until: 100 }]
  test('due is up and down and unknown; agreed down time is in none of them', () => {
    const found = availabilityOf({
      due,
      seen: { outages: [{ from: 10, until: 30 }], unknown: [{ from: 50, until: 60 }] },
      declared: [],
      agreed: [{ from: 20, until: 40 }],
    })
    expect(found).toMatchObject({ dueMs: 90, upMs: 70, downMs: 10, unknownMs: 10, agreedMs: 10, source: 'probes' })
    expect(found.outages).toEqual([{ from: 10, until: 30, ms: 10 }])
  })

  test('what is declared stands in where nothing was seen, and overlaps count once', () => {
    const declared = [
      { from: 10, until: 30 },
      { from: 20, until: 40 },
    ]
    expect(availabilityOf({ due, seen: null, declared, agreed: [] })).toMatchObject({
      source: 'declared',
      downMs: 30,
      upMs: 70,
    })
    expect(availabilityOf({ due, seen: null, declared: [], agreed: [] })).toMatchObject({
      source: 'none',
      unknownMs: 100,
      upMs: 0,
    })
  })
})

test('intervals join, meet and leave', () => {
  const some = [
    { from: 0, until: 5 },
    { from: 5, until: 8 },
    { from: 20, until: 30 },
  ]
  expect(joined(some)).toEqual([
    { from: 0, until: 8 },
    { from: 20, until: 30 },
  ])
  expect(intersect(joined(some), [{ from: 4, until: 25 }])).toEqual([
    { from: 4, until: 8 },
    { from: 20, until: 25 },
  ])
  expect(totalMs(without(joined(some), [{ from: 2, until: 22 }]))).toBe(10)
})

test('fourteen days are asked of extraordinary maintenance alone', () => {
  const from = '2026-03-20T20:00:00Z'
  expect(isNoticeKept('ordinary', from, null, 14)).toBeNull()
  expect(isNoticeKept('extraordinary', from, '2026-03-06T20:00:00Z', 14)).toBe(true)
  expect(isNoticeKept('extraordinary', from, '2026-03-06T20:00:01Z', 14)).toBe(false)
  expect(isNoticeKept('extraordinary', from, null, 14)).toBe(false)
})
