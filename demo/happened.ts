/** Events of the demo city outside its cases, in the order of the record, and rows given as JSON. */
import type pg from 'pg'
import { sealedText } from '../src/platform/events.ts'
import type { City, DemoPerson } from './city.ts'

export type Happened = {
  subjectType: string
  subjectId: string
  kind: string
  actor: DemoPerson
  at: number
  payload: Record<string, unknown>
  text?: Record<string, string>
  /** How long the text is kept; with the organisation unless said. */
  retention?: string
}

/** Loads events, recorded when the city was loaded whenever they happened; their ids, in the order given. */
export async function loadEvents(
  client: pg.PoolClient,
  city: City,
  untilMs: number,
  happened: readonly Happened[],
): Promise<number[]> {
  const iso = (ms: number) => new Date(ms).toISOString()
  const party = { administration: city.administrationId, supplier: city.supplierId }
  const next = await client.query<{ id: number }>("select nextval(pg_get_serial_sequence('event', 'id')) as id")
  const from = Number(next.rows[0]?.id ?? 1)
  const order = happened.map((one, place) => ({ one, place })).sort((a, b) => a.one.at - b.one.at)
  const story = order.map(({ one, place }, index) => ({ one, place, id: from + index, sealed: sealedText(one.text) }))
  await insertRows(
    client,
    'event',
    'id, organisation_id, subject_type, subject_id, kind, version, witness, actor_id, party_id, door, occurred_at, recorded_at, payload, text_digest',
    story.map(({ one, id, sealed }) => ({
      ...{ organisation_id: city.organisationId, id, subject_type: one.subjectType, subject_id: one.subjectId },
      ...{ kind: one.kind, version: 1, witness: one.actor.party === 'supplier' ? 'S' : 'U', actor_id: one.actor.id },
      ...{ party_id: party[one.actor.party], door: 'portal', payload: one.payload },
      ...{ occurred_at: iso(Math.min(one.at, untilMs)), recorded_at: iso(untilMs) },
      text_digest: sealed === null ? null : `\\x${sealed.digest.toString('hex')}`,
    })),
    'overriding system value',
  )
  await client.query("select setval(pg_get_serial_sequence('event', 'id'), $1)", [from + story.length])
  const texts = story.flatMap(({ id, one: { retention = 'organisation' }, sealed }) =>
    sealed === null
      ? []
      : [
          {
            ...{ organisation_id: city.organisationId, event_id: id, content: sealed.content },
            ...{ salt: `\\x${sealed.salt.toString('hex')}`, retention },
          },
        ],
  )
  await insertRows(client, 'event_text', 'organisation_id, event_id, content, salt, retention', texts)
  const ids = new Array<number>(happened.length).fill(0)
  for (const { place, id } of story) ids[place] = id
  return ids
}

/** Loads rows whose keys are the table's columns. */
export async function insertRows(
  client: pg.PoolClient,
  table: string,
  columns: string,
  rows: readonly unknown[],
  how = '',
): Promise<void> {
  await client.query(
    `insert into ${table} (${columns}) ${how} select ${columns} from jsonb_populate_recordset(null::${table}, $1)`,
    [JSON.stringify(rows)],
  )
}

/** Who plays a part, by the beginning of their address. */
export function personOf(city: City, email: string): DemoPerson {
  const found = city.people.find((person) => person.email.startsWith(email))
  if (found === undefined) throw new Error(`Nobody has ${email}`)
  return found
}
