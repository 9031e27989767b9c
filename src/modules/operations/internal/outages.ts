/**
 * Outages as the administration's probes saw them (contract-logic.md §2, A.2.1). Pure.
 *
 * A scope is down while failing probes stand on at least two networks: one probe alone may have lost its own line. The
 * outage begins at the first failed check after the last good one of those probes, and ends at the first good check that
 * leaves fewer than two networks. A probe that falls silent meanwhile ends nothing; when all of them do, the outage ends
 * with the last check and the rest is unknown. Outside an outage one good probe means up; otherwise nobody knows.
 */
import { type Interval, joined, without } from './intervals.ts'
import type { Run } from './runs.ts'

export type WatchedBy = { network: string; runs: readonly Run[] }

/** The outages and the time nobody knows anything about, between two instants; all the rest is up. */
export function outagesSeen(probes: readonly WatchedBy[], from: number, until: number) {
  const outages: Interval[] = []
  const unknown: Interval[] = []
  let members: number[] = []
  let began: number | null = null
  const at = probes.map(() => 0)
  const times = boundaries(probes, from, until)
  for (const [index, time] of times.entries()) {
    const now = probes.map(({ runs }, probe) => runAt(runs, at, probe, time))
    const failing = now.flatMap((run, probe) => (run !== null && !run.isUp ? [probe] : []))
    const isSpread = new Set(failing.map((probe) => probes[probe]?.network)).size >= 2
    if (began !== null && !isSpread && (failing.length === 0 || members.some((probe) => now[probe]?.isUp))) {
      outages.push({ from: began, until: time })
      began = null
    }
    if (began === null && isSpread) began = firstFailure(probes, at, failing, outages.at(-1)?.until ?? 0)
    if (began !== null) members = [...new Set([...members, ...failing])]
    else {
      members = []
      const end = times[index + 1] ?? until
      if (!now.some((run) => run?.isUp)) unknown.push({ from: time, until: end })
    }
  }
  if (began !== null) outages.push({ from: began, until })
  const seen = joined(outages).map((one) => ({ from: Math.max(one.from, from), until: Math.min(one.until, until) }))
  return { outages: joined(seen), unknown: without(joined(unknown), seen) }
}

function boundaries(probes: readonly WatchedBy[], from: number, until: number): number[] {
  const times = new Set([from])
  for (const { runs } of probes)
    for (const run of runs) {
      // Runs before the period still tell where an outage began.
      times.add(run.from)
      times.add(run.until)
    }
  return [...times].filter((time) => time < until).sort((a, b) => a - b)
}

/** The run a probe is in at an instant; `at` remembers the place, because instants only go up. */
function runAt(runs: readonly Run[], at: number[], probe: number, time: number): Run | null {
  let place = at[probe] ?? 0
  while ((runs[place + 1]?.from ?? Number.POSITIVE_INFINITY) <= time) place += 1
  at[probe] = place
  const run = runs[place]
  return run !== undefined && run.from <= time && time < run.until ? run : null
}

function firstFailure(probes: readonly WatchedBy[], at: number[], failing: number[], notBefore: number): number {
  const runOf = (probe: number) => probes[probe]?.runs[at[probe] ?? 0]
  const lastGood = Math.max(
    ...failing.map((probe) => {
      const before = probes[probe]?.runs[(at[probe] ?? 0) - 1]
      return before?.isUp ? before.last : Number.NEGATIVE_INFINITY
    }),
  )
  const firsts = failing.flatMap((probe) => runOf(probe)?.failedAt.find((time) => time > lastGood) ?? [])
  return Math.max(notBefore, Math.min(...firsts))
}
