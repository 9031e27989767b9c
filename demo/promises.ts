/** Promises: a date given to the asker, moved with a reason, kept by most. */
import type { CaseKind } from '../src/modules/servicedesk/internal/lifecycle.ts'
import { addOpenTime, endOfWorkingDay, openBetween } from '../src/platform/calendar.ts'
import type { DemoPerson } from './city.ts'
import type { Stage } from './stage.ts'
import { resolved } from './steps.ts'
import { iso, type Step, type Told } from './story.ts'
import { promiseReasons } from './texts/talk.ts'

type Steps = Generator<Step, void>

const hourMs = 3_600_000
/** Closed by the promised date, of a hundred; the contract asks for ninety-five. */
const inTime = 0.957
/** How many working days ahead, by kind. */
const daysAhead: Partial<Record<CaseKind, [number, number]>> = {
  application_support: [1, 4],
  defect: [1, 4],
  development_request: [15, 40],
}

/** Works until the promised date, which some move before it comes and a few miss. */
export function* keepPromise(stage: Stage, told: Told, worker: DemoPerson, solutions: readonly string[]): Steps {
  const { random } = stage
  if (random.chance(0.08)) {
    const when = partOfTheWay(stage, told, told.facts.promisedAt, 0.6 + random.next() * 0.35)
    yield promised(stage, told, worker, when, random.pick(promiseReasons))
  }
  const share = random.chance(inTime) ? 0.25 + random.next() * 0.72 : 1.1 + random.next()
  const when = partOfTheWay(stage, told, told.facts.promisedAt, share)
  yield resolved(stage, told, worker, when, random.pick(solutions))
}

/** A date given to the asker: the end of an office day some days ahead, or later than the one given before. */
export function promised(
  { random, rules }: Stage,
  told: Told,
  worker: DemoPerson,
  after: Step['after'],
  reason = '',
): Step {
  const [fewest, most] = daysAhead[told.facts.kind] ?? [3, 9]
  const days = random.whole(fewest, most)
  const earlier = Date.parse(told.facts.promisedAt ?? '') || 0
  const { teamId } = told.facts
  return {
    after,
    event: (at) => {
      const due = endOfWorkingDay(rules.calendar, Math.max(at, earlier), days)
      return { kind: 'case.promised', version: 1, payload: { promisedFor: iso(due), teamId } }
    },
    actor: worker,
    text: reason === '' ? undefined : { body: reason },
  }
}

/** An instant between now and a date, at such a share of the office hours in between; past it when over one. */
export function partOfTheWay({ rules: { calendar } }: Stage, told: Told, until: string | null, share: number) {
  const open = Math.max(openBetween(calendar, told.at, Math.max(Date.parse(until ?? '') || 0, told.at)), hourMs)
  return { at: addOpenTime(calendar, told.at, Math.round(open * share)) }
}
