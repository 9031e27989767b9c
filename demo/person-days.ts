/** The demo's applications and the person-days of its small maintenance, this year. */
import type pg from 'pg'
import type { City, DemoPerson } from './city.ts'
import { type Happened, insertRows, loadEvents, personOf } from './happened.ts'
import { seeded } from './random.ts'
import { officeHours } from './rules.ts'

const dayMs = 86_400_000

// code, name, area, steward, what is done on it
const list = [
  ['ANAGRAFE', 'Anagrafe e stato civile', 'applications', 'impiegata@'],
  ['TRIBUTI', 'Tributi', 'applications', 'referente@'],
  ['PROTOCOLLO', 'Protocollo informatico', 'applications', 'referente@'],
  ['CONTABILITA', 'Contabilità', 'applications', 'dirigente@'],
  ['PRESENZE', 'Rilevazione delle presenze', 'applications', null],
  ['SUAP', 'Sportello delle attività produttive', 'applications', 'referente@'],
  ['PORTALE', 'Portale istituzionale', 'web', 'contratto@'],
  ['SERVIZI', 'Servizi in linea ai cittadini', 'web', 'referente@'],
] as const

const works = [
  'Aggiunto un campo alla ricerca',
  'Nuova stampa per gli sportelli',
  'Adeguamento a una norma entrata in vigore',
  'Corretto il calcolo degli interessi',
  'Nuova estrazione mensile in CSV',
  'Riordinata la pagina iniziale',
  'Avviso automatico alla scadenza',
  'Collegamento con il protocollo',
] as const

const act = 'Atto aggiuntivo di prova, art. 3: manutenzione evolutiva, 100 giornate l’anno'
/** Tenths used so far by area: 83 % and 40 % of a thousand. */
const usedTenths = { applications: 830, web: 400 } as const

/** Applications, quotas of this year and entries up to today; the newest are still to be checked. */
export async function loadPersonDays(client: pg.PoolClient, city: City, untilMs: number): Promise<void> {
  const random = seeded(20_260_303)
  const happened: Happened[] = []
  const [administrator, leader, manager] = ['amministratore@', 'responsabile@', 'contratto@'].map((email) =>
    personOf(city, email),
  ) as [DemoPerson, DemoPerson, DemoPerson]
  const today = Temporal.Instant.fromEpochMilliseconds(untilMs).toZonedDateTimeISO(officeHours.zone).toPlainDate()
  const bornMs = untilMs - 400 * dayMs
  const began = `${today.year - 2}-01-01`
  const applications = list.map(([code, name, area, email]) => {
    const id = random.uuid(bornMs)
    const stewardId = email === null ? null : personOf(city, email).id
    const payload = { code, area, stewardId, beginsOn: began, endsOn: null }
    const about = { subjectType: 'application', subjectId: id, actor: administrator, at: bornMs }
    happened.push({ ...about, kind: 'application.added', payload, text: { name } })
    const row = { organisation_id: city.organisationId, id, code, name, area, steward_id: stewardId }
    return { ...row, begins_on: began, version: 1 }
  })
  await insertRows(
    client,
    'application',
    'organisation_id, id, code, name, area, steward_id, begins_on, version',
    applications,
  )
  const quotas = (['applications', 'web'] as const).map((area) => {
    const id = random.uuid(bornMs)
    const quota = { year: today.year, area, tenths: 1000, mostTenths: 150, act }
    const about = { subjectType: 'person_day_quota', subjectId: id, actor: manager, at: bornMs }
    happened.push({ ...about, kind: 'persondays.quota_set', payload: quota })
    const known_from = new Date(bornMs).toISOString()
    const { mostTenths: most_tenths, ...rest } = quota
    return { organisation_id: city.organisationId, id, ...rest, most_tenths, known_from }
  })
  await insertRows(
    client,
    'person_day_quota',
    'organisation_id, id, year, area, tenths, most_tenths, act, known_from',
    quotas,
  )
  const cases = await maintenanceCases(client, city, today.year)
  const entries = (['applications', 'web'] as const).flatMap((area) => {
    const ofArea = applications.filter((one) => one.area === area)
    const made: Entry[] = []
    for (let left: number = usedTenths[area]; left > 0; ) {
      const tenths = Math.min(left, random.whole(1, 10) * 5)
      left -= tenths
      const day = today.subtract({ days: random.whole(0, today.dayOfYear - 1) })
      const linked = random.chance(0.6) ? cases.shift() : undefined
      made.push({
        area,
        tenths,
        day: day.toString(),
        applicationId: random.chance(0.94) ? random.pick(ofArea).id : null,
        linked,
        what: random.pick(works),
      })
    }
    return made
  })
  await loadEntries(
    client,
    city,
    untilMs,
    entries.sort((a, b) => (a.day < b.day ? -1 : 1)),
    happened,
    { leader, manager },
  )
}

type Linked = { id: string; said: string }
type Entry = {
  area: 'applications' | 'web'
  tenths: number
  day: string
  applicationId: string | null
  linked: Linked | undefined
  what: string
}

async function maintenanceCases(client: pg.PoolClient, city: City, year: number): Promise<Linked[]> {
  const found = await client.query<Linked>(
    `select id, extract(year from opened_at at time zone $2)::int || '/' || number as said from desk_case
     where organisation_id = $1 and kind = 'small_maintenance' and extract(year from opened_at at time zone $2) = $3
     order by number limit 60`,
    [city.organisationId, officeHours.zone, year],
  )
  return found.rows
}

async function loadEntries(
  client: pg.PoolClient,
  city: City,
  untilMs: number,
  entries: readonly Entry[],
  happened: Happened[],
  by: { leader: DemoPerson; manager: DemoPerson },
) {
  const random = seeded(20_260_304)
  const waiting = Math.max(3, Math.round(entries.length * 0.2))
  const others = happened.length
  const decidedPlace: (number | null)[] = []
  const made = entries.map((entry, index) => {
    const at = Math.min(Date.parse(`${entry.day}T15:00:00Z`), untilMs)
    const id = random.uuid(at)
    const { area, applicationId, tenths, day, linked, what } = entry
    const about = { subjectType: 'person_day_entry', subjectId: id }
    const payload = { area, applicationId, caseId: linked?.id ?? null, day, tenths, reference: `PM-${index + 1}` }
    happened.push({ ...about, kind: 'persondays.declared', actor: by.leader, at, payload, text: { what } })
    const isDecided = index < entries.length - waiting
    decidedPlace.push(isDecided ? happened.length : null)
    if (isDecided)
      happened.push({
        ...about,
        kind: 'persondays.accepted',
        actor: by.manager,
        at: Math.min(at + 5 * dayMs, untilMs),
        payload: { before: 'declared' },
      })
    return { ...entry, id, reference: `PM-${index + 1}`, isDecided }
  })
  const ids = await loadEvents(client, city, untilMs, happened)
  let place = others
  const rows = made.map(({ id, area, applicationId, linked, reference, day, tenths, isDecided }, index) => {
    const event_id = ids[place]
    const decidedAt = decidedPlace[index] ?? null
    place += isDecided ? 2 : 1
    const row = {
      organisation_id: city.organisationId,
      id,
      area,
      application_id: applicationId,
      reference,
      day,
      tenths,
    }
    const of = { case_id: linked?.id ?? null, case_number: linked?.said ?? null }
    const decision_id = decidedAt === null ? null : ids[decidedAt]
    return {
      ...row,
      ...of,
      state: isDecided ? 'accepted' : 'declared',
      event_id,
      decision_id,
      version: isDecided ? 2 : 1,
    }
  })
  await insertRows(
    client,
    'person_day_entry',
    'organisation_id, id, area, application_id, case_id, case_number, reference, day, tenths, state, event_id, decision_id, version',
    rows,
  )
}
