/** From single checks of a probe to runs of the same result. Pure. */

/** One check, or a stretch of good ones none of which is farther from the next than the scope allows. Epoch milliseconds. */
export type Check = { from: number; to: number; isUp: boolean }

/**
 * Checks of one probe with the same result, without a gap. `until` is the first check with the other result; before a
 * gap it is the last check of the run; for the last run of all, one interval after its last check.
 */
export type Run = { isUp: boolean; from: number; last: number; until: number; failedAt: number[] }

/** The runs of checks in ascending order. A gap longer than twice the interval belongs to no run: it is unknown. */
export function runsOf(checks: Iterable<Check>, intervalMs: number): Run[] {
  const runs: Run[] = []
  let run: Run | null = null
  for (const { from, to, isUp } of checks) {
    const isGap = run !== null && from - run.last > 2 * intervalMs
    if (run !== null && !isGap && run.isUp === isUp) {
      run.last = to
      if (!isUp) run.failedAt.push(from)
      continue
    }
    if (run !== null) run.until = isGap ? run.last : from
    run = { isUp, from, last: to, until: to, failedAt: isUp ? [] : [from] }
    runs.push(run)
  }
  if (run !== null) run.until = run.last + intervalMs
  return runs
}
