/**
 * How much a city asks of its desk in a year. The sizes are those of a real report of four quarters: some 10,000
 * interventions on site, 1,400 cases on applications, 500 small maintenance works, 1,700 deliveries of consumables.
 */
import { type CaseKind, caseKinds } from '../src/modules/servicedesk/internal/lifecycle.ts'
import { addOpenTime, type CompiledCalendar, openBetween } from '../src/platform/calendar.ts'
import type { Random } from './random.ts'

/** Cases of a year by kind, at scale 1. */
export const yearlyCases: Record<CaseKind, number> = {
  incident: 7800,
  service_request: 4300,
  consumable: 1540,
  application_support: 850,
  defect: 550,
  small_maintenance: 500,
  data_processing: 120,
  development_request: 45,
  ancillary_service: 295,
}

/** All of them: what a `DEMO_SCALE` of 1 builds. */
export const casesAtScaleOne = Object.values(yearlyCases).reduce((sum, cases) => sum + cases, 0)

/** Person-days a year for extensions of applications and of the web, at scale 1. */
export const extensionDaysAtScaleOne = 100

export const daysOfHistory = 365

/** The kinds of so many cases, in the proportions of the year, shuffled. */
export function shuffledKinds(random: Random, howMany: number): CaseKind[] {
  const kinds: CaseKind[] = []
  let owed = 0
  for (const kind of caseKinds) {
    owed += (yearlyCases[kind] * howMany) / casesAtScaleOne
    while (kinds.length < Math.round(owed)) kinds.push(kind)
  }
  for (let last = kinds.length - 1; last > 0; last -= 1) {
    const other = random.whole(0, last)
    const kept = kinds[last] ?? 'incident'
    kinds[last] = kinds[other] ?? kept
    kinds[other] = kept
  }
  return kinds
}

const dayMs = 86_400_000
/** Cases of the last seven days at least, whatever the scale: whoever opens the queue finds work in it. */
const recentCases = 120

/** How many of so many cases are of the last week. */
export function recentOf(howMany: number): number {
  return Math.max(Math.min(recentCases, Math.floor(howMany / 4)), Math.floor((howMany * 7) / daysOfHistory))
}

/** When each of so many cases reaches the desk, sorted: in office hours but for a few, slower in August. */
export function arrivals(random: Random, calendar: CompiledCalendar, howMany: number, fromMs: number, untilMs: number) {
  const recent = recentOf(howMany)
  const weekAgo = Math.max(fromMs, untilMs - 7 * dayMs)
  const instants = new Float64Array(howMany)
  for (let index = 0; index < howMany; index += 1) {
    const [from, to] = index < howMany - recent ? [fromMs, weekAgo] : [weekAgo, untilMs]
    instants[index] = Math.min(arrival(random, calendar, from, to), untilMs - 1000)
  }
  return instants.sort()
}

const eveningsAndSundays = 0.05

function arrival(random: Random, calendar: CompiledCalendar, from: number, to: number): number {
  if (random.chance(eveningsAndSundays)) return Math.floor(from + random.next() * (to - from))
  const open = openBetween(calendar, from, to)
  if (open === 0) return Math.floor(from + random.next() * (to - from))
  const at = addOpenTime(calendar, from, Math.floor(random.next() * open))
  return isAugust(at) && random.chance(0.5) ? arrival(random, calendar, from, to) : at
}

function isAugust(at: number): boolean {
  return new Date(at).getUTCMonth() === 7
}
