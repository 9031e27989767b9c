/** Loads the demo city into an empty database by COPY, deterministic but for today's date. */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { firstTerms } from '../src/modules/servicedesk/internal/agreement.ts'
import { clockColumns, type DeskRules, factColumns } from '../src/modules/servicedesk/internal/fold-columns.ts'
import { hashPassword } from '../src/platform/auth/secrets.ts'
import { type CalendarRules, compileCalendar } from '../src/platform/calendar.ts'
import type { Services } from '../src/platform/context.ts'
import { sealedText } from '../src/platform/events.ts'
import { buildCases, type DemoCase, type DemoEvent } from './cases.ts'
import { buildCity, type City, demoPassword } from './city.ts'
import { loadKnowledge } from './knowledge.ts'
import { seeded } from './random.ts'

export const casesAtScaleOne = 600
const daysOfHistory = 400

/** Fills the database with the demo city when there is no administration yet; returns whether it did. */
export async function seedDemo(services: Services, scale: number, seed = 20_260_101): Promise<boolean> {
  const client = await services.database.ownerPool.connect()
  try {
    await client.query('begin')
    // Two starters: the second waits here and finds the city built.
    await client.query('lock table organisation in share row exclusive mode')
    const taken = await client.query('select from organisation limit 1')
    if ((taken.rowCount ?? 0) > 0) {
      await client.query('rollback')
      return false
    }
    const random = seeded(seed)
    const untilMs = Date.now()
    const city = buildCity(random, scale, untilMs - (daysOfHistory + 30) * 86_400_000)
    await loadCity(client, city, await hashPassword(demoPassword))
    const cases = buildCases(
      random,
      city,
      Math.round(casesAtScaleOne * scale),
      untilMs - daysOfHistory * 86_400_000,
      untilMs,
    )
    await loadCases(client, city, cases)
    await loadKnowledge(client, city, random, untilMs)
    await client.query('commit')
    return true
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

async function loadCity(client: pg.PoolClient, city: City, passwordHash: string) {
  const org = city.organisationId
  const party = { administration: city.administrationId, supplier: city.supplierId }
  await copy(client, 'organisation (id, name, ipa_code, zone, is_demo)', [
    [org, 'Comune di prova', 'c_demo', 'Europe/Rome', true],
  ])
  await copy(client, 'party (organisation_id, id, kind, name)', [
    [org, city.administrationId, 'administration', 'Comune di prova'],
    [org, city.supplierId, 'supplier', 'Società in house (dati di prova)'],
  ])
  await copy(
    client,
    'site (organisation_id, id, code, name, address)',
    city.sites.map((site) => [org, site.id, site.code, site.name, site.address]),
  )
  await copy(
    client,
    'office (organisation_id, id, parent_id, kind, code, ipa_code, name, site_id)',
    city.offices.map((office) => [
      org,
      office.id,
      office.parentId,
      office.kind,
      office.code,
      office.ipaCode,
      office.name,
      office.siteId,
    ]),
  )
  await copy(
    client,
    'person (organisation_id, id, party_id, office_id, given_name, family_name, email, phone, site_id, room)',
    city.people.map((person) => [
      org,
      person.id,
      party[person.party],
      person.officeId,
      person.givenName,
      person.familyName,
      person.email,
      person.phone,
      person.siteId,
      person.room,
    ]),
  )
  await copy(
    client,
    'person_role (organisation_id, person_id, role)',
    city.people.flatMap((person) => person.roles.map((role) => [org, person.id, role])),
  )
  await copy(
    client,
    'team (organisation_id, id, party_id, name, tier)',
    city.teams.map((team) => [org, team.id, city.supplierId, team.name, team.tier]),
  )
  await copy(
    client,
    'team_member (organisation_id, team_id, person_id)',
    city.teams.flatMap((team) => team.memberIds.map((id) => [org, team.id, id])),
  )
  await copy(
    client,
    'account (organisation_id, id, person_id, email, password_hash)',
    city.people
      .filter((person) => person.hasAccount)
      .map((person) => [org, person.id, person.id, person.email, passwordHash]),
  )
  await copy(client, 'calendar (organisation_id, id, name, is_default)', [
    [org, city.calendarId, 'Uffici, dal lunedì al venerdì, 8–18', true],
  ])
  await copy(client, 'calendar_version (organisation_id, id, calendar_id, validity, rules)', [
    [org, city.calendarId, city.calendarId, '[2020-01-01,)', JSON.stringify(officeHours)],
  ])
  await copy(client, 'desk_agreement_version (organisation_id, id, number, effective_from, terms)', [
    [org, city.agreementId, 1, '2020-01-01', JSON.stringify(firstTerms)],
  ])
}

/** What the demo's clocks run on: the first agreement, on the offices' calendar. */
function demoRules(): DeskRules {
  const year = new Date().getUTCFullYear()
  const calendar = compileCalendar([{ effectiveFrom: '2020-01-01', rules: officeHours }], year - 3, year + 2)
  return { terms: firstTerms, calendar }
}

const officeHours: CalendarRules = {
  zone: 'Europe/Rome',
  weekly: ([1, 2, 3, 4, 5] as const).map((day) => ({ day, from: '08:00', to: '18:00' })),
  holidays: 'italian',
  patronDay: '07-15',
  exceptions: [],
}

type Happened = DemoEvent & { caseId: string }

const batchSize = 2000
/** No case acts earlier than this before the opening of a later one: events older than that are in their final order. */
const settledMs = 4 * 86_400_000

// Batches keep memory flat at any scale. Event ids follow time across cases: they are the order of the record.
async function loadCases(client: pg.PoolClient, city: City, cases: Iterable<DemoCase>) {
  await client.query('create temporary table loaded_case (like desk_case including defaults) on commit drop')
  await client.query('alter table loaded_case alter column search type text')
  let waiting: Happened[] = []
  let batch: DemoCase[] = []
  const flush = async (untilAt: string) => {
    await loadRows(client, city, batch)
    for (const { id, events } of batch) waiting.push(...events.map((event) => ({ ...event, caseId: id })))
    waiting.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    const settled = waiting.findIndex((line) => line.at >= untilAt)
    await loadEvents(client, city, settled === -1 ? waiting : waiting.slice(0, settled))
    waiting = settled === -1 ? [] : waiting.slice(settled)
    batch = []
  }
  for (const made of cases) {
    batch.push(made)
    if (batch.length === batchSize) await flush(new Date(Date.parse(made.facts.openedAt) - settledMs).toISOString())
  }
  await flush('9999')
  await client.query("select setval('desk_case_number', (select max(number) from desk_case))")
}

async function loadRows(client: pg.PoolClient, city: City, batch: readonly DemoCase[]) {
  const rules = demoRules()
  const columns = batch.map((made) => ({ ...factColumns(made.facts), ...clockColumns(made.facts, rules) }))
  if (columns[0] === undefined) return
  const names = Object.keys(columns[0]).join(', ')
  await client.query('truncate loaded_case')
  await copy(
    client,
    `loaded_case (organisation_id, id, title, place, search, ${names})`,
    batch.map((made, index) => [
      city.organisationId,
      made.id,
      made.title,
      made.place,
      `${made.title} ${made.description}`,
      ...Object.values(columns[index] ?? {}),
    ]),
  )
  await client.query(`insert into desk_case (organisation_id, id, title, place, search, ${names})
    select organisation_id, id, title, place, to_tsvector('it', search), ${names} from loaded_case`)
}

function eventRow(city: City, { caseId, event, at, actor }: Happened, digest: Buffer | null): unknown[] {
  const party = { administration: city.administrationId, supplier: city.supplierId }
  const witness = actor === null || actor.party === 'supplier' ? 'S' : event.kind === 'case.opened' ? 'A' : 'U'
  const door = actor === null ? 'job' : actor.party === 'supplier' ? 'desk' : 'portal'
  const who = [actor?.id ?? null, actor ? party[actor.party] : null]
  const { kind, version, payload } = event
  return [
    city.organisationId,
    'case',
    caseId,
    kind,
    version,
    witness,
    ...who,
    door,
    at,
    at,
    JSON.stringify(payload),
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
      text === null ? null : [city.organisationId, from + index, text.content, text.salt, 'case'],
    ),
  )
}

function* mapped<Item>(items: readonly Item[], toRow: (item: Item, index: number) => unknown[] | null) {
  for (const [index, item] of items.entries()) {
    const row = toRow(item, index)
    if (row) yield row
  }
}

async function copy(client: pg.PoolClient, target: string, rows: Iterable<readonly unknown[]>) {
  await pipeline(Readable.from(lines(rows)), client.query(copyFrom(`copy ${target} from stdin`)))
}

// Several rows a chunk: a million small writes would cost more than the rows.
function* lines(rows: Iterable<readonly unknown[]>) {
  let chunk = ''
  for (const row of rows) {
    chunk += `${row.map(cell).join('\t')}\n`
    if (chunk.length > 100_000) {
      yield chunk
      chunk = ''
    }
  }
  if (chunk) yield chunk
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '\\N'
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`
  return String(value).replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
}
