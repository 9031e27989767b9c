/** A census over IMAP of a real Dovecot with a master user. Where none can be had the tests are skipped, and say why. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, type TestCity, testCity } from '../../../demo/testing.ts'
import { type Dovecot, startDovecot, whyNoDovecot } from '../../../tests/support/dovecot.ts'
import type { Context } from '../../platform/context.ts'
import { beginCensus, carryOnCensus, findCensus, stopCensus } from './census.ts'
import type { MailServerInput } from './census-schema.ts'
import { addBox, findBox, listBoxes } from './mailboxes.ts'
import { addServer, changeServer, listServers, tryServer } from './servers.ts'

const why = whyNoDovecot()
const quotaAndLists = `
mail_plugins = quota acl
protocol imap {
  mail_plugins = quota imap_quota acl imap_acl
}
plugin {
  quota = count:User quota
  quota_rule = *:storage=10M
  quota_vsizes = yes
  acl = vfile
  acl_user = %u
}
`
const users = ['protocollo', 'tributi', 'tributi.copia', 'anna', 'bruno', 'vuota']
let city: TestCity
let manager: Context
let dovecot: Dovecot
let serverId: string

const address = (user: string) => `${user}@prova.comune.example.it`
const message = (at: number, more = '') =>
  Buffer.from(
    `Message-ID: <${at}@comune.example.it>\r\nDate: Mon, 5 Jan 2026 10:00:00 +0100\r\nFrom: a@b.it\r\nSubject: Pratica ${at}\r\n${more}\r\nCorpo ${at}\r\n`,
  )

describe.skipIf(why !== null)(`a census${why === null ? '' : ` (skipped: ${why})`}`, () => {
  beforeAll(async () => {
    city = await testCity()
    manager = await city.as('mail_administrator')
    dovecot = await startDovecot({
      users,
      master: { user: 'censimento', password: 'Parola-di-prova' },
      extra: quotaAndLists,
    })
    for (let at = 0; at < 30; at += 1) dovecot.as('tributi').deliver(message(at))
    for (let at = 0; at < 28; at += 1) dovecot.as('tributi.copia').deliver(message(at, `X-Delivered: here ${at}\r\n`))
    for (let at = 100; at < 120; at += 1) dovecot.as('protocollo').deliver(message(at))
    for (let at = 200; at < 203; at += 1) dovecot.as('anna').deliver(message(at))
    dovecot.doveadm(['flags', 'add', '-u', 'tributi', '\\Seen', 'mailbox', 'INBOX', 'uid', '1:10'])
    dovecot.doveadm(['acl', 'set', '-u', 'tributi', 'INBOX', 'user=bruno', 'lookup', 'read', 'write-seen'])
    dovecot.doveadm(['acl', 'set', '-u', 'tributi', 'INBOX', 'user=anna', 'lookup'])
    dovecot.doveadm(['mailbox', 'create', '-u', 'tributi', 'Posta inviata'])
    dovecot.as('tributi').deliver(message(500), 'Posta inviata')
    for (const [user, kind] of [
      ['protocollo', 'office'],
      ['tributi', 'office'],
      ['tributi.copia', 'office'],
      ['anna', 'personal'],
    ] as const)
      await addBox(manager, { address: address(user), kind, publishedAt: null })
    const server = await addServer(manager, {
      ...settings(),
      signIn: 'master',
      signInUser: 'censimento',
      secret: dovecot.password,
    })
    serverId = server.id
  }, 120_000)
  afterAll(async () => {
    await dovecot?.stop()
    await city?.services.close()
  })

  const settings = (): MailServerInput => ({
    ...{ name: 'Posta vecchia', host: '127.0.0.1', port: dovecot.port, isEncrypted: false, signIn: 'master' },
  })
  const accounts = (...names: string[]) => names.map((user) => ({ address: address(user), login: user }))
  const run = async (input: Parameters<typeof beginCensus>[1]) => {
    const { id } = await beginCensus(manager, input)
    await carryOnCensus(manager, id)
    return findCensus(manager, id)
  }

  test('a server is tried as it would be used, and what is wrong is said', async () => {
    const given = { ...settings(), signInUser: 'censimento', secret: dovecot.password }
    expect(await tryServer(manager, { ...given, login: 'tributi' }, null)).toMatchObject({ isWell: true, messages: 30 })
    expect(await tryServer(manager, { ...given, signIn: 'authzid', login: 'tributi' }, null)).toMatchObject({
      isWell: true,
      messages: 30,
    })
    expect(await tryServer(manager, { ...given, secret: '', login: 'anna' }, serverId)).toMatchObject({
      isWell: true,
      messages: 3,
    })
    expect(
      await tryServer(manager, { ...settings(), signIn: 'own', login: 'tributi', password: dovecot.password }, null),
    ).toMatchObject({ isWell: true })
    expect(await tryServer(manager, { ...given, secret: 'sbagliata', login: 'tributi' }, null)).toMatchObject({
      isWell: false,
      code: 'auth',
    })
    expect(
      await tryServer(manager, { ...given, port: dovecot.tlsPort, isEncrypted: true, login: 'tributi' }, null),
    ).toMatchObject({ isWell: false, code: 'certificate' })
    expect(await tryServer(manager, { ...given, port: 1, login: 'tributi' }, null)).toMatchObject({
      isWell: false,
      code: 'unreachable',
    })
  })

  test('a secret is sealed, goes to no other host, and crosses no network in the clear', async () => {
    const before = await listServers(manager)
    expect(JSON.stringify(before)).not.toContain(dovecot.password)
    const kept = await sql<{
      all: string
    }>`select concat((select string_agg(s::text, '') from mail_server s), (select string_agg(t.content, '') from event_text t),
      (select string_agg(encode(s.secret, 'escape'), '') from mail_server s)) as all`.execute(
      city.services.database.owner,
    )
    expect(kept.rows[0]?.all).not.toContain(dovecot.password)
    const given = { ...settings(), signInUser: 'censimento' }
    const elsewhere = { ...given, host: 'imap.altrove.example.it', isEncrypted: true }
    expect(await refusal(changeServer(manager, serverId, elsewhere))).toMatchObject({ fields: [{ path: 'secret' }] })
    expect(await refusal(tryServer(manager, { ...elsewhere, login: 'x' }, serverId))).toMatchObject({
      fields: [{ path: 'secret' }],
    })
    expect(await refusal(addServer(manager, { ...elsewhere, isEncrypted: false, secret: 'x' }))).toMatchObject({
      fields: [{ path: 'isEncrypted' }],
    })
    expect(await refusal(addServer(manager, { ...given, secret: 'x' }))).toMatchObject({ fields: [{ path: 'name' }] })
    expect(
      await refusal(addServer(manager, { ...given, name: 'G', kind: 'google', signIn: 'token', secret: '{}' })),
    ).toMatchObject({ fields: [{ path: 'secret' }] })
    expect(await refusal(listServers(await city.as('auditor')))).toMatchObject({ kind: 'forbidden' })
    expect(await listServers(manager)).toEqual(before)
  })

  test('measures what is there without marking anything; persons are left unopened without the papers', async () => {
    const flags = dovecot.as('tributi').flags()
    const census = await run({
      serverId,
      accounts: accounts('protocollo', 'tributi', 'tributi.copia', 'anna', 'bruno', 'inesistente'),
    })
    // bruno and inesistente are nobody the register knows: as persons they are left out, like anna.
    expect(census).toMatchObject({
      state: 'done',
      asked: 6,
      seen: 3,
      failed: 0,
      leftOut: 3,
      added: 0,
      changed: 3,
      withPersonal: false,
    })
    expect(dovecot.as('tributi').flags()).toEqual(flags)
    const today = Temporal.Now.plainDateISO('Europe/Rome').toString()
    const [row] = (await listBoxes(manager, { words: 'tributi@prova' })).rows
    const found = await findBox(manager, row?.id ?? '')
    expect(found).toMatchObject({
      messageCount: 31,
      unreadCount: 21,
      lastReceivedOn: today,
      lastReadOn: today,
      lastSentOn: today,
      source: 'imap',
      login: 'tributi',
    })
    expect(found).toMatchObject({ quotaBytes: 10 * 1024 ** 2, delegates: [{ address: address('bruno') }] })
    const size = dovecot.doveadm(['fetch', '-u', 'tributi', 'size.virtual', 'all']).match(/\d+/g)?.map(Number) ?? []
    expect(found.sizeBytes).toBe(size.reduce((sum, one) => sum + one, 0))
    const [anna] = (await listBoxes(manager, { words: 'anna@prova' })).rows
    expect(anna).toMatchObject({ messageCount: null, activity: null })
  })

  test('finds that two mailboxes hold the same mail, though delivery wrote other lines into it', async () => {
    const found = (await listBoxes(manager, { finding: 'duplicate', words: '@prova.' })).rows.map((row) => row.address)
    expect(found).toEqual([address('tributi.copia'), address('tributi')].sort())
    const [row] = (await listBoxes(manager, { words: 'tributi.copia@prova' })).rows
    const [told] = (await findBox(manager, row?.id ?? '')).findings.filter(({ code }) => code === 'duplicate')
    expect(told?.evidence).toMatchObject({ other: address('tributi'), percent: 100, compared: 28 })
  })

  test('of persons with the papers: how much and a band, never a day, a reader or anything to compare', async () => {
    const census = await run({
      serverId,
      accounts: accounts('anna', 'vuota'),
      assessment: 'VI 7',
      agreement: 'Accordo 3',
    })
    expect(census).toMatchObject({ seen: 2, added: 1, changed: 1, withPersonal: true, assessment: 'VI 7' })
    const rows =
      await sql<object>`select address, message_count, activity, last_received_on, last_sent_on, unread_count,
      (select count(*) from mailbox_sketch s where s.mailbox_id = m.id) as sketches from mailbox m where kind = 'personal' and address like '%@prova.%' order by address`.execute(
        city.services.database.owner,
      )
    const nothing = { last_received_on: null, last_sent_on: null, unread_count: null, sketches: 0 }
    expect(rows.rows).toEqual([
      { ...nothing, address: address('anna'), message_count: 3, activity: 'recent' },
      { ...nothing, address: address('vuota'), message_count: 0, activity: 'never' },
    ])
  })

  test('with each mailbox’s own password: kept sealed while it waits, and no longer', async () => {
    const own = await addServer(manager, { ...settings(), name: 'Con le password', signIn: 'own' })
    expect(await refusal(beginCensus(manager, { serverId: own.id }))).toMatchObject({ fields: [{ path: 'accounts' }] })
    const list = [
      { address: address('protocollo'), login: 'protocollo', password: dovecot.password },
      { address: address('tributi'), login: 'tributi', password: 'sbagliata' },
    ]
    const { id } = await beginCensus(manager, { serverId: own.id, accounts: list })
    const kept = await sql<{
      address: string
      secret: string | null
    }>`select address, encode(secret, 'escape') as secret from mail_census_account where census_id = ${id} order by address`.execute(
      city.services.database.owner,
    )
    expect(kept.rows.every(({ secret }) => secret !== null && !secret.includes(dovecot.password))).toBe(true)
    expect(await refusal(beginCensus(manager, { serverId: own.id, accounts: list }))).toMatchObject({ code: 'running' })
    await carryOnCensus(manager, id)
    expect(await findCensus(manager, id)).toMatchObject({
      ...{ state: 'done', seen: 1, failed: 1, trouble: 'some_failed' },
      troubles: [{ address: address('tributi'), state: 'failed', trouble: 'auth' }],
    })
    const after = await sql`select from mail_census_account where secret is not null`.execute(
      city.services.database.owner,
    )
    expect(after.rows).toHaveLength(0)
  })

  test('is stopped, and goes on where it broke off', async () => {
    const list = accounts('protocollo', 'tributi', 'tributi.copia')
    const { id } = await beginCensus(manager, { serverId, accounts: list })
    await carryOnCensus(manager, id, { slice: 0 })
    expect(await findCensus(manager, id)).toMatchObject({ state: 'running', seen: 0 })
    await stopCensus(manager, id)
    await carryOnCensus(manager, id)
    expect(await findCensus(manager, id)).toMatchObject({ state: 'stopped', seen: 0 })
    expect(await refusal(stopCensus(manager, id))).toMatchObject({ code: 'not_running' })
    expect(await run({ serverId, accounts: list })).toMatchObject({ state: 'done', seen: 3, changed: 1 })
    expect(await run({ serverId, accounts: list })).toMatchObject({ state: 'done', seen: 3, changed: 0 })
  })

  test('a complete one says who is no longer there; of the register’s own list', async () => {
    expect(await run({ serverId, accounts: accounts('tributi', 'protocollo'), isComplete: true })).toMatchObject({
      gone: 3,
    })
    expect((await listBoxes(manager, { state: 'gone' })).rows.map((row) => row.address)).toEqual([
      address('anna'),
      address('tributi.copia'),
      address('vuota'),
    ])
    expect(await run({ serverId })).toMatchObject({ seen: 2, leftOut: 0 })
  })

  test('a server that is not there ends it, and says so', async () => {
    const { id: dead } = await addServer(manager, {
      ...settings(),
      name: 'Spento',
      port: 1,
      signInUser: 'x',
      secret: 'x',
    })
    const names = ['protocollo', 'tributi', 'tributi.copia']
    const list = names.flatMap((name) =>
      [0, 1, 2].map((at) => ({ address: `${at}${address(name)}`, kind: 'office' as const })),
    )
    expect(await run({ serverId: dead, accounts: list })).toMatchObject({
      state: 'failed',
      trouble: 'unreachable',
      seen: 0,
    })
  })
})
