/** `sitec mailboxes import-ldap` as an administrator types it, against a real OpenLDAP. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestCity, testCity } from '../demo/testing.ts'
import type { DirectoryOutcome } from '../src/modules/mailboxes/census-schema.ts'
import { boxLdapCommands } from '../src/modules/mailboxes/cli-ldap.ts'
import { addBox, changeBox, changeKind, findBox, listBoxes } from '../src/modules/mailboxes/mailboxes.ts'
import { addServer } from '../src/modules/mailboxes/servers.ts'
import type { Context } from '../src/platform/context.ts'
import { fail, notFound } from '../src/platform/problem.ts'
import { type Directory, startSlapd, whyNoSlapd } from './support/slapd.ts'
import { run, typed } from './support/terminal.ts'

const why = whyNoSlapd()
const command = boxLdapCommands[0] ?? fail(notFound())

describe.skipIf(why !== null)(`mailboxes of a directory${why === null ? '' : ` (skipped: ${why})`}`, () => {
  let city: TestCity
  let directory: Directory
  let manager: Context
  const folder = mkdtempSync(join(tmpdir(), 'sitec-ldap-boxes-'))

  beforeAll(async () => {
    city = await testCity()
    manager = await city.as('mail_administrator')
    directory = await startSlapd()
    directory.add(
      [`dn: ${people()}\nobjectClass: organizationalUnit\nou: posta`]
        .concat([
          person('anna', 'inetOrgPerson qmailUser mailRecipient', {
            ...{ displayName: 'Anna Bianchi', mailQuota: '10485760S,1000C', lastLogon: '134053056000000000' },
            ...{ mailAlternateAddress: 'a.bianchi@ldap.example.it', mailForwardingAddress: 'casa@altrove.example' },
          }),
          person('protocollo', 'inetOrgPerson inetLocalMailRecipient', {
            ...{ employeeType: 'ufficio', mailLocalAddress: 'posta.in.arrivo@ldap.example.it' },
          }),
          person('carlo', 'inetOrgPerson mailRecipient', {
            proxyAddresses: ['SMTP:Carlo.Neri@ldap.example.it', 'smtp:carlo@ldap.example.it', 'X500:/o=Comune'],
          }),
          person('fuori', 'contact', { mail: 'fuori@altrove.example' }),
          person('storpio', 'inetOrgPerson', { mail: 'non.un.indirizzo' }),
          group('tutti', 'group mailRecipient', 'member', [named('anna'), named('carlo'), named('fuori'), elsewhere()]),
          group('unici', 'groupOfUniqueNames mailRecipient', 'uniqueMember', [named('anna'), named('tutti')]),
          group('sicurezza', 'groupOfNames', 'member', [named('anna')], null),
        ])
        .concat(`dn: ${elsewhere()}\nobjectClass: inetOrgPerson\ncn: olga\nsn: olga\nmail: olga@ldap.example.it`)
        .join('\n\n'),
    )
  })
  afterAll(async () => {
    await directory?.stop()
    await city?.services.close()
    rmSync(folder, { recursive: true })
  })

  const people = () => `ou=posta,${directory.base}`
  const named = (cn: string) => `cn=${cn},${people()}`
  /** Beside the base that is read. */
  const elsewhere = () => `cn=olga,${directory.base}`
  const ldif = (dn: string, classes: string, facts: Record<string, string | string[]>) =>
    [`dn: ${dn}`, ...classes.split(' ').map((name) => `objectClass: ${name}`)]
      .concat(Object.entries(facts).flatMap(([name, all]) => [all].flat().map((value) => `${name}: ${value}`)))
      .join('\n')
  function person(cn: string, classes: string, facts: Record<string, string | string[]>) {
    return ldif(named(cn), classes, { ...{ cn, sn: cn, mail: `${cn}@ldap.example.it` }, ...facts })
  }
  function group(cn: string, classes: string, name: string, members: string[], mail: string | null = cn) {
    return ldif(named(cn), classes, { cn, [name]: members, ...(mail !== null && { mail: `${mail}@ldap.example.it` }) })
  }

  const sitec = (words: string[], ldapPassword: string | null = directory.password) =>
    run(city, command, 'mail_administrator', words, ldapPassword)
  const usual = (...more: string[]) => [directory.url, '--base', people(), '--bind', directory.reader, ...more]
  const load = async (...more: string[]): Promise<DirectoryOutcome> => {
    const { code, output, said } = await sitec(usual('--json', ...more))
    if (code !== 0) throw new Error(said)
    return JSON.parse(output)
  }
  const mapping = (content: object) => {
    const file = join(folder, 'mapping.json')
    writeFileSync(file, JSON.stringify(content))
    return ['--mapping', file]
  }
  const all = async (state: 'present' | 'gone' = 'present') =>
    (await listBoxes(manager, { words: '@ldap.example.it', state })).rows.map(
      ({ address, kind }) => `${address} ${kind}`,
    )
  const box = async (address: string) => {
    const [found] = (await listBoxes(manager, { words: address, state: 'all' })).rows
    return findBox(manager, found?.id ?? '')
  }
  const written = async () => {
    const found = await sql<{
      all: string
    }>`select concat_ws('|', (select count(*) from event), (select count(*) from mailbox), (select count(*) from mail_census),
      (select count(*) from mailbox_alias), (select count(*) from mailbox_forward)) as all`.execute(
      city.services.database.owner,
    )
    return found.rows[0]?.all
  }
  const kinds = { kinds: [{ attribute: 'employeeType', pattern: 'ufficio', kind: 'office' }] }

  test('a trial tells what would come and writes nothing; the import does it; again it changes nothing', async () => {
    const before = await written()
    const trial = await load('--trial', ...mapping(kinds))
    expect(trial).toMatchObject({ isTrial: true, lines: 5, added: 5, changed: 0, gone: 0, notAddressesCount: 1 })
    expect(trial.adding).toContainEqual({ address: 'protocollo@ldap.example.it', name: 'protocollo', kind: 'office' })
    expect(trial.notAddresses).toEqual(['non.un.indirizzo'])
    expect(await written()).toBe(before)

    expect(await load(...mapping(kinds))).toMatchObject({ isTrial: false, added: 5, changed: 0 })
    expect(await all()).toEqual([
      ...['anna@ldap.example.it personal', 'carlo.neri@ldap.example.it personal'],
      ...['protocollo@ldap.example.it office', 'tutti@ldap.example.it list', 'unici@ldap.example.it list'],
    ])
    expect(await load(...mapping(kinds))).toMatchObject({ added: 0, changed: 0, unchanged: 5 })
  })

  test('aliases, forwards, room and members are taken over, those of entries beside the base too; nothing of use', async () => {
    expect(await box('anna@ldap.example.it')).toMatchObject({
      ...{ name: 'Anna Bianchi', source: 'ldap', quotaBytes: 10_485_760, activity: null, lastUsedOn: null },
      aliases: [{ address: 'a.bianchi@ldap.example.it', until: null }],
      forwards: [{ address: 'casa@altrove.example', keepsCopy: true }],
    })
    expect((await box('carlo.neri@ldap.example.it')).aliases.map(({ address }) => address)).toEqual([
      'carlo@ldap.example.it',
    ])
    expect((await box('protocollo@ldap.example.it')).aliases.map(({ address }) => address)).toEqual([
      'posta.in.arrivo@ldap.example.it',
    ])
    const members = async (list: string) => (await box(list)).forwards.map(({ address }) => address)
    expect(await members('tutti@ldap.example.it')).toEqual([
      ...['anna@ldap.example.it', 'carlo.neri@ldap.example.it', 'fuori@altrove.example', 'olga@ldap.example.it'],
    ])
    // A list in a list is its address: its members are its own.
    expect(await members('unici@ldap.example.it')).toEqual(['anna@ldap.example.it', 'tutti@ldap.example.it'])
  })

  test('what the register decided stays: kind, office and days of an alias; what the directory says anew is told', async () => {
    const found = await box('carlo.neri@ldap.example.it')
    await changeKind(manager, found.id, { kind: 'office' })
    await changeBox(manager, found.id, {
      name: 'Altro',
      aliases: [{ address: 'carlo@ldap.example.it', until: '2027-06-30' }],
    })
    const outcome = await load(...mapping(kinds))
    expect(outcome).toMatchObject({ added: 0, changed: 1 })
    expect(outcome.differences).toMatchObject([{ column: 'name', before: 'Altro', after: 'carlo' }])
    expect(await box('carlo.neri@ldap.example.it')).toMatchObject({
      ...{ kind: 'office', name: 'carlo' },
      aliases: [{ address: 'carlo@ldap.example.it', until: '2027-06-30' }],
    })
  })

  test('complete: the trial says who would be gone, the import lets them go, and those of others stay', async () => {
    await addBox(manager, { address: 'a.mano@ldap.example.it', kind: 'office' })
    directory.remove(named('protocollo'))
    expect(await load()).toMatchObject({ gone: 0, leaving: [] })
    const trial = await load('--complete', '--trial')
    expect([trial.gone, trial.leaving]).toEqual([1, ['protocollo@ldap.example.it']])
    expect(await all('gone')).toEqual([])
    const said = await sitec(usual('--complete', '--trial'))
    expect(said.said).toContain('non più presente: protocollo@ldap.example.it')
    expect(said.said).toContain('Non è stato scritto nulla.')
    expect(await load('--complete')).toMatchObject({ gone: 1 })
    expect(await all('gone')).toEqual(['protocollo@ldap.example.it office'])
    directory.add(person('protocollo', 'inetOrgPerson', {}))
    expect(await load('--complete')).toMatchObject({ changed: 1, gone: 0 })
    expect(await all('gone')).toEqual([])
  })

  test('on a server that is named they are on that one, and complete looks at it alone', async () => {
    const facts = { kind: 'imap', host: 'imap.ldap.example.it', signIn: 'own' } as const
    const { id } = await addServer(manager, { ...facts, name: 'Posta del Comune' })
    const only = ['--filter', '(cn=anna)']
    const outcome = await load('--server', 'posta del comune', ...only)
    expect(outcome.differences).toMatchObject([{ column: 'server', before: '', after: 'Posta del Comune' }])
    expect((await box('anna@ldap.example.it')).serverId).toBe(id)
    expect(await load('--server', id, '--complete', '--trial', ...only)).toMatchObject({ unchanged: 1, gone: 0 })
    const unknown = await sitec(usual('--server', 'Nessuno'))
    expect([unknown.code, unknown.said]).toEqual([2, expect.stringContaining('Questo server di posta non c’è')])
  })

  test('a directory that shows nothing lets nobody go; half of one is none', async () => {
    const before = await written()
    const empty = await sitec(usual('--complete', '--filter', '(cn=nessuno)'))
    expect([empty.code, empty.said]).toEqual([2, expect.stringContaining('non mostra nessuna casella')])
    const many = Array.from({ length: 60 }, (_, at) => person(`massa-${at}`, 'inetOrgPerson', {}))
    directory.add(many.join('\n\n'))
    const anybody = await sitec([directory.url, '--base', people(), '--complete'])
    expect([anybody.code, anybody.said]).toEqual([2, expect.stringContaining('Non è cambiato nulla')])
    expect(await written()).toBe(before)
    expect(await load('--trial')).toMatchObject({ added: 60 })
  })

  test('who may not manage mailboxes is refused before anything is read', async () => {
    const refused = await run(city, command, 'auditor', usual('--trial'), directory.password)
    expect([refused.code, refused.said]).toEqual([2, expect.stringContaining('Il tuo ruolo non permette')])
  })

  test('a mapping that is none says where', async () => {
    const refused = await sitec(usual(...mapping({ kinds: [{ pattern: '*', kind: 'ufficio' }] })))
    expect([refused.code, refused.said]).toEqual([2, expect.stringContaining('non è una corrispondenza')])
    expect(refused.said).toContain('Scegli uno fra: office')
  })

  test('typed in a shell: the password comes from the environment, encrypted, and is in no answer', async () => {
    const words = [
      'mailboxes',
      'import-ldap',
      directory.tlsUrl,
      '--base',
      people(),
      '--bind',
      directory.reader,
      '--trial',
    ]
    const good = await typed(city, [...words, '--ca-file', directory.authority], {
      SITEC_LDAP_PASSWORD: directory.password,
    })
    expect([good.code, good.said]).toEqual([0, expect.stringContaining('Prova: da aggiungere 60')])
    const bad = await typed(city, [...words, '--ca-file', directory.authority], { SITEC_LDAP_PASSWORD: 'Segreta-no' })
    expect([bad.code, bad.said]).toEqual([2, expect.stringContaining('rifiuta utente o password')])
    expect(good.said + bad.said).not.toMatch(/Segreta-no|Parola-di-prova/)
  })
})
