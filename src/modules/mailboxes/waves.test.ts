/** Waves through their operations on the real database: what is refused, and that nothing is half-written. */
import { generateKeyPairSync, verify } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestCity, testCity } from '../../../demo/testing.ts'
import { addMailbox, addServer, placeOf } from '../../../tests/support/wave.ts'
import type { Context } from '../../platform/context.ts'
import { openMailer } from '../../platform/mail/smtp.ts'
import { scriptedSmtp } from '../../platform/mail/smtp-testing.ts'
import { sendWaiting } from '../servicedesk/send-mail.ts'
import { copyLimits } from './internal/copy-limits.ts'
import { defaultSpeed, estimateMailbox, estimateWave, gmailSpeed, withinProject } from './internal/estimate.ts'
import { openGmail } from './internal/gmail-api.ts'
import { openTokens, TokenTrouble } from './internal/mail-tokens.ts'
import { preflightFindings, waitsFor } from './internal/preflight-rules.ts'
import { movesTogether } from './internal/together.ts'
import { moveWave } from './wave-acts.ts'
import { listWaveCalendar, waveCalendarFile } from './wave-calendar.ts'
import { addWaveCase, listWaveCases, removeWaveCase } from './wave-cases.ts'
import { listChecks, tickCheck } from './wave-checks.ts'
import { listPartedDelegates } from './wave-delegates.ts'
import { previewMessage, tellWave, waveLetter } from './wave-messages.ts'
import { runbook } from './wave-vocabulary.ts'
import { addToWave, findWave, listCandidates, listWaves, planWave, takeOut } from './waves.ts'

let city: TestCity
let ctx: Context
let servers: { fromServerId: string; toServerId: string }
let next = 0

beforeAll(async () => {
  city = await testCity()
  ctx = await city.as('mail_administrator')
  const place = placeOf(city)
  servers = {
    fromServerId: await addServer(place, 'Da', { port: 1 }),
    toServerId: await addServer(place, 'A', { port: 2 }),
  }
})
afterAll(() => city.services.close())

const box = (more: Parameters<typeof addMailbox>[3] = {}) =>
  addMailbox(placeOf(city), servers.fromServerId, `unit${next++}@comune.example.it`, more)
const plan = () => planWave(ctx, { name: 'Gruppo di prova', ...servers })
const versionOf = async (number: number) => (await findWave(ctx, number)).version

describe('the calendar', () => {
  const planned = (name: string, cutOverAt?: string) =>
    planWave(ctx, { name, ...servers, ...(cutOverAt !== undefined && { cutOverAt }) })

  test('by week: cut-overs with support and closures; two on one day, and one on a holiday, are said', async () => {
    const one = await planned('Primo di Ferragosto', '2031-08-15T17:00:00+02:00')
    const two = await planned('Secondo di Ferragosto', '2031-08-15T23:30:00+02:00')
    const alone = await planned('Ai primi di settembre', '2031-09-01T00:30:00+02:00')
    const undated = await planned('Senza giorno')
    const calendar = await listWaveCalendar(ctx, { from: '2031-08-13' })
    const [first, second, third, fourth] = calendar.weeks
    expect(first).toMatchObject({ begins: '2031-08-11', ends: '2031-08-17' })
    expect(first?.cutOvers).toEqual([
      expect.objectContaining({ number: one.number, day: '2031-08-15', sameDay: [two.number], isHoliday: true }),
      expect.objectContaining({ number: two.number, day: '2031-08-15', sameDay: [one.number], isHoliday: true }),
    ])
    expect(first?.closures).toEqual([{ date: '2031-08-15', name: 'Assunzione di Maria' }])
    expect([second, third].map((week) => week?.cutOvers)).toEqual([[], []])
    expect(fourth?.cutOvers).toEqual([
      expect.objectContaining({ number: alone.number, day: '2031-09-01', sameDay: [], isHoliday: false }),
    ])
    const supported = calendar.weeks.map((week) => week.supported.map(({ number }) => number))
    expect(supported[3]).toEqual([one.number, two.number, alone.number])
    expect(supported[5]).toEqual([alone.number])
    expect(calendar.weeks[4]?.supported[0]).toMatchObject({ until: '2031-09-14', endsHere: true })
    expect(calendar.undated).toContainEqual({ number: undated.number, name: 'Senza giorno' })
    expect([calendar.earlier, calendar.later]).toEqual(['2031-05-12', '2031-11-10'])
  })

  test('as a file: an event for the cut-over and one for the support days, without an address; cancelled when stopped', async () => {
    const { number } = await planned('Tributi; anagrafe', '2032-03-01T17:00:00+01:00')
    await addToWave(ctx, number, { version: 1, mailboxIds: [await box()] })
    const { id } = await findWave(ctx, number)
    const eventOf = async (uid: string) =>
      (await waveCalendarFile(ctx))
        .replaceAll('\r\n ', '')
        .split('BEGIN:VEVENT\r\n')
        .find((text) => text.includes(`UID:${uid}\r\n`))
        ?.split('\r\n')
    expect(await eventOf(`${id}-cutover@sitec`)).toEqual(
      expect.arrayContaining([
        'DTSTART:20320301T160000Z',
        `SUMMARY:Passaggio alla nuova posta\\, gruppo ${number}: Tributi\\; anagrafe`,
        ...['DESCRIPTION:1 casella', 'STATUS:TENTATIVE', `URL:${city.services.url}/caselle/gruppi/${number}`],
      ]),
    )
    expect(await eventOf(`${id}-support@sitec`)).toEqual(
      expect.arrayContaining(['DTSTART;VALUE=DATE:20320301', 'DTEND;VALUE=DATE:20320401']),
    )
    expect(await waveCalendarFile(ctx)).not.toContain('unit')
    const owner = city.services.database.owner
    await owner.updateTable('migration_wave').set({ state: 'stopped' }).where('number', '=', number).execute()
    expect(await eventOf(`${id}-cutover@sitec`)).toContain('STATUS:CANCELLED')
  })
})

describe('delegations', () => {
  const opens = (mailboxId: string, address: string) =>
    city.services.database.owner
      .insertInto('mailbox_delegate')
      .values({ organisation_id: city.organisationId, mailbox_id: mailboxId, address })
      .execute()
  const addressOf = async (id: string) =>
    (
      await city.services.database.owner
        .selectFrom('mailbox')
        .select('address')
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
    ).address
  const check = async (number: number) => (await listChecks(ctx, number)).find(({ code }) => code === 'delegates')

  test('who stays though they open a mailbox that moves, and what a person who moves leaves behind, are named and may join', async () => {
    const [shared, other] = [await box(), await box()]
    const [person, undecided] = [await box({ kind: 'personal' }), await box({ kind: 'personal', decision: 'none' })]
    const [at, otherAt, personAt, undecidedAt] = await Promise.all([shared, other, person, undecided].map(addressOf))
    await opens(shared, personAt ?? '')
    await opens(shared, undecidedAt ?? '')
    await opens(other, personAt ?? '')
    const { number } = await plan()
    const candidates = await listCandidates(ctx, number)
    expect(candidates.find(({ mailboxId }) => mailboxId === person)?.delegates.sort()).toEqual([at, otherAt].sort())
    expect(await check(number)).toBeUndefined()
    await addToWave(ctx, number, { version: 1, mailboxIds: [shared] })
    expect(await listPartedDelegates(ctx, number)).toEqual([
      expect.objectContaining({ mailboxId: person, isDelegate: true, shares: [at], mayJoin: true, waveNumber: null }),
      expect.objectContaining({ mailboxId: undecided, isDelegate: true, shares: [at], mayJoin: false }),
    ])
    expect(await check(number)).toMatchObject({ state: 'open', gate: 'cut_over', names: [personAt, undecidedAt] })
    await addToWave(ctx, number, { version: await versionOf(number), mailboxIds: [person] })
    expect(await listPartedDelegates(ctx, number)).toEqual([
      expect.objectContaining({ mailboxId: other, isDelegate: false, shares: [personAt], mayJoin: true }),
      expect.objectContaining({ mailboxId: undecided }),
    ])
  })

  test('leaving them is allowed once somebody ticks it; when more are parted it is open again', async () => {
    const [shared, person, more] = [await box(), await box({ kind: 'personal' }), await box()]
    await opens(shared, await addressOf(person))
    await opens(more, await addressOf(person))
    const { number } = await plan()
    await addToWave(ctx, number, { version: 1, mailboxIds: [shared] })
    const owner = city.services.database.owner
    await owner.updateTable('migration_wave').set({ state: 'copying' }).where('number', '=', number).execute()
    await owner.updateTable('wave_mailbox').set({ state: 'delta' }).where('mailbox_id', '=', shared).execute()
    for (const { code, gate } of runbook)
      if (gate === 'cut_over' && code !== 'delegates') await tickCheck(ctx, number, code, { state: 'done' })
    const cutOver = async () => moveWave(ctx, number, { version: await versionOf(number), act: 'cut_over' })
    await expect(cutOver()).rejects.toThrow('checks_open')
    await tickCheck(ctx, number, 'delegates', { state: 'not_needed', note: 'Usa solo la nuova posta' })
    const version = await versionOf(number)
    const [staying, also] = [await box({ kind: 'personal' }), await box()]
    await opens(also, await addressOf(staying))
    await addToWave(ctx, number, { version, mailboxIds: [also] })
    expect((await check(number))?.state).toBe('open')
    await owner.updateTable('wave_mailbox').set({ state: 'delta' }).where('mailbox_id', '=', also).execute()
    await expect(cutOver()).rejects.toThrow('checks_open')
    await tickCheck(ctx, number, 'delegates', { state: 'done' })
    await cutOver()
    expect((await findWave(ctx, number)).state).toBe('cut_over')
  })
})

describe('planning', () => {
  test('what is merged moves together with what it is merged into; taken out again until it is copied', async () => {
    const into = await box()
    const merged = await box({ decision: 'merge', into })
    const { number } = await plan()
    expect((await listCandidates(ctx, number)).find(({ mailboxId }) => mailboxId === merged)?.together).toHaveLength(1)
    await addToWave(ctx, number, { version: 1, mailboxIds: [merged] })
    const { boxes } = await findWave(ctx, number)
    expect(boxes.map(({ mailboxId }) => mailboxId).sort()).toEqual([into, merged].sort())
    expect(boxes.find(({ mailboxId }) => mailboxId === merged)?.underFolder).not.toBe('')
    await takeOut(ctx, number, merged, { version: 1 })
    expect((await findWave(ctx, number)).boxes).toHaveLength(1)
  })

  test('two with the same name before the @, merged into one: each in a folder of its own, also when added later', async () => {
    const into = await box()
    const name = `info${next++}`
    const merged = (domain: string) =>
      addMailbox(placeOf(city), servers.fromServerId, `${name}@${domain}`, { decision: 'merge', into })
    const first = await merged('comune.example.it')
    const { number } = await plan()
    await addToWave(ctx, number, { version: 1, mailboxIds: [first] })
    await addToWave(ctx, number, {
      version: 2,
      mailboxIds: [await merged('a.example.it'), await merged('b.example.it')],
    })
    const { boxes } = await findWave(ctx, number)
    expect(new Set(boxes.map(({ targetLogin }) => targetLogin)).size).toBe(1)
    expect(boxes.map(({ underFolder }) => underFolder).sort()).toEqual(['', name, `${name}-2`, `${name}-3`])
  })

  test('a certified mailbox, a personal one without decision, and one that is not approved never enter', async () => {
    const { number } = await plan()
    for (const more of [{ kind: 'certified' }, { kind: 'personal', decision: 'none' }, { state: 'proposed' }]) {
      const id = await box(more)
      await expect(addToWave(ctx, number, { version: 1, mailboxIds: [id] })).rejects.toThrow('invalid')
    }
    expect((await findWave(ctx, number)).boxes).toHaveLength(0)
  })

  test('a mailbox is in one wave at a time; a form that is out of date is refused', async () => {
    const id = await box()
    const [one, two] = [await plan(), await plan()]
    await addToWave(ctx, one.number, { version: 1, mailboxIds: [id] })
    await expect(addToWave(ctx, two.number, { version: 1, mailboxIds: [id] })).rejects.toThrow('invalid')
    await expect(addToWave(ctx, one.number, { version: 1, mailboxIds: [id] })).rejects.toThrow('stale')
  })

  test('the same server twice, a third party without name: refused', async () => {
    const { fromServerId } = servers
    await expect(planWave(ctx, { name: 'Prova', fromServerId, toServerId: fromServerId })).rejects.toThrow('invalid')
    await expect(planWave(ctx, { name: 'Prova', ...servers, carriedOutBy: 'third_party' })).rejects.toThrow('invalid')
  })
})

describe('moving on', () => {
  test('an empty wave does not start; no cut-over before it is copied, no step twice', async () => {
    const { number } = await plan()
    const move = async (act: 'start' | 'cut_over' | 'pause', reason?: string) =>
      moveWave(ctx, number, { version: await versionOf(number), act, reason })
    await expect(move('start')).rejects.toThrow('empty')
    await addToWave(ctx, number, { version: 1, mailboxIds: [await box()] })
    await expect(move('cut_over')).rejects.toThrow('wrong_state')
    await move('start')
    await expect(move('start')).rejects.toThrow('wrong_state')
    await expect(move('cut_over')).rejects.toThrow('not_ready')
    await move('pause')
    expect((await findWave(ctx, number)).state).toBe('paused')
  })

  test('without a closed pilot a wave wants a reason', async () => {
    const owner = city.services.database.owner
    await owner.updateTable('migration_wave').set({ state: 'stopped' }).where('is_pilot', '=', true).execute()
    const { number } = await plan()
    await addToWave(ctx, number, { version: 1, mailboxIds: [await box()] })
    const version = await versionOf(number)
    await expect(moveWave(ctx, number, { version, act: 'start' })).rejects.toThrow('invalid')
    await moveWave(ctx, number, { version, act: 'start', reason: 'il pilota è fermo' })
    await moveWave(ctx, number, { version: version + 1, act: 'stop', reason: 'era una prova' })
    expect((await findWave(ctx, number)).boxes[0]?.state).toBe('rolled_back')
  })

  test('a check is ticked with who and when, and "not needed" with why', async () => {
    const { number } = await plan()
    await expect(tickCheck(ctx, number, 'mx', { state: 'not_needed' })).rejects.toThrow('invalid')
    await tickCheck(ctx, number, 'mx', { state: 'not_needed', note: 'si instrada per casella' })
    expect((await listChecks(ctx, number)).find(({ code }) => code === 'mx')).toMatchObject({
      ...{ state: 'not_needed', by: 'Pia Postale', note: 'si instrada per casella' },
    })
  })
})

describe('around a wave', () => {
  test('users are told once each, and only when the day is known', async () => {
    const { number } = await plan()
    await addToWave(ctx, number, { version: 1, mailboxIds: [await box(), await box()] })
    await expect(tellWave(ctx, number, 2, { template: 'before' })).rejects.toThrow('no_day')
    expect((await previewMessage(ctx, number, 'after')).text).toContain('@comune.example.it')
    expect((await tellWave(ctx, number, 2, { template: 'after' })).told).toBe(1)
    expect((await tellWave(ctx, number, 2, { template: 'after' })).told).toBe(0)
  })

  test('what they are told goes through the outbox, as things stand when it goes; who is out of the wave hears nothing', async () => {
    const server = await scriptedSmtp()
    const services = { ...city.services, mailer: openMailer(server.url, 'assistenza@comune.example.it') }
    services.letters.fill('wave_after', waveLetter('after'))
    await city.services.database.owner.deleteFrom('outgoing_mail').execute()
    const [{ number: kept }, { number: left }] = [await plan(), await plan()]
    const mine = await box()
    const theirs = await box()
    await addToWave(ctx, kept, { version: 1, mailboxIds: [mine] })
    await addToWave(ctx, left, { version: 1, mailboxIds: [theirs] })
    for (const number of [kept, left])
      expect(await tellWave(ctx, number, 2, { template: 'after' })).toMatchObject({ told: 1 })
    await takeOut(ctx, left, theirs, { version: 1 })
    while ((await sendWaiting(services)).taken > 0);
    await server.close()
    expect(server.taken).toHaveLength(1)
    expect(server.taken[0]?.raw).toContain('unit')
    expect(server.taken[0]?.raw).toContain(city.emailOf('mail_administrator'))
    expect((await previewMessage(ctx, kept, 'after')).told).toBe(1)
  })

  test('a case is tied by its number and untied; one that is not there is refused', async () => {
    const { number } = await plan()
    await expect(addWaveCase(ctx, number, { number: '99999999' })).rejects.toThrow('invalid')
    const row = await city.services.database.owner
      .selectFrom('desk_case')
      .select('number')
      .orderBy('number')
      .executeTakeFirstOrThrow()
    const { caseId } = await addWaveCase(ctx, number, { number: String(row.number) })
    expect(await listWaveCases(ctx, number)).toMatchObject([{ caseId }])
    await removeWaveCase(ctx, number, caseId)
    expect(await listWaveCases(ctx, number)).toEqual([])
  })

  test('an employee sees no wave; an office contact only the mailboxes of the own offices; nobody of them acts', async () => {
    await expect(listWaves(await city.as('employee'))).rejects.toThrow('forbidden')
    const contact = await city.as('office_contact')
    const all = (await listWaves(ctx)).find(({ number }) => number === 1)?.mailboxes ?? 0
    const own = (await listWaves(contact)).find(({ number }) => number === 1)?.mailboxes ?? 0
    expect(own).toBeLessThan(all)
    await expect(planWave(contact, { name: 'Prova', ...servers })).rejects.toThrow('forbidden')
  })
})

describe('rules', () => {
  test('what the target takes in a day makes a large mailbox a matter of days', () => {
    expect(estimateMailbox({ messages: 400, bytes: 1_000_000 }, defaultSpeed, null)).toEqual({ seconds: 10, days: 1 })
    // 50 GB at half a GB a day, as Google takes over IMAP.
    expect(estimateMailbox({ messages: 400_000, bytes: 50e9 }, defaultSpeed, 5e8).days).toBe(100)
    expect(
      estimateWave(
        [
          { seconds: 100, days: 1 },
          { seconds: 20, days: 1 },
        ],
        4,
      ).seconds,
    ).toBe(100)
    expect(
      estimateWave(
        [100, 100, 100, 100].map((seconds) => ({ seconds, days: 1 })),
        2,
      ).seconds,
    ).toBe(200)
  })

  test('rings and chains of merges are one group', () => {
    const bonds = [
      { id: 'a', intoId: 'b' },
      { id: 'c', intoId: 'b' },
      { id: 'd', intoId: null },
    ]
    expect(movesTogether(['a'], bonds).sort()).toEqual(['a', 'b', 'c'])
    expect(movesTogether(['d'], bonds)).toEqual(['d'])
  })

  test('the preflight says what stops a mailbox, and who must act', () => {
    const looked = {
      hasHolder: true,
      needsHolder: true,
      isEncrypted: true,
      problems: [],
      tooLarge: 3,
      sameIds: 0,
      equal: null,
      isRoomTold: true,
    }
    expect(waitsFor(preflightFindings(looked))).toBeNull()
    expect(waitsFor(preflightFindings({ ...looked, hasHolder: false }))).toBe('holder')
    const refused = [{ code: 'auth' as const, side: 'target' as const, words: 'no' }]
    expect(waitsFor(preflightFindings({ ...looked, problems: refused }))).toBe('target_auth')
    expect(waitsFor(preflightFindings({ ...looked, problems: [{ code: 'over_quota', side: 'target' }] }))).toBe(
      'target_full',
    )
    const checks = (more: object) => preflightFindings({ ...looked, ...more }).map(({ check }) => check)
    expect(checks({})).not.toContain('merged')
    expect(checks({ equal: 4, isRoomTold: false })).not.toContain('room')
    expect(
      preflightFindings({ ...looked, equal: 4, isRoomTold: false }).filter(({ outcome }) => outcome === 'note'),
    ).toEqual([
      expect.objectContaining({ check: 'room_untold' }),
      expect.objectContaining({ check: 'large', count: 3 }),
      expect.objectContaining({ check: 'merged', count: 4 }),
    ])
  })

  test('through the Gmail API a copy takes what its units allow, and the units of a project in a day', () => {
    expect(gmailSpeed(null).messagesPerSecond).toBeCloseTo(6000 / 60 / 45)
    expect(gmailSpeed(15_000).messagesPerSecond).toBeCloseTo(15_000 / 60 / 45)
    expect(gmailSpeed(1_000_000)).toEqual(defaultSpeed)
    expect(estimateMailbox({ messages: 8000, bytes: 1 }, gmailSpeed(null), null)).toEqual({ seconds: 3600, days: 1 })
    expect(withinProject({ seconds: 60, days: 1 }, 1_000_000)).toEqual({ seconds: 60, days: 1 })
    expect(withinProject({ seconds: 60, days: 1 }, 4_000_000)).toEqual({ seconds: 172_800, days: 3 })
  })
})

describe('tokens', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const asked: URLSearchParams[] = []
  let refuses = false
  const double = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      asked.push(new URLSearchParams(body))
      response.writeHead(refuses ? 401 : 200, { 'content-type': 'application/json' })
      const given = { access_token: `gettone-${asked.length}`, expires_in: 3600 }
      response.end(JSON.stringify(refuses ? { error: 'unauthorized_client', error_description: 'no right' } : given))
    })
  })
  let uri = ''
  beforeAll(async () => {
    await new Promise<void>((done) => double.listen(0, '127.0.0.1', done))
    // The address of a listening TCP server is no text.
    uri = `http://127.0.0.1:${(double.address() as AddressInfo).port}/token`
  })
  afterAll(() => void double.close())

  test('Google: a statement signed for one mailbox; kept, and asked for anew before it ends', async () => {
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
    const secret = Buffer.from(
      JSON.stringify({ client_email: 'servizio@progetto.example', private_key: pem, token_uri: uri }),
    )
    let now = Date.now()
    const tokens = openTokens(() => now)
    const server = { kind: 'google', secret }
    const [one, same] = await Promise.all([tokens.fresh(server, 'a@x.example'), tokens.fresh(server, 'a@x.example')])
    expect(same).toBe(one)
    const [head = '', claims = '', signature = ''] = asked.at(-1)?.get('assertion')?.split('.') ?? []
    expect(verify('sha256', Buffer.from(`${head}.${claims}`), publicKey, Buffer.from(signature, 'base64url'))).toBe(
      true,
    )
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({ sub: 'a@x.example', aud: uri })
    expect(await tokens.fresh(server, 'b@x.example')).not.toBe(one)
    now += 56 * 60_000
    const later = await tokens.fresh(server, 'a@x.example')
    expect(later).not.toBe(one)
    // Refused before its end: another one is given, and kept.
    const other = await tokens.fresh(server, 'a@x.example', later)
    expect(other).not.toBe(later)
    expect(await tokens.fresh(server, 'a@x.example', later)).toBe(other)
  })

  test('Gmail: a token that is not given is the trouble of the target, never thrown as something else', async () => {
    const place = {
      protocol: 'gmail',
      side: 'target',
      host: '127.0.0.1',
      port: 9,
      isEncrypted: false,
      user: 'a',
    } as const
    const without = (isUnreachable: boolean) =>
      openGmail(
        { ...place, tokens: () => Promise.reject(new TokenTrouble('unauthorized_client', isUnreachable)) },
        copyLimits,
      ).labels()
    await expect(without(false)).rejects.toMatchObject({
      ...{ name: 'MailTrouble', side: 'target', code: 'auth', words: 'token: unauthorized_client' },
    })
    await expect(without(true)).rejects.toMatchObject({ name: 'MailTrouble', side: 'target', code: 'unreachable' })
  })

  test('Microsoft: credentials of an application; a refusal is said in the words of the endpoint, and not kept', async () => {
    const secret = Buffer.from(
      JSON.stringify({ tenant: 'comune', client_id: 'app', client_secret: 'segreto', token_uri: uri }),
    )
    const tokens = openTokens()
    const server = { kind: 'microsoft', secret }
    refuses = true
    await expect(tokens.fresh(server, 'a')).rejects.toThrow('unauthorized_client: no right')
    refuses = false
    expect(await tokens.fresh(server, 'a')).toMatch(/^gettone-/)
    expect(asked.at(-1)?.get('grant_type')).toBe('client_credentials')
    await expect(tokens.fresh({ kind: 'microsoft', secret: Buffer.from('{}') }, 'a')).rejects.toThrow('not readable')
  })
})
