/** Recomputing what is stored: cases folded from their events and their clocks derived anew, by the million. */
import { sql } from 'kysely'
import { loadRules } from '../src/modules/servicedesk/agreements.ts'
import { caseEvent, type RecordedEvent } from '../src/modules/servicedesk/internal/case-events.ts'
import type { Clock } from '../src/modules/servicedesk/internal/clocks.ts'
import { foldCase } from '../src/modules/servicedesk/internal/fold.ts'
import { clockColumns, type DeskRules } from '../src/modules/servicedesk/internal/fold-columns.ts'
import { systemContextFor } from '../src/platform/auth/actors.ts'
import { read as inside } from '../src/platform/context.ts'
import type { OpenServices } from '../src/platform/services.ts'
import type { Single } from './upkeep.ts'

/** The budget is about as many. */
export const replayedEvents = 1_000_000
const batchSize = 20_000

type EventRow = {
  id: number
  subject_id: string
  kind: string
  version: number
  payload: unknown
  occurred_at: string
  actor_id: string | null
}
type CaseRow = { id: string; clocks: unknown }
type Batch = { events: EventRow[]; cases: CaseRow[] }

/**
 * Seconds to read events in keyset batches, fold their cases, derive the clocks and compare them with those stored;
 * against reading the same rows alone. A case that differs is an error.
 */
export async function measureReplay(
  services: OpenServices,
  organisationId: string,
): Promise<Single & { events: number; cases: number }> {
  const rules = await rulesOf(services, organisationId)
  const found = { events: 0, cases: 0, differing: 0 }
  const figure = await timed(async () => {
    for await (const { events, cases } of batches(services, organisationId)) {
      const stored = new Map(cases.map((row) => [row.id, row.clocks]))
      for (const [id, story] of Map.groupBy(events, (event) => event.subject_id)) {
        found.events += story.length
        found.cases += 1
        if (!isSame(recomputed(story, rules), stored.get(id))) found.differing += 1
      }
    }
  })
  if (found.differing > 0) throw new Error(`${found.differing} of ${found.cases} cases differ from their events`)
  let read = 0
  const baseline = await timed(async () => {
    for await (const { events } of batches(services, organisationId)) read += events.length
  })
  if (read !== found.events) throw new Error('The baseline read other events')
  return { figure, baseline, events: found.events, cases: found.cases }
}

function recomputed(story: readonly EventRow[], rules: DeskRules): Clock[] {
  const events = story.map(
    (event): RecordedEvent => ({ ...caseEvent.parse(event), at: event.occurred_at, actorId: event.actor_id }),
  )
  // Written by clockColumns one line above.
  return JSON.parse(clockColumns(foldCase(events), rules).clocks) as Clock[]
}

// The database keeps the keys of JSON in an order of its own.
function isSame(clocks: readonly Clock[], stored: unknown): boolean {
  if (!Array.isArray(stored) || stored.length !== clocks.length) return false
  return clocks.every((clock, index) =>
    (Object.keys(clock) as (keyof Clock)[]).every((name) => clock[name] === stored[index][name]),
  )
}

async function rulesOf(services: OpenServices, organisationId: string): Promise<DeskRules> {
  const ctx = await systemContextFor(services, organisationId, 'bench')
  return inside(ctx, async (ctx) => {
    const first = await sql<{ agreement_id: string; opened_at: string }>`
      select agreement_id, opened_at from desk_case where organisation_id = ${organisationId} order by number limit 1`.execute(
      ctx.db,
    )
    const { agreement_id, opened_at } = first.rows[0] ?? { agreement_id: null, opened_at: new Date().toISOString() }
    return loadRules(ctx, agreement_id, opened_at)
  })
}

// Whole cases: what a batch has of its last one comes back with the next.
async function* batches({ database }: OpenServices, organisationId: string): AsyncGenerator<Batch> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (let seen = 0; seen < replayedEvents; ) {
    const found = await sql<EventRow>`
      select id, subject_id, kind, version, payload, occurred_at, actor_id from event
      where organisation_id = ${organisationId} and subject_type = 'case' and subject_id > ${after}
      order by subject_id, id limit ${batchSize}`.execute(database.owner)
    const last = found.rows.at(-1)?.subject_id
    const isEnd = found.rows.length < batchSize
    const events = isEnd ? found.rows : found.rows.filter((row) => row.subject_id !== last)
    if (events.length === 0) return
    const ids = [...new Set(events.map((row) => row.subject_id))]
    const cases = await sql<CaseRow>`
      select id, clocks from desk_case where organisation_id = ${organisationId} and id = any(${ids}::uuid[])`.execute(
      database.owner,
    )
    yield { events, cases: cases.rows }
    seen += events.length
    after = ids.at(-1) ?? after
    if (isEnd) return
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}
