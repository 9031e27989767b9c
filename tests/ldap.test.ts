/** `sitec register import-ldap` as an administrator types it, against a real OpenLDAP. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestCity, testCity } from '../demo/testing.ts'
import { directoryCommands } from '../src/modules/register/cli-directory.ts'
import type { DirectoryImport } from '../src/modules/register/directory-schema.ts'
import { listUnseen } from '../src/modules/register/import-directory.ts'
import { addItem } from '../src/modules/register/items.ts'
import { fail, notFound } from '../src/platform/problem.ts'
import { type Directory, startSlapd, whyNoSlapd } from './support/slapd.ts'
import { run, typed as shell } from './support/terminal.ts'

const why = whyNoSlapd()
const command = directoryCommands[0] ?? fail(notFound())

describe.skipIf(why !== null)(`a directory on the command line${why === null ? '' : ` (skipped: ${why})`}`, () => {
  let city: TestCity
  let directory: Directory
  const folder = mkdtempSync(join(tmpdir(), 'sitec-ldap-'))

  beforeAll(async () => {
    city = await testCity()
    directory = await startSlapd()
    directory.add(`dn: ou=computer,${directory.base}
objectClass: organizationalUnit
ou: computer

dn: cn=rita,${directory.base}
objectClass: inetOrgPerson
cn: rita
sn: rita
mail: ${city.emailOf('office_contact').toUpperCase()}
`)
  })
  afterAll(async () => {
    await directory?.stop()
    await city?.services.close()
    rmSync(folder, { recursive: true })
  })

  const typed = (words: string[], env: Record<string, string>) =>
    shell(city, ['register', 'import-ldap', ...words], env)
  const sitec = (words: string[], ldapPassword: string | null = directory.password) =>
    run(city, command, 'technician', words, ldapPassword)
  const computers = () => `ou=computer,${directory.base}`
  const usual = (...more: string[]) => [directory.url, '--base', computers(), '--bind', directory.reader, ...more]
  const load = async (...more: string[]): Promise<DirectoryImport> => {
    const { code, output, said } = await sitec(usual('--json', ...more))
    if (code !== 0) throw new Error(said)
    return JSON.parse(output)
  }
  const computer = (cn: string, facts: Record<string, string>) =>
    [`dn: cn=${cn},${computers()}`, 'objectClass: computer', `cn: ${cn}`]
      .concat(Object.entries(facts).map(([name, value]) => `${name}: ${value}`))
      .join('\n')
  const written = async () => {
    const found = await sql<{
      all: string
    }>`select concat_ws('|', (select count(*) from event), (select count(*) from configuration_item),
      (select count(*) from directory_item)) as all`.execute(city.services.database.owner)
    return found.rows[0]?.all
  }
  const item = (serial: string) =>
    city.services.database.owner
      .selectFrom('asset as a')
      .innerJoin('configuration_item as c', 'c.id', 'a.item_id')
      .leftJoin('person as p', 'p.id', 'a.custodian_id')
      .select(['c.id', 'c.code', 'c.name', 'c.type', 'c.state', 'c.attributes', 'a.room', 'a.serial', 'p.email'])
      .where('a.serial', '=', serial)
      .executeTakeFirst()

  test('a trial tells what would change and writes nothing; the import does it; again it changes nothing', async () => {
    const technician = await city.as('technician')
    const known = await addItem(technician, {
      ...{ type: 'laptop', name: 'Portatile dell’anagrafe', state: 'in_use', maker: 'Prova' },
      attributes: { hostname: 'ANAG-07.comune.example', operating_system: 'Windows 10' },
    })
    directory.add(
      [
        computer('ANAG-01', {
          ...{ serialNumber: 'LDAP-SN-1', dNSHostName: 'anag-01.comune.example', operatingSystem: 'Windows 11' },
          ...{
            location: 'Stanza 12',
            managedBy: `cn=rita,${directory.base}`,
            lastLogonTimestamp: '134053056000000000',
          },
        }),
        computer('SRV-DC1', { serialNumber: 'LDAP-SN-2', operatingSystem: 'Windows Server 2022' }),
        computer('anag-07', { serialNumber: 'LDAP-SN-7', operatingSystem: 'Windows 11' }),
        computer('IGNOTO', { operatingSystem: 'Windows 11' }),
        computer('FINTO', { serialNumber: 'To be filled by O.E.M.' }),
      ].join('\n\n'),
    )
    const before = await written()
    const trial = await load('--trial')
    expect(trial).toMatchObject({ isTrial: true, entries: 5, added: 2, changed: 1, unchanged: 0, unseen: [] })
    expect(trial.unrecognised).toEqual([
      { name: 'IGNOTO', why: 'no_serial' },
      { name: 'FINTO', why: 'no_serial' },
    ])
    expect(trial.differences.map(({ column, before, after }) => [column, before, after])).toEqual([
      ['serial', '', 'LDAP-SN-7'],
      ['hostname', 'ANAG-07.comune.example', 'anag-07'],
      ['operating_system', 'Windows 10', 'Windows 11'],
    ])
    expect(await written()).toBe(before)

    expect(await load()).toMatchObject({ isTrial: false, added: 2, changed: 1 })
    expect(await item('LDAP-SN-1')).toMatchObject({
      ...{ type: 'workstation', state: 'in_use', name: 'ANAG-01', room: 'Stanza 12' },
      email: city.emailOf('office_contact'),
      attributes: { hostname: 'anag-01.comune.example', operating_system: 'Windows 11' },
    })
    expect(await item('LDAP-SN-2')).toMatchObject({ type: 'server' })
    expect(await item('LDAP-SN-7')).toMatchObject({ id: known.id, type: 'laptop', name: 'Portatile dell’anagrafe' })
    expect(await load()).toMatchObject({ added: 0, changed: 0, unchanged: 3 })
  })

  test('what the directory holds no more is listed and stays; what comes back is listed no more', async () => {
    directory.remove(`cn=ANAG-01,${computers()}`)
    const gone = await load()
    expect(gone.unseen.map(({ directoryName, lastLogonAt }) => [directoryName, lastLogonAt])).toEqual([
      ['ANAG-01', '2025-10-19T00:00:00Z'],
    ])
    expect(await item('LDAP-SN-1')).toMatchObject({ state: 'in_use' })
    expect((await listUnseen(await city.as('technician'))).map(({ directoryName }) => directoryName)).toEqual([
      'ANAG-01',
    ])
    await expect(listUnseen(await city.as('employee'))).rejects.toMatchObject({ kind: 'forbidden' })
    // Another base is another source: it says nothing about this one.
    await sitec([directory.url, '--base', directory.base, '--bind', directory.reader])
    expect((await listUnseen(await city.as('technician'))).map(({ directoryName }) => directoryName)).toEqual([
      'ANAG-01',
    ])
    directory.add(computer('ANAG-01', { serialNumber: 'LDAP-SN-1', dNSHostName: 'anag-01.comune.example' }))
    expect((await load()).unseen).toEqual([])
    expect(await listUnseen(await city.as('technician'))).toEqual([])
  })

  test('a machine with the name of another is told, and not written over it', async () => {
    directory.add(computer('ANAG-01-B', { serialNumber: 'LDAP-SN-99', dNSHostName: 'anag-07.altro.example' }))
    const found = await load('--filter', '(cn=ANAG-01-B)')
    expect(found).toMatchObject({ added: 0, unrecognised: [{ name: 'ANAG-01-B', why: 'other_serial' }] })
    expect(await item('LDAP-SN-99')).toBeUndefined()
    directory.remove(`cn=ANAG-01-B,${computers()}`)
  })

  test('more than one page is read whole; who may not read by pages is refused, nothing written', async () => {
    const many = Array.from({ length: 620 }, (_, at) => computer(`MASSA-${at}`, { serialNumber: `LDAP-M-${at}` }))
    directory.add(many.join('\n\n'))
    const before = await written()
    const anybody = await sitec([directory.url, '--base', computers()])
    expect([anybody.code, anybody.said]).toEqual([2, expect.stringContaining('Non è cambiato nulla')])
    expect(await written()).toBe(before)
    const mapped = join(folder, 'mapping.json')
    writeFileSync(
      mapped,
      JSON.stringify({ name: ['cn'], types: [{ attribute: 'cn', has: 'massa-', type: 'laptop' }], custodian: [] }),
    )
    expect(await load('--mapping', mapped)).toMatchObject({ added: 620, unchanged: 3 })
    expect(await item('LDAP-M-619')).toMatchObject({ type: 'laptop', name: 'MASSA-619' })
  })

  test('encrypted, the certificate is looked at: unknown it is refused, vouched for it is taken', async () => {
    const tls = [directory.tlsUrl, '--base', computers(), '--bind', directory.reader, '--filter', '(cn=SRV-DC1)']
    const refused = await sitec(tls)
    expect([refused.code, refused.said]).toEqual([2, expect.stringContaining('certificato')])
    const taken = await sitec([...tls, '--ca-file', directory.authority, '--json'])
    expect([taken.code, JSON.parse(taken.output)]).toEqual([0, expect.objectContaining({ entries: 1, unchanged: 1 })])
  })

  test.each([
    ['in the clear over the network', ['ldap://dc1.comune.example'], 'usa ldaps://'],
    ['a password in the address', ['ldap://u:p@127.0.0.1'], 'non vanno nell’indirizzo'],
    ['no address', ['dc1'], 'è come ldaps://'],
    ['no base', ['ldap://127.0.0.1'], 'Manca --base'],
  ])('%s is refused before anything is asked for', async (_, words, said) => {
    const { code, said: told } = await sitec(words)
    expect([code, told]).toEqual([2, expect.stringContaining(said)])
  })

  test('typed in a shell: the password comes from the environment, a refusal ends with 2', async () => {
    const good = await typed(usual('--trial'), { SITEC_LDAP_PASSWORD: directory.password })
    expect([good.code, good.said]).toEqual([0, expect.stringContaining('Prova, non è cambiato nulla')])
    const bad = await typed(usual('--trial'), { SITEC_LDAP_PASSWORD: 'Segreta-e-sbagliata' })
    expect([bad.code, bad.said]).toEqual([2, expect.stringContaining('rifiuta utente o password')])
    expect(bad.said).not.toContain('Segreta')
  })

  test('a wrong password, none, a base or filter that is none, nobody there: each in words, and no password in them', async () => {
    const before = await written()
    const wrong = await sitec(usual(), 'Segreta-e-sbagliata')
    expect([wrong.code, wrong.said]).toEqual([2, expect.stringContaining('rifiuta utente o password')])
    expect(wrong.said).not.toContain('Segreta')
    expect((await sitec(usual(), null)).said).toContain('Manca la password')
    const file = join(folder, 'password')
    writeFileSync(file, `${directory.password}\n`)
    expect((await sitec(usual('--password-file', file, '--trial'), null)).code).toBe(0)
    const base = [directory.url, '--bind', directory.reader, '--base']
    expect((await sitec([...base, `ou=nessuno,${directory.base}`])).said).toContain('questa base non c’è')
    expect((await sitec([...base, 'nessun nome'])).said).toContain('non è un nome della directory')
    expect((await sitec(usual('--filter', '(cn=*'))).said).toContain('non è un filtro LDAP')
    writeFileSync(join(folder, 'bad.json'), '{"colour":["cn"]}')
    expect((await sitec(usual('--mapping', join(folder, 'bad.json')))).said).toContain('non è una corrispondenza')
    const nobody = await sitec(['ldap://127.0.0.1:1', '--base', computers()])
    expect([nobody.code, nobody.said]).toEqual([2, expect.stringContaining('non risponde')])
    expect(await written()).toBe(before)
  })
})
