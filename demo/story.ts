/**
 * Telling a story: each step at its office hour, folded by the same pure functions that the operations use, with the
 * escalations that the clocks reach in between.
 */
import { audienceOf } from '../src/modules/servicedesk/internal/audience.ts'
import type { CaseEvent } from '../src/modules/servicedesk/internal/case-events.ts'
import { clocksOf, nextLevel, within } from '../src/modules/servicedesk/internal/clocks.ts'
import { applyEvent, type CaseFacts, openedFacts } from '../src/modules/servicedesk/internal/fold.ts'
import type { OpeningFacts } from '../src/modules/servicedesk/open-case.ts'
import { decideOpen } from '../src/modules/servicedesk/open-case.ts'
import type { Metric } from '../src/modules/servicedesk/vocabulary.ts'
import { addOpenTime, nextOpening } from '../src/platform/calendar.ts'
import type { Door } from '../src/platform/context.ts'
import type { DemoPerson } from './city.ts'
import type { Stage } from './stage.ts'
import type { Topic } from './texts/topics.ts'

type Text = Record<string, string>

/** `at` is when it happened, `recordedAt` when SITEC learnt of it: the order of the record. */
export type DemoEvent = {
  event: CaseEvent
  at: string
  recordedAt: string
  actor: DemoPerson | null
  door: Door
  text: Text | null
}

export type DemoEscalation = {
  id: string
  metric: string
  cycle: number
  level: number
  audience: string
  reachedAt: string
  tellAt: string
}

export type DemoCase = {
  id: string
  title: string
  description: string
  place: string
  about: string
  facts: CaseFacts
  events: DemoEvent[]
  escalations: DemoEscalation[]
}

/** What happens next in a case's life. */
export type Step = {
  /** So many office hours after the step before, more or less; or at an instant. */
  after: number | { at: number }
  event: CaseEvent | ((at: number) => CaseEvent)
  actor: DemoPerson | null
  text?: Text | undefined
  door?: Door
  /** For what is told later than it happened. */
  happened?: (at: number) => number
}

/** A case being told, as far as its life needs to know. */
export type Told = {
  id: string
  facts: CaseFacts
  /** When the last step was recorded. */
  at: number
  asker: DemoPerson
  /** Who received it at the desk. */
  agent: DemoPerson
  topic: Topic | null
}

/** The steps of a life; they are taken until time runs out. */
export type Life = (stage: Stage, told: Told) => Generator<Step, void>

/** How a story begins. */
export type Opening = {
  id: string
  /** When it was typed or sent, and when it was said if that was earlier. */
  recordedMs: number
  calledMs: number | null
  facts: OpeningFacts
  asker: DemoPerson
  agent: DemoPerson
  actor: DemoPerson
  door: Door
  topic: Topic | null
  title: string
  description: string
  place: string
  about: string
}

const hourMs = 3_600_000

/** Lives a case from its opening until its life ends or `untilMs` is reached. */
export function tell(stage: Stage, opening: Opening, life: Life): DemoCase {
  const opened = decideOpen(opening.facts)
  const { title, description, place, about } = opening
  const first: DemoEvent = {
    event: opened,
    at: iso(opening.calledMs ?? opening.recordedMs),
    recordedAt: iso(opening.recordedMs),
    actor: opening.actor,
    door: opening.door,
    text: { title, body: description, place, ...(about && { about }) },
  }
  const facts = openedFacts({ ...opened, at: first.at, actorId: opening.actor.id })
  const told: Told = {
    id: opening.id,
    facts,
    at: opening.recordedMs,
    asker: opening.asker,
    agent: opening.agent,
    topic: opening.topic,
  }
  const made = { id: told.id, title, description, place, about, events: [first], escalations: [] as DemoEscalation[] }
  for (const step of life(stage, told)) {
    const at = instantOf(stage, told.at, step.after)
    if (at > stage.untilMs) break
    escalate(stage, told, made, at)
    take(told, made, step, at)
  }
  escalate(stage, told, made, stage.untilMs)
  return { ...made, facts: told.facts }
}

type Made = Pick<DemoCase, 'events' | 'escalations'>

function take(told: Told, made: Made, step: Step, at: number) {
  const { actor, text = null } = step
  const event = typeof step.event === 'function' ? step.event(at) : step.event
  const happenedAt = iso(step.happened?.(at) ?? at)
  const door = step.door ?? (actor === null ? 'job' : actor.party === 'supplier' ? 'desk' : 'portal')
  made.events.push({ event, at: happenedAt, recordedAt: iso(at), actor, door, text })
  told.facts = applyEvent(told.facts, { ...event, at: happenedAt, actorId: actor?.id ?? null })
  told.at = at
}

function instantOf({ random, rules }: Stage, from: number, after: Step['after']): number {
  if (typeof after !== 'number') return Math.max(after.at, from)
  const hours = after * (0.3 + 1.4 * random.next())
  return addOpenTime(rules.calendar, from, Math.round(hours * hourMs) + random.whole(1000, 50_000))
}

// The check runs every minute; what it finds it tells before whatever comes next.
function escalate({ random, rules, untilMs }: Stage, told: Told, made: Made, before: number) {
  for (;;) {
    const reached = nextReached(told.facts, rules)
    if (reached === null || reached.at > Math.min(before, untilMs - 60_000)) return
    const last = Date.parse(made.events.at(-1)?.recordedAt ?? '')
    const at = Math.min(Math.max(Math.ceil(reached.at / 60_000) * 60_000, last), before)
    const { metric, cycle, level } = reached
    const event: CaseEvent = { kind: 'case.escalated', version: 1, payload: { metric, cycle, level } }
    made.events.push({ event, at: iso(at), recordedAt: iso(at), actor: null, door: 'job', text: null })
    told.facts = applyEvent(told.facts, { ...event, at: iso(at), actorId: null })
    const tellAt = nextOpening(rules.calendar, within(rules.calendar, reached.at))
    made.escalations.push({
      id: random.uuid(at),
      metric,
      cycle,
      level,
      audience: audienceOf(level),
      reachedAt: iso(reached.at),
      tellAt: iso(tellAt),
    })
  }
}

function nextReached(facts: CaseFacts, { terms, calendar }: Stage['rules']) {
  let next: { metric: Metric; cycle: number; level: number; at: number } | null = null
  for (const clock of clocksOf(facts.timeline, terms, calendar)) {
    if (clock.state !== 'running') continue
    const first = nextLevel(facts.timeline, clock, calendar)
    if (first !== null && (next === null || first.at < next.at))
      next = { metric: clock.metric, cycle: clock.cycle, ...first }
  }
  return next
}

export function iso(ms: number): string {
  return new Date(ms).toISOString()
}
