/** The lives of work that is estimated and approved: small maintenance, data processing, development. */
import type { DemoPerson } from './city.ts'
import { keepPromise, promised } from './promises.ts'
import type { Random } from './random.ts'
import type { Stage } from './stage.ts'
import { afterwards, cancelled, entrust, lastWord, pause, question, receive, resolved, taken } from './steps.ts'
import type { Life, Step, Told } from './story.ts'
import { dataSolutions, developmentSolutions, maintenanceSolutions } from './texts/applications.ts'
import { approvals, estimates, promiseReasons, quotaUsedUp, refusals } from './texts/talk.ts'

type Steps = Generator<Step, void>

export const worksLife: Life = function* (stage, told) {
  if (stage.random.chance(0.02)) return yield cancelled(told, 8)
  yield* receive(stage, told)
  yield* approvedWork(stage, told)
}

/** From the first tier on: estimate, the city's decision, the work by a promised date. */
export function* approvedWork(stage: Stage, told: Told): Steps {
  const { random, applications } = stage
  const worker = yield* entrust(stage, told, applications)
  yield taken(worker, applications.id, 4)
  if (random.chance(0.2)) yield* question(stage, told, worker, told.topic?.questions ?? [])
  yield estimated(stage, told, worker, 8)
  yield* decide(stage, told, told.facts.personDays ?? 0)
  if (told.facts.state === 'rejected') return
  if (told.facts.kind !== 'data_processing') yield promised(stage, told, worker, 2)
  if (random.chance(0.07)) yield* pause(stage, told, worker, 'planned_change')
  if (told.facts.promisedAt === null) yield resolved(stage, told, worker, 14, random.pick(dataSolutions))
  else yield* works(stage, told, worker)
  if (told.facts.kind === 'small_maintenance') yield* afterwards(stage, told, () => again(stage, told, worker))
  else yield* lastWord(stage, told)
}

/** How many person-days it takes; it waits for the city's word. */
export function estimated({ random }: Stage, told: Told, worker: DemoPerson, after: number): Step {
  const { teamId } = told.facts
  return {
    after,
    event: { kind: 'case.estimated', version: 1, payload: { personDays: daysOf(random, told), teamId } },
    actor: worker,
    text: { body: random.pick(estimates) },
  }
}

// What is developed takes longer than any first date: it is moved, with its reason, as often as it needs.
function* works(stage: Stage, told: Told, worker: DemoPerson): Steps {
  const { random } = stage
  const isDevelopment = told.facts.kind === 'development_request'
  if (isDevelopment)
    for (let times = random.whole(1, 4); times > 0; times -= 1)
      yield promised(stage, told, worker, 25, random.pick(promiseReasons))
  yield* keepPromise(stage, told, worker, isDevelopment ? developmentSolutions : maintenanceSolutions)
}

function* again(stage: Stage, told: Told, worker: DemoPerson): Steps {
  yield promised(stage, told, worker, 2, stage.random.pick(promiseReasons))
  yield* keepPromise(stage, told, worker, maintenanceSolutions)
}

// Only extensions draw on the year's person-days; when those are used up, the city refuses.
function* decide(stage: Stage, told: Told, personDays: number): Steps {
  const { random, manager } = stage
  const year = new Date(told.at).getUTCFullYear()
  const isExtension = told.facts.details.nature === 'extension'
  const isOver = isExtension && personDays > stage.extensionDays(year)
  if (isOver || random.chance(0.06)) {
    const text = { body: isOver ? quotaUsedUp : random.pick(refusals) }
    yield { after: 12, event: { kind: 'case.refused', version: 1, payload: {} }, actor: manager, text }
    return
  }
  const text = random.chance(0.6) ? { body: random.pick(approvals) } : undefined
  yield { after: 12, event: { kind: 'case.approved', version: 1, payload: {} }, actor: manager, text }
  if (isExtension) stage.spendExtension(year, personDays)
}

function daysOf(random: Random, told: Told): number {
  if (told.facts.kind === 'development_request') return random.whole(20, 120)
  if (told.facts.kind === 'data_processing') return random.whole(1, 6) / 2
  if (told.facts.details.nature === 'extension') return random.whole(1, 6) / 2
  return random.chance(0.1) ? random.whole(8, 15) : random.whole(1, 10) / 2
}
