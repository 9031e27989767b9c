/** How the versions of one calendar follow each other. Dates are local, YYYY-MM-DD; `until` is the last day. Pure. */
import type { CalendarRules, CalendarVersion } from '../../../platform/calendar.ts'

export type Validity = { from: string; until: string | null }
export type HeldVersion = Validity & { id: string; rules: CalendarRules }

/** What adding a version does to those that are there. */
export type Placement<Version extends Validity> =
  | { what: 'free' }
  /** `before` ends the day before; if it had no end and the new one has, its rules go on after it. */
  | { what: 'after'; before: Version; endsOn: string; resumesOn: string | null }
  | { what: 'overlap'; with: Version }

/** Where a new version fits. Only an open-ended version gives way, and only for days that have not come yet. */
export function placeVersion<Version extends Validity>(
  versions: readonly Version[],
  added: Validity,
  today: string,
): Placement<Version> {
  const overlapping = versions.filter((version) => overlaps(version, added))
  const [first, second] = overlapping
  if (first === undefined) return { what: 'free' }
  if (second === undefined && first.until === null && first.from < added.from && added.from > today) {
    const resumesOn = added.until === null ? null : dayAfter(added.until)
    return { what: 'after', before: first, endsOn: dayBefore(added.from), resumesOn }
  }
  return { what: 'overlap', with: overlapping.find((version) => version.until !== null) ?? first }
}

/** The versions as the compiler wants them: closed between those that leave a gap, and after a last one that ends. */
export function withGapsClosed(versions: readonly HeldVersion[]): CalendarVersion[] {
  const ordered = versions.toSorted((a, b) => (a.from < b.from ? -1 : 1))
  return ordered.flatMap((version, index) => {
    const held = { effectiveFrom: version.from, rules: version.rules }
    if (version.until === null || ordered[index + 1]?.from === dayAfter(version.until)) return [held]
    return [held, { effectiveFrom: dayAfter(version.until), rules: { ...version.rules, weekly: [], exceptions: [] } }]
  })
}

function overlaps(one: Validity, other: Validity): boolean {
  return (other.until === null || one.from <= other.until) && (one.until === null || other.from <= one.until)
}

function dayAfter(date: string): string {
  return Temporal.PlainDate.from(date).add({ days: 1 }).toString()
}

function dayBefore(date: string): string {
  return Temporal.PlainDate.from(date).subtract({ days: 1 }).toString()
}
