import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { simpleParser } from 'mailparser'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Part, type TestCity, testCity } from '../../../demo/testing.ts'
import { systemContext } from '../../platform/auth/actors.ts'
import { type Context, type Services, transact } from '../../platform/context.ts'
import { readMessageId } from '../../platform/mail/message-ids.ts'
import { openMailer } from '../../platform/mail/smtp.ts'
import { scriptedSmtp } from '../../platform/mail/smtp-testing.ts'
import { mailOf } from '../../platform/mail/testing.ts'
import { Problem } from '../../platform/problem.ts'
import { sealAll } from '../../platform/seals.ts'
import { confirmCase } from './answer-case.ts'
import { eraseCaseText, replyToCase } from './converse.ts'
import { writeDailyHeads } from './daily-head.ts'
import { tell } from './internal/tell.ts'
import { ingestMail } from './mail-intake.ts'
import { openCase } from './open-case.ts'
import {
  listOutgoingMail,
  listSuppressedAddresses,
  releaseMail,
  restoreAddress,
  sendTrial,
  suppressAddress,
} from './outgoing-mail.ts'
import { sendWaiting } from './send-mail.ts'
import { askUser, assignCase, promiseDate, resolveCase, takeCase } from './work-case.ts'

let city: TestCity
let server: Awaited<ReturnType<typeof scriptedSmtp>>
let services: Services
beforeAll(async () => {
  city = await testCity()
  server = await scriptedSmtp()
  services = {
    ...city.services,
    url: 'https://sitec.comune.example.it',
    mailer: openMailer(server.url, 'assistenza@comune.example.it'),
  }
})
afterAll(async () => {
  await server.close()
  await city.services.close()
})
beforeEach(async () => {
  const owner = city.services.database.owner
  await sql`delete from mail_link`.execute(owner)
  await sql`delete from outgoing_mail`.execute(owner)
  await sql`delete from suppressed_address`.execute(owner)
  server.taken.length = 0
  server.state.script = () => null
})

const printer = { kind: 'incident', title: 'La stampante macchia i fogli', description: 'Righe nere.' } as const

/** Somebody of the city, with the way out to the test's mail server. */
async function as(part: Part, door: Context['door'] = 'portal'): Promise<Context> {
  return { ...(await city.as(part, door)), services }
}

/** A case that an agent opened for Irene on the phone. */
async function phoned() {
  return openCase(await as('agent', 'desk'), { ...printer, requesterEmail: city.emailOf('employee') })
}

/** Sends until nothing is due; what the mail server took, parsed, in order. */
async function delivered() {
  while ((await sendWaiting(services)).taken > 0);
  return Promise.all(server.taken.map(({ raw }) => simpleParser(Buffer.from(raw, 'latin1'))))
}

async function rows() {
  return city.services.database.owner.selectFrom('outgoing_mail').selectAll().orderBy('id').execute()
}

/** Lets time pass: what waits for its next attempt is due. */
async function later() {
  await sql`update outgoing_mail set next_attempt_at = clock_timestamp()`.execute(city.services.database.owner)
}

describe('from the event to the mail', () => {
  test('the story of a case as its requester reads it: every step of the others, none of her own, in one thread', async () => {
    const { id, number } = await phoned()
    const agent = await as('agent')
    await takeCase(agent, id)
    await replyToCase(agent, id, { body: 'Nota per noi.', visibility: 'internal' })
    await assignCase(agent, id, {
      teamId: (await city.services.database.owner.selectFrom('team').select('id').limit(1).executeTakeFirstOrThrow())
        .id,
      note: 'Tocca a voi.',
    })
    await askUser(agent, id, { body: 'Che luce si accende?' })
    await replyToCase(await as('employee'), id, { body: 'Quella rossa.' })
    await replyToCase(agent, id, { body: 'Passiamo domattina.' })
    await resolveCase(agent, id, { note: 'Cambiato il toner.' })
    await confirmCase(await as('employee'), id)
    const mails = await delivered()
    expect(mails.map((mail) => mail.text?.split('\n\n')[2])).toEqual([
      expect.stringMatching(
        `^Abbiamo registrato la tua telefonata e aperto la richiesta n. ${number}. Ora della telefonata: `,
      ),
      expect.stringMatching(/^La tua richiesta è in lavorazione\. In carico ai tecnici (dal |dall’)/),
      'Per andare avanti i tecnici hanno bisogno di una tua risposta:',
      'Il servizio di assistenza ti ha risposto:',
      'I tecnici hanno segnato la tua richiesta come risolta.',
    ])
    const all = mails.map((mail) => mail.text).join('\n')
    expect(all).toContain('Cambiato il toner.')
    expect(all).not.toMatch(/Nota per noi|Tocca a voi|Quella rossa/)
    expect(new Set(mails.map((mail) => mail.subject))).toEqual(
      new Set([`Richiesta n. ${number}: La stampante macchia i fogli`]),
    )
    const [first, ...rest] = mails
    expect(rest.map((mail) => mail.inReplyTo)).toEqual(rest.map(() => first?.messageId))
    expect(mails.map((mail) => readMessageId(services.secret, mail.messageId ?? ''))).toEqual(
      (await rows()).map((row) => ({ organisationId: city.organisationId, caseId: id, eventId: row.event_id })),
    )
    expect(first?.from?.value[0]).toEqual({ name: agent.organisationName, address: 'assistenza@comune.example.it' })
    expect(first?.headers.get('auto-submitted')).toBe('auto-generated')
    expect(first?.messageId).toMatch(/@sitec\.comune\.example\.it>$/)
  })

  test('what she asks for herself on the portal needs no mail; what she wrote by mail gets its number', async () => {
    await openCase(await as('employee'), printer)
    expect(await delivered()).toEqual([])
    const { number } = await openCase(await as('employee', 'mail'), printer)
    const [mail] = await delivered()
    expect(mail?.text).toContain(`Abbiamo ricevuto la tua richiesta n. ${number}: «La stampante macchia i fogli».`)
  })

  test('a promised date and its change: the first stays readable, the reason is said', async () => {
    const { id } = await phoned()
    const agent = await as('agent')
    await takeCase(agent, id)
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
    await promiseDate(agent, id, { promisedFor: inDays(3) })
    await promiseDate(agent, id, { promisedFor: inDays(5), reason: 'Manca il ricambio.' })
    const [, , first, second] = await delivered()
    const date = /Data prevista: (\d.*)\.\n/.exec(first?.text ?? '')?.[1]
    expect(date).toMatch(/^\d+º? [a-z]+( \d{4})?, ore \d+(:\d\d)?$/)
    expect(second?.text).toContain(` (prima: ${date}).\n\nMotivo: Manca il ricambio.`)
  })

  test('who chose English gets English', async () => {
    const owner = city.services.database.owner
    await owner.updateTable('account').set({ language: 'en' }).where('email', '=', city.emailOf('employee')).execute()
    await phoned()
    const [mail] = await delivered()
    await owner.updateTable('account').set({ language: 'it' }).execute()
    expect(mail?.text).toContain('We have registered your call and opened request no.')
  })

  test('of a reserved case neither words nor a link that shows them', async () => {
    const owner = city.services.database.owner
    const about = { ...printer, requesterEmail: city.emailOf('employee'), reserved: 'health' } as const
    const { number } = await openCase(await as('agent', 'desk'), about)
    const [mail] = await delivered()
    expect([mail?.subject, mail?.text]).toEqual([
      `Richiesta n. ${number}`,
      expect.stringContaining(`C’è una novità sulla tua richiesta n. ${number}. Per leggerla accedi a SITEC.`),
    ])
    expect(mail?.text).not.toMatch(/stampante|\/r\//)
    expect(await owner.selectFrom('mail_link').selectAll().execute()).toEqual([])
  })
})

describe('what is not sent', () => {
  test('what was erased before it went: an answer is not sent at all, a resolution without its words', async () => {
    const { id } = await phoned()
    await takeCase(await as('agent'), id)
    await delivered()
    await replyToCase(await as('agent'), id, { body: 'Il suo male si chiama segreto.' })
    await resolveCase(await as('agent'), id, { note: 'Detto il segreto.' })
    await eraseCaseText(await as('administrator'), id, { reason: 'Dati sulla salute' })
    server.taken.length = 0
    const mails = await delivered()
    expect(mails).toHaveLength(1)
    expect(mails[0]?.text).toContain('I tecnici hanno segnato la tua richiesta come risolta.')
    expect(JSON.stringify(mails)).not.toMatch(/segreto|stampante/)
    expect((await rows()).map((row) => [row.notice, row.state, row.trouble])).toContainEqual([
      'replied',
      'suppressed',
      'erased',
    ])
  })

  test('to who left, and to an address that came back, until it is taken off the list', async () => {
    const administrator = await as('administrator')
    await suppressAddress(administrator, { email: city.emailOf('employee') })
    await phoned()
    expect(await delivered()).toEqual([])
    const [held] = (await listOutgoingMail(administrator)).rows
    expect(held).toMatchObject({ state: 'suppressed', trouble: 'bounced', personName: 'Irene Impiegata' })
    await restoreAddress(administrator, { email: city.emailOf('employee') })
    await releaseMail(administrator, held?.id ?? '')
    expect(await delivered()).toHaveLength(1)
    const owner = city.services.database.owner
    await phoned()
    await owner
      .updateTable('person')
      .set({ left_on: '2026-01-01' })
      .where('email', '=', city.emailOf('employee'))
      .execute()
    expect(await delivered()).toHaveLength(1)
    await owner.updateTable('person').set({ left_on: null }).execute()
    expect((await rows()).at(-1)).toMatchObject({ state: 'suppressed', trouble: 'left' })
  })

  test('more than twenty in ten minutes to one address: the rest is held and shown, and goes when somebody says so', async () => {
    for (let n = 0; n < 23; n += 1) await phoned()
    expect(await delivered()).toHaveLength(20)
    const administrator = await as('administrator')
    const { rows, standing } = await listOutgoingMail(administrator)
    expect([rows.map((row) => row.trouble), standing.stuck]).toEqual([['too_many', 'too_many', 'too_many'], 3])
    await releaseMail(administrator, rows[0]?.id ?? '')
    expect(await delivered()).toHaveLength(21)
  })

  test('news of more than a week ago, as when sending is set up late', async () => {
    await phoned()
    await sql`update outgoing_mail set created_at = now() - interval '8 days'`.execute(city.services.database.owner)
    expect(await delivered()).toEqual([])
    expect(await rows()).toMatchObject([{ state: 'suppressed', trouble: 'too_old' }])
  })

  test('nothing at all while no mail server is set: it waits', async () => {
    await phoned()
    expect(await sendWaiting(city.services)).toEqual({ taken: 0, sent: 0, isBlocked: false })
    expect(await rows()).toMatchObject([{ state: 'pending', attempts: 0 }])
    const refused = await sendTrial(await city.as('administrator')).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Problem)
    expect(await delivered()).toHaveLength(1)
  })
})

describe('once, in order, in spite of the mail server', () => {
  test('told twice of one event, and sent by four workers at once: every mail once', async () => {
    for (let n = 0; n < 12; n += 1) await phoned()
    const [row] = await rows()
    const ctx = await as('agent', 'desk')
    await transact(ctx, (ctx) =>
      tell(
        ctx,
        { id: row?.case_id ?? '', requesterId: row?.person_id ?? '', takenAt: null },
        { kind: 'case.opened', payload: { channel: 'phone' } },
        { id: row?.event_id ?? 0, occurredAt: new Date().toISOString() },
      ),
    )
    expect(await rows()).toHaveLength(12)
    await Promise.all([1, 2, 3, 4].map(() => sendWaiting(services)))
    expect(await delivered()).toHaveLength(12)
  })

  test('“not now” is tried again under the same Message-ID, and the next mail of the case waits for it', async () => {
    const { id } = await phoned()
    await takeCase(await as('agent'), id)
    server.state.script = (command) => (command === 'RCPT' ? '450 4.7.1 Greylisted' : null)
    expect(await delivered()).toEqual([])
    const [waiting, next] = await rows()
    expect(waiting).toMatchObject({
      state: 'pending',
      attempts: 1,
      trouble: 'busy',
      last_error: '450 4.7.1 Greylisted',
    })
    expect(next).toMatchObject({ attempts: 0 })
    expect(await city.services.database.owner.selectFrom('mail_link').selectAll().execute()).toEqual([])
    server.state.script = () => null
    await later()
    const mails = await delivered()
    expect(mails.map((mail) => mail.messageId)).toEqual([waiting?.message_id, (await rows())[1]?.message_id])
    expect(mails[1]?.inReplyTo).toBe(waiting?.message_id)
  })

  test('a server that drops the line half-way is given time; the repeat bears the same Message-ID, and both links are good', async () => {
    await phoned()
    server.state.script = (command) => (command === '.' ? 'drop' : null)
    const begun = server.state.texts
    expect((await sendWaiting(services)).isBlocked).toBe(true)
    expect([server.state.texts - begun, (await rows())[0]?.state]).toEqual([1, 'pending'])
    server.state.script = () => null
    await later()
    const [mail] = await delivered()
    expect(mail?.messageId).toBe((await rows())[0]?.message_id)
    expect(await city.services.database.owner.selectFrom('mail_link').selectAll().execute()).toHaveLength(2)
  })

  test('“never” is final and visible; the others go on, and an administrator may try again', async () => {
    await phoned()
    await openCase(await as('agent', 'desk'), { ...printer, requesterEmail: city.emailOf('office_contact') })
    server.state.script = (command, line) =>
      command === 'RCPT' && line.includes('impiegata') ? '550 5.1.1 <impiegata@comune.example.it>: unknown' : null
    expect(await delivered()).toHaveLength(1)
    const administrator = await as('administrator')
    const [failed] = (await listOutgoingMail(administrator)).rows
    expect(failed).toMatchObject({ state: 'failed', trouble: 'recipient', lastError: '550 5.1.1 (…): unknown' })
    server.state.script = () => null
    await releaseMail(administrator, failed?.id ?? '')
    expect(await delivered()).toHaveLength(2)
    const again = await releaseMail(administrator, failed?.id ?? '').catch((error: unknown) => error)
    expect(again).toMatchObject({ code: 'mail_sent' })
  })

  test('while the server is away one mail pays for it, the others keep their turn', async () => {
    await phoned()
    await phoned()
    const away = { ...services, mailer: openMailer('smtp://127.0.0.1:1', 'assistenza@comune.example.it') }
    expect(await sendWaiting(away)).toEqual({ taken: 2, sent: 0, isBlocked: true })
    expect((await rows()).map((row) => [row.attempts, row.trouble])).toEqual([
      [1, 'refused'],
      [0, null],
    ])
    expect(await delivered()).toHaveLength(1)
  })
})

describe('the administrator', () => {
  test('a trial says in words what is wrong, and nobody else may send one', async () => {
    const administrator = await as('administrator')
    expect(await sendTrial(administrator)).toMatchObject({ isSent: true })
    expect(server.taken[0]?.to).toEqual([`RCPT TO:<${city.emailOf('administrator')}>`])
    server.state.script = (command) => (command === 'MAIL' ? '553 5.7.1 not yours' : null)
    const { isSent, says } = await sendTrial(administrator)
    expect([isSent, says]).toEqual([
      false,
      'Il server di posta non accetta il mittente: controlla SITEC_MAIL_FROM. Il server ha detto: 553 5.7.1 not yours',
    ])
    for (const part of ['agent', 'contract_manager', 'employee'] as const)
      await expect(sendTrial(await as(part))).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('the daily head', () => {
  test('leaves the system once a day for every contract manager, with the head of that moment', async () => {
    await sealAll(city.services.database.owner)
    const now = Temporal.Instant.from('2026-11-24T05:00:00Z')
    const written = await writeDailyHeads(services, now)
    expect(written).toBeGreaterThan(0)
    await phoned()
    await sealAll(city.services.database.owner)
    expect(await writeDailyHeads(services, now.add({ hours: 1 }))).toBe(0)
    const heads = (await delivered()).filter((mail) => mail.subject?.startsWith('Impronta'))
    expect(heads).toHaveLength(written)
    const [row] = (await rows()).filter((row) => row.notice === 'daily_head')
    const seal = await city.services.database.owner
      .selectFrom('seal')
      .selectAll()
      .where('number', '=', row?.seal_number ?? 0)
      .executeTakeFirstOrThrow()
    const head = seal.head.toString('hex')
    expect(heads[0]?.subject).toBe('Impronta di garanzia del 24 novembre 2026')
    expect(heads[0]?.text).toContain(`Numero: ${seal.number}\nImpronta: ${head}\n`)
    expect(heads[0]?.text).toContain(`npx sitec audit verify --head ${head}@${seal.number}`)
    expect(await writeDailyHeads(services, now.add({ hours: 24 }))).toBe(written)
  })
})

describe('a mail that comes back', () => {
  const notice = (about: { recipient: string; status?: string; messageId: string }) =>
    mailOf({
      from: 'Mail Delivery System <MAILER-DAEMON@example.org>',
      messageId: `<${randomUUID()}@example.org>`,
      headers: ['MIME-Version: 1.0', 'Content-Type: multipart/report; report-type=delivery-status; boundary="limite"'],
      body: [
        '--limite\r\nContent-Type: text/plain\r\n\r\nNon consegnato.',
        '--limite\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; example.org\r\n',
        `Final-Recipient: rfc822; ${about.recipient}\r\nAction: failed\r\nStatus: ${about.status ?? '5.1.1'}`,
        `--limite\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: ${about.messageId}\r\n--limite--\r\n`,
      ].join('\r\n'),
    })

  test('for good takes the address off; for a while, to others, or without our Message-ID it does not', async () => {
    await phoned()
    await delivered()
    const messageId = (await rows())[0]?.message_id ?? ''
    const recipient = city.emailOf('employee')
    const organisation = { id: city.organisationId, name: 'Comune', zone: 'Europe/Rome', isDemo: true }
    const line = systemContext(services, organisation, 'Riga di comando', 'cli')
    const suppressed = async () => (await listSuppressedAddresses(await as('administrator'))).rows
    for (const about of [
      { recipient, messageId, status: '4.2.2' },
      { recipient, messageId: '<inventata@comune.example.it>' },
      { recipient: city.emailOf('head_of_ict'), messageId },
    ])
      expect(await ingestMail(line, notice(about))).toMatchObject({ outcome: 'ignored', reason: 'bounce' })
    expect(await suppressed()).toEqual([])
    expect(await ingestMail(line, notice({ recipient: recipient.toUpperCase(), messageId }))).toMatchObject({
      outcome: 'ignored',
      reason: 'bounce',
    })
    expect(await suppressed()).toMatchObject([{ email: recipient, reason: 'bounced' }])
  })
})
