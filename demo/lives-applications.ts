/** The lives of help with applications and of defects: a date is promised, and mostly kept. */
import type { DemoPerson } from './city.ts'
import { approvedWork } from './lives-works.ts'
import { keepPromise, promised } from './promises.ts'
import { proposeKind } from './recounts.ts'
import type { Stage } from './stage.ts'
import { afterwards, cancelled, entrust, pause, question, receive, taken } from './steps.ts'
import type { Life, Step, Told } from './story.ts'
import { defectSolutions, supportSolutions } from './texts/applications.ts'
import { kindReasons, promiseReasons } from './texts/talk.ts'

type Steps = Generator<Step, void>

export const applicationLife: Life = function* (stage, told) {
  const { random } = stage
  if (random.chance(0.015)) return yield cancelled(told, 4)
  yield* receive(stage, told)
  if (told.facts.kind === 'application_support' && random.chance(0.015)) {
    yield* proposeKind(stage, told, 'small_maintenance', kindReasons.proposed[1])
    if (told.facts.kind !== 'application_support') return yield* approvedWork(stage, told)
  }
  yield* applicationWork(stage, told)
}

/** From the first tier on: the second tier takes it, promises a date, works, resolves. */
export function* applicationWork(stage: Stage, told: Told): Steps {
  const { random, applications } = stage
  const worker = yield* entrust(stage, told, applications)
  yield taken(worker, applications.id, 2)
  if (random.chance(0.03)) yield* recount(told, worker)
  if (random.chance(0.15)) yield* question(stage, told, worker, told.topic?.questions ?? [])
  yield promised(stage, told, worker, 1.5)
  if (random.chance(0.06)) yield* pause(stage, told, worker, random.chance(0.6) ? 'third_party' : 'planned_change')
  yield* keepPromise(stage, told, worker, solutionsOf(told))
  yield* afterwards(stage, told, () => again(stage, told, worker))
}

function* again(stage: Stage, told: Told, worker: DemoPerson): Steps {
  yield promised(stage, told, worker, 2, stage.random.pick(promiseReasons))
  yield* keepPromise(stage, told, worker, solutionsOf(told))
}

// Help that turns out to be a defect, or the other way round: the indicator stays the same.
function* recount(told: Told, worker: DemoPerson): Steps {
  const from = told.facts.kind
  const to = from === 'defect' ? 'application_support' : 'defect'
  const text = { note: from === 'defect' ? kindReasons.direct[1] : kindReasons.defect[0] }
  // One that began as a fault has left its indicator once already, with the city's consent.
  if (told.facts.openedKind !== from) return
  const payload = { from, to, hasConsent: false } as const
  yield { after: 1, event: { kind: 'case.kind_changed', version: 1, payload }, actor: worker, text }
}

function solutionsOf(told: Told): readonly string[] {
  return told.facts.kind === 'defect' ? defectSolutions : supportSolutions
}
