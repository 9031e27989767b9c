/** The lives of faults, of requests at the desk, and of ancillary services. */
import type { DemoPerson } from './city.ts'
import { applicationWork } from './lives-applications.ts'
import { recount } from './recounts.ts'
import type { Stage } from './stage.ts'
import {
  afterwards,
  cancelled,
  entrust,
  noted,
  pause,
  pauseReason,
  question,
  receive,
  resolved,
  taken,
  visits,
} from './steps.ts'
import type { Life, Step, Told } from './story.ts'

type Steps = Generator<Step, void>

const hoursToWork = { blocking: 1.5, high: 3, normal: 5 } as const

/** A fault or a request: first tier, perhaps a team, perhaps somebody who goes there. */
export const deskLife: Life = function* (stage, told) {
  const { random } = stage
  if (random.chance(0.012)) return yield cancelled(told, 3)
  yield* receive(stage, told)
  yield* recount(stage, told)
  if (told.facts.kind === 'application_support') return yield* applicationWork(stage, told)
  if (random.chance(0.012)) return yield cancelled(told, 3)
  const worker = yield* workerFor(stage, told)
  if (random.chance(0.1)) yield* question(stage, told, worker, told.topic?.questions ?? [])
  if (random.chance(0.07)) yield* pause(stage, told, worker, pauseReason(random))
  yield* work(stage, told, worker)
  yield* afterwards(stage, told, () => work(stage, told, worker))
}

// Who will do it: the agent, or somebody of the team that such things are entrusted to.
function* workerFor(stage: Stage, told: Told): Generator<Step, DemoPerson> {
  const { random } = stage
  const team = told.topic?.team ?? null
  if (team === null) return told.agent
  const worker = yield* entrust(stage, told, stage[team])
  if (random.chance(0.15)) yield noted(stage, told, worker)
  if (!told.topic?.isOnSite || random.chance(0.5)) yield taken(worker, stage[team].id, 2)
  return worker
}

function* work(stage: Stage, told: Told, worker: DemoPerson): Steps {
  const { random } = stage
  const hours = hoursToWork[told.facts.severity] * (random.chance(0.03) ? 5 : 1)
  const solutions = told.topic?.solutions ?? []
  if (told.topic?.isOnSite) yield* visits(stage, told, worker, solutions, hours)
  else yield resolved(stage, told, worker, hours, random.pick(solutions))
}

/** Transport, printing, rooms: taken in charge, done. */
export const ancillaryLife: Life = function* (stage, told) {
  const { random } = stage
  if (random.chance(0.03)) return yield cancelled(told, 4)
  yield* receive(stage, told)
  const worker = told.topic?.team === 'field' ? yield* entrust(stage, told, stage.field) : told.agent
  const done = () => ending(stage, told, worker)
  yield* done()
  yield* afterwards(stage, told, done)
}

function* ending(stage: Stage, told: Told, worker: DemoPerson): Steps {
  yield resolved(stage, told, worker, 8, stage.random.pick(told.topic?.solutions ?? []))
}
