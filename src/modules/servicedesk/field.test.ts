/** Interventions told later, and the day they belong to, on the real database. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, type TestCity, testCity } from '../../../demo/testing.ts'
import { recomputeCase } from './cases.ts'
import { replyToCase } from './converse.ts'
import { addInPerson, listFieldDay } from './field-day.ts'
import { findCase } from './find-case.ts'
import { openCase } from './open-case.ts'
import { recordVisit } from './visit.ts'
import { assignCase, resolveCase, takeCase } from './work-case.ts'

let city: TestCity
let team: string
beforeAll(async () => {
  city = await testCity()
  team = await city.team('Tecnici in sede')
})
afterAll(() => city.services.close())

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
const told = { outcome: 'resolved', note: 'Sostituito il tamburo.', serial: 'DR-77120-4' } as const

async function entrusted(title = 'La stampante macchia i fogli') {
  const { id } = await openCase(await city.as('employee'), { kind: 'incident', title })
  await assignCase(await city.as('agent'), id, { teamId: team })
  return id
}

async function visitsOf(id: string): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n from event
    where subject_id = ${id} and kind = 'case.visited'`.execute(city.services.database.owner)
  return found.rows[0]?.n ?? 0
}

describe('a visit told later', () => {
  test('keeps the phone’s instants beside the instant of recording, and resolves the case', async () => {
    const id = await entrusted()
    const technician = await city.as('technician')
    const visit = { ...told, startedAt: ago(90), endedAt: ago(53) }
    expect(await recordVisit(technician, id, visit, { teamId: team })).toMatchObject({ state: 'resolved' })
    const found = await findCase(await city.as('agent'), id)
    const entry = found.entries.find(({ kind }) => kind === 'case.visited')
    expect(entry).toMatchObject({ serial: 'DR-77120-4', witness: 'S' })
    // As instants: PostgreSQL writes no trailing zeros, so .660Z comes back as .66Z.
    expect(Date.parse(entry?.at ?? '')).toBe(Date.parse(visit.endedAt))
    expect(Date.parse(entry?.recordedAt ?? '')).toBeGreaterThan(Date.parse(visit.endedAt) + 50 * 60_000)
    const { takenAt } = await recomputeCase(technician, id)
    expect(Date.parse(takenAt ?? '')).toBe(Date.parse(visit.startedAt))
  })

  test('sent again because the answer got lost, it is kept once and answered as the first time', async () => {
    const id = await entrusted()
    const technician = { ...(await city.as('technician')), idempotencyKey: randomUUID() }
    const visit = { ...told, startedAt: ago(30), endedAt: ago(10) }
    const send = () => recordVisit(technician, id, visit, { teamId: team })
    const first = await send()
    expect(await send()).toEqual(first)
    // Even when the case went elsewhere in between: what was recorded stays recorded.
    await sql`update desk_case set team_id = ${await city.team('1° livello')} where id = ${id}`.execute(
      city.services.database.owner,
    )
    expect(await send()).toMatchObject({ id })
    expect(await visitsOf(id)).toBe(1)
  })

  test('is refused in words when the case ended, changed team or is out of sight meanwhile, and leaves nothing', async () => {
    const technician = await city.as('technician')
    const times = { startedAt: ago(30), endedAt: ago(10) }
    const ended = await entrusted()
    await resolveCase(await city.as('agent'), ended, { note: 'Al telefono.' })
    const moved = await entrusted()
    await assignCase(await city.as('agent'), moved, { teamId: await city.team('2° livello applicativi') })
    const gone = await entrusted()
    await assignCase(await city.as('agent'), gone, { teamId: await city.team('1° livello') })
    const refused = await Promise.all(
      [ended, moved, gone].map((id) => refusal(recordVisit(technician, id, { ...told, ...times }, { teamId: team }))),
    )
    expect(refused.map(({ code }) => code)).toEqual(['visit_ended', 'visit_moved', 'visit_not_yours'])
    expect(refused[0]?.say.it).toContain('Risolta, da confermare')
    expect(refused[1]?.say.it).toContain('2° livello applicativi')
    for (const id of [ended, moved, gone]) expect(await visitsOf(id)).toBe(0)
  })

  test('a message of the user meanwhile does not stand in its way', async () => {
    const id = await entrusted()
    const technician = await city.as('technician')
    await replyToCase(await city.as('employee'), id, { body: 'Sono in ufficio fino alle 13.' })
    expect(
      await recordVisit(technician, id, { ...told, startedAt: ago(9), endedAt: ago(3) }, { teamId: team }),
    ).toMatchObject({
      state: 'resolved',
    })
  })

  test('an employee records no visit', async () => {
    const id = await entrusted()
    const visit = { ...told, startedAt: ago(9), endedAt: ago(3) }
    expect((await refusal(recordVisit(await city.as('employee'), id, visit, { teamId: team }))).kind).toBe('forbidden')
  })
})

describe('the technician’s day', () => {
  test('holds what their teams may take up or they hold, by site, and what they closed', async () => {
    const technician = await city.as('technician')
    const [free, mine, closed] = [await entrusted('Libera'), await entrusted('Presa'), await entrusted('Chiusa')]
    await takeCase(technician, mine)
    await takeCase(technician, closed)
    await recordVisit(technician, closed, { ...told, startedAt: ago(5), endedAt: ago(1) })
    const elsewhere = await entrusted('Altrove')
    await assignCase(await city.as('agent'), elsewhere, { teamId: await city.team('1° livello') })
    const application = await openCase(await city.as('employee'), {
      kind: 'application_support',
      title: 'Come si protocolla',
      about: 'Protocollo',
    })
    await assignCase(await city.as('agent'), application.id, { teamId: team })
    const day = await listFieldDay(technician)
    const site = day.sites.find(({ name }) => name === 'Polo dei servizi sociali')
    const ids = day.sites.flatMap(({ cases }) => cases.map(({ id }) => id))
    expect(site?.cases.map(({ id }) => id)).toEqual(expect.arrayContaining([free, mine]))
    expect(site?.cases.find(({ id }) => id === free)).toMatchObject({ place: 'piano 2, stanza 11', teamId: team })
    for (const id of [closed, elsewhere, application.id]) expect(ids).not.toContain(id)
    expect(day.closed.map(({ id }) => id)).toContain(closed)
    for (const { cases } of day.sites) {
      const due = cases.map(({ dueAt }) => dueAt ?? '9999')
      expect(due).toEqual(due.toSorted())
    }
  })

  test('is nobody else’s page', async () => {
    for (const part of ['employee', 'contract_manager', 'auditor'] as const)
      expect((await refusal(listFieldDay(await city.as(part)))).kind).toBe('forbidden')
  })

  test('what is asked in person is opened for who asks, in person, and is the technician’s at once; twice is once', async () => {
    const technician = { ...(await city.as('technician')), idempotencyKey: randomUUID() }
    const { actor } = await city.as('employee')
    const ask = () => addInPerson(technician, { title: 'Il telefono è muto', requesterId: actor.personId ?? '' })
    const { id } = await ask()
    expect((await ask()).id).toBe(id)
    expect(await findCase(technician, id)).toMatchObject({
      channel: 'in_person',
      state: 'in_progress',
      requesterId: actor.personId,
      holderName: 'Tullio Tecnico',
    })
  })
})
