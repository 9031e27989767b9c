import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { actAs, systemContext } from '../../platform/auth/actors.ts'
import type { Context } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { verifyChain } from '../../platform/seals.ts'
import { testServices } from '../../platform/testing.ts'
import { organisationCommands } from './cli.ts'
import { leavePerson } from './departures.ts'
import { importOffices } from './import-offices.ts'
import { importPeople } from './import-people.ts'
import { addOffice, changeOffice, closeOffice, listOffices } from './offices.ts'
import { addSupplier } from './parties.ts'
import { addPerson, findPerson, listPeople, setRoles } from './people.ts'
import { type CreatedOrganisation, createOrganisation } from './set-up.ts'
import { addSite } from './sites.ts'

let services: Awaited<ReturnType<typeof testServices>>
let city: CreatedOrganisation
let admin: Context
let count = 0

beforeAll(async () => {
  services = await testServices()
})
afterAll(() => services.close())

// Each test has an administration of its own; the one before is the stranger.
beforeEach(async () => {
  count += 1
  const administrator = {
    givenName: 'Rosalia',
    familyName: 'Amato',
    email: `rosalia@prova${count}.example`,
    password: 'quattro gatti neri',
  }
  city = await createOrganisation(services, { name: `Comune di Prova ${count}`, administrator })
  const found = await actAs(services, city.organisation.id, city.administratorId, 'desk')
  if (found === null) throw new Error('The administrator is missing')
  admin = found
  await addSite(admin, { code: 'AQ', name: 'Palazzo delle Aquile' })
})

const bytes = (...lines: string[]) => new TextEncoder().encode(lines.join('\r\n'))
const header = 'code;kind;name;parent_code;ipa_code;site_code'
const chart = bytes(
  header,
  'U1;unit;"Reti; telefonia";S1;UF1;',
  'A1;Area;Area tecnica;;;AQ',
  'S1;service;Servizio informatico;D1;;AQ',
  'D1;Settore;Settore innovazione;A1;UF2;',
)
const peopleHeader = 'email;given_name;family_name;office_code;phone;site_code;room;roles'

async function refusal(work: Promise<unknown>): Promise<{ code: string; places: string[]; says: string[] }> {
  const error = await work.then(
    () => null,
    (error: unknown) => error,
  )
  if (!(error instanceof Problem)) throw error ?? new Error('Nothing was refused')
  return { code: error.code, places: error.fields.map(({ path }) => path), says: error.fields.map(({ say }) => say.it) }
}

const eventCount = async () =>
  (
    await services.database.owner
      .selectFrom('event')
      .select('id')
      .where('organisation_id', '=', city.organisation.id)
      .execute()
  ).length

test('a chart in any order of lines is loaded, and the same file again changes nothing and leaves no event', async () => {
  expect(await importOffices(admin, chart)).toEqual({ added: 4, changed: 0, unchanged: 0 })
  expect((await listOffices(admin)).map(({ code, depth }) => [code, depth])).toEqual([
    ['A1', 0],
    ['D1', 1],
    ['S1', 2],
    ['U1', 3],
  ])
  const before = await eventCount()
  expect(await importOffices(admin, chart)).toEqual({ added: 0, changed: 0, unchanged: 4 })
  expect(await eventCount()).toBe(before)
  const imported = await services.database.owner
    .selectFrom('event')
    .innerJoin('event_text', 'event_text.event_id', 'event.id')
    .select(['kind', 'witness', 'door', 'actor_id', 'content'])
    .where('event.organisation_id', '=', city.organisation.id)
    .where('kind', '=', 'office.added')
    .orderBy('event.id')
    .execute()
  expect(imported).toHaveLength(4)
  expect(imported[0]).toMatchObject({
    witness: 'I',
    door: 'import',
    actor_id: city.administratorId,
    content: '{"name":"Reti; telefonia"}',
  })
  expect((await verifyChain(services.database.owner)).problems).toEqual([])
})

test('an import with one wrong line changes nothing and names the line', async () => {
  const refused = await refusal(
    importOffices(
      admin,
      bytes(header, 'A1;area;Area tecnica;;;', 'D1;settorre;Settore;A1;;', 'D2;department;Altro;A9;;'),
    ),
  )
  expect(refused).toMatchObject({
    code: 'import_refused',
    places: ['line 3, column kind', 'line 4, column parent_code'],
  })
  expect(await listOffices(admin)).toEqual([])
})

test('every kind of wrong line is named with its column', async () => {
  const refused = await refusal(
    importOffices(
      admin,
      bytes(
        header,
        'A1;area;;;;',
        'A2;area;Due;;UF9;ZZ',
        'A2;area;Due di nuovo;;UF9;',
        'U1;unit;In cima;;;',
        'C1;department;Circolo uno;C2;;',
        'C2;department;Circolo due;C1;;',
        'A6;area;Troppi valori;;;;;',
      ),
    ),
  )
  expect(refused.places).toEqual([
    'line 2, column name',
    'line 3, column site_code',
    'line 4, column code',
    'line 4, column ipa_code',
    'line 5, column parent_code',
    'line 6, column parent_code',
    'line 7, column parent_code',
    'line 8',
  ])
  expect(refused.says[5]).toContain('sotto sé stesso')
})

test('a wrong header, an empty file and another encoding are refused with what to do', async () => {
  expect((await refusal(importOffices(admin, bytes('code;kind;nome;parent_code', 'A1;area;Area;')))).places).toEqual([
    'line 1, column name',
    'line 1, column nome',
  ])
  expect((await refusal(importOffices(admin, bytes('')))).places).toEqual(['line 1'])
  expect(await refusal(importOffices(admin, Buffer.from(`${header}\nA1;area;Attività;;;`, 'latin1')))).toMatchObject({
    places: ['line 2'],
    says: [expect.stringContaining('UTF-8')],
  })
  expect((await refusal(importOffices(admin, Buffer.from(`\ufeff${header}`, 'utf16le')))).says[0]).toContain('UTF-16')
  expect(await refusal(importOffices(admin, new Uint8Array(17_000_000)))).toMatchObject({ code: 'too_large' })
})

test('a thousand wrong lines are counted, a hundred are shown', async () => {
  const lines = Array.from({ length: 1000 }, (_, index) => `A${index};nothing;Area;;;`)
  const refused = await refusal(importOffices(admin, bytes(header, ...lines)))
  expect(refused.places).toHaveLength(101)
  expect(refused.says.at(-1)).toContain('900')
})

test('a file changes what differs: codes change hands, a move that closes a circle with what is there is refused', async () => {
  await importOffices(admin, chart)
  const swapped = bytes(
    'code;kind;name;parent_code;ipa_code',
    'U1;unit;Reti;S1;UF2',
    'D1;department;Settore innovazione;A1;UF1',
    'A2;area;Area nuova;;',
  )
  expect(await importOffices(admin, swapped)).toEqual({ added: 1, changed: 2, unchanged: 0 })
  const offices = await listOffices(admin)
  expect(offices.find(({ code }) => code === 'U1')).toMatchObject({ name: 'Reti', ipaCode: 'UF2', version: 2 })
  expect(offices.find(({ code }) => code === 'A1')).toMatchObject({ siteName: 'Palazzo delle Aquile', version: 1 })
  expect((await refusal(importOffices(admin, bytes(header, 'A1;area;Area;U1;;')))).places).toEqual([
    'line 2, column parent_code',
  ])
  expect((await refusal(importOffices(admin, bytes(header, 'S1;unit;Servizio;D1;;')))).places).toEqual([
    'line 2, column kind',
  ])
  expect((await refusal(importOffices(admin, bytes(header, 'A3;area;Area;;UF1;')))).places).toEqual([
    'line 2, column ipa_code',
  ])
})

test('a closed office in the file is named; the codes of another administration are unknown', async () => {
  const closed = await addOffice(admin, { kind: 'area', code: 'A1', name: 'Chiusa' })
  await closeOffice(admin, closed.id, { version: 1 })
  expect((await refusal(importOffices(admin, bytes(header, 'A1;area;Aperta;;;')))).places).toEqual([
    'line 2, column code',
  ])
  expect((await refusal(importOffices(admin, bytes(header, 'D1;department;Settore;A2;;')))).places).toEqual([
    'line 2, column parent_code',
  ])
  expect((await refusal(importPeople(admin, bytes(peopleHeader, 'a@b.example;A;B;A1;;;;')))).places).toEqual([
    'line 2, column office_code',
  ])
})

test('people are loaded with office, place and roles; what is left out is kept', async () => {
  await importOffices(admin, chart)
  const people = bytes(
    peopleHeader,
    'Anna.Conti@prova.example;Anna;Conti;S1;091 740;AQ;11;"employee,Referente informatico"',
    'ugo.neri@prova.example;Ugo;Neri;U1;;;;',
  )
  expect(await importPeople(admin, people)).toEqual({ added: 2, changed: 0, unchanged: 0 })
  const before = await eventCount()
  expect(await importPeople(admin, people)).toEqual({ added: 0, changed: 0, unchanged: 2 })
  expect(await eventCount()).toBe(before)
  const short = bytes('email,given_name,family_name,office_code', 'anna.conti@prova.example,Anna Maria,Conti,S1')
  expect(await importPeople(admin, short)).toEqual({ added: 0, changed: 1, unchanged: 0 })
  const { rows } = await listPeople(admin, { words: 'conti' })
  expect(rows).toMatchObject([
    {
      givenName: 'Anna Maria',
      phone: '091 740',
      room: '11',
      siteName: 'Palazzo delle Aquile',
      officeName: 'Servizio informatico',
      roles: ['employee', 'office_contact'],
      version: 2,
    },
  ])
  expect((await listPeople(admin, { words: 'neri' })).rows).toMatchObject([{ roles: ['employee'], siteName: null }])
})

test('wrong people are named by line and column, and nobody is loaded', async () => {
  const supplier = await addSupplier(admin, { name: 'Società di prova' })
  await addPerson(admin, {
    givenName: 'Sam',
    familyName: 'Sportello',
    email: 'sam@societa.example',
    partyId: supplier.id,
    roles: ['agent'],
  })
  const gone = await addPerson(admin, { givenName: 'Leo', familyName: 'Partito', email: 'leo@prova.example' })
  await leavePerson(admin, gone.id, { version: 1 })
  const refused = await refusal(
    importPeople(
      admin,
      bytes(
        peopleHeader,
        'nuova@prova.example;Nuova;Persona;;;;;',
        'non un indirizzo;A;B;;;;;',
        'sam@societa.example;Sam;Sportello;;;;;',
        'leo@prova.example;Leo;Partito;;;;;',
        'c@prova.example;C;;;;ZZ;;mago',
        'd@prova.example;D;D;;;;;technician',
        'NUOVA@prova.example;Nuova;Persona;;;;;',
      ),
    ),
  )
  expect(refused.places).toEqual([
    'line 3, column email',
    'line 4, column email',
    'line 5, column email',
    'line 6, column family_name',
    'line 7, column roles',
    'line 8, column email',
  ])
  expect((await listPeople(admin, { words: 'nuova' })).rows).toEqual([])
})

test('an import cannot take away the last administrator', async () => {
  const refused = refusal(
    importPeople(admin, bytes(peopleHeader, `${`rosalia@prova${count}.example`};Rosalia;Amato;;;;;employee`)),
  )
  expect(await refused).toMatchObject({ code: 'last_administrator' })
  expect((await findPerson(admin, city.administratorId)).roles).toContain('administrator')
})

test('only those who manage the organisation import', async () => {
  const { id } = await addPerson(admin, { givenName: 'Pia', familyName: 'Verdi', email: 'pia@prova.example' })
  const employee = await actAs(services, city.organisation.id, id, 'portal')
  if (employee === null) throw new Error('The employee is missing')
  expect(await refusal(importOffices(employee, chart))).toMatchObject({ code: 'forbidden' })
  expect(await refusal(importPeople(employee, bytes(peopleHeader)))).toMatchObject({ code: 'forbidden' })
})

test('twenty thousand people are loaded in a few statements, one more is too many', async () => {
  await importOffices(admin, chart)
  // Every connection has by now planned its foreign-key checks for small tables.
  const warm = (index: number) =>
    addPerson(admin, { givenName: 'A', familyName: 'B', email: `warm${index}@prova.example` })
  await Promise.all(Array.from({ length: 100 }, (_, index) => warm(index)))
  const lines = Array.from(
    { length: 20_000 },
    (_, index) => `p${index}@prova.example;Nome${index};Cognome${index};S1;;;;`,
  )
  const started = performance.now()
  expect(await importPeople(admin, bytes(peopleHeader, ...lines))).toEqual({ added: 20_000, changed: 0, unchanged: 0 })
  expect(await importPeople(admin, bytes(peopleHeader, ...lines))).toEqual({ added: 0, changed: 0, unchanged: 20_000 })
  expect(performance.now() - started).toBeLessThan(20_000)
  const more = [...lines, 'e@prova.example;E;E;S1;;;;']
  expect((await refusal(importPeople(admin, bytes(peopleHeader, ...more)))).places).toEqual(['line 20002'])
})

test('the command line loads files and adds people who can sign in', async () => {
  const context = systemContext(services, city.organisation, 'Riga di comando', 'cli')
  const run = (name: string, positionals: string[], values: Record<string, string>, content: Uint8Array) => {
    const command = organisationCommands.find((known) => known.name === name)
    if (!command) throw new Error(`No command ${name}`)
    return command.run({
      context,
      positionals,
      values,
      resolvePath: (path) => path,
      readFile: () => Promise.resolve(content),
      print: async () => undefined,
    })
  }
  expect(await run('import offices', ['uffici.csv'], {}, chart)).toMatchObject({
    exit: 0,
    json: { added: 4 },
    text: expect.stringContaining('Aggiunti 4'),
  })
  expect(await refusal(run('import people', [], {}, chart))).toMatchObject({ places: ['FILE'] })
  await addSupplier(admin, { name: 'Società di prova' })
  const user = {
    email: `tino@societa${count}.example`,
    given: 'Tino',
    family: 'Tecnico',
    roles: 'agent,technician',
    party: 'supplier',
  }
  const made = await run('user add', [], user, new Uint8Array())
  expect(made).toMatchObject({ exit: 0, json: { password: expect.stringMatching(/^[\w-]{20}$/) } })
  expect(
    await refusal(run('user add', [], { ...user, email: 'b@societa.example', 'password-file': 'p' }, bytes('corta'))),
  ).toMatchObject({ places: ['password'] })
  expect((await listPeople(admin, { words: 'b@societa' })).rows).toEqual([])
  expect(
    await refusal(run('user add', [], { ...user, email: 'c@societa.example', office: 'ZZ' }, new Uint8Array())),
  ).toMatchObject({ places: ['office'] })
})

test('two moves at once that do not go together leave a lawful chart', async () => {
  const area = await addOffice(admin, { kind: 'area', code: 'A1', name: 'Area' })
  const department = await addOffice(admin, { kind: 'department', code: 'D1', name: 'Settore', parentId: area.id })
  const both = await Promise.allSettled([
    changeOffice(admin, area.id, { kind: 'service', code: 'A1', name: 'Area', parentId: department.id, version: 1 }),
    changeOffice(admin, department.id, { kind: 'department', code: 'D1', name: 'Settore', version: 1 }),
  ])
  const offices = await listOffices(admin)
  expect(offices).toHaveLength(2)
  expect(both.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0)
})

test('roles set while an import runs are kept, or refused as stale; they are never lost', async () => {
  const { id } = await addPerson(admin, { givenName: 'Anna', familyName: 'Conti', email: 'anna@prova.example' })
  const [roles] = await Promise.allSettled([
    setRoles(admin, id, { roles: ['employee', 'auditor'], version: 1 }),
    importPeople(admin, bytes(peopleHeader, 'anna@prova.example;Anna;Conti;;091;;;')),
  ])
  const kept = roles.status === 'fulfilled' ? ['auditor', 'employee'] : ['employee']
  expect(await findPerson(admin, id)).toMatchObject({ roles: kept, phone: '091' })
})
