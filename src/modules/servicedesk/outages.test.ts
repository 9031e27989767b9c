import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { refusal, type TestCity, testCity } from '../../../demo/testing.ts'
import { confirmCase, reopenCase } from './answer-case.ts'
import { recomputeCase } from './cases.ts'
import { findCase } from './find-case.ts'
import { findOutage, findOutageOfCase, knownOutages, listOutages } from './find-outages.ts'
import { servicedeskJobs } from './jobs.ts'
import { openCase } from './open-case.ts'
import { joinCases, sayMeToo, separateCase, settleOutage } from './outage-cases.ts'
import { changeOutage, closeOutage, openOutage, settleAgain, updateOutage } from './outages.ts'
import { askUser, takeCase } from './work-case.ts'

let city: TestCity
beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.services.close())
// What the demo and the tests before left open would be known here too.
beforeEach(async () => {
  await sql`update outage set state = 'closed', ended_at = now() where state = 'open'`.execute(
    city.services.database.owner,
  )
})

async function written(): Promise<string> {
  const found = await sql<{ all: string }>`select concat_ws('|', (select count(*) from event),
    (select string_agg(o::text, '' order by id) from outage o), (select string_agg(p::text, '' order by place_id) from outage_place p),
    (select string_agg(j::text, '' order by case_id) from outage_case j), (select string_agg(c::text, '' order by id) from desk_case c)) as all`.execute(
    city.services.database.owner,
  )
  return found.rows[0]?.all ?? ''
}

const hourAgo = () => new Date(Date.now() - 3_600_000).toISOString()
const mail = () => ({
  title: 'Posta ferma',
  body: 'La posta non parte. Ci stiamo lavorando.',
  words: 'posta mail webmail',
  startedAt: hourAgo(),
})

async function opened(more: Partial<Parameters<typeof openOutage>[1]> = {}) {
  const input = { ...mail(), teamId: await city.team('2° livello sistemi e rete'), ...more }
  return (await openOutage(await city.as('agent'), input)).id
}

async function idOf(table: 'office' | 'site', code: string): Promise<string> {
  const row = await city.services.database.owner
    .selectFrom(table)
    .select('id')
    .where('code', '=', code)
    .executeTakeFirstOrThrow()
  return row.id
}

async function asked(title = 'La posta non parte') {
  return openCase(await city.as('employee'), { kind: 'incident', title })
}

describe('what is known already', () => {
  test('is told to whom it concerns: everybody, a site, an office with all below it; and to whom names it', async () => {
    const employee = await city.as('employee')
    const known = async (about = {}) => (await knownOutages(employee, about)).map((one) => one.title)
    await opened({ title: 'Dappertutto' })
    await opened({ title: 'Nella sua sede', siteIds: [await idOf('site', 'S03')] })
    await opened({ title: 'In un’altra sede', siteIds: [await idOf('site', 'S01')], words: 'protocollo' })
    await opened({ title: 'Nella sua area', officeIds: [await idOf('office', 'A2')] })
    await opened({ title: 'In un altro ufficio', officeIds: [await idOf('office', 'A3.1')] })
    expect((await known()).sort()).toEqual(['Dappertutto', 'Nella sua area', 'Nella sua sede'])
    expect((await known({ words: 'il protocollo si blocca' }))[0]).toBe('In un’altra sede')
    expect(await known({ words: 'e di la con' })).toHaveLength(3)
  })

  test('is shown for its kinds, with the newest update in place of the first words', async () => {
    const id = await opened({ kinds: ['service_request'] })
    const employee = await city.as('employee')
    expect(await knownOutages(employee, { kind: 'incident' })).toEqual([])
    await updateOutage(await city.as('agent'), id, { body: 'Riparte alle 15.', version: 1 })
    expect(await knownOutages(employee, { kind: 'service_request' })).toMatchObject([
      { id, body: 'Riparte alle 15.', myCase: null },
    ])
  })
})

describe('"capita anche a me"', () => {
  test('opens one case a person, entrusted to who works at it; the second press finds the first', async () => {
    const id = await opened()
    const employee = await city.as('employee')
    const both = await Promise.all([sayMeToo(employee, id), sayMeToo(employee, id)])
    expect(both.map((one) => one.isNew).sort()).toEqual([false, true])
    expect(new Set(both.map((one) => one.number)).size).toBe(1)
    expect(await sayMeToo({ ...employee, idempotencyKey: 'me-too-form-1' }, id)).toMatchObject({ isNew: false })
    const found = await findCase(employee, both[0]?.id ?? '')
    expect(found).toMatchObject({ title: 'Posta ferma', channel: 'portal', state: 'assigned', kind: 'incident' })
    expect(found.teamName).toBe('2° livello sistemi e rete')
    expect(found.entries.map((entry) => [entry.kind, entry.witness])).toEqual([
      ['case.opened', 'A'],
      ['case.assigned', 'S'],
    ])
    expect((await knownOutages(employee))[0]?.myCase?.number).toBe(found.number)
    expect((await findOutage(await city.as('agent'), id)).joined).toMatchObject([{ id: found.id, joinedHow: 'me_too' }])
    await sayMeToo(await city.as('office_contact'), id)
    expect((await listOutages(await city.as('agent'))).rows[0]).toMatchObject({ id, cases: 2 })
  })

  test('is refused when the outage is over, to who may ask for nothing, and for another administration’s', async () => {
    const id = await opened()
    await closeOutage(await city.as('agent'), id, { body: 'Finito.' })
    const before = await written()
    expect((await refusal(sayMeToo(await city.as('employee'), id))).code).toBe('outage_closed')
    expect((await refusal(sayMeToo(await city.as('employee'), randomUUID()))).kind).toBe('not_found')
    const other = await opened()
    const then = await written()
    expect((await refusal(sayMeToo(await city.as('auditor'), other))).kind).toBe('forbidden')
    expect(await written()).toBe(then)
    expect(before).not.toBe(then)
  })
})

describe('joining from the queue', () => {
  test('each case goes or stays on its own, and the outcome says why', async () => {
    const id = await opened()
    const other = await opened({ title: 'Rete lenta' })
    const agent = await city.as('agent')
    const [free, held, taken, elsewhere] = [await asked(), await asked(), await asked(), await asked()]
    await takeCase(agent, held.id)
    await takeCase(agent, taken.id)
    await joinCases(agent, other, { cases: [{ id: elsewhere.id }] })
    const nowhere = randomUUID()
    const { rows } = await joinCases(agent, id, {
      cases: [
        { id: free.id, version: 1 },
        { id: held.id },
        { id: taken.id, version: 1 },
        { id: elsewhere.id },
        { id: nowhere },
      ],
    })
    expect(rows.map((row) => [row.number, row.refusal?.code ?? null])).toEqual([
      [free.number, null],
      [held.number, null],
      [taken.number, 'stale'],
      [elsewhere.number, 'joined_elsewhere'],
      [null, 'not_found'],
    ])
    // Whoever holds a case keeps it; one that nobody had goes to who works at the outage.
    expect((await findCase(agent, held.id)).holderName).toBe('Olga Operatrice')
    expect((await findCase(agent, free.id)).teamName).toBe('2° livello sistemi e rete')
    expect(await findOutageOfCase(agent, free.id)).toEqual({ id, title: 'Posta ferma', isOpen: true })
    expect((await joinCases(agent, id, { cases: [{ id: free.id }] })).rows[0]?.refusal?.code).toBe('already_joined')
    await separateCase(agent, id, free.id)
    expect(await findOutageOfCase(agent, free.id)).toBeNull()
  })

  test('is refused whole to who may not, and for an outage that is over', async () => {
    const id = await opened()
    const one = await asked()
    const before = await written()
    const cases = [{ id: one.id }]
    expect((await refusal(joinCases(await city.as('employee'), id, { cases }))).kind).toBe('forbidden')
    expect((await refusal(joinCases(await city.as('contract_manager'), id, { cases }))).kind).toBe('forbidden')
    expect((await refusal(joinCases(await city.as('agent'), id, { cases: [] }))).kind).toBe('invalid')
    expect((await refusal(joinCases(await city.as('agent'), randomUUID(), { cases }))).kind).toBe('not_found')
    expect((await refusal(separateCase(await city.as('agent'), id, one.id))).kind).toBe('not_found')
    expect(await written()).toBe(before)
  })
})

describe('the end of an outage', () => {
  test('resolves its open cases one by one in the name of who closed it; users confirm or reopen as always', async () => {
    const id = await opened()
    const [employee, contact, agent] = [
      await city.as('employee'),
      await city.as('office_contact'),
      await city.as('agent'),
    ]
    const [mine, theirs] = [await sayMeToo(employee, id), await sayMeToo(contact, id)]
    const waiting = await asked()
    await takeCase(agent, waiting.id)
    await askUser(agent, waiting.id, { body: 'Da quando?' })
    await joinCases(agent, id, { cases: [{ id: waiting.id }] })
    await closeOutage(agent, id, { body: 'Cambiato il disco della posta.' })
    expect(await findOutage(agent, id)).toMatchObject({ state: 'closed', settled: 0, cases: 3 })
    await runSettling(id, agent.actor.personId)
    for (const one of [mine.id, theirs.id, waiting.id]) {
      const found = await findCase(agent, one)
      expect([found.state, found.entries.at(-1)?.body]).toEqual(['resolved', 'Cambiato il disco della posta.'])
      expect(found.entries.at(-1)?.author).toBe('Olga Operatrice')
      const { state, version } = await recomputeCase(agent, one)
      expect([state, version]).toEqual([found.state, found.version])
    }
    await confirmCase(employee, mine.id)
    await reopenCase(contact, theirs.id, { reason: 'Non parte ancora.' })
    // A second run leaves alone what was reopened.
    await runSettling(id, agent.actor.personId)
    expect((await findCase(agent, theirs.id)).state).toBe('assigned')
    expect(await findOutage(agent, id)).toMatchObject({ settled: 3, may: { change: false, settle: false } })
  })

  test('a case that refuses stays to be done by hand, and can be tried again', async () => {
    const technician = await city.as('technician')
    const id = await opened({ teamId: await city.team('Tecnici in sede') })
    const inReach = await sayMeToo(await city.as('employee'), id)
    const outOfReach = await asked()
    await takeCase(await city.as('agent'), outOfReach.id)
    await joinCases(await city.as('agent'), id, { cases: [{ id: outOfReach.id }] })
    await closeOutage(technician, id, { body: 'Fatto.' })
    expect(await settleOutage(technician, id)).toEqual({ settled: 1, refused: 1 })
    expect((await findCase(technician, inReach.id)).state).toBe('resolved')
    const agent = await city.as('agent')
    expect(await findOutage(agent, id)).toMatchObject({ settled: 1, cases: 2, may: { settle: true } })
    await settleAgain(agent, id)
    await runSettling(id, agent.actor.personId)
    expect((await findCase(agent, outOfReach.id)).state).toBe('resolved')
  })

  test('is written by who may, once, at a time that can be; whoever left is stood in for', async () => {
    const id = await opened()
    const agent = await city.as('agent')
    await sayMeToo(await city.as('employee'), id)
    const before = await written()
    expect((await refusal(closeOutage(await city.as('head_of_ict'), id, { body: 'x' }))).kind).toBe('forbidden')
    expect((await refusal(closeOutage(agent, id, { body: '' }))).fields[0]?.path).toBe('body')
    expect((await refusal(closeOutage(agent, id, { body: 'x', version: 7 }))).code).toBe('stale')
    const [tooEarly, tooLate] = ['2020-01-01T00:00:00Z', '2999-01-01T00:00:00Z']
    for (const endedAt of [tooEarly, tooLate])
      expect((await refusal(closeOutage(agent, id, { body: 'x', endedAt }))).fields[0]?.path).toBe('endedAt')
    expect((await refusal(settleAgain(agent, id))).code).toBe('outage_open')
    expect(await written()).toBe(before)
    await closeOutage(agent, id, { body: 'x' })
    expect((await refusal(closeOutage(agent, id, { body: 'x' }))).code).toBe('outage_closed')
    await runSettling(id, randomUUID())
    expect(await findOutage(agent, id)).toMatchObject({ settled: 1 })
  })
})

describe('an outage', () => {
  test('is corrected while it is open; wrong places, teams and times are refused and leave nothing', async () => {
    const agent = await city.as('agent')
    const id = await opened()
    const site = await idOf('site', 'S05')
    await changeOutage(agent, id, { ...mail(), title: 'Posta lenta', siteIds: [site, site], version: 1 })
    expect(await findOutage(agent, id)).toMatchObject({ title: 'Posta lenta', sites: [{ id: site }], version: 2 })
    const before = await written()
    const wrong = async (more: object) =>
      (await refusal(openOutage(agent, { ...mail(), ...more }))).fields.map((field) => field.path)
    expect(await wrong({ siteIds: [randomUUID()] })).toEqual(['siteIds'])
    // A site is no office.
    expect(await wrong({ officeIds: [site] })).toEqual(['officeIds'])
    expect(await wrong({ teamId: randomUUID() })).toEqual(['teamId'])
    expect(await wrong({ startedAt: '2999-01-01T00:00:00Z' })).toEqual(['startedAt'])
    expect(await wrong({ expectedAt: '2020-01-01T00:00:00Z' })).toEqual(['expectedAt'])
    expect(
      (await refusal(updateOutage(agent, id, { body: 'x', expectedAt: '2020-01-01T00:00:00Z' }))).fields[0]?.path,
    ).toBe('expectedAt')
    expect((await refusal(openOutage(await city.as('employee'), mail()))).kind).toBe('forbidden')
    expect((await refusal(findOutage(await city.as('employee'), id))).kind).toBe('forbidden')
    expect(await written()).toBe(before)
  })
})

async function runSettling(outageId: string, personId: string | null) {
  const job = servicedeskJobs.find((one) => one.name === 'servicedesk.settle_outage')
  await job?.handle(city.services, { organisationId: city.organisationId, outageId, personId: personId ?? '' })
}
