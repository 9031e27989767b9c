/** Loads the cases by COPY: their rows, their events in the order of the record, their escalations. */
import { setImmediate } from 'node:timers/promises'
import type pg from 'pg'
import { clockColumns, factColumns } from '../src/modules/servicedesk/internal/fold-columns.ts'
import { systemActor } from '../src/platform/context.ts'
import { type Retention, sealedText, witnessOf } from '../src/platform/events.ts'
import type { DemoCase, DemoEvent } from './cases.ts'
import type { City } from './city.ts'
import { copy, mapped } from './copy.ts'
import type { DemoRules } from './rules.ts'

type Happened = DemoEvent & { caseId: string; retention: Retention }

const batchSize = 1000

/**
 * Loads cases that come in the order in which they reached the desk; returns those that silence will close. Batches keep
 * memory flat at any scale. Event ids follow the instants of recording across cases: they are the order of the record.
 */
export async function loadCases(client: pg.PoolClient, city: City, rules: DemoRules, cases: Iterable<DemoCase>) {
  // Gathered once at the end: a story of ten events is not rewritten ten times.
  await client.query('alter table event disable trigger event_case_evidence')
  await client.query('create temporary table loaded_case (like desk_case including defaults) on commit drop')
  await client.query('alter table loaded_case alter column search type text')
  const resolved: { id: string; closesAt: string }[] = []
  let waiting: Happened[] = []
  let batch: DemoCase[] = []
  const flush = async (told: readonly DemoCase[], untilAt: string) => {
    await loadRows(client, city, rules, told)
    for (const { id, facts, events } of told) {
      const retention = facts.reserved === null ? 'case' : 'case_reserved'
      for (const event of events) waiting.push({ ...event, caseId: id, retention })
      if (facts.closesAt !== null) resolved.push({ id, closesAt: facts.closesAt })
    }
    waiting.sort((a, b) => (a.recordedAt < b.recordedAt ? -1 : a.recordedAt > b.recordedAt ? 1 : 0))
    const settled = waiting.findIndex((line) => line.recordedAt >= untilAt)
    await loadEvents(client, city, settled === -1 ? waiting : waiting.slice(0, settled))
    waiting = settled === -1 ? [] : waiting.slice(settled)
  }
  // The next stories are told while the database writes the ones before.
  let writing: Promise<void> = Promise.resolve()
  for (const made of cases) {
    batch.push(made)
    if (batch.length % 25 === 0) await setImmediate()
    // A duplicate may be of the case that comes next: both go together.
    if (batch.length < batchSize || made.facts.duplicateOf !== null) continue
    await writing
    writing = flush(batch, made.events[0]?.recordedAt ?? '')
    writing.catch(() => undefined)
    batch = []
  }
  await writing
  await flush(batch, '9999')
  await client.query('alter table event enable trigger event_case_evidence')
  await client.query(
    'select keep_case_evidence(organisation_id, array_agg(id)) from desk_case group by organisation_id',
  )
  await client.query("select setval('desk_case_number', (select max(number) from desk_case))")
  return resolved
}

async function loadRows(client: pg.PoolClient, city: City, rules: DemoRules, batch: readonly DemoCase[]) {
  const columns = batch.map((made) => ({ ...factColumns(made.facts), ...clockColumns(made.facts, rules) }))
  if (columns[0] === undefined) return
  const names = Object.keys(columns[0]).join(', ')
  await client.query('truncate loaded_case')
  await copy(
    client,
    `loaded_case (organisation_id, id, title, place, about, search, ${names})`,
    batch.map((made, index) => [
      city.organisationId,
      made.id,
      made.title,
      made.place,
      made.about,
      // What is reserved is found by its number alone.
      made.facts.reserved === null ? `${made.title} ${made.about} ${made.description}` : '',
      ...Object.values(columns[index] ?? {}),
    ]),
  )
  await client.query(`insert into desk_case (organisation_id, id, title, place, about, search, ${names})
    select organisation_id, id, title, place, about, to_tsvector('it', search), ${names} from loaded_case`)
  await copy(
    client,
    'case_escalation (organisation_id, id, case_id, metric, cycle, level, audience, reached_at, tell_at)',
    batch.flatMap(({ id, escalations }) =>
      escalations.map((one) => [
        city.organisationId,
        one.id,
        id,
        one.metric,
        one.cycle,
        one.level,
        one.audience,
        one.reachedAt,
        one.tellAt,
      ]),
    ),
  )
}

function eventRow(city: City, happened: Happened, digest: Buffer | null): unknown[] {
  const { caseId, event, at, recordedAt, actor, door } = happened
  const party = { administration: city.administrationId, supplier: city.supplierId }
  const who = { ...systemActor(''), isSystem: actor === null, partyKind: actor?.party ?? null }
  return [
    city.organisationId,
    'case',
    caseId,
    event.kind,
    event.version,
    witnessOf({ actor: who, door }, event.kind === 'case.opened'),
    actor?.id ?? null,
    actor ? party[actor.party] : null,
    door,
    at,
    recordedAt,
    JSON.stringify(event.payload),
    digest,
  ]
}

async function loadEvents(client: pg.PoolClient, city: City, story: readonly Happened[]) {
  if (story.length === 0) return
  const next = await client.query<{ id: number }>("select nextval(pg_get_serial_sequence('event', 'id')) as id")
  const from = next.rows[0]?.id ?? 1
  const columns =
    'organisation_id, subject_type, subject_id, kind, version, witness, actor_id, party_id, door, occurred_at, recorded_at, payload, text_digest'
  const texts = story.map(({ text }) => sealedText(text ?? undefined))
  await copy(
    client,
    `event (id, ${columns})`,
    mapped(story, (happened, index) => [from + index, ...eventRow(city, happened, texts[index]?.digest ?? null)]),
  )
  await client.query("select setval(pg_get_serial_sequence('event', 'id'), $1)", [from + story.length])
  await copy(
    client,
    'event_text (organisation_id, event_id, content, salt, retention)',
    mapped(texts, (text, index) =>
      text === null ? null : [city.organisationId, from + index, text.content, text.salt, story[index]?.retention],
    ),
  )
}
