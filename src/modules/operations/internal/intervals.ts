/** Sets of instants as sorted, disjoint intervals; milliseconds since the epoch, a start and not its end. Pure. */

export type Interval = { from: number; until: number }

export function totalMs(intervals: readonly Interval[]): number {
  return intervals.reduce((sum, { from, until }) => sum + until - from, 0)
}

/** In order, joined where they touch or overlap; empty ones are left out. */
export function joined(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals.filter(({ from, until }) => from < until).toSorted((a, b) => a.from - b.from)
  const result: Interval[] = []
  for (const one of sorted) {
    const last = result.at(-1)
    if (last === undefined || one.from > last.until) result.push({ ...one })
    else last.until = Math.max(last.until, one.until)
  }
  return result
}

/** What lies in both. */
export function intersect(some: readonly Interval[], others: readonly Interval[]): Interval[] {
  const result: Interval[] = []
  let [one, other] = [0, 0]
  for (;;) {
    const [a, b] = [some[one], others[other]]
    if (a === undefined || b === undefined) return result
    const from = Math.max(a.from, b.from)
    const until = Math.min(a.until, b.until)
    if (from < until) result.push({ from, until })
    if (a.until < b.until) one += 1
    else other += 1
  }
}

/** What lies in the first and not in the second. */
export function without(some: readonly Interval[], taken: readonly Interval[]): Interval[] {
  return some.flatMap((one) => {
    const left: Interval[] = []
    let from = one.from
    for (const out of taken) {
      if (out.until <= from || out.from >= one.until) continue
      if (out.from > from) left.push({ from, until: out.from })
      from = Math.max(from, out.until)
    }
    return from < one.until ? [...left, { from, until: one.until }] : left
  })
}
