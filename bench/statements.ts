/** The baselines in raw SQL: the same rows that the operations give, asked of PostgreSQL directly. */
import { randomUUIDv7 } from 'node:crypto'
import pg from 'pg'
import { openedFacts } from '../src/modules/servicedesk/internal/fold.ts'
import { clockColumns, factColumns } from '../src/modules/servicedesk/internal/fold-columns.ts'
import { decideOpen } from '../src/modules/servicedesk/open-case.ts'
import { connectionSettings } from '../src/platform/db.ts'
import { sealedText } from '../src/platform/events.ts'
import type { Endpoint } from '../src/platform/postgres.ts'
import type { Fixture } from './fixture.ts'

const open = "c.state not in ('closed', 'cancelled', 'duplicate', 'rejected')"
const rowColumns = `c.id, c.number, c.kind, c.state, c.severity, c.title, c.opened_at, c.updated_at, c.version,
  c.waiting_for, c.next_due_at, c.next_due_metric, c.promised_at, o.name as office_name, t.name as team_name`
const rowTables = `desk_case c
  left join office o on o.organisation_id = c.organisation_id and o.id = c.office_id
  left join team t on t.organisation_id = c.organisation_id and t.id = c.team_id`

const statements = {
  due: `select ${rowColumns} from ${rowTables} where c.organisation_id = $1 and ${open} and c.state <> 'resolved'
    order by coalesce(c.next_due_at, 'infinity'), c.number limit 26`,
  overdue: `select ${rowColumns} from ${rowTables} where c.organisation_id = $1 and ${open} and c.state <> 'resolved'
      and coalesce(c.next_due_at, 'infinity') < clock_timestamp()
    order by coalesce(c.next_due_at, 'infinity'), c.number limit 26`,
  urgent: `select ${rowColumns} from ${rowTables} where c.organisation_id = $1 and ${open} and c.state <> 'resolved'
    order by c.severity, c.number limit 26`,
  search: `select ${rowColumns} from ${rowTables}
    where c.organisation_id = $1 and (c.id = any(array(select id from search_cases($1, $2, 26)))
      or c.requester_id = any(array(select id from find_people($1, $2, 20)))) order by c.number + 0 desc limit 26`,
  number: `select ${rowColumns} from ${rowTables} where c.organisation_id = $1 and c.number = $2`,
  people: `select p.id, p.given_name, p.family_name, p.phone, p.room, o.name from find_people($1, $2, 40) f
    join person p on p.id = f.id left join office o on o.organisation_id = p.organisation_id and o.id = p.office_id
    where p.organisation_id = $1 order by f.score desc, p.family_name limit 10`,
  one: `select c.*, ${rowColumns.slice('c.id, c.number, '.length)}, r.given_name, r.family_name, r.phone from ${rowTables}
    join person r on r.organisation_id = c.organisation_id and r.id = c.requester_id
    where c.organisation_id = $1 and c.id = $2`,
  entries: `select e.*, x.content, p.given_name, p.family_name from event e
    left join event_text x on x.organisation_id = e.organisation_id and x.event_id = e.id
    left join person p on p.organisation_id = e.organisation_id and p.id = e.actor_id
    where e.organisation_id = $1 and e.subject_type = 'case' and e.subject_id = $2 order by e.id`,
  event: `insert into event (organisation_id, subject_type, subject_id, kind, version, witness, actor_id, party_id, door, occurred_at, payload, text_digest)
    values ($1, 'case', $2, 'case.opened', 2, 'S', $3, $4, 'api', now(), $5, $6) returning id, occurred_at`,
  text: `insert into event_text (organisation_id, event_id, content, salt, retention) values ($1, $2, $3, $4, 'case')`,
  nextNumber: `select nextval('desk_case_number') as number`,
  row: (names: readonly string[]) => `insert into desk_case (organisation_id, id, title, search, ${names.join(', ')})
    values ($1, $2, $3, to_tsvector('it', $4), ${names.map((_, index) => `$${index + 5}`).join(', ')})`,
}

export type ListName = 'due' | 'overdue' | 'urgent'

export type RawSql = {
  list: (worker: number, which: ListName) => Promise<unknown>
  search: (worker: number, words: string) => Promise<unknown>
  people: (worker: number, letters: string) => Promise<unknown>
  one: (worker: number, id: string) => Promise<unknown>
  open: (worker: number, requesterId: string, title: string, description: string) => Promise<unknown>
  close: () => Promise<void>
}

/** One client for each worker, as sitec_app inside the tenant; no transaction unless something is written. */
export async function openRawSql(endpoint: Endpoint, workers: number, fixture: Fixture): Promise<RawSql> {
  const org = fixture.organisationId
  const clients = await Promise.all(
    Array.from({ length: workers }, async () => {
      const client = new pg.Client(connectionSettings(endpoint, 'sitec_app'))
      await client.connect()
      await client.query(`set sitec.organisation = '${org}'; set idle_in_transaction_session_timeout = 0`)
      return client
    }),
  )
  const ask = (worker: number, text: string, values: unknown[]) => {
    const client = clients[worker]
    if (client === undefined) throw new Error('There is one client for each worker')
    return client.query(text, values)
  }
  return {
    list: (worker, which) => ask(worker, statements[which], [org]),
    search: (worker, words) => {
      const number = /^(?:\d{4}\/)?(\d{1,12})$/.exec(words)?.[1]
      return ask(worker, number === undefined ? statements.search : statements.number, [org, number ?? words])
    },
    people: (worker, letters) => ask(worker, statements.people, [org, letters]),
    one: async (worker, id) => {
      await ask(worker, statements.one, [org, id])
      await ask(worker, statements.entries, [org, id])
    },
    open: (worker, requesterId, title, description) =>
      insertCase(ask, worker, fixture, { requesterId, title, description }),
    close: async () => {
      await Promise.all(clients.map((client) => client.end()))
    },
  }
}

type Ask = (worker: number, text: string, values: unknown[]) => Promise<pg.QueryResult>

// The same rows that opening a case writes, right to the last digest and clock: the data must stay one that verifies.
async function insertCase(
  ask: Ask,
  worker: number,
  { organisationId: org, agent, agreementId, rules }: Fixture,
  { requesterId, title, description }: { requesterId: string; title: string; description: string },
) {
  const id = randomUUIDv7()
  const { personId, partyId } = agent.actor
  const sealed = sealedText({ title, body: description, place: '' })
  await ask(worker, 'begin', [])
  const number: number = (await ask(worker, statements.nextNumber, [])).rows[0]?.number
  const opened = decideOpen({
    number,
    kind: 'incident',
    canWork: 'yes',
    onlyMe: true,
    requesterId,
    officeId: null,
    channel: 'api',
    agreementId,
  })
  const payload = JSON.stringify(opened.payload)
  const event = await ask(worker, statements.event, [org, id, personId, partyId, payload, sealed?.digest])
  const { id: eventId, occurred_at: at } = event.rows[0] ?? {}
  await ask(worker, statements.text, [org, eventId, sealed?.content, sealed?.salt])
  const facts = openedFacts({ ...opened, at: new Date(at).toISOString(), actorId: personId })
  const columns = { ...factColumns(facts), ...clockColumns(facts, rules), opened_at: at, updated_at: at }
  await ask(worker, statements.row(Object.keys(columns)), [
    org,
    id,
    title,
    `${title} ${description}`,
    ...Object.values(columns),
  ])
  await ask(worker, 'commit', [])
}
