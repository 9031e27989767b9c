import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestCity, testCity } from '../../../demo/testing.ts'
import { systemContext } from '../../platform/auth/actors.ts'
import type { Context } from '../../platform/context.ts'
import { signMessageId } from '../../platform/mail/message-ids.ts'
import { fixtures, type MailParts, mailOf } from '../../platform/mail/testing.ts'
import { cancelCase } from './answer-case.ts'
import { findCase } from './find-case.ts'
import { addMailChannel, changeMailChannel, listMailChannels, tryMailChannel } from './mail-channels.ts'
import { ingestMail } from './mail-intake.ts'
import { discardMail, findMail, listMail, retryMail } from './mail-quarantine.ts'
import { openCase } from './open-case.ts'
import { takeCase } from './work-case.ts'

let city: TestCity
let agent: Context
let employeeId: string
let serial = 0

beforeAll(async () => {
  city = await testCity()
  agent = await city.as('agent')
  employeeId = (await city.as('employee')).actor.personId ?? ''
})
afterAll(() => city.services.close())

async function take(parts: MailParts = {}) {
  const organisation = { id: city.organisationId, name: '', zone: 'Europe/Rome', isDemo: true }
  serial += 1
  const raw = mailOf({ messageId: `<guardata-${serial}@example.it>`, from: 'Carla <carla@privata.example>', ...parts })
  return ingestMail(systemContext(city.services, organisation, 'prova', 'cli'), raw)
}

const signed = (caseId: string) =>
  signMessageId(
    city.services.secret,
    { organisationId: city.organisationId, caseId, eventId: 4711 },
    'comune.example.it',
  )
const answerTo = (caseId: string) => `In-Reply-To: ${signed(caseId)}`

describe('looking', () => {
  test('the list says who wrote what and why it waits; the newest first, page by page', async () => {
    const [first, second, third] = [
      await take({ subject: 'uno' }),
      await take({ subject: 'due' }),
      await take({ subject: 'tre' }),
    ]
    const page = await listMail(agent, { limit: 2 })
    expect(page.rows.map(({ id }) => id)).toEqual([third.id, second.id])
    expect(page.rows[0]).toMatchObject({
      state: 'quarantined',
      reason: 'unknown_sender',
      from: 'Carla <carla@privata.example>',
      subject: 'tre',
      caseId: null,
    })
    const next = await listMail(agent, { limit: 2, cursor: page.nextCursor ?? '' })
    expect(next.rows[0]?.id).toBe(first.id)
    await expect(listMail(agent, { state: 'ignored', cursor: page.nextCursor ?? '' })).rejects.toMatchObject({
      code: 'invalid',
    })
  })

  test('one message shows its words and nothing else of it', async () => {
    const html = fixtures.html().toString('latin1').replace('impiegata@comune', 'carla@privata')
    const organisation = { id: city.organisationId, name: '', zone: 'Europe/Rome', isDemo: true }
    const taken = await ingestMail(
      systemContext(city.services, organisation, 'prova', 'cli'),
      Buffer.from(html, 'latin1'),
    )
    const found = await findMail(agent, taken.id)
    expect(found.text).toContain('Il monitor è nero.')
    expect(JSON.stringify(found)).not.toMatch(/script|<b>|spia/)
    expect(found.history.map(({ kind }) => kind)).toEqual(['mail.stored', 'mail.quarantined'])
  })

  test('what became part of a case is read there', async () => {
    const taken = await take({ from: city.emailOf('employee'), body: 'Parole della richiesta' })
    expect(await findMail(await city.as('administrator'), taken.id)).toMatchObject({
      text: null,
      subject: null,
      caseId: null,
    })
    expect(await findMail(agent, taken.id)).toMatchObject({ caseNumber: taken.case, outcome: 'opened', text: null })
  })

  test('only those who handle mail see it', async () => {
    const { id } = await take()
    for (const part of ['employee', 'office_contact', 'technician', 'contract_manager', 'auditor'] as const) {
      const ctx = await city.as(part)
      await expect(listMail(ctx)).rejects.toMatchObject({ kind: 'forbidden' })
      await expect(findMail(ctx, id)).rejects.toMatchObject({ kind: 'forbidden' })
      await expect(retryMail(ctx, id)).rejects.toMatchObject({ kind: 'forbidden' })
      await expect(discardMail(ctx, id, { reason: 'perché sì' })).rejects.toMatchObject({ kind: 'forbidden' })
    }
  })
})

describe('deciding', () => {
  test('naming the person who asks opens the case for them, and says who decided', async () => {
    const { id } = await take({ subject: 'Dal mio indirizzo privato' })
    const done = await retryMail(agent, id, { personId: employeeId })
    expect(done).toMatchObject({ outcome: 'opened' })
    const row = (await listMail(agent, { state: 'routed' })).rows.find((one) => one.id === id)
    expect(await findCase(agent, row?.caseId ?? '')).toMatchObject({
      title: 'Dal mio indirizzo privato',
      requesterId: employeeId,
      channel: 'mail',
    })
    const { history } = await findMail(agent, id)
    expect(history.find(({ kind }) => kind === 'mail.retried')?.author).toBe(agent.actor.name)
    const seenByTheCity = (await findMail(await city.as('administrator'), id)).history
    expect(seenByTheCity.find(({ kind }) => kind === 'mail.retried')?.author).toBeTruthy()
    expect(JSON.stringify(seenByTheCity)).not.toContain(agent.actor.name)
    await expect(retryMail(agent, id)).rejects.toMatchObject({ code: 'not_now' })
  })

  test('trying again without a person leaves it where it is; after the person was added it is taken', async () => {
    const { id } = await take({ from: 'nuova.collega@comune.example.it' })
    expect(await retryMail(agent, id)).toMatchObject({ outcome: 'quarantined', reason: 'unknown_sender' })
    await city.services.database.owner
      .updateTable('person')
      .set({ email: 'nuova.collega@comune.example.it' })
      .where('email', '=', city.emailOf('head_of_ict'))
      .execute()
    expect(await retryMail(agent, id)).toMatchObject({ outcome: 'opened' })
  })

  test('a person may take what was ignored: it was a person after all', async () => {
    const taken = await take({ from: city.emailOf('employee'), headers: ['Precedence: bulk'] })
    expect(taken).toMatchObject({ outcome: 'ignored', reason: 'auto_reply' })
    expect(await retryMail(agent, taken.id)).toMatchObject({ outcome: 'opened' })
  })

  test('naming somebody of the supplier, or nobody there is, opens nothing', async () => {
    const { id } = await take()
    const supplier = agent.actor.personId ?? ''
    expect(await retryMail(agent, id, { personId: supplier })).toMatchObject({
      outcome: 'quarantined',
      reason: 'not_entitled',
    })
    await expect(retryMail(agent, id, { personId: '0190aaaa-0000-7000-8000-000000000009' })).rejects.toMatchObject({
      code: 'invalid',
    })
  })

  test('discarding keeps the message and the reason; the second of two who decide is told', async () => {
    const { id } = await take()
    const { version } = await findMail(agent, id)
    await discardMail(agent, id, { version, reason: 'pubblicità' })
    const found = await findMail(agent, id)
    expect(found).toMatchObject({ state: 'discarded', reason: 'unknown_sender' })
    expect(found.history.at(-1)).toMatchObject({
      kind: 'mail.discarded',
      reason: 'pubblicità',
      author: agent.actor.name,
    })
    expect(found.text).not.toBeNull()
    await expect(discardMail(agent, id, { version, reason: 'ancora' })).rejects.toMatchObject({ code: 'stale' })
    await expect(retryMail(agent, id)).rejects.toMatchObject({ code: 'not_now' })
    await expect(discardMail(agent, (await take()).id, { reason: '' })).rejects.toMatchObject({ code: 'invalid' })
  })
})

describe('what a person vouches for', () => {
  test('a case opened by hand for somebody from another address is declared, and says from where and who chose', async () => {
    const { id } = await take({ subject: 'Scelta a mano', body: 'Non stampa.' })
    await retryMail(agent, id, { personId: employeeId })
    const row = (await listMail(agent, { state: 'routed' })).rows.find((one) => one.id === id)
    const found = await findCase(agent, row?.caseId ?? '')
    expect(found).toMatchObject({ channel: 'mail', requesterId: employeeId })
    expect(found.entries[0]).toMatchObject({ kind: 'case.opened', witness: 'S', author: null })
    const body = found.entries[0]?.body ?? ''
    expect(body).toContain('da Carla, carla@privata.example, che non è l’indirizzo di ')
    expect(body).not.toContain(agent.actor.name)
    expect(body).toMatch(/l’ha scelto .+\.\n\nNon stampa\.$/)
  })

  test('from the person’s own address it stays an arrival', async () => {
    const { id } = await take({ from: city.emailOf('employee'), headers: ['Precedence: bulk'] })
    await retryMail(agent, id, { personId: employeeId })
    const row = (await listMail(agent, { state: 'routed' })).rows.find((one) => one.id === id)
    expect((await findCase(agent, row?.caseId ?? '')).entries[0]).toMatchObject({ witness: 'A' })
  })

  test('an answer attributed by hand is a note, never the asker’s own word', async () => {
    const { id: caseId } = await openCase(await city.as('employee'), { kind: 'incident', title: 'Con risposta' })
    const { id } = await take({ headers: [answerTo(caseId), 'Precedence: bulk'], body: 'Va tutto bene.' })
    await retryMail(agent, id, { personId: employeeId })
    const entry = (await findCase(agent, caseId)).entries.at(-1)
    expect(entry).toMatchObject({ visibility: 'internal', isRequester: false, witness: 'S' })
    expect(entry?.body).toContain('carla@privata.example, che non è l’indirizzo di ')
  })
})

describe('answers to a reserved case', () => {
  test('to one that is over they open one that is reserved like it, and out of the search', async () => {
    const employee = await city.as('employee')
    const before = await openCase(employee, { kind: 'incident', title: 'Riservata finita', reserved: 'health' })
    await cancelCase(employee, before.id)
    const taken = await take({
      ...{ from: city.emailOf('employee'), headers: [answerTo(before.id)] },
      ...{ subject: 'Re: della terapia', body: 'Serve ancora.' },
    })
    expect(taken.outcome).toBe('opened')
    const row = await city.services.database.owner
      .selectFrom('desk_case')
      .select(['id', 'reserved', 'search'])
      .where('number', '=', Number(taken.case?.split('/')[1]))
      .executeTakeFirstOrThrow()
    expect(row).toMatchObject({ reserved: 'health', search: '' })
    expect((await findCase(employee, row.id)).title).toBe('della terapia')
  })

  test('that were set aside are read only by those who read the case; the list has the sender alone', async () => {
    const employee = await city.as('employee')
    const { id: caseId } = await openCase(employee, { kind: 'incident', title: 'Riservata viva', reserved: 'health' })
    const reserved = { subject: 'Re: la diagnosi', body: 'La diagnosi riservata.' }
    const { id } = await take({
      ...{
        from: city.emailOf('employee'),
        headers: [`References: ${signed(caseId)}`, 'Precedence: bulk'],
        ...reserved,
      },
    })
    const administrator = await city.as('administrator')
    for (const ctx of [administrator, agent]) {
      const found = await findMail(ctx, id)
      expect(found).toMatchObject({ state: 'ignored', text: null, attachments: [] })
      expect(JSON.stringify([found, await listMail(ctx, { state: 'ignored' })])).not.toContain('diagnosi')
    }
    await takeCase(agent, caseId)
    expect((await findMail(agent, id)).text).toBe('La diagnosi riservata.')
    expect((await findMail(administrator, id)).text).toBeNull()
  })
})

test('discarding may take the words away for ever; that it came, and the reason, stay', async () => {
  const { id } = await take({ subject: 'Dati di altri' })
  await discardMail(agent, id, { reason: 'dati di terzi', erase: true })
  expect(await findMail(agent, id)).toMatchObject({ state: 'discarded', from: null, subject: null, text: null })
  expect((await findMail(agent, id)).history.at(-1)).toMatchObject({ reason: 'dati di terzi' })
  const row = await city.services.database.owner
    .selectFrom('mail_message')
    .select('file_sha256')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  expect(row.file_sha256).toBeNull()
})

describe('mailboxes', () => {
  const mailbox = {
    name: 'Prova',
    address: 'Prova@comune.example.it',
    host: 'imap.example.it',
    username: 'prova',
    password: 'Segreta-1',
  }

  test('a password goes in and is neither shown, logged in events, nor readable in the database', async () => {
    const administrator = await city.as('administrator')
    const { id } = await addMailChannel(administrator, mailbox)
    const [found] = await listMailChannels(administrator)
    expect(found).toMatchObject({ id, address: 'prova@comune.example.it', port: 993, security: 'tls', folder: 'INBOX' })
    expect(JSON.stringify(found)).not.toContain('Segreta')
    const { owner } = city.services.database
    const row = await owner.selectFrom('mail_channel').select('password').where('id', '=', id).executeTakeFirstOrThrow()
    expect(row.password.toString('latin1')).not.toContain('Segreta')
    const texts = await owner.selectFrom('event_text').select('content').execute()
    expect(texts.some(({ content }) => content?.includes('Segreta'))).toBe(false)
  })

  test('a stored password never goes to another server, nor any password over an open network', async () => {
    const administrator = await city.as('administrator')
    const [found] = await listMailChannels(administrator)
    const id = found?.id ?? ''
    const elsewhere = { ...mailbox, host: 'imap.altrove.example', password: '' }
    await expect(changeMailChannel(administrator, id, elsewhere)).rejects.toMatchObject({
      fields: [{ path: 'password' }],
    })
    await expect(tryMailChannel(administrator, elsewhere, id)).rejects.toMatchObject({ fields: [{ path: 'password' }] })
    await expect(addMailChannel(administrator, { ...mailbox, security: 'none' })).rejects.toMatchObject({
      fields: [{ path: 'security' }],
    })
    await expect(addMailChannel(administrator, { ...mailbox, name: 'Altra' })).rejects.toMatchObject({
      fields: [{ path: 'username' }],
    })
    await expect(changeMailChannel(administrator, id, { ...mailbox, version: 99 })).rejects.toMatchObject({
      code: 'stale',
    })
    await expect(addMailChannel(agent, mailbox)).rejects.toMatchObject({ kind: 'forbidden' })
  })
})
