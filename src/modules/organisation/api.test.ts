import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemContext } from '../../platform/auth/actors.ts'
import type { Context } from '../../platform/context.ts'
import { createApi, respond } from '../../platform/http/api.ts'
import { permissions } from '../../platform/permissions.ts'
import { Problem } from '../../platform/problem.ts'
import { testServices } from '../../platform/testing.ts'
import { registerOrganisationApi } from './api.ts'
import { addApiKey } from './keys.ts'
import { addOffice } from './offices.ts'
import { addPerson } from './people.ts'
import { createOrganisation } from './set-up.ts'

let services: Awaited<ReturnType<typeof testServices>>
let api: ReturnType<typeof createApi>
let keys: { administrator: string; employee: string }
let foreign: { office: string; person: string }
let supplier = ''
const administrator = (email: string) => ({
  givenName: 'Rosalia',
  familyName: 'Amato',
  email,
  password: 'quattro gatti neri',
})

beforeAll(async () => {
  services = await testServices()
  const city = await createOrganisation(services, {
    name: 'Comune di Prova',
    administrator: administrator('rosalia@prova.example'),
  })
  const other = await createOrganisation(services, {
    name: 'Altro Comune',
    administrator: administrator('rosalia@altro.example'),
  })
  const there = systemContext(services, other.organisation, 'prova', 'cli')
  foreign = {
    office: (await addOffice(there, { kind: 'area', code: 'X', name: 'Di altri' })).id,
    person: other.administratorId,
  }
  const system: Context = systemContext(services, city.organisation, 'prova', 'cli')
  const { id: employeeId } = await addPerson(system, {
    givenName: 'Pia',
    familyName: 'Verdi',
    email: 'pia@prova.example',
  })
  const all = Object.keys(permissions) as (keyof typeof permissions)[] // the keys of the table are its actions
  keys = {
    administrator: (await addApiKey(system, { name: 'tutto', personId: city.administratorId, scopes: all })).token,
    employee: (await addApiKey(system, { name: 'tutto', personId: employeeId, scopes: all })).token,
  }
  api = createApi(services)
  registerOrganisationApi(api)
  api.onError((error, c) => {
    if (error instanceof Problem) return respond(c, error)
    throw error
  })
})
afterAll(() => services.close())

async function call(
  method: string,
  path: string,
  body?: unknown,
  options: { key?: string; type?: string; headers?: Record<string, string> } = {},
) {
  const { key = keys.administrator, type = 'application/json', headers = {} } = options
  const response = await api.request(path, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body !== undefined && { 'content-type': type }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return { status: response.status, body: await response.json() }
}

test('offices, people, accounts, teams and calendars go round through the API', async () => {
  const area = await call('POST', '/offices', { kind: 'area', code: 'A1', name: 'Area tecnica' })
  expect(area.status).toBe(201)
  const { id } = area.body
  expect(
    await call('PUT', `/offices/${id}`, { kind: 'area', code: 'A1', name: 'Area tecnica e lavori', version: 1 }),
  ).toMatchObject({ status: 200, body: { version: 2 } })
  expect(await call('PUT', `/offices/${id}/closure`, { version: 2 })).toMatchObject({
    status: 200,
    body: { version: 3 },
  })
  expect(await call('DELETE', `/offices/${id}/closure?version=3`)).toMatchObject({ status: 200, body: { version: 4 } })
  expect(await call('GET', '/offices')).toMatchObject({
    status: 200,
    body: { rows: [{ code: 'A1', name: 'Area tecnica e lavori', depth: 0 }] },
  })
  expect(await call('POST', '/sites', { code: 'S', name: 'Sede' })).toMatchObject({ status: 201 })
  const person = await call('POST', '/people', {
    givenName: 'Ugo',
    familyName: 'Neri',
    email: 'ugo@prova.example',
    officeId: id,
  })
  const at = `/people/${person.body.id}`
  expect(await call('PUT', `${at}/roles`, { roles: ['employee', 'office_contact'], version: 1 })).toMatchObject({
    status: 200,
  })
  expect(
    await call('POST', `${at}/account`, { email: 'ugo@prova.example', password: 'quattro gatti neri' }),
  ).toMatchObject({ status: 200 })
  expect(await call('PUT', `${at}/account/password`, { password: 'cinque cani bianchi' })).toMatchObject({
    status: 200,
  })
  expect(await call('PUT', `${at}/account/suspension`)).toMatchObject({ status: 200 })
  expect(await call('DELETE', `${at}/account/suspension`)).toMatchObject({ status: 200 })
  expect(await call('GET', at)).toMatchObject({
    status: 200,
    body: { familyName: 'Neri', account: { isDisabled: false }, roles: ['employee', 'office_contact'] },
  })
  expect(await call('GET', '/people/matches?words=ner')).toMatchObject({
    status: 200,
    body: { rows: [{ name: 'Ugo Neri' }] },
  })
  expect(await call('GET', '/people?limit=1')).toMatchObject({ status: 200, body: { nextCursor: expect.any(String) } })
  supplier = (await call('POST', '/parties', { name: 'Società di prova' })).body.id
  const team = await call('POST', '/teams', { name: 'Primo livello', tier: 1, partyId: supplier })
  expect(await call('PUT', `/teams/${team.body.id}/members`, { personIds: [], version: 1 })).toMatchObject({
    status: 200,
  })
  expect(await call('GET', '/teams')).toMatchObject({ status: 200, body: { rows: [{ members: 0 }] } })
  const rules = { weekly: [{ day: 1, from: '08:00', to: '14:00' }], holidays: 'none', patronDay: null, exceptions: [] }
  const calendar = await call('POST', '/calendars', {
    name: 'Sportello',
    from: '2020-01-01',
    until: '2020-12-31',
    rules,
  })
  expect(await call('POST', `/calendars/${calendar.body.id}/versions`, { from: '2021-01-01', rules })).toMatchObject({
    status: 200,
  })
  expect(await call('GET', '/calendars')).toMatchObject({
    status: 200,
    body: { rows: [{ isDefault: true }, { versions: [{ until: '2020-12-31' }, { until: null }] }] },
  })
  expect(await call('PUT', `${at}/departure`, { version: 2 })).toMatchObject({ status: 200, body: { version: 3 } })
  expect(await call('DELETE', `${at}/departure?version=3`)).toMatchObject({ status: 200 })
})

test('a repeated call with one Idempotency-Key adds one office', async () => {
  const headers = { 'idempotency-key': 'call-0001' }
  const first = await call('POST', '/offices', { kind: 'area', code: 'I1', name: 'Una' }, { headers })
  expect(await call('POST', '/offices', { kind: 'area', code: 'I1', name: 'Una' }, { headers })).toEqual(first)
  expect(await call('POST', '/offices', { kind: 'area', code: 'I2', name: 'Altra' }, { headers })).toMatchObject({
    status: 409,
    body: { code: 'key_reused' },
  })
})

test('an import answers with counts, or with the lines that are wrong', async () => {
  const csv = 'code;kind;name;parent_code\nC1;area;Area uno;\n'
  expect(await call('POST', '/imports/offices', csv, { type: 'text/csv; charset=utf-8' })).toEqual({
    status: 200,
    body: { added: 1, changed: 0, unchanged: 0 },
  })
  const refused = await call('POST', '/imports/offices', `${csv}C2;regno;Area due;\n`, {
    type: 'text/csv',
    headers: { 'accept-language': 'en' },
  })
  expect(refused).toMatchObject({
    status: 422,
    body: {
      code: 'import_refused',
      fields: [{ path: 'line 3, column kind', message: expect.stringContaining('Choose one of') }],
    },
  })
  expect(await call('POST', '/imports/people', {})).toMatchObject({ status: 415 })
})

test('a key can be made, used and revoked', async () => {
  const { body: me } = await call('GET', '/people?words=amato')
  const made = await call('POST', '/keys', { name: 'lettura', personId: me.rows[0].id, scopes: ['people.find'] })
  expect(made).toMatchObject({ status: 201, body: { token: expect.stringMatching(/^sitec_/) } })
  expect(await call('GET', '/people/matches?words=amato', undefined, { key: made.body.token })).toMatchObject({
    status: 200,
  })
  expect(await call('GET', '/people', undefined, { key: made.body.token })).toMatchObject({ status: 403 })
  expect(await call('PUT', `/keys/${made.body.id}/revocation`)).toMatchObject({ status: 200 })
  expect(await call('GET', '/people/matches?words=amato', undefined, { key: made.body.token })).toMatchObject({
    status: 401,
  })
})

test('whatever changes something is refused to an employee’s key, whatever reads people or keys too', async () => {
  const document = api.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'prova', version: '1' } })
  const open = ['get /offices', 'get /offices/{id}', 'get /sites', 'get /parties', 'get /teams', 'get /calendars']
  const bodies: Record<string, unknown> = {
    'post /offices': { kind: 'area', code: 'Z', name: 'Z' },
    'put /offices/{id}': { kind: 'area', code: 'Z', name: 'Z', version: 1 },
    'post /sites': { code: 'Z', name: 'Z' },
    'put /sites/{id}': { code: 'Z', name: 'Z', version: 1 },
    'post /people': { givenName: 'Z', familyName: 'Z', email: 'z@z.example' },
    'put /people/{id}': { givenName: 'Z', familyName: 'Z', email: 'z@z.example', version: 1 },
    'put /people/{id}/roles': { roles: ['administrator'], version: 1 },
    'post /people/{id}/account': { email: 'z@z.example', password: 'quattro gatti neri' },
    'put /people/{id}/account/password': { password: 'quattro gatti neri' },
    'post /keys': { name: 'Z', personId: foreign.person, scopes: ['case.read'] },
    'post /parties': { name: 'Z' },
    'post /teams': { name: 'Z', tier: 1, partyId: foreign.person },
    'put /teams/{id}': { name: 'Z', tier: 1, partyId: foreign.person, version: 1 },
    'put /teams/{id}/members': { personIds: [], version: 1 },
    'post /calendars': { name: 'Z', from: '2020-01-01', rules: {} },
    'post /calendars/{id}/versions': { from: '2020-01-01', rules: {} },
  }
  let refused = 0
  for (const [path, methods] of Object.entries(document.paths ?? {})) {
    for (const method of Object.keys(methods).filter((name) => !open.includes(`${name} ${path}`))) {
      const isImport = path.startsWith('/imports')
      const query = method === 'delete' ? '?version=1' : path === '/people/matches' ? '?words=amato' : ''
      const body =
        method === 'get' || method === 'delete' || /suspension|revocation/.test(path)
          ? undefined
          : isImport
            ? 'code'
            : (bodies[`${method} ${path}`] ?? { version: 1 })
      const answered = await call(method.toUpperCase(), path.replace('{id}', foreign.office) + query, body, {
        key: keys.employee,
        type: isImport ? 'text/csv' : 'application/json',
      })
      expect(answered, `${method} ${path}`).toMatchObject({ status: 403 })
      refused += 1
    }
  }
  expect(refused).toBeGreaterThan(25)
})

test('another administration’s ids and broken ids open nothing', async () => {
  expect(await call('GET', `/offices/${foreign.office}`)).toMatchObject({ status: 404 })
  expect(await call('GET', `/people/${foreign.person}`)).toMatchObject({ status: 404 })
  expect(await call('PUT', `/people/${foreign.person}/departure`, { version: 1 })).toMatchObject({ status: 404 })
  expect(
    await call('POST', '/people', { givenName: 'A', familyName: 'B', email: 'a@b.example', officeId: foreign.office }),
  ).toMatchObject({ status: 422, body: { fields: [{ path: 'officeId' }] } })
  expect(await call('GET', '/people/1')).toMatchObject({ status: 422 })
  expect(await call('GET', '/offices', undefined, { key: 'sitec_wrong' })).toMatchObject({ status: 401 })
})
