/** Mail over IMAP, against a real Dovecot on loopback. Where none can be had the tests are skipped, and say why. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestCity, testCity } from '../demo/testing.ts'
import {
  addMailChannel,
  changeMailChannel,
  listMailChannels,
  tryMailChannel,
} from '../src/modules/servicedesk/mail-channels.ts'
import { fetchAllMail, fetchChannel } from '../src/modules/servicedesk/mail-fetch.ts'
import type { MailChannelInput } from '../src/modules/servicedesk/mail-schema.ts'
import { mailStatus } from '../src/modules/servicedesk/mail-standing.ts'
import { imapLimits } from '../src/platform/mail/imap.ts'
import { mailOf } from '../src/platform/mail/testing.ts'
import { type Dovecot, startDovecot, startWire, type Wire, whyNoDovecot } from './support/dovecot.ts'

const why = whyNoDovecot()
const quick = { ...imapLimits, connect: 3000, silence: 1500, whole: 20_000 }

describe.skipIf(why !== null)(`a mailbox over IMAP${why === null ? '' : ` (skipped: ${why})`}`, () => {
  let city: TestCity
  let dovecot: Dovecot
  let wire: Wire
  let id: string
  let serial = 0

  beforeAll(async () => {
    city = await testCity()
    dovecot = await startDovecot()
    wire = await startWire(dovecot.port)
    id = (await addMailChannel(await city.as('administrator'), settings())).id
  })
  afterAll(async () => {
    await wire?.close()
    await dovecot?.stop()
    await city?.services.close()
  })

  const settings = (changes: Partial<MailChannelInput> = {}): MailChannelInput => ({
    ...{
      name: 'Assistenza',
      address: 'assistenza@comune.example.it',
      host: '127.0.0.1',
      port: wire.port,
      security: 'none',
    },
    ...{ username: dovecot.user, password: dovecot.password, ...changes },
  })
  const deliver = (times: number, body = 'Non stampa.') => {
    for (let n = 0; n < times; n += 1) {
      serial += 1
      dovecot.deliver(mailOf({ messageId: `<imap-${serial}@example.it>`, subject: `Per posta ${serial}`, body }))
    }
  }
  const fetchNow = () => fetchChannel(city.services, city.organisationId, id, quick)
  const channel = async () => {
    const found = (await listMailChannels(await city.as('administrator'))).find((one) => one.id === id)
    if (found === undefined) throw new Error('The channel is gone')
    return found
  }
  const messages = async () =>
    city.services.database.owner
      .selectFrom('mail_message')
      .select(['uid', 'uidvalidity', 'state', 'outcome', 'case_id'])
      .where('channel_id', '=', id)
      .orderBy('uid')
      .execute()

  test('what is there is taken, marked as read and made into cases; a second run takes nothing', async () => {
    deliver(3)
    expect((await channel()).lastCheckedAt).toBeNull()
    await fetchNow()
    const taken = await messages()
    expect(taken.map(({ uid, state, outcome }) => [uid, state, outcome])).toEqual([
      [1, 'routed', 'opened'],
      [2, 'routed', 'opened'],
      [3, 'routed', 'opened'],
    ])
    expect(dovecot.flags()).toEqual(Array.from({ length: 3 }, () => '\\Seen'))
    await fetchNow()
    expect(await messages()).toEqual(taken)
    const found = await channel()
    expect(found).toMatchObject({ lastError: null })
    expect(found.lastSeenAt).not.toBeNull()
    expect(found.lastCheckedAt).not.toBeNull()
  })

  test('the worker’s minute reads every mailbox, new messages only', async () => {
    deliver(2)
    await fetchAllMail(city.services, quick)
    expect((await messages()).length).toBe(5)
  })

  test('new numbers for all messages (UIDVALIDITY) make nothing twice', async () => {
    const before = await messages()
    const { uidvalidity } = before[0] ?? {}
    await dovecot.renumber()
    deliver(1)
    await fetchNow()
    const after = await messages()
    expect(after.length).toBe(before.length + 1)
    expect(after.filter((one) => one.uidvalidity !== uidvalidity).length).toBe(1)
    expect(await channel()).toMatchObject({ lastError: null })
  })

  test.each([
    ['cut', 'dropped'],
    ['stall', 'timeout'],
  ] as const)(
    'a connection that is %s in the middle: said so, and the next run goes on; nothing lost, nothing twice',
    async (how, code) => {
      const before = (await messages()).length
      deliver(12, 'x'.repeat(40_000))
      for (const afterBytes of [500, 60_000, 200_000]) {
        wire.fail = { how, afterBytes }
        await fetchNow()
        expect((await channel()).lastError, `after ${afterBytes} bytes`).toBe(code)
      }
      wire.fail = null
      await fetchNow()
      expect(await channel()).toMatchObject({ lastError: null })
      const now = await messages()
      expect(now.length).toBe(before + 12)
      expect(now.every(({ state }) => state !== 'stored')).toBe(true)
      const cases = now.flatMap(({ case_id }) => case_id ?? [])
      expect(new Set(cases).size).toBe(cases.length)
    },
    60_000,
  )

  test('two readers at the same time: one reads, the other lets it', async () => {
    const before = (await messages()).length
    deliver(4)
    const both = await Promise.all([fetchNow(), fetchNow()])
    expect(both.sort()).toEqual([false, true])
    expect((await messages()).length).toBe(before + 4)
  })

  test('trying says what is wrong, in a word the pages put into a sentence', async () => {
    const administrator = await city.as('administrator')
    const attempt = (changes: Partial<MailChannelInput>) => tryMailChannel(administrator, settings(changes), null)
    expect(await attempt({})).toMatchObject({ isWell: true })
    expect(await attempt({ password: 'sbagliata' })).toEqual({ isWell: false, code: 'auth' })
    expect(await attempt({ folder: 'Nessuna' })).toEqual({ isWell: false, code: 'no_folder' })
    expect(await attempt({ doneFolder: 'Nessuna' })).toEqual({ isWell: false, code: 'no_done_folder' })
    expect(await attempt({ port: 1 })).toEqual({ isWell: false, code: 'unreachable' })
    expect(await attempt({ port: dovecot.tlsPort, security: 'tls' })).toEqual({ isWell: false, code: 'certificate' })
    expect(await attempt({ host: 'imap.comune.example.it' })).toEqual({ isWell: false, code: 'plain_refused' })
  }, 60_000)

  test('a wrong password is on the channel, in doctor’s line and in no way in the events', async () => {
    const administrator = await city.as('administrator')
    await changeMailChannel(administrator, id, settings({ password: 'Parola-sbagliata-9' }))
    await fetchNow()
    expect(await channel()).toMatchObject({ lastError: 'auth' })
    expect(await mailStatus(city.services)).toMatchObject([
      { isWell: false, says: expect.stringContaining('1 cannot be read') },
    ])
    const texts = await city.services.database.owner.selectFrom('event_text').select('content').execute()
    expect(texts.some(({ content }) => content?.includes('Parola-'))).toBe(false)
    await changeMailChannel(administrator, id, settings())
    await fetchNow()
    expect(await mailStatus(city.services)).toMatchObject([{ isWell: true }])
  })

  test('taken messages are moved, when a folder is named; one that is not there is said, and nothing is lost', async () => {
    const administrator = await city.as('administrator')
    await changeMailChannel(administrator, id, settings({ doneFolder: 'Inesistente' }))
    deliver(1)
    const before = (await messages()).length
    await fetchNow()
    expect(await channel()).toMatchObject({ lastError: 'no_done_folder' })
    expect((await messages()).length).toBe(before + 1)
    await changeMailChannel(administrator, id, settings({ doneFolder: 'Fatti' }))
    deliver(1)
    await fetchNow()
    expect(await channel()).toMatchObject({ lastError: null })
    expect((await messages()).length).toBe(before + 2)
    expect(dovecot.flags('Fatti').length).toBe(2)
  })
})
