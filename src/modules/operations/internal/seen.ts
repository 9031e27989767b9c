/** What the administration's probes saw of some scopes. */
import type { TxContext } from '../../../platform/context.ts'
import type { ScopeRow } from '../schema.ts'
import { dayAndMs, dayText } from './instants.ts'
import type { Interval } from './intervals.ts'
import { outagesSeen } from './outages.ts'
import { type Check, runsOf } from './runs.ts'
import { type ProvedDay, selectProvedDays } from './sample-queries.ts'

/** Outages and unknown time by scope; a scope that no probe watched in the period is left out. */
export async function scopesSeen(ctx: TxContext, scopes: readonly ScopeRow[], from: number, until: number) {
  // A day more on both sides: an outage may have begun before, and the check after the end tells what was until then.
  const day = (at: number) => dayText(dayAndMs(at).day)
  const ids = scopes.map((scope) => scope.id)
  const days = await selectProvedDays(ctx, ids, day(from - 86_400_000), day(until + 86_400_000))
  const byScope = Map.groupBy(days, (one) => one.scopeId)
  const seen = new Map<string, { outages: Interval[]; unknown: Interval[] }>()
  for (const scope of scopes) {
    const ofScope = byScope.get(scope.id) ?? []
    if (!ofScope.some((one) => one.startMs + one.lastMs >= from && one.startMs + one.firstMs < until)) continue
    const byProbe = [...Map.groupBy(ofScope, (one) => one.probeId).values()]
    const probes = byProbe.map((all) => ({
      network: all[0]?.network ?? '',
      runs: runsOf(checksOf(all), scope.intervalS * 1000),
    }))
    seen.set(scope.id, outagesSeen(probes, from, until))
  }
  return seen
}

/** The checks of one probe in order of time; days that overlap, from several files, are put together. */
function* checksOf(days: readonly ProvedDay[]): Generator<Check> {
  for (let first = 0; first < days.length; ) {
    const { startMs } = days[first] ?? { startMs: 0 }
    let last = first
    while (days[last + 1]?.startMs === startMs) last += 1
    const ofDay = days.slice(first, last + 1)
    first = last + 1
    const [plain] = ofDay
    if (plain?.atMs === null) yield { from: startMs + plain.firstMs, to: startMs + plain.lastMs, isUp: true }
    else yield* singleChecks(startMs, ofDay)
  }
}

function* singleChecks(startMs: number, days: readonly ProvedDay[]): Generator<Check> {
  const failed = new Set(days.flatMap((one) => one.failedMs))
  const all = days.flatMap((one) => one.atMs ?? []).sort((a, b) => a - b)
  for (const ms of all) yield { from: startMs + ms, to: startMs + ms, isUp: !failed.has(ms) }
}
