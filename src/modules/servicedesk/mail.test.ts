import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seeded } from '../../../demo/random.ts'
import { type TestCity, testCity } from '../../../demo/testing.ts'
import { systemContext } from '../../platform/auth/actors.ts'
import type { Context } from '../../platform/context.ts'
import { signMessageId } from '../../platform/mail/message-ids.ts'
import { fixtures, type MailParts, mailOf, smallFixtures } from '../../platform/mail/testing.ts'
import { mutate } from '../../platform/mail/testing-mutate.ts'
import { cancelCase } from './answer-case.ts'
import { recomputeCase } from './cases.ts'
import { servicedeskCommands } from './cli.ts'
import { eraseCaseText } from './converse.ts'
import { findCase } from './find-case.ts'
import { fromFile, ingestMail, type MailOrigin, storeMails, takeStored } from './mail-intake.ts'
import { openCase } from './open-case.ts'
import { askUser, takeCase } from './work-case.ts'

let city: TestCity
let desk: Context
let serial = 0

beforeAll(async () => {
  city = await testCity()
  const organisation = { id: city.organisationId, name: 'Comune di prova', zone: 'Europe/Rome', isDemo: true }
  desk = systemContext(city.services, organisation, 'Riga di comando', 'cli')
})
afterAll(() => city.services.close())

/** A mail with a Message-ID of its own. */
const mail = (parts: MailParts = {}) => {
  serial += 1
  return mailOf({ messageId: `<prova-${serial}@posta.example.it>`, ...parts })
}
const take = (raw: Buffer, origin?: MailOrigin) => ingestMail(desk, raw, origin)

async function caseOf(number: string | null) {
  const found = await city.services.database.owner
    .selectFrom('desk_case')
    .select('id')
    .where('number', '=', Number(number?.split('/')[1]))
    .executeTakeFirstOrThrow()
  return findCase(desk, found.id)
}

async function rowOf(id: string) {
  return city.services.database.owner
    .selectFrom('mail_message')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

/** A case of the employee, and the header with which an answer to our mail about it begins. */
async function ownCase(title = 'Dal portale') {
  const opened = await openCase(await city.as('employee'), { kind: 'incident', title })
  const id = signMessageId(
    city.services.secret,
    { organisationId: city.organisationId, caseId: opened.id, eventId: 4711 },
    'comune.example.it',
  )
  return { ...opened, answer: [`In-Reply-To: ${id}`], messageId: id }
}

describe('somebody who is known writes', () => {
  test('a case is opened for them, by mail, as the employee they are', async () => {
    const result = await take(fixtures.attachment())
    expect(result).toMatchObject({ outcome: 'opened', reason: null })
    const found = await caseOf(result.case)
    expect(found).toMatchObject({ title: 'Schermata', channel: 'mail', state: 'new', kind: 'incident' })
    expect(found.entries[0]).toMatchObject({
      kind: 'case.opened',
      witness: 'A',
      isRequester: true,
      body: 'In allegato.',
    })
    expect(found.attachments.map(({ name, mediaType }) => [name, mediaType])).toEqual([
      ['schermata.pdf', 'application/pdf'],
    ])
    expect(await rowOf(result.id)).toMatchObject({ state: 'routed', outcome: 'opened', case_id: found.id })
  })

  test('the subject loses its "Re:", is never empty and never too long', async () => {
    const title = async (subject: string) => (await caseOf((await take(mail({ subject }))).case)).title
    expect(await title('Re: R: Fwd: Toner finito')).toBe('Toner finito')
    expect(await title('')).toBe('(senza oggetto)')
    expect((await title('a'.repeat(900))).length).toBe(200)
    expect(await title('ok')).toBe('ok (senza oggetto)')
  })

  test('a text too long for a case comes along whole, as a file', async () => {
    const body = 'parola '.repeat(6000)
    const found = await caseOf((await take(mail({ body }))).case)
    expect(found.attachments.map(({ name, bytes }) => [name, bytes])).toEqual([
      ['testo-intero.txt', body.trim().length],
    ])
    expect(found.entries[0]?.body).toContain('testo-intero.txt')
  })

  test('staff who write have no more rights than anybody, and the supplier’s people open nothing', async () => {
    const contract = await take(mail({ from: city.emailOf('contract_manager') }))
    expect(contract.outcome).toBe('opened')
    expect(await take(mail({ from: city.emailOf('agent') }))).toMatchObject({
      outcome: 'quarantined',
      reason: 'not_entitled',
    })
  })

  test('an invitation opens a case with its calendar, a zip bomb stays packed', async () => {
    const invitation = await caseOf((await take(fixtures.calendar())).case)
    expect(invitation.attachments.map(({ name }) => name)).toEqual(['invito.ics'])
    const bomb = await caseOf((await take(fixtures.bomb())).case)
    expect(bomb.attachments[0]?.bytes).toBeLessThan(100_000)
  })
})

describe('answers', () => {
  test('the asker’s answer with our Message-ID is added with their rights, and the waiting case goes on', async () => {
    const opened = await ownCase()
    const agent = await city.as('agent')
    const taken = await takeCase(agent, opened.id, {})
    await askUser(agent, opened.id, { version: taken.version, body: 'Quale stanza?' })
    const body = 'La dodici.\r\n\r\nIl giorno 24 nov 2026 Olga ha scritto:\r\n> Quale stanza?\r\n'
    const result = await take(mail({ headers: opened.answer, body, subject: 'Re: qualunque cosa' }))
    expect(result).toMatchObject({ outcome: 'appended', case: opened.number })
    const found = await findCase(agent, opened.id)
    expect(found.state).toBe('in_progress')
    expect(found.entries.at(-1)).toMatchObject({
      kind: 'case.replied',
      visibility: 'public',
      isRequester: true,
      body: 'La dodici.',
    })
    expect(await recomputeCase(desk, opened.id)).toMatchObject({ state: 'in_progress' })
  })

  test('References lead there too; the subject alone never does', async () => {
    const opened = await ownCase()
    const references = `References: <altro@example.org>\r\n ${opened.messageId}\r\n <ancora@example.org>`
    expect((await take(mail({ headers: [references] }))).case).toBe(opened.number)
    const bySubject = await take(mail({ subject: `Re: [${opened.number}] Dal portale` }))
    expect(bySubject).toMatchObject({ outcome: 'opened' })
    expect(bySubject.case).not.toBe(opened.number)
  })

  test('a Message-ID that we did not sign leads nowhere', async () => {
    const opened = await ownCase()
    const forged = opened.answer.map((line) => line.replace(/\.[0-9a-f]{32}@/, `.${'0'.repeat(32)}@`))
    const result = await take(mail({ headers: forged }))
    expect(result.outcome).toBe('opened')
    expect(result.case).not.toBe(opened.number)
  })

  test('somebody else with a good Message-ID leaves a note that says who wrote, and no more', async () => {
    const opened = await ownCase()
    const result = await take(
      mail({ from: 'Ugo Ignoto <ugo@altrove.example>', headers: opened.answer, body: 'Io so.' }),
    )
    expect(result).toMatchObject({ outcome: 'appended', case: opened.number })
    const entry = (await findCase(await city.as('agent'), opened.id)).entries.at(-1)
    expect(entry).toMatchObject({ visibility: 'internal', isRequester: false, author: null, witness: 'S' })
    expect(entry?.body).toBe(
      'Messaggio arrivato per posta da Ugo Ignoto, ugo@altrove.example, che non è chi ha aperto la richiesta.\n\nIo so.',
    )
    const seenByAsker = await findCase(await city.as('employee'), opened.id)
    expect(seenByAsker.entries.map((one) => one.body).join()).not.toContain('Io so.')
  })

  test('an answer to a case that is over opens a new one that says what it follows', async () => {
    const opened = await ownCase()
    await cancelCase(await city.as('employee'), opened.id)
    const result = await take(mail({ headers: opened.answer, subject: 'Re: Dal portale', body: 'Serve ancora.' }))
    expect(result.outcome).toBe('opened')
    const found = await caseOf(result.case)
    expect(found.entries[0]?.body).toBe(`Fa seguito alla ${opened.number}.\n\nServe ancora.`)
    expect(await rowOf(result.id)).toMatchObject({ follows_case_id: opened.id, case_id: found.id })
  })
})

describe('what is not taken', () => {
  test.each([
    ['an automatic answer', () => fixtures.autoReply(), 'ignored', 'auto_reply'],
    ['a bounce', () => fixtures.bounce(), 'ignored', 'bounce'],
    ['a list', () => fixtures.list(), 'ignored', 'list'],
    ['somebody unknown', () => mail({ from: 'x@altrove.example' }), 'quarantined', 'unknown_sender'],
    ['nobody', () => fixtures.notMail(), 'quarantined', 'no_sender'],
    ['an empty file', () => fixtures.empty(), 'quarantined', 'empty'],
    ['a header of 2 MB', () => fixtures.largeHeader(), 'quarantined', 'headers_too_large'],
    ['10,000 recipients', () => fixtures.manyRecipients(), 'quarantined', 'too_many_recipients'],
    ['100 nested parts', () => fixtures.nested(), 'quarantined', 'too_deep'],
    ['more than fits', () => Buffer.alloc(36_000_001, 'a'), 'quarantined', 'too_large'],
  ] as const)('%s', async (_, make, outcome, reason) => {
    const raw = make()
    const result = await take(raw)
    expect(result).toMatchObject({ outcome, reason, case: null })
    const row = await rowOf(result.id)
    expect(row).toMatchObject({ state: outcome, reason, bytes: raw.length })
    expect(row.file_sha256).toBe(createHash('sha256').update(raw).digest('hex'))
  })

  test('our own mail come back is a loop', async () => {
    const opened = await ownCase()
    expect(await take(mail({ messageId: opened.messageId }))).toMatchObject({ outcome: 'ignored', reason: 'loop' })
  })

  test('a flood from one address through a mailbox is stopped after thirty', async () => {
    const channelId = await makeChannel()
    const from = 'referente@comune.example.it'
    const outcomes = []
    for (let uid = 1; uid <= 35; uid += 1)
      outcomes.push((await take(mail({ from }), { channelId, uidvalidity: 1, uid, kind: 'incident' })).reason)
    expect(outcomes.filter((reason) => reason === null).length).toBe(30)
    expect(outcomes.slice(30)).toEqual(Array.from({ length: 5 }, () => 'too_many'))
  })
})

async function makeChannel() {
  const id = crypto.randomUUID()
  await city.services.database.owner
    .insertInto('mail_channel')
    .values({
      ...{ organisation_id: city.organisationId, id, name: `Casella ${id}`, address: 'assistenza@comune.example.it' },
      ...{
        host: 'localhost',
        port: 143,
        security: 'none',
        username: id,
        password: Buffer.from('x'),
        folder: 'INBOX',
        kind: 'incident',
      },
    })
    .execute()
  return id
}

describe('once', () => {
  test('the same bytes again are a duplicate, whatever way they come', async () => {
    const raw = mail({ subject: 'Una volta sola' })
    const first = await take(raw)
    const channelId = await makeChannel()
    const again = await take(raw, { channelId, uidvalidity: 7, uid: 3, kind: 'incident' })
    expect(again).toMatchObject({ outcome: 'duplicate', case: first.case, id: first.id })
  })

  test('ten at the same time make one case', async () => {
    const raw = mail({ subject: 'Dieci insieme' })
    const results = await Promise.all(Array.from({ length: 10 }, () => take(raw)))
    expect(results.map(({ outcome }) => outcome).sort()).toEqual([
      ...Array.from({ length: 9 }, () => 'duplicate'),
      'opened',
    ])
    expect(new Set(results.map((result) => result.case)).size).toBe(1)
  })

  test('a second copy with other lines of transport is a copy; other words under the same Message-ID are not', async () => {
    const messageId = '<due-caselle@example.it>'
    const first = await take(mail({ messageId }))
    expect(await take(mail({ messageId, headers: ['Received: from altro'] }))).toMatchObject({
      outcome: 'duplicate',
      reason: 'copy',
    })
    expect(await take(mail({ messageId, body: 'Altre parole' }))).toMatchObject({ outcome: 'opened' })
    expect(first.outcome).toBe('opened')
  })

  test('a server that gives one number to two messages loses neither', async () => {
    const origin = { channelId: await makeChannel(), uidvalidity: 1, uid: 1, kind: 'incident' as const }
    expect((await take(mail(), origin)).outcome).toBe('opened')
    expect((await take(mail(), origin)).outcome).toBe('opened')
  })

  test('a message stored and not decided on is taken by the next who meets it', async () => {
    const raw = mail({ subject: 'Interrotto' })
    const [stored] = await storeMails(desk, [{ raw, origin: fromFile }])
    expect(stored?.known).toBeNull()
    expect(await take(raw)).toMatchObject({ id: stored?.id, outcome: 'opened' })
    expect(await takeStored(desk, stored?.id ?? '')).toMatchObject({ outcome: 'duplicate' })
  })

  test('a refusal of the case leaves the message for a person, and nothing half-written', async () => {
    const before = await counts()
    const origin = { ...fromFile, kind: 'nessuno' as 'incident' } // a kind that a later version took away
    const result = await take(mail(), origin)
    expect(result).toMatchObject({ outcome: 'quarantined', reason: 'refused' })
    expect(await counts()).toEqual(before)
  })
})

async function counts() {
  const { owner } = city.services.database
  const cases = await owner
    .selectFrom('desk_case')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  const files = await owner
    .selectFrom('case_attachment')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return [cases.n, files.n]
}

test('erasing the words of a case erases the mail they came in', async () => {
  const result = await take(mail({ subject: 'Da dimenticare' }))
  const found = await caseOf(result.case)
  await eraseCaseText(desk, found.id, { reason: 'richiesta dell’interessato' })
  expect((await rowOf(result.id)).file_sha256).toBeNull()
  await expect(takeStored(desk, result.id)).rejects.toMatchObject({ kind: 'not_found' })
})

describe('sitec mail ingest', () => {
  test('one JSON line a message as it goes, the counts at the end; a second run takes nothing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sitec-mail-'))
    mkdirSync(join(folder, 'sotto'))
    writeFileSync(join(folder, 'a.eml'), mail({ subject: 'Primo file' }))
    writeFileSync(join(folder, 'sotto', 'b.eml'), mail({ from: 'x@altrove.example' }))
    writeFileSync(join(folder, '.nascosto'), 'x')
    const first = await ingest(folder)
    expect(first.lines.map(({ file, outcome }) => [file, outcome])).toEqual([
      [join(folder, 'a.eml'), 'opened'],
      [join(folder, 'sotto', 'b.eml'), 'quarantined'],
    ])
    expect(first.lines[0]?.case).toMatch(/^\d{4}\/\d+$/)
    expect(first.last).toEqual({ total: 2, opened: 1, appended: 0, duplicate: 0, ignored: 0, quarantined: 1 })
    expect((await ingest(folder)).last).toMatchObject({ total: 2, duplicate: 2 })
    rmSync(folder, { recursive: true })
  })

  test('1,000 mutated mails through the whole give 1,000 outcomes, and every message is there once (seed 815)', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sitec-mutated-'))
    const random = seeded(815)
    const digests = new Set<string>()
    for (let n = 0; n < 1000; n += 1) {
      const bytes = mutate(smallFixtures[n % smallFixtures.length] ?? mail(), random)
      digests.add(createHash('sha256').update(bytes).digest('hex'))
      writeFileSync(join(folder, `${n}.eml`), bytes)
    }
    const { lines, last } = await ingest(folder)
    expect(lines.length).toBe(1000)
    expect(last.total).toBe(1000)
    expect(last.failed).toBeUndefined()
    expect(lines.filter(({ reason }) => ['failed', 'parse_crash', 'parse_timeout'].includes(reason ?? ''))).toEqual([])
    const kept = await city.services.database.owner
      .selectFrom('mail_message')
      .select('sha256')
      .where('sha256', 'in', [...digests])
      .execute()
    expect(kept.length).toBe(digests.size)
    rmSync(folder, { recursive: true })
  }, 90_000)
})

type Line = { file: string; outcome: string; case: string | null; reason: string | null }

async function ingest(folder: string) {
  const command = servicedeskCommands.find(({ name }) => name === 'mail ingest')
  const lines: Line[] = []
  const done = await command?.run({
    context: desk,
    positionals: [folder],
    values: {},
    resolvePath: (path) => path,
    readFile: async () => new Uint8Array(),
    print: async (line) => void lines.push(JSON.parse(line)),
  })
  return { lines: lines.sort((a, b) => (a.file < b.file ? -1 : 1)), last: JSON.parse(done?.text ?? '{}') }
}
