/**
 * Cases of the last week that stand as they are now whatever the dice say, so that each page that asks for an act has
 * something to act on: to confirm, to sign for, to approve, over the date, due today.
 */
import type { CaseEvent } from '../src/modules/servicedesk/internal/case-events.ts'
import type { CaseKind } from '../src/modules/servicedesk/internal/lifecycle.ts'
import { endOfWorkingDay } from '../src/platform/calendar.ts'
import { proposeKind } from './recounts.ts'
import { entrust, pause, question, receive, resolved, taken } from './steps.ts'
import { iso, type Life } from './story.ts'
import { kindReasons } from './texts/talk.ts'
import { recentOf } from './volumes.ts'

export type Shown = { kind: CaseKind; life: Life | null; stopAfter: CaseEvent['kind'] | null; isOfTheCast: boolean }

const dayMs = 86_400_000

/** In charge, and left at that: soon over its date. */
const forgotten: Life = function* (stage, told) {
  yield* receive(stage, told)
}

/** Resolved now, for its asker to say whether it is. */
const toConfirm: Life = function* (stage, told) {
  yield* receive(stage, told)
  yield resolved(stage, told, told.agent, 1, 'Ripristinata la configurazione. Puoi provare?')
}

const toAnswer: Life = function* (stage, told) {
  yield* receive(stage, told)
  for (const step of question(stage, told, told.agent, told.topic?.questions ?? [])) {
    yield step
    return
  }
}

const waiting: Life = function* (stage, told) {
  yield* receive(stage, told)
  const worker = yield* entrust(stage, told, stage.field)
  for (const step of pause(stage, told, worker, 'third_party')) {
    yield step
    return
  }
}

/** Promised for the end of today's office hours, or of the next day on which there are any. */
const dueToday: Life = function* (stage, told) {
  const { rules, untilMs, applications } = stage
  yield* receive(stage, told)
  const worker = yield* entrust(stage, told, applications)
  yield taken(worker, applications.id, 1)
  const today = endOfWorkingDay(rules.calendar, untilMs - dayMs, 1)
  const promisedFor = iso(today > untilMs ? today : endOfWorkingDay(rules.calendar, untilMs, 1))
  const payload = { promisedFor, teamId: told.facts.teamId }
  yield { after: 1, event: { kind: 'case.promised', version: 1, payload }, actor: worker }
}

const toConsent: Life = function* (stage, told) {
  yield* receive(stage, told)
  for (const step of proposeKind(stage, told, 'application_support', kindReasons.proposed[0])) {
    yield step
    return
  }
}

const nothing: Life = function* () {}

const shown: readonly Shown[] = [
  { kind: 'incident', life: toConfirm, stopAfter: null, isOfTheCast: true },
  { kind: 'consumable', life: null, stopAfter: 'case.delivered', isOfTheCast: true },
  { kind: 'incident', life: forgotten, stopAfter: null, isOfTheCast: false },
  { kind: 'small_maintenance', life: null, stopAfter: 'case.estimated', isOfTheCast: false },
  { kind: 'application_support', life: dueToday, stopAfter: null, isOfTheCast: true },
  { kind: 'service_request', life: forgotten, stopAfter: null, isOfTheCast: false },
  { kind: 'incident', life: toAnswer, stopAfter: null, isOfTheCast: true },
  { kind: 'incident', life: toConsent, stopAfter: null, isOfTheCast: false },
  { kind: 'incident', life: waiting, stopAfter: null, isOfTheCast: false },
  { kind: 'defect', life: dueToday, stopAfter: null, isOfTheCast: false },
  { kind: 'service_request', life: nothing, stopAfter: null, isOfTheCast: false },
]

/** Which of so many cases are the ones shown: spread over the first days of the last week. */
export function placesOf(howMany: number): ReadonlyMap<number, Shown> {
  const recent = recentOf(howMany)
  const step = Math.floor((recent * 0.55) / shown.length)
  if (step < 1) return new Map()
  return new Map(shown.map((one, index) => [howMany - recent + index * step, one]))
}
