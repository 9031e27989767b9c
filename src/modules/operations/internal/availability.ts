/** The availability of one scope from what was seen, declared and agreed. Pure; milliseconds throughout. */
import { type Interval, intersect, joined, totalMs, without } from './intervals.ts'

export type SeenScope = {
  /** When it had to work: its life, in its hours. */
  due: readonly Interval[]
  /** What probes saw; null when no probe of the administration watched it in the period. */
  seen: { outages: readonly Interval[]; unknown: readonly Interval[] } | null
  /** What the supplier declared and did not exclude. */
  declared: readonly Interval[]
  /** Interruptions agreed beforehand. */
  agreed: readonly Interval[]
}

export type Availability = {
  dueMs: number
  upMs: number
  downMs: number
  unknownMs: number
  agreedMs: number
  declaredDownMs: number
  source: 'probes' | 'declared' | 'none'
  outages: { from: number; until: number; ms: number }[]
}

/**
 * due = up + down + unknown. Down time inside an agreed interruption is taken out of both due and down. `outages` are
 * whole, longest first; `ms` is the part that counts.
 */
export function availabilityOf({ due, seen, declared, agreed }: SeenScope): Availability {
  const said = joined(declared)
  const source = seen !== null ? 'probes' : said.length > 0 ? 'declared' : 'none'
  const whole = seen === null ? said : seen.outages
  const unknown = source === 'none' ? due : intersect(seen?.unknown ?? [], due)
  const stops = joined(agreed)
  const down = intersect(whole, due)
  const agreedMs = totalMs(intersect(down, stops))
  const downMs = totalMs(down) - agreedMs
  const dueMs = totalMs(due) - agreedMs
  const unknownMs = totalMs(unknown)
  const counted = (one: Interval) => totalMs(without(intersect([one], due), stops))
  return {
    dueMs,
    upMs: dueMs - downMs - unknownMs,
    downMs,
    unknownMs,
    agreedMs,
    declaredDownMs: totalMs(without(intersect(said, due), stops)),
    source,
    outages: whole
      .map((one) => ({ ...one, ms: counted(one) }))
      .filter(({ from, until }) => intersect([{ from, until }], due).length > 0)
      .sort((a, b) => b.ms - a.ms || a.from - b.from),
  }
}

type Planned = { state: string; from_at: string; decided_at: string | null; noticed_at: string | null }

/** Whether an interruption counts as agreed: accepted by the city and told to users, both before it began. */
export function isAgreed({ state, from_at, decided_at, noticed_at }: Planned): boolean {
  const isBefore = (at: string | null) => at !== null && Date.parse(at) < Date.parse(from_at)
  return state === 'accepted' && isBefore(decided_at) && isBefore(noticed_at)
}

/** Whether users had their days' notice of extraordinary maintenance; null where none is asked for. */
export function isNoticeKept(kind: string, fromAt: string, noticedAt: string | null, days: number): boolean | null {
  if (kind !== 'extraordinary') return null
  return noticedAt !== null && Date.parse(fromAt) - Date.parse(noticedAt) >= days * 86_400_000
}
