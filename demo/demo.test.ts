import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { countCaseViews } from '../src/modules/servicedesk/cases.ts'
import { caseEvent, type RecordedEvent } from '../src/modules/servicedesk/internal/case-events.ts'
import { toFacts } from '../src/modules/servicedesk/internal/case-queries.ts'
import { foldCase } from '../src/modules/servicedesk/internal/fold.ts'
import { clockColumns, factColumns } from '../src/modules/servicedesk/internal/fold-columns.ts'
import { caseKinds } from '../src/modules/servicedesk/internal/lifecycle.ts'
import { isOpen } from '../src/platform/calendar.ts'
import { systemActor } from '../src/platform/context.ts'
import { witnessOf } from '../src/platform/events.ts'
import { sealAll, verifyChain } from '../src/platform/seals.ts'
import { buildCases, type DemoCase } from './cases.ts'
import { buildCity } from './city.ts'
import { factsOf, liveAgain, timeless } from './lived-again.ts'
import { loadedCity } from './loaded-city.ts'
import { seeded } from './random.ts'
import { demoRules } from './rules.ts'
import { seedDemo } from './seed.ts'
import { type TestCity, testCity } from './testing.ts'
import { casesAtScaleOne, shuffledKinds, yearlyCases } from './volumes.ts'

const scale = 0.05
const dayMs = 86_400_000

let city: TestCity
let rows: Awaited<ReturnType<typeof storedCases>>
let events: Awaited<ReturnType<typeof storedEvents>>
beforeAll(async () => {
  city = await testCity(scale)
  rows = await storedCases()
  events = await storedEvents()
})
afterAll(() => city.services.close())

const storedCases = () => city.services.database.owner.selectFrom('desk_case').selectAll().execute()

async function storedEvents() {
  const found = await city.services.database.owner
    .selectFrom('event')
    .select(['subject_id', 'kind', 'version', 'payload', 'occurred_at', 'recorded_at', 'actor_id', 'door', 'witness'])
    .where('subject_type', '=', 'case')
    .orderBy('id')
    .execute()
  return Map.groupBy(found, (event) => event.subject_id)
}

const recorded = (id: string): RecordedEvent[] =>
  (events.get(id) ?? []).map((event) => ({ ...caseEvent.parse(event), at: event.occurred_at, actorId: event.actor_id }))

// The database keeps the keys of JSON in an order of its own, and instants to the microsecond.
function canonical(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, inner) => {
      if (typeof inner === 'string' && /^[[{]/.test(inner)) return JSON.parse(inner)
      if (typeof inner === 'string' && /^\d{4}-\d\d-\d\dT/.test(inner)) return new Date(inner).toISOString()
      return inner
    }),
  )
}

describe('the demo city', () => {
  test('the same seed gives the same city', () => {
    const made = (seed: number) => {
      const random = seeded(seed)
      const people = buildCity(random, 0.2, 0)
      const untilMs = Date.UTC(2026, 5, 5)
      return JSON.stringify([
        people,
        [...buildCases(random, people, demoRules(untilMs), 60, untilMs - 90 * dayMs, untilMs)],
      ])
    }
    expect(made(1)).toBe(made(1))
    expect(made(1)).not.toBe(made(2))
  })

  test('it is loaded once, its events are in the order of the record, and the chain holds', async () => {
    expect(await seedDemo(city.services, 1)).toBe(false)
    const disorder = await sql<{ n: number }>`
      select count(*)::int as n from (select recorded_at < lag(recorded_at) over (order by id) as is_late from event e) e where is_late`.execute(
      city.services.database.owner,
    )
    expect(disorder.rows[0]?.n).toBe(0)
    await sealAll(city.services.database.owner)
    expect((await verifyChain(city.services.database.owner)).problems).toEqual([])
  })

  test('its year has the volumes of a real one', () => {
    const kinds = shuffledKinds(seeded(3), casesAtScaleOne)
    for (const kind of caseKinds)
      expect(Math.abs(kinds.filter((one) => one === kind).length - yearlyCases[kind]), kind).toBeLessThanOrEqual(1)
    const all = [...events.values()].flat()
    const yearly = (isCounted: (event: (typeof all)[number]) => boolean) => all.filter(isCounted).length / scale
    const onSite = yearly(({ kind, payload }) => kind === 'case.visited' && Object(payload).outcome === 'resolved')
    expect(onSite).toBeGreaterThan(8800)
    expect(onSite).toBeLessThan(11_200)
    const deliveries = yearly(({ kind }) => kind === 'case.delivered')
    expect(deliveries).toBeGreaterThan(1300)
    expect(deliveries).toBeLessThan(2100)
  })

  test('extensions stay within the year’s person-days', () => {
    const random = seeded(5)
    const untilMs = Date.UTC(2026, 5, 5)
    const people = buildCity(random, 0.25, 0)
    const years = new Map<number, number>()
    for (const { facts, events } of buildCases(
      random,
      people,
      demoRules(untilMs),
      4000,
      untilMs - 365 * dayMs,
      untilMs,
    )) {
      const approved = events.find(({ event }) => event.kind === 'case.approved')
      if (approved === undefined || facts.details.nature !== 'extension') continue
      const year = new Date(approved.recordedAt).getUTCFullYear()
      years.set(year, (years.get(year) ?? 0) + (facts.personDays ?? 0))
    }
    expect(years.size).toBe(2)
    for (const days of years.values()) expect(days).toBeLessThanOrEqual((100 * 4000) / casesAtScaleOne)
  })

  test('some calls were typed after they ended, and nobody visits a closed office', () => {
    const { calendar } = demoRules(Date.now())
    const all = [...events.values()].flat()
    const typedLater = all.filter((event) => event.kind === 'case.opened' && event.recorded_at > event.occurred_at)
    expect(typedLater.length).toBeGreaterThan(20)
    const visits = all.filter((event) => event.kind === 'case.visited')
    const outside = visits.filter((event) => !isOpen(calendar, Date.parse(Object(event.payload).startedAt)))
    expect(outside).toEqual([])
  })
})

describe('what is stored', () => {
  test('every case is the fold of its events, and its clocks those of its timeline', () => {
    const rules = demoRules(Date.now())
    for (const row of rows) {
      const facts = foldCase(recorded(row.id))
      expect(canonical(factColumns(toFacts(row))), row.id).toEqual(canonical(factColumns(facts)))
      const { clocks, next_due_at, next_due_metric, next_escalation_at } = row
      const stored = { clocks, next_due_at, next_due_metric, next_escalation_at }
      expect(canonical(stored), row.id).toEqual(canonical(clockColumns(facts, rules)))
    }
  })

  test('every level that was reached was told, once, and nothing waits to be told', async () => {
    const told = await city.services.database.owner.selectFrom('case_escalation').selectAll().execute()
    const said = [...events].flatMap(([id, story]) =>
      story.flatMap((event) => (event.kind === 'case.escalated' ? [{ id, ...Object(event.payload) }] : [])),
    )
    const named = (one: { id: string; metric: string; cycle: number; level: number }) =>
      `${one.id} ${one.metric} ${one.cycle} ${one.level}`
    expect(told.length).toBeGreaterThan(100)
    expect(told.map((one) => named({ ...one, id: one.case_id })).sort()).toEqual(said.map(named).sort())
    const late = rows.filter(
      (row) => row.next_escalation_at && Date.parse(row.next_escalation_at) < Date.now() - 300_000,
    )
    expect(late).toEqual([])
  })

  test('whoever opens the queue finds work, some of it late and some due today', async () => {
    const counts = await countCaseViews(await city.as('agent', 'desk'))
    for (const view of ['open', 'to_take', 'overdue', 'waiting', 'resolved'] as const)
      expect(counts[view], view).toBeGreaterThan(0)
    const manager = rows.filter((row) => row.waiting_for === 'approval' || row.proposed_kind !== null)
    expect(manager.length).toBeGreaterThan(1)
    const irene = (await city.as('employee')).actor.personId
    const hers = rows.filter((row) => row.requester_id === irene)
    expect(hers.some((row) => row.state === 'resolved')).toBe(true)
    expect(hers.some((row) => JSON.stringify(row.deliveries).includes('"receivedAt":null'))).toBe(true)
  })
})

describe('lived again through the operations', () => {
  test('a story of every kind and every act ends with the same facts', async () => {
    const made = await storiesOfTheCity()
    const chosen = chooseStories(made)
    expect(chosen.length).toBeGreaterThan(50)
    for (const story of chosen) {
      const { caseIds, deliveryIds } = await liveAgain(city, story, made)
      const ids = new Map([...caseIds, ...deliveryIds].map(([told, lived]) => [lived, told]))
      for (const [toldId, livedId] of caseIds) {
        const told = made.find((one) => one.id === toldId) ?? story
        const row = await city.services.database.owner
          .selectFrom('desk_case')
          .selectAll()
          .where('id', '=', livedId)
          .executeTakeFirstOrThrow()
        expect(timeless(toFacts(row), ids), `${told.facts.kind} ${toldId}`).toEqual(timeless(factsOf(told)))
        expect(await witnessesOf(livedId), toldId).toEqual(expectedWitnesses(told))
      }
    }
  }, 60_000)

  // Stories of the loaded city's own people, so that the operations know whom they are about.
  async function storiesOfTheCity() {
    const people = await loadedCity(city)
    const untilMs = Date.UTC(2026, 5, 5)
    return [...buildCases(seeded(7), people, demoRules(untilMs), 4000, untilMs - 200 * dayMs, untilMs)]
  }

  // Each that adds a kind with an event, or an event by a door, that none before had.
  function chooseStories(made: readonly DemoCase[]): DemoCase[] {
    const seen = new Set<string>()
    const chosen = made.filter(({ facts, events }) => {
      if (facts.state === 'duplicate') return false
      const traits = events.flatMap(({ event, door }) => [
        `${facts.openedKind} ${event.kind}`,
        `${event.kind} ${door}`,
        ...(event.kind === 'case.paused' ? [event.payload.reason] : []),
        ...(event.kind === 'case.visited' ? [event.payload.outcome] : []),
        ...(event.kind === 'case.kind_changed' ? [`${event.payload.from} ${event.payload.to}`] : []),
        ...(event.kind === 'case.reopened' ? [event.payload.extent] : []),
      ])
      const isNew = traits.some((trait) => !seen.has(trait))
      for (const trait of traits) seen.add(trait)
      return isNew
    })
    const lived = new Set(chosen.flatMap(({ events }) => events.map(({ event }) => event.kind)))
    const known = caseEvent.options.map((option) => option.shape.kind.value)
    // Duplicates are lived with the case they repeat; no story changes its agreement or is erased.
    const elsewhere = ['case.duplicate_marked', 'case.agreement_changed', 'case.text_erased']
    expect(known.filter((kind) => !lived.has(kind) && !elsewhere.includes(kind))).toEqual([])
    expect(new Set(chosen.map(({ facts }) => facts.openedKind)).size).toBe(caseKinds.length)
    return chosen
  }

  async function witnessesOf(id: string) {
    const found = await city.services.database.owner
      .selectFrom('event')
      .select(['kind', 'door', 'witness'])
      .where('subject_id', '=', id)
      .orderBy('id')
      .execute()
    return found.map(({ kind, door, witness }) => `${kind} ${door} ${witness}`)
  }

  function expectedWitnesses(story: DemoCase) {
    return story.events.flatMap(({ event, actor, door }) => {
      if (event.kind === 'case.escalated') return []
      const who = { ...systemActor(''), isSystem: actor === null, partyKind: actor?.party ?? null }
      return `${event.kind} ${door} ${witnessOf({ actor: who, door }, event.kind === 'case.opened')}`
    })
  }
})
