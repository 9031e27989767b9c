import { afterAll, beforeAll, expect, test } from 'vitest'
import { actAs, findApiKey, systemContext } from '../../platform/auth/actors.ts'
import { findSession, signIn } from '../../platform/auth/sessions.ts'
import type { Context } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { testServices } from '../../platform/testing.ts'
import {
  addAccount,
  disableAccount,
  enableAccount,
  resetPassword,
  setLanguage,
  setPassword,
  setShortcuts,
} from './accounts.ts'
import { leavePerson, readmitPerson } from './departures.ts'
import { addApiKey, listApiKeys, revokeApiKey } from './keys.ts'
import { addOffice } from './offices.ts'
import { addSupplier, listParties } from './parties.ts'
import { addPerson, changePerson, findPeople, findPerson, listPeople, setRoles } from './people.ts'
import { type CreatedOrganisation, createOrganisation } from './set-up.ts'
import { addTeam, changeTeam, listTeamMembers, listTeams, setTeamMembers } from './teams.ts'

let services: Awaited<ReturnType<typeof testServices>>
let city: CreatedOrganisation
let admin: Context
let foreign: { personId: string; partyId: string; teamId: string; keyId: string }
let supplierId: string
const password = 'quattro gatti neri'
const administrator = (email: string) => ({ givenName: 'Rosalia', familyName: 'Amato', email, password })

beforeAll(async () => {
  services = await testServices()
  city = await createOrganisation(services, {
    name: 'Comune di Prova',
    administrator: administrator('rosalia@prova.example'),
  })
  const other = await createOrganisation(services, {
    name: 'Altro Comune',
    administrator: administrator('rosalia@altro.example'),
  })
  const there = systemContext(services, other.organisation, 'prova', 'cli')
  const team = await addTeam(there, { name: 'Squadra', tier: 1, partyId: other.partyId })
  const key = await addApiKey(there, { name: 'chiave', personId: other.administratorId, scopes: ['case.read'] })
  foreign = { personId: other.administratorId, partyId: other.partyId, teamId: team.id, keyId: key.id }
  admin = await as(city.administratorId)
  supplierId = (await addSupplier(admin, { name: 'Società di prova' })).id
})
afterAll(() => services.close())

async function as(personId: string): Promise<Context> {
  const found = await actAs(services, city.organisation.id, personId, 'desk')
  if (found === null) throw new Error('Nobody to act as')
  return found
}

async function refusal(work: Promise<unknown>): Promise<{ code: string; fields: string[]; says: string }> {
  const error = await work.then(
    () => null,
    (error: unknown) => error,
  )
  if (!(error instanceof Problem)) throw error ?? new Error('Nothing was refused')
  return { code: error.code, fields: error.fields.map(({ path }) => path), says: error.say.it }
}

test('a person is found by three letters of name, number or office', async () => {
  const office = await addOffice(admin, { kind: 'area', code: 'ANAG', name: 'Anagrafe centrale' })
  await addPerson(admin, {
    givenName: 'Giuseppe',
    familyName: 'Lo Cascio',
    email: 'g.locascio@prova.example',
    phone: '091 7401234',
    officeId: office.id,
    room: '11',
  })
  for (const words of ['casc', '7401', 'anagr']) {
    expect(await findPeople(admin, words)).toMatchObject([
      { name: 'Giuseppe Lo Cascio', officeName: 'Anagrafe centrale', room: '11' },
    ])
  }
  expect(await findPeople(admin, 'ca')).toEqual([])
  expect((await findPeople(admin, 'ama')).map(({ name }) => name)).toEqual(['Rosalia Amato'])
})

test('the list of people turns its pages by family name and keeps to its filter', async () => {
  for (const familyName of ['Bianchi', 'Conti', 'De Luca']) {
    await addPerson(admin, { givenName: 'Anna', familyName, email: `${familyName.replace(' ', '')}@prova.example` })
  }
  const first = await listPeople(admin, { words: 'anna', limit: 2 })
  expect(first.rows.map(({ familyName }) => familyName)).toEqual(['Bianchi', 'Conti'])
  const second = await listPeople(admin, { words: 'anna', limit: 2, cursor: first.nextCursor ?? '' })
  expect(second.rows.map(({ familyName }) => familyName)).toEqual(['De Luca'])
  expect(second.nextCursor).toBeNull()
  expect(await refusal(listPeople(admin, { words: 'pippo', cursor: first.nextCursor ?? '' }))).toMatchObject({
    fields: ['cursor'],
  })
})

test('who measures is never who is measured: roles fit the party', async () => {
  const tec = { givenName: 'Tino', familyName: 'Tecnico', email: 'tino@societa.example', partyId: supplierId }
  expect(await refusal(addPerson(admin, { ...tec, roles: ['contract_manager'] }))).toMatchObject({ fields: ['roles'] })
  expect(await refusal(addPerson(admin, { ...tec, partyId: null, roles: ['agent'] }))).toMatchObject({
    fields: ['roles'],
  })
  const { id } = await addPerson(admin, { ...tec, roles: ['technician'] })
  expect(await refusal(setRoles(admin, id, { roles: ['technician', 'auditor'], version: 1 }))).toMatchObject({
    fields: ['roles'],
  })
  await setRoles(admin, id, { roles: ['agent', 'team_leader'], version: 1 })
  expect(await findPerson(admin, id)).toMatchObject({
    roles: ['agent', 'team_leader'],
    partyKind: 'supplier',
    version: 2,
  })
  expect(await refusal(setRoles(admin, id, { roles: ['agent'], version: 1 }))).toMatchObject({ code: 'stale' })
})

test('the last administrator cannot be taken away', async () => {
  const { version } = await findPerson(admin, city.administratorId)
  expect(await refusal(setRoles(admin, city.administratorId, { roles: ['employee'], version }))).toMatchObject({
    code: 'last_administrator',
  })
  expect(await refusal(leavePerson(admin, city.administratorId, { version }))).toMatchObject({
    code: 'last_administrator',
  })
  expect(await refusal(disableAccount(admin, city.administratorId))).toMatchObject({ code: 'last_administrator' })
  expect((await findPerson(admin, city.administratorId)).roles).toContain('administrator')
})

test('somebody who leaves loses session, account, keys and teams at once', async () => {
  const { id } = await addPerson(admin, { givenName: 'Leo', familyName: 'Partente', email: 'leo@prova.example' })
  await addAccount(admin, { personId: id, email: 'leo@prova.example', password })
  const { token } = await signIn(services, 'leo@prova.example', password, '192.0.2.1')
  const key = await addApiKey(admin, { name: 'programma', personId: id, scopes: ['case.read'] })
  const team = await addTeam(admin, { name: 'Squadra di Leo', tier: 1, partyId: city.partyId })
  await setTeamMembers(admin, team.id, { personIds: [id], version: 1 })
  expect(await findSession(services, token, 'portal')).not.toBeNull()
  expect(await refusal(leavePerson(admin, id, { leftOn: '2999-01-01', version: 1 }))).toMatchObject({
    fields: ['leftOn'],
  })
  await leavePerson(admin, id, { version: 1 })
  expect(await findSession(services, token, 'portal')).toBeNull()
  expect(await findApiKey(services, key.token, 'it')).toBeNull()
  expect(await refusal(signIn(services, 'leo@prova.example', password, '192.0.2.1'))).toMatchObject({
    code: 'wrong_credentials',
  })
  expect(await listTeamMembers(admin, team.id)).toEqual([])
  expect(await refusal(enableAccount(admin, id))).toMatchObject({ code: 'person_left' })
  await readmitPerson(admin, id, { version: 2 })
  expect(await findApiKey(services, key.token, 'it')).toBeNull()
  await enableAccount(admin, id)
  expect((await signIn(services, 'leo@prova.example', password, '192.0.2.1')).awaitsTotp).toBe(false)
})

test('short, obvious and own-address passwords are refused', async () => {
  const { id } = await addPerson(admin, { givenName: 'Ivo', familyName: 'Debole', email: 'ivo.debole@prova.example' })
  const add = (password: string) =>
    refusal(addAccount(admin, { personId: id, email: 'ivo.debole@prova.example', password }))
  for (const weak of [
    'corta',
    'password1234',
    'Palermo2026!!',
    'aaaaaaaaaaaaaa',
    '123456789012',
    'ivo.debole@prova.example',
  ]) {
    expect(await add(weak)).toMatchObject({ fields: ['password'] })
  }
  expect((await findPerson(admin, id)).account).toBeNull()
})

test('one’s own password needs the current one; the other sessions end, this one stays', async () => {
  const { id } = await addPerson(admin, { givenName: 'Eva', familyName: 'Chiari', email: 'eva@prova.example' })
  const { id: accountId } = await addAccount(admin, { personId: id, email: 'eva@prova.example', password })
  expect(await refusal(addAccount(admin, { personId: id, email: 'eva2@prova.example', password }))).toMatchObject({
    code: 'account_exists',
  })
  const here = await signIn(services, 'eva@prova.example', password, '192.0.2.2')
  const elsewhere = await signIn(services, 'eva@prova.example', password, '192.0.2.2')
  const eva = await as(id)
  expect(
    await refusal(setPassword(eva, { current: 'sbagliata', password: 'cinque cani bianchi' }, here.token)),
  ).toMatchObject({ fields: ['current'] })
  await setPassword(eva, { current: password, password: 'cinque cani bianchi' }, here.token)
  expect(await findSession(services, here.token, 'portal')).not.toBeNull()
  expect(await findSession(services, elsewhere.token, 'portal')).toBeNull()
  await setLanguage(eva, accountId, { language: 'en' })
  await setShortcuts(eva, accountId, { hasShortcuts: false })
  expect(await findSession(services, here.token, 'portal')).toMatchObject({
    hasShortcuts: false,
    context: { language: 'en' },
  })
  expect(await refusal(setLanguage(eva, city.accountId, { language: 'en' }))).toMatchObject({ code: 'not_found' })
  await resetPassword(admin, id, { password: 'sei asini grigi' })
  expect(await findSession(services, here.token, 'portal')).toBeNull()
})

test('a new address is also the one to sign in with, and is nobody else’s', async () => {
  const { id } = await addPerson(admin, { givenName: 'Lia', familyName: 'Nubile', email: 'lia.nubile@prova.example' })
  await addAccount(admin, { personId: id, email: 'lia.nubile@prova.example', password })
  const person = { givenName: 'Lia', familyName: 'Sposa', version: 1 }
  expect(await refusal(changePerson(admin, id, { ...person, email: 'eva@prova.example' }))).toMatchObject({
    fields: ['email'],
  })
  expect(await refusal(changePerson(admin, id, { ...person, email: 'rosalia@altro.example' }))).toMatchObject({
    fields: ['email'],
  })
  await changePerson(admin, id, { ...person, email: 'Lia.Sposa@prova.example' })
  expect(await findPerson(admin, id)).toMatchObject({
    email: 'lia.sposa@prova.example',
    account: { email: 'lia.sposa@prova.example' },
  })
})

test('a key opens its scopes until it is revoked, and cannot make a wider one', async () => {
  const key = await addApiKey(admin, {
    name: 'chiavi',
    personId: city.administratorId,
    scopes: ['key.manage'],
    days: 1,
  })
  expect(key.token).toMatch(/^sitec_/)
  const program = await findApiKey(services, key.token, 'it')
  if (program === null) throw new Error('The key opens nothing')
  expect(
    await refusal(addPerson(program, { givenName: 'A', familyName: 'B', email: 'ab@prova.example' })),
  ).toMatchObject({ code: 'forbidden' })
  expect(
    await refusal(
      addApiKey(program, { name: 'larga', personId: city.administratorId, scopes: ['organisation.manage'] }),
    ),
  ).toMatchObject({ fields: ['scopes'] })
  expect(await refusal(setPassword(program, { current: password, password: 'cinque cani bianchi' }))).toMatchObject({
    code: 'own_account_only',
  })
  await revokeApiKey(admin, key.id)
  expect(await findApiKey(services, key.token, 'it')).toBeNull()
  expect((await listApiKeys(admin)).find(({ id }) => id === key.id)?.revokedAt).not.toBeNull()
  expect(
    await refusal(
      addApiKey(admin, { name: 'x', personId: city.administratorId, scopes: ['everything' as 'case.read'] }),
    ),
  ).toMatchObject({ fields: ['scopes.0'] })
})

test('a team has people of its own party only', async () => {
  const { id: agent } = await addPerson(admin, {
    givenName: 'Sam',
    familyName: 'Sportello',
    email: 'sam@societa.example',
    partyId: supplierId,
    roles: ['agent'],
  })
  const team = await addTeam(admin, { name: 'Primo livello', tier: 1, partyId: supplierId })
  expect(
    await refusal(setTeamMembers(admin, team.id, { personIds: [agent, city.administratorId], version: 1 })),
  ).toMatchObject({ fields: ['personIds.1'] })
  expect(await refusal(setTeamMembers(admin, team.id, { personIds: [foreign.personId], version: 1 }))).toMatchObject({
    fields: ['personIds.0'],
  })
  await setTeamMembers(admin, team.id, { personIds: [agent], version: 1 })
  expect((await listTeams(admin)).find(({ id }) => id === team.id)).toMatchObject({
    members: 1,
    tier: 1,
    partyName: 'Società di prova',
  })
  expect(
    await refusal(changeTeam(admin, team.id, { name: 'Primo livello', tier: 1, partyId: city.partyId, version: 2 })),
  ).toMatchObject({ code: 'team_has_members' })
  expect(await refusal(addTeam(admin, { name: 'Primo livello', tier: 2, partyId: supplierId }))).toMatchObject({
    fields: ['name'],
  })
  expect(await refusal(addTeam(admin, { name: 'Terzo livello', tier: 3, partyId: supplierId }))).toMatchObject({
    fields: ['tier'],
  })
})

test('people, parties, teams and keys of another administration are nowhere', async () => {
  expect(await refusal(findPerson(admin, foreign.personId))).toMatchObject({ code: 'not_found' })
  expect(await refusal(leavePerson(admin, foreign.personId, { version: 1 }))).toMatchObject({ code: 'not_found' })
  expect(await refusal(setRoles(admin, foreign.personId, { roles: ['employee'], version: 1 }))).toMatchObject({
    code: 'not_found',
  })
  expect(await refusal(resetPassword(admin, foreign.personId, { password }))).toMatchObject({ code: 'no_account' })
  expect(
    await refusal(addAccount(admin, { personId: foreign.personId, email: 'x@prova.example', password })),
  ).toMatchObject({ fields: ['personId'] })
  expect(
    await refusal(addApiKey(admin, { name: 'x', personId: foreign.personId, scopes: ['case.read'] })),
  ).toMatchObject({ fields: ['personId'] })
  expect(await refusal(revokeApiKey(admin, foreign.keyId))).toMatchObject({ code: 'not_found' })
  expect(await refusal(addTeam(admin, { name: 'Mia', tier: 1, partyId: foreign.partyId }))).toMatchObject({
    fields: ['partyId'],
  })
  expect(await refusal(setTeamMembers(admin, foreign.teamId, { personIds: [], version: 1 }))).toMatchObject({
    code: 'not_found',
  })
  expect(await refusal(listTeamMembers(admin, foreign.teamId))).toMatchObject({ code: 'not_found' })
  expect(
    await refusal(
      addPerson(admin, { givenName: 'A', familyName: 'B', email: 'x@prova.example', partyId: foreign.partyId }),
    ),
  ).toMatchObject({ fields: ['partyId'] })
  expect((await listParties(admin)).map(({ id }) => id)).not.toContain(foreign.partyId)
  expect(await findPeople(admin, 'rosalia')).toHaveLength(1)
})

test('agents find people but see no list of them; employees neither', async () => {
  const { id } = await addPerson(admin, {
    givenName: 'Ada',
    familyName: 'Agente',
    email: 'ada@societa.example',
    partyId: supplierId,
    roles: ['agent'],
  })
  const agent = await as(id)
  expect(await findPeople(agent, 'rosalia')).toHaveLength(1)
  expect(await refusal(listPeople(agent))).toMatchObject({ code: 'forbidden' })
  expect(await refusal(findPerson(agent, id))).toMatchObject({ code: 'forbidden' })
  expect(await refusal(listApiKeys(agent))).toMatchObject({ code: 'forbidden' })
  expect(await refusal(resetPassword(agent, city.administratorId, { password }))).toMatchObject({ code: 'forbidden' })
  const { id: employee } = await addPerson(admin, {
    givenName: 'Enzo',
    familyName: 'Impiegato',
    email: 'enzo@prova.example',
  })
  expect(await refusal(findPeople(await as(employee), 'rosalia'))).toMatchObject({ code: 'forbidden' })
})

test('what is sealed holds no name, address, number or mail', async () => {
  const sealed = await services.database.owner.selectFrom('event').select('payload').execute()
  expect(JSON.stringify(sealed)).not.toMatch(/@|Amato|Rosalia|Cascio|7401234|gatti/)
})
