import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, type TestCity, testCity } from '../../../demo/testing.ts'
import { type Context, transact } from '../../platform/context.ts'
import { createApi } from '../../platform/http/api.ts'
import { addApiKey } from '../organisation/keys.ts'
import { registerApplicationsApi } from './api.ts'
import { addApplication, changeApplication, listApplications } from './applications.ts'
import { importApplications } from './import-applications.ts'
import { counterEntry, decideDays, declareDays, eraseWords } from './person-days.ts'
import { exportEntries, importEntries } from './person-days-file.ts'
import { findStanding, findYear, listEntries, personDayStanding, setPersonDayQuotas } from './standing.ts'

let city: TestCity
let count = 0
beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.services.close())

async function written(): Promise<string> {
  const found = await sql<{ all: string }>`select concat_ws('|', (select count(*) from event),
    (select md5(string_agg(e::text, '' order by id)) from person_day_entry e), (select md5(string_agg(a::text, '' order by id)) from application a),
    (select count(*) from person_day_quota)) as all`.execute(city.services.database.owner)
  return found.rows[0]?.all ?? ''
}

// A year of the past, in which the demo has no entries.
const year = 2024
const standing = async () => transact(await city.as('auditor'), (ctx) => personDayStanding(ctx, year))

async function application(more: Partial<Parameters<typeof addApplication>[1]> = {}) {
  count += 1
  const input = {
    code: `A-${count}`,
    name: `Applicativo ${count}`,
    area: 'applications' as const,
    beginsOn: '2024-01-01',
  }
  return (await addApplication(await city.as('administrator'), { ...input, ...more })).id
}
const work = { day: '2024-03-01', days: '2,5', what: 'Aggiunto un campo alla ricerca' }
const declared = async (more: object = {}) =>
  (await declareDays(await city.as('team_leader'), { ...work, area: 'applications', ...more })).id
const entryOf = async (id: string) =>
  (await listEntries(await city.as('auditor'), { year })).find((one) => one.id === id)
const accept = (id: string) => ({ entries: [{ id }], decision: 'accept' as const })

async function caseOf(kind: string) {
  const found = await sql<{
    id: string
    number: number
  }>`select id, number from desk_case where kind = ${kind} limit 1`.execute(city.services.database.owner)
  return found.rows[0] ?? { id: '', number: 0 }
}

test('half a day declared by a program is half a day', async () => {
  const leader = await city.as('team_leader')
  const key = await addApiKey(await city.as('administrator'), {
    ...{ name: 'Giornate', personId: leader.actor.personId ?? '', scopes: ['persondays.declare'], days: 1 },
  })
  const api = createApi(city.services)
  registerApplicationsApi(api)
  const response = await api.request('/person-days', {
    method: 'POST',
    headers: { authorization: `Bearer ${key.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ area: 'web', day: '2022-03-01', days: 0.5, what: 'Un filtro in più' }),
  })
  expect(response.status).toBe(201)
  const found = await listEntries(await city.as('auditor'), { year: 2022 })
  expect(found.map(({ tenths }) => tenths)).toEqual([5])
})

describe('person-days', () => {
  test('are declared by the supplier and accepted by the city; 80 % is an alarm, more than all is over', async () => {
    const manager = await city.as('contract_manager')
    const quota = { year, area: 'web' as const, tenths: 100, mostTenths: 150, act: 'Atto aggiuntivo, art. 3' }
    await setPersonDayQuotas(manager, [quota])
    const one = await declared({ area: 'web', days: 7.9 })
    expect((await standing()).web).toMatchObject({
      quota: 100,
      used: 79,
      accepted: 0,
      left: 21,
      isAlarm: false,
      isOver: false,
    })
    const other = await declared({ area: 'web', days: '0,1' })
    expect((await standing()).web).toMatchObject({ used: 80, isAlarm: true, isOver: false, withoutApplication: 80 })
    await decideDays(manager, {
      entries: [
        { id: one, version: 1 },
        { id: other, version: 1 },
      ],
      decision: 'accept',
    })
    await declared({ area: 'web', days: 2.1 })
    expect((await standing()).web).toMatchObject({ used: 101, accepted: 80, left: -1, isOver: true, forecast: 101 })
    expect(await entryOf(one)).toMatchObject({ state: 'accepted', tenths: 79, what: work.what, version: 2 })
  })

  test('contested ones do not count; the supplier reads why, and the city may accept them later', async () => {
    const id = await declared({ days: 4 })
    const before = (await standing()).applications.used
    const manager = await city.as('contract_manager')
    await decideDays(manager, { entries: [{ id }], decision: 'contest', reason: 'Era una correzione' })
    const after = (await standing()).applications
    expect(after.used).toBe(before - 40)
    expect(await entryOf(id)).toMatchObject({ state: 'contested', reason: 'Era una correzione' })
    await decideDays(manager, accept(id))
    expect((await standing()).applications.used).toBe(before)
  })

  test('are corrected by a counter-entry, never edited: the accepted one waits for the city again', async () => {
    const id = await declared({ days: 3 })
    const manager = await city.as('contract_manager')
    await decideDays(manager, accept(id))
    const before = (await standing()).applications
    const counter = await counterEntry(await city.as('team_leader'), id, { reason: 'Contata due volte' })
    expect(await entryOf(counter.id)).toMatchObject({ tenths: -30, correctsId: id, state: 'declared' })
    expect(await entryOf(id)).toMatchObject({ tenths: 30, state: 'accepted', isCorrected: true })
    const between = (await standing()).applications
    expect([between.used, between.accepted]).toEqual([before.used - 30, before.accepted])
    await decideDays(manager, accept(counter.id))
    expect((await standing()).applications.accepted).toBe(before.accepted - 30)
  })

  test('of one item over fifteen days are shown, also when they were declared in parts', async () => {
    const found = await caseOf('small_maintenance')
    for (const days of [8, 7]) await declared({ days, case: String(found.number) })
    expect((await standing()).applications.over15).toEqual([])
    await declared({ days: 0.5, case: String(found.number) })
    const over = (await standing()).applications.over15
    expect(over).toMatchObject([{ caseId: found.id, tenths: 155 }])
    expect(over[0]?.caseNumber).toMatch(new RegExp(`^\\d{4}/${found.number}$`))
  })

  test('keep their words beside the event alone: erased, the days stay', async () => {
    const id = await declared({ what: 'Sistemata la scheda di Anna Bosso' })
    const administrator = await city.as('administrator')
    expect((await refusal(eraseWords(await city.as('contract_manager'), id, { reason: 'Nome nel testo' }))).kind).toBe(
      'forbidden',
    )
    expect(await eraseWords(administrator, id, { reason: 'Nome nel testo' })).toEqual({ erased: 1 })
    expect(await entryOf(id)).toMatchObject({ what: null, tenths: 25 })
    const left = await sql<{
      n: number
    }>`select count(*)::int as n from event_text where content like '%Anna Bosso%'`.execute(
      city.services.database.owner,
    )
    expect(left.rows[0]?.n).toBe(0)
  })

  test('are decided on by a steward for their own applications alone, and read so', async () => {
    const employee = await city.as('employee')
    const [own, other] = [await application({ stewardEmail: city.emailOf('employee') }), await application()]
    const [mine, theirs] = [
      await declared({ applicationId: own, area: '' }),
      await declared({ applicationId: other, area: '' }),
    ]
    expect((await listEntries(employee, { year })).map(({ id }) => id)).toEqual([mine])
    expect(await findYear(employee, { year })).toMatchObject({
      standing: null,
      decidable: expect.arrayContaining([own]),
    })
    expect((await findYear(await city.as('administrator'), { year })).decidable).toEqual([])
    expect((await findYear(await city.as('contract_manager'), { year })).decidable).toBeNull()
    const before = await written()
    expect((await refusal(decideDays(employee, accept(theirs)))).kind).toBe('not_found')
    expect((await refusal(findStanding(employee, { year }))).kind).toBe('forbidden')
    expect(await exportEntries(employee, { year })).not.toContain(theirs)
    expect(await written()).toBe(before)
    await decideDays(employee, accept(mine))
    expect(await entryOf(mine)).toMatchObject({ state: 'accepted' })
  })

  test('are refused when they cannot be, with nothing written', async () => {
    const leader = await city.as('team_leader')
    const ended = await application({ endsOn: '2024-02-01' })
    const web = await application({ area: 'web' })
    const incident = await caseOf('incident')
    await declared({ reference: 'R-1' })
    const before = await written()
    const wrong = async (more: object) =>
      (await refusal(declareDays(leader, { ...work, area: 'applications', ...more }))).fields.map(({ path }) => path)
    expect(await wrong({ area: '' })).toEqual(['area'])
    expect(await wrong({ applicationId: web })).toEqual(['area'])
    expect(await wrong({ applicationId: ended })).toEqual(['day'])
    expect(await wrong({ applicationId: '0190aaaa-0000-7000-8000-000000000001' })).toEqual(['applicationId'])
    expect(await wrong({ case: '999999999' })).toEqual(['case'])
    expect(await wrong({ case: String(incident.number) })).toEqual(['case'])
    expect(await wrong({ day: '2099-01-01' })).toEqual(['day'])
    expect(await wrong({ days: '2,55' })).toEqual(['days'])
    expect(await wrong({ reference: 'R-1' })).toEqual(['reference'])
    expect((await refusal(declareDays(await city.as('contract_manager'), { ...work, area: 'web' }))).kind).toBe(
      'forbidden',
    )
    expect(await written()).toBe(before)
  })

  test('are decided once, on what was seen, all or none, never by the supplier', async () => {
    const manager = await city.as('contract_manager')
    const [open, done] = [await declared(), await declared()]
    await decideDays(manager, accept(done))
    const undone = await declared()
    const counter = await counterEntry(await city.as('team_leader'), undone, { reason: 'Sbagliata' })
    const leader = await city.as('team_leader')
    const both: Context = { ...leader, actor: { ...leader.actor, roles: ['team_leader', 'head_of_ict'] } }
    const before = await written()
    expect((await refusal(decideDays(manager, { ...accept(open), entries: [{ id: open }, { id: done }] }))).code).toBe(
      'decided',
    )
    expect((await refusal(decideDays(manager, { ...accept(open), entries: [{ id: open, version: 3 }] }))).code).toBe(
      'stale',
    )
    expect((await refusal(decideDays(manager, { ...accept(open), decision: 'contest' }))).fields[0]?.path).toBe(
      'reason',
    )
    expect((await refusal(decideDays(manager, accept(undone)))).code).toBe('corrected')
    expect((await refusal(decideDays(both, accept(open)))).code).toBe('supplier_decides')
    expect((await refusal(decideDays(leader, accept(open)))).kind).toBe('forbidden')
    expect((await refusal(counterEntry(leader, undone, { reason: 'Ancora' }))).code).toBe('corrected')
    expect((await refusal(counterEntry(leader, counter.id, { reason: 'Ancora' }))).code).toBe('is_correction')
    expect((await refusal(counterEntry(manager, open, { reason: 'Non mia' }))).kind).toBe('forbidden')
    expect(await written()).toBe(before)
  })
})

describe('the quota of a year', () => {
  test('is a version: another number stands beside the first, the same again changes nothing', async () => {
    const manager = await city.as('contract_manager')
    const quota = { year: 2023, area: 'web' as const, tenths: 1000, mostTenths: 150, act: 'Convenzione' }
    expect(await setPersonDayQuotas(manager, [quota])).toEqual({ set: 1, unchanged: 0 })
    expect(await setPersonDayQuotas(manager, [quota])).toEqual({ set: 0, unchanged: 1 })
    await setPersonDayQuotas(manager, [{ ...quota, tenths: 800, act: 'Atto aggiuntivo' }])
    const found = await transact(manager, (ctx) => personDayStanding(ctx, 2023))
    expect(found.web).toMatchObject({ quota: 800, act: 'Atto aggiuntivo', used: 0, isAlarm: false })
    const kept = await sql<{ n: number }>`select count(*)::int as n from person_day_quota where year = 2023`.execute(
      city.services.database.owner,
    )
    expect(kept.rows[0]?.n).toBe(2)
    const before = await written()
    expect((await refusal(setPersonDayQuotas(await city.as('team_leader'), [quota]))).kind).toBe('forbidden')
    expect((await refusal(setPersonDayQuotas(manager, [{ ...quota, act: '' }]))).kind).toBe('invalid')
    expect(await written()).toBe(before)
  })
})

describe('files', () => {
  const bytes = (...lines: string[]) => Buffer.from(lines.join('\n'))
  test('of applications add and change, whole or not at all; a column that is not there changes nothing', async () => {
    const administrator = await city.as('administrator')
    const header = 'code;name;area;begins_on;steward'
    const rows = ['F-1;Primo;web;2024-01-01;referente@comune.example.it', 'F-2;Secondo;applications;2024-01-01;']
    expect(await importApplications(administrator, bytes(header, ...rows))).toEqual({
      added: 2,
      changed: 0,
      unchanged: 0,
    })
    expect(await importApplications(administrator, bytes(header, ...rows))).toEqual({
      added: 0,
      changed: 0,
      unchanged: 2,
    })
    const renamed = bytes('code;name;area;begins_on', 'F-1;Primo e solo;web;2024-01-01')
    expect(await importApplications(administrator, renamed)).toMatchObject({ changed: 1 })
    const found = (await listApplications(administrator)).find((one) => one.code === 'F-1')
    expect(found).toMatchObject({ name: 'Primo e solo', stewardName: 'Rita Referente' })
    const before = await written()
    const bad = bytes(
      header,
      'F-3;Terzo;web;2024-01-01;nessuno@comune.example.it',
      'F-3;Terzo;altro;ieri;',
      'F-4;Quarto;web;2024-01-01;responsabile@societa.example.it',
    )
    expect((await refusal(importApplications(administrator, bad))).fields.map(({ path }) => path)).toEqual([
      'line 2, column steward',
      'line 3, column area',
      'line 3, column begins_on',
      'line 4, column steward',
    ])
    expect((await refusal(importApplications(await city.as('team_leader'), bad))).kind).toBe('forbidden')
    expect(await written()).toBe(before)
  })

  test('of entries declare once each by their reference, whole or not at all', async () => {
    const leader = await city.as('team_leader')
    await application({ code: 'F-5' })
    const header = 'reference;day;days;what;application;area;case'
    const rows = ['E-1;2024-05-02;1,5;Nuova stampa;F-5;;', 'E-2;2024-05-03;2;Nuova estrazione;;web;']
    expect(await importEntries(leader, bytes(header, ...rows))).toEqual({ added: 2, changed: 0, unchanged: 0 })
    const before = await written()
    expect(await importEntries(leader, bytes(header, ...rows))).toEqual({ added: 0, changed: 0, unchanged: 2 })
    const bad = [
      'E-1;2024-05-02;2,5;Nuova stampa;F-5;;',
      'E-3;2024-05-02;1;Stampa;IGNOTO;;',
      'E-4;2024-05-02;1;Stampa;;;',
      'E-5;2024-05-02;1;Stampa;;web;999999999',
      'E-5;2024-05-02;1;Stampa;;web;',
    ]
    expect((await refusal(importEntries(leader, bytes(header, ...bad)))).fields.map(({ path }) => path)).toEqual([
      'line 2, column reference',
      'line 3, column application',
      'line 4, column area',
      'line 5, column case',
      'line 6, column reference',
    ])
    expect(await written()).toBe(before)
    const csv = await exportEntries(await city.as('auditor'), { year })
    expect(csv).toContain('E-1;2024-05-02;1,5;Nuova stampa;F-5;applications;;declared')
  })
})

test('applications are one code each, and change on what was seen', async () => {
  const administrator = await city.as('administrator')
  const id = await application({ code: 'U-1' })
  await changeApplication(administrator, id, { version: 1, name: 'Nome nuovo' })
  const before = await written()
  expect(
    (await refusal(addApplication(administrator, { code: 'U-1', name: 'Doppio', area: 'web', beginsOn: '2024-01-01' })))
      .fields[0]?.path,
  ).toBe('code')
  expect((await refusal(changeApplication(administrator, id, { version: 1, name: 'Altro' }))).code).toBe('stale')
  const supplier = city.emailOf('team_leader')
  expect(
    (await refusal(changeApplication(administrator, id, { name: 'Altro', stewardEmail: supplier }))).fields[0]?.path,
  ).toBe('stewardEmail')
  expect((await refusal(changeApplication(await city.as('contract_manager'), id, { name: 'Altro' }))).kind).toBe(
    'forbidden',
  )
  expect(await written()).toBe(before)
})

test('another administration’s entries and applications are not there', async () => {
  const [id, entry] = [await application(), await declared()]
  const elsewhere = '0190aaaa-0000-7000-8000-0000000000fc'
  await sql`insert into organisation (id, name) values (${elsewhere}, 'Altrove')`.execute(city.services.database.owner)
  const there = async (part: 'administrator' | 'contract_manager' | 'team_leader'): Promise<Context> => ({
    ...(await city.as(part)),
    organisationId: elsewhere,
  })
  const before = await written()
  expect((await refusal(changeApplication(await there('administrator'), id, { name: 'Altro' }))).kind).toBe('not_found')
  expect((await refusal(decideDays(await there('contract_manager'), accept(entry)))).kind).toBe('not_found')
  expect((await refusal(counterEntry(await there('team_leader'), entry, { reason: 'Altrove' }))).kind).toBe('not_found')
  expect((await refusal(declareDays(await there('team_leader'), { ...work, applicationId: id }))).fields[0]?.path).toBe(
    'applicationId',
  )
  expect(await listEntries(await there('contract_manager'), { year })).toEqual([])
  expect(await written()).toBe(before)
})
