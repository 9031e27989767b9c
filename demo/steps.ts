/** The steps that lives share: taking in charge, asking, waiting, visiting, resolving and what the asker says then. */
import type { pauseReasons } from '../src/modules/servicedesk/internal/lifecycle.ts'
import type { Severity } from '../src/modules/servicedesk/vocabulary.ts'
import { answerDays } from '../src/modules/servicedesk/work-case.ts'
import { endOfWorkingDay, nextOpening } from '../src/platform/calendar.ts'
import type { DemoPerson } from './city.ts'
import type { Random } from './random.ts'
import type { DemoTeam, Stage } from './stage.ts'
import { iso, type Step, type Told } from './story.ts'
import { greetings, nobodyThere, notes, pauseNotes, reopenings, toReturn } from './texts/talk.ts'

type Steps = Generator<Step, void>

const minuteMs = 60_000

/** Office hours until somebody takes a case in charge, by urgency; a few are forgotten for a while. */
const hoursToTake: Record<Severity, number> = { blocking: 0.2, high: 0.4, normal: 0.8 }

/** The first tier takes it in charge, and mostly says so. */
export function* receive({ random, firstTier }: Stage, told: Told): Steps {
  const hours = hoursToTake[told.facts.severity] * (random.chance(0.04) ? 6 : 1)
  yield taken(told.agent, firstTier.id, hours)
  if (random.chance(0.8)) yield said(told, random.pick(greetings), 0.2)
}

export function taken(holder: DemoPerson, teamId: string, after: number): Step {
  return { after, event: { kind: 'case.taken', version: 1, payload: { holderId: holder.id, teamId } }, actor: holder }
}

/** Entrusts it to a team, at times with a note; returns who will work on it. */
export function* entrust({ random }: Stage, told: Told, team: DemoTeam): Generator<Step, DemoPerson> {
  const text = random.chance(0.3) ? { note: random.pick(notes) } : undefined
  const payload = { teamId: team.id }
  yield { after: 0.5, event: { kind: 'case.assigned', version: 1, payload }, actor: told.agent, text }
  return random.pick(team.members)
}

/** Public words of the desk to the asker. */
export function said(told: Told, body: string, after: number, author = told.agent): Step {
  const payload = { visibility: 'public', isRequester: false, teamId: told.facts.teamId } as const
  return { after, event: { kind: 'case.replied', version: 1, payload }, actor: author, text: { body } }
}

/** A note that only staff read. */
export function noted({ random }: Stage, told: Told, author: DemoPerson): Step {
  const payload = { visibility: 'internal', isRequester: false, teamId: told.facts.teamId } as const
  const text = { body: random.pick(notes) }
  return { after: 0.5, event: { kind: 'case.replied', version: 1, payload }, actor: author, text }
}

/** The desk asks; most people answer, for the others it goes on without. */
export function* question(
  { random }: Stage,
  told: Told,
  worker: DemoPerson,
  asked: readonly (readonly [string, string])[],
): Steps {
  if (asked.length === 0) return
  const [body, answer] = random.pick(asked)
  const { teamId } = told.facts
  yield { after: 1, event: { kind: 'case.asked', version: 1, payload: { teamId } }, actor: worker, text: { body } }
  if (random.chance(0.1)) {
    yield { after: 20, event: { kind: 'case.resumed', version: 1, payload: { teamId } }, actor: worker }
    return
  }
  const payload = { visibility: 'public', isRequester: true, teamId: null } as const
  yield {
    after: 5,
    event: { kind: 'case.replied', version: 1, payload },
    actor: told.asker,
    text: { body: answer },
    door: told.facts.channel === 'mail' ? 'mail' : 'portal',
  }
}

type PauseReason = (typeof pauseReasons)[number]
const hoursOfPause: Record<PauseReason, number> = {
  appointment: 9,
  third_party: 25,
  planned_change: 20,
  force_majeure: 12,
}

/** It waits for a while, for a reason of the closed list. */
export function* pause({ random }: Stage, told: Told, worker: DemoPerson, reason: PauseReason): Steps {
  const { teamId } = told.facts
  const text = { body: random.pick(pauseNotes[reason]) }
  yield {
    after: 1,
    event: { kind: 'case.paused', version: 1, payload: { reason, teamId } },
    actor: worker,
    text,
  }
  const after = hoursOfPause[reason]
  yield { after, event: { kind: 'case.resumed', version: 1, payload: { teamId } }, actor: worker }
}

/** Any of the reasons, the commoner ones more often. */
export function pauseReason(random: Random): PauseReason {
  const chance = random.next()
  if (chance < 0.55) return 'appointment'
  if (chance < 0.85) return 'third_party'
  return chance < 0.97 ? 'planned_change' : 'force_majeure'
}

type Outcome = 'resolved' | 'to_return' | 'nobody_there'

/** Somebody goes there. What the phone could not send at once is recorded later. */
export function visit(
  stage: Stage,
  told: Told,
  worker: DemoPerson,
  after: number,
  outcome: Outcome,
  note: string,
): Step {
  const { random } = stage
  const minutes = outcome === 'resolved' ? random.whole(10, 75) : random.whole(3, 20)
  const untold = random.chance(0.15) ? random.whole(20, 150) : random.whole(1, 4)
  const earliest = told.at
  const { teamId } = told.facts
  const times = (at: number) => visitTimes(stage, earliest, at, minutes, untold)
  const serial = outcome === 'resolved' && random.chance(0.3) ? `SN${random.whole(100_000, 999_999)}` : ''
  return {
    after,
    event: (at) => {
      const { startedAt, endedAt } = times(at)
      const payload = { startedAt: iso(startedAt), endedAt: iso(endedAt), outcome, teamId }
      return { kind: 'case.visited', version: 1, payload }
    },
    happened: (at) => times(at).endedAt,
    actor: worker,
    text: { note, ...(serial && { serial }) },
  }
}

// Nobody is there before the offices open, nor before they were sent.
function visitTimes({ rules }: Stage, earliest: number, at: number, minutes: number, untold: number) {
  const wanted = Math.max(at - (untold + minutes) * minuteMs, earliest)
  const startedAt = Math.min(nextOpening(rules.calendar, wanted), at)
  return { startedAt, endedAt: Math.max(at - untold * minuteMs, startedAt) }
}

/** One or two visits, the last of which resolves. */
export function* visits(
  stage: Stage,
  told: Told,
  worker: DemoPerson,
  solutions: readonly string[],
  hours: number,
): Steps {
  const { random } = stage
  const chance = random.next()
  if (chance < 0.05) {
    yield visit(stage, told, worker, hours, 'nobody_there', random.pick(nobodyThere))
    yield* pause(stage, told, worker, 'appointment')
  } else if (chance < 0.1) {
    yield visit(stage, told, worker, hours, 'to_return', random.pick(toReturn))
    if (random.chance(0.5)) yield* pause(stage, told, worker, 'third_party')
  }
  const note = random.pick(solutions)
  yield visit(stage, told, worker, hours, 'resolved', note)
  yield resolved(stage, told, worker, { at: told.at + random.whole(50, 900) }, note)
}

/** Says that it is resolved and how; the asker has five working days to answer. */
export function resolved({ rules }: Stage, told: Told, worker: DemoPerson, after: Step['after'], body: string): Step {
  const { teamId } = told.facts
  return {
    after,
    event: (at) => {
      const closesAt = iso(endOfWorkingDay(rules.calendar, at, answerDays))
      return { kind: 'case.resolved', version: 1, payload: { teamId, closesAt } }
    },
    actor: worker,
    text: { body },
  }
}

/** What the asker says of a resolution, or that they say nothing. `again` does the work anew for who reopens. */
export function* afterwards(stage: Stage, told: Told, again: () => Steps): Steps {
  const { random } = stage
  if (random.chance(0.045)) {
    const extent = random.chance(0.4) ? 'partly' : 'no'
    const text = { body: random.pick(reopenings[extent]) }
    yield { after: 8, event: { kind: 'case.reopened', version: 1, payload: { extent } }, actor: told.asker, text }
    yield* again()
  }
  yield* lastWord(stage, told)
}

/** Yes, or silence. */
export function* lastWord({ random }: Stage, told: Told): Steps {
  if (random.chance(0.55)) {
    const door = random.chance(0.4) ? 'link' : 'portal'
    yield { after: 8, event: { kind: 'case.confirmed', version: 1, payload: {} }, actor: told.asker, door }
    return
  }
  const at = Date.parse(told.facts.closesAt ?? '') + random.whole(500, 20_000)
  yield { after: { at }, event: { kind: 'case.closed_silent', version: 1, payload: {} }, actor: null }
}

export function cancelled(told: Told, after: number): Step {
  return { after, event: { kind: 'case.cancelled', version: 1, payload: {} }, actor: told.asker }
}
