/**
 * Cases of the last week that stand as they are now whatever the dice say, so that each page that asks for an act has
 * something to act on: to confirm, to sign for, to approve, over the date, due today.
 */
import type { CaseKind } from '../src/modules/servicedesk/internal/lifecycle.ts'
import { endOfWorkingDay } from '../src/platform/calendar.ts'
import { delivered } from './lives-goods.ts'
import { estimated } from './lives-works.ts'
import { proposeKind } from './recounts.ts'
import { entrust, pause, question, receive, resolved, taken } from './steps.ts'
import { iso, type Life } from './story.ts'
import { kindReasons } from './texts/talk.ts'
import { recentOf } from './volumes.ts'

export type Shown = { kind: CaseKind; life: Life; isOfTheCast: boolean }

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

/** Delivered, for its asker to sign. */
const toSign: Life = function* (stage, told) {
  yield* receive(stage, told)
  const worker = yield* entrust(stage, told, stage.field)
  yield delivered(stage, told, worker, told.facts.details.items, 4)
}

/** Estimated, for the city to approve. */
const toApprove: Life = function* (stage, told) {
  yield* receive(stage, told)
  const worker = yield* entrust(stage, told, stage.applications)
  yield taken(worker, stage.applications.id, 1)
  yield estimated(stage, told, worker, 3)
}

const nothing: Life = function* () {}

const shown: readonly (Shown & { share: number })[] = [
  { share: 0.1, kind: 'small_maintenance', life: toApprove, isOfTheCast: false },
  { share: 0.15, kind: 'incident', life: forgotten, isOfTheCast: false },
  { share: 0.2, kind: 'service_request', life: forgotten, isOfTheCast: false },
  { share: 0.3, kind: 'application_support', life: dueToday, isOfTheCast: true },
  { share: 0.35, kind: 'incident', life: toConsent, isOfTheCast: false },
  { share: 0.4, kind: 'incident', life: waiting, isOfTheCast: false },
  { share: 0.45, kind: 'defect', life: dueToday, isOfTheCast: false },
  { share: 0.5, kind: 'consumable', life: toSign, isOfTheCast: true },
  { share: 0.6, kind: 'incident', life: toConfirm, isOfTheCast: true },
  { share: 0.7, kind: 'incident', life: toAnswer, isOfTheCast: true },
  { share: 0.75, kind: 'service_request', life: nothing, isOfTheCast: false },
]

/** Which of so many cases are the ones shown: each after its share of the last week. */
export function placesOf(howMany: number): ReadonlyMap<number, Shown> {
  const recent = recentOf(howMany)
  if (recent < 40) return new Map()
  return new Map(shown.map((one) => [howMany - recent + Math.floor(one.share * recent), one]))
}
