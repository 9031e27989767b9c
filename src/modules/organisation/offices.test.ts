import { afterAll, beforeAll, expect, test } from 'vitest'
import { actAs, systemContext } from '../../platform/auth/actors.ts'
import type { Context } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { testServices } from '../../platform/testing.ts'
import { addOffice, changeOffice, closeOffice, findOffice, listOffices, reopenOffice } from './offices.ts'
import { addPerson } from './people.ts'
import { type CreatedOrganisation, createOrganisation, listOrganisations, soleOrganisation } from './set-up.ts'
import { addSite, changeSite, listSites } from './sites.ts'

let services: Awaited<ReturnType<typeof testServices>>
let city: CreatedOrganisation
let admin: Context
let foreignOffice: string
let foreignSite: string

const administrator = (email: string) => ({
  givenName: 'Rosalia',
  familyName: 'Amato',
  email,
  password: 'quattro gatti neri',
})

beforeAll(async () => {
  services = await testServices()
  city = await createOrganisation(services, {
    name: 'Comune di Prova',
    ipaCode: 'c_prova',
    administrator: administrator('rosalia@prova.example'),
  })
  expect((await soleOrganisation(services)).id).toBe(city.organisation.id)
  const other = await createOrganisation(services, {
    name: 'Altro Comune',
    administrator: administrator('rosalia@altro.example'),
  })
  const there = systemContext(services, other.organisation, 'prova', 'cli')
  foreignOffice = (await addOffice(there, { kind: 'area', code: 'X', name: 'Area di altri' })).id
  foreignSite = (await addSite(there, { code: 'X', name: 'Sede di altri' })).id
  const found = await actAs(services, city.organisation.id, city.administratorId, 'desk')
  if (found === null) throw new Error('The administrator is missing')
  admin = found
})
afterAll(() => services.close())

async function refusal(work: Promise<unknown>): Promise<{ code: string; fields: string[]; says: string }> {
  const error = await work.then(
    () => null,
    (error: unknown) => error,
  )
  if (!(error instanceof Problem)) throw error ?? new Error('Nothing was refused')
  return { code: error.code, fields: error.fields.map(({ path }) => path), says: error.say.it }
}

const events = (id: string) =>
  services.database.owner
    .selectFrom('event')
    .select(['kind', 'witness', 'payload'])
    .where('subject_id', '=', id)
    .orderBy('id')
    .execute()

test('the first set-up leaves an administrator, a calendar and the events of both', async () => {
  expect((await listOrganisations(services)).map(({ name }) => name)).toEqual(['Altro Comune', 'Comune di Prova'])
  expect(await refusal(soleOrganisation(services))).toMatchObject({ code: 'several_organisations' })
  expect(admin.actor.roles).toEqual(['administrator', 'employee'])
  expect((await events(city.administratorId)).map(({ kind }) => kind)).toEqual(['person.added'])
  expect((await events(city.calendarId)).map(({ kind }) => kind)).toEqual(['calendar.added', 'calendar.version_added'])
})

test('offices come in the order of the chart, each with its depth', async () => {
  const area = await addOffice(admin, { kind: 'area', code: 'A1', name: 'Area tecnica' })
  const department = await addOffice(admin, {
    kind: 'department',
    code: 'D1',
    name: 'Settore informatico',
    parentId: area.id,
  })
  const unit = await addOffice(admin, {
    kind: 'unit',
    code: 'U1',
    name: 'Reti',
    parentId: department.id,
    ipaCode: 'UF1234',
  })
  await addOffice(admin, { kind: 'department', code: 'D0', name: 'Avvocatura' })
  const rows = await listOffices(admin)
  expect(rows.map(({ code, depth }) => [code, depth])).toEqual([
    ['A1', 0],
    ['D1', 1],
    ['U1', 2],
    ['D0', 0],
  ])
  expect(await findOffice(admin, unit.id)).toMatchObject({ depth: 2, ipaCode: 'UF1234', parentId: department.id })
  expect(await events(unit.id)).toMatchObject([
    { kind: 'office.added', witness: 'U', payload: { code: 'U1', parentId: department.id } },
  ])
})

test('an office cannot stand below itself, below its own unit or below a kind that cannot hold it', async () => {
  const rows = await listOffices(admin)
  const department = rows.find(({ code }) => code === 'D1')
  const unit = rows.find(({ code }) => code === 'U1')
  if (!department || !unit) throw new Error('The chart of the test before is missing')
  const { name, code, version } = department
  expect(
    await refusal(changeOffice(admin, department.id, { kind: 'department', code, name, version, parentId: unit.id })),
  ).toMatchObject({ fields: ['parentId'] })
  expect(
    await refusal(
      changeOffice(admin, department.id, { kind: 'department', code, name, version, parentId: department.id }),
    ),
  ).toMatchObject({ fields: ['parentId'] })
  expect(await refusal(changeOffice(admin, department.id, { kind: 'area', code, name, version }))).toMatchObject({
    fields: ['kind'],
  })
  expect(await refusal(addOffice(admin, { kind: 'unit', code: 'U9', name: 'Sospesa' }))).toMatchObject({
    fields: ['parentId'],
  })
  expect(await refusal(addOffice(admin, { kind: 'area', code: 'A1', name: 'Doppia' }))).toMatchObject({
    fields: ['code'],
  })
  expect(
    await refusal(addOffice(admin, { kind: 'area', code: 'A7', name: 'Doppia', ipaCode: 'UF1234' })),
  ).toMatchObject({ fields: ['ipaCode'] })
})

test('a change of what somebody else changed meanwhile is refused, saying who and when', async () => {
  const office = await addOffice(admin, { kind: 'area', code: 'A2', name: 'Area sociale' })
  expect(
    await changeOffice(admin, office.id, { kind: 'area', code: 'A2', name: 'Area dei servizi sociali', version: 1 }),
  ).toMatchObject({ version: 2 })
  const refused = await refusal(
    changeOffice(admin, office.id, { kind: 'area', code: 'A2', name: 'Area welfare', version: 1 }),
  )
  expect(refused.code).toBe('stale')
  expect(refused.says).toMatch(/Rosalia Amato .*oggi, ore/)
  expect((await findOffice(admin, office.id)).name).toBe('Area dei servizi sociali')
})

test('an office with offices or people in it is not closed; a closed one takes nobody and can be opened again', async () => {
  const area = await addOffice(admin, { kind: 'area', code: 'A3', name: 'Area da chiudere' })
  const department = await addOffice(admin, {
    kind: 'department',
    code: 'D3',
    name: 'Settore da chiudere',
    parentId: area.id,
  })
  expect(await refusal(closeOffice(admin, area.id, { version: 1 }))).toMatchObject({ code: 'office_has_offices' })
  await closeOffice(admin, department.id, { version: 1 })
  expect(
    await refusal(
      addPerson(admin, { givenName: 'Ugo', familyName: 'Neri', email: 'ugo@prova.example', officeId: department.id }),
    ),
  ).toMatchObject({ fields: ['officeId'] })
  await closeOffice(admin, area.id, { version: 1 })
  expect((await listOffices(admin)).some(({ code }) => code === 'A3')).toBe(false)
  expect(await refusal(reopenOffice(admin, department.id, { version: 2 }))).toMatchObject({ fields: ['parentId'] })
  await reopenOffice(admin, area.id, { version: 2 })
  await addPerson(admin, { givenName: 'Ugo', familyName: 'Neri', email: 'ugo@prova.example', officeId: area.id })
  expect(await refusal(closeOffice(admin, area.id, { version: 3 }))).toMatchObject({ code: 'office_has_people' })
})

test('nobody ends up in an office that is closed at the same moment', async () => {
  for (let round = 0; round < 10; round += 1) {
    const { id } = await addOffice(admin, { kind: 'area', code: `R${round}`, name: 'Contesa' })
    const both = await Promise.allSettled([
      addPerson(admin, { givenName: 'Ugo', familyName: 'Neri', email: `ugo${round}@prova.example`, officeId: id }),
      closeOffice(admin, id, { version: 1 }),
    ])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  }
})

test('the ids of another administration are nowhere, in an address or in a body', async () => {
  expect(await refusal(findOffice(admin, foreignOffice))).toMatchObject({ code: 'not_found' })
  expect(
    await refusal(changeOffice(admin, foreignOffice, { kind: 'area', code: 'X', name: 'Mia', version: 1 })),
  ).toMatchObject({ code: 'not_found' })
  expect(await refusal(closeOffice(admin, foreignOffice, { version: 1 }))).toMatchObject({ code: 'not_found' })
  expect(await refusal(changeSite(admin, foreignSite, { code: 'X', name: 'Mia', version: 1 }))).toMatchObject({
    code: 'not_found',
  })
  expect(
    await refusal(addOffice(admin, { kind: 'department', code: 'D7', name: 'Settore', parentId: foreignOffice })),
  ).toMatchObject({ fields: ['parentId'] })
  expect(
    await refusal(addOffice(admin, { kind: 'area', code: 'A8', name: 'Area', siteId: foreignSite })),
  ).toMatchObject({ fields: ['siteId'] })
  const person = { givenName: 'Ada', familyName: 'Blu', email: 'ada@prova.example' }
  expect(await refusal(addPerson(admin, { ...person, officeId: foreignOffice }))).toMatchObject({
    fields: ['officeId'],
  })
  expect(await refusal(addPerson(admin, { ...person, siteId: foreignSite }))).toMatchObject({ fields: ['siteId'] })
  expect(await listSites(admin)).toEqual([])
})

test('a form sent twice adds one site, and a site is changed', async () => {
  const once = { ...admin, idempotencyKey: 'form-0001' }
  const first = await addSite(once, { code: 'S1', name: 'Palazzo delle Aquile', address: 'Piazza Pretoria 1' })
  expect(await addSite(once, { code: 'S1', name: 'Palazzo delle Aquile', address: 'Piazza Pretoria 1' })).toEqual(first)
  await changeSite(admin, first.id, { code: 'S1', name: 'Palazzo Pretorio', version: 1 })
  expect(await listSites(admin)).toMatchObject([{ code: 'S1', name: 'Palazzo Pretorio', version: 2 }])
})

test('an employee may read the chart and change nothing', async () => {
  const { id } = await addPerson(admin, { givenName: 'Pia', familyName: 'Verdi', email: 'pia@prova.example' })
  const employee = await actAs(services, city.organisation.id, id, 'portal')
  if (employee === null) throw new Error('The employee is missing')
  expect((await listOffices(employee)).length).toBeGreaterThan(0)
  const before = await services.database.owner.selectFrom('event').select('id').execute()
  expect(await refusal(addOffice(employee, { kind: 'area', code: 'Z', name: 'Mia' }))).toMatchObject({
    code: 'forbidden',
  })
  expect(await refusal(closeOffice(employee, foreignOffice, { version: 1 }))).toMatchObject({ code: 'forbidden' })
  expect(await refusal(addSite(employee, { code: 'Z', name: 'Mia' }))).toMatchObject({ code: 'forbidden' })
  expect(await services.database.owner.selectFrom('event').select('id').execute()).toHaveLength(before.length)
})
