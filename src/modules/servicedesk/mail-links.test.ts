import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Part, type TestCity, testCity } from '../../../demo/testing.ts'
import type { Context, Services } from '../../platform/context.ts'
import { openMailer } from '../../platform/mail/smtp.ts'
import { scriptedSmtp } from '../../platform/mail/smtp-testing.ts'
import { closeSilentCase, confirmCase, reopenCase } from './answer-case.ts'
import { replyToCase } from './converse.ts'
import { findCase } from './find-case.ts'
import { actOnLink, openLink } from './mail-links.ts'
import { openCase } from './open-case.ts'
import { sendWaiting } from './send-mail.ts'
import { askUser, resolveCase, takeCase } from './work-case.ts'

let city: TestCity
let server: Awaited<ReturnType<typeof scriptedSmtp>>
let services: Services
beforeAll(async () => {
  city = await testCity()
  server = await scriptedSmtp()
  services = { ...city.services, mailer: openMailer(server.url, 'assistenza@comune.example.it') }
})
afterAll(async () => {
  await server.close()
  await city.services.close()
})
beforeEach(async () => {
  await sql`delete from sign_in_attempt`.execute(city.services.database.owner)
  await sql`update outgoing_mail set sent_at = sent_at - interval '1 hour' where state = 'sent'`.execute(
    city.services.database.owner,
  )
})

const as = async (part: Part, door: Context['door'] = 'portal') => ({ ...(await city.as(part, door)), services })

/** Irene's case, opened on the phone and in the hands of the technicians. */
async function taken(): Promise<string> {
  const { id } = await openCase(await as('agent', 'desk'), {
    kind: 'incident',
    title: 'La stampante macchia i fogli',
    requesterEmail: city.emailOf('employee'),
  })
  await takeCase(await as('agent'), id)
  return id
}

/** The token in the newest mail that has one. */
async function newestToken(): Promise<string> {
  while ((await sendWaiting(services)).taken > 0);
  // Quoted-printable breaks long lines with "=".
  const texts = server.taken.map(({ raw }) => raw.replaceAll('=\r\n', ''))
  const tokens = texts.flatMap((text) => /\/r\/([\w-]{43})/.exec(text)?.[1] ?? [])
  return tokens.at(-1) ?? ''
}

async function resolved() {
  const id = await taken()
  await resolveCase(await as('agent'), id, { note: 'Cambiato il toner.' })
  return { id, token: await newestToken() }
}

const here = 'rete di prova'
const open = (token: string) => openLink(services, token, here)
const press = (token: string, input: Record<string, string>) => actOnLink(services, token, input, here)
const newestEvent = (id: string) =>
  city.services.database.owner
    .selectFrom('event')
    .select(['kind', 'witness', 'door', 'actor_id', 'payload'])
    .where('subject_id', '=', id)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()

describe('is it resolved?', () => {
  test('opening the page changes nothing, however often, whoever does it; the button closes the case', async () => {
    const { id, token } = await resolved()
    for (let n = 0; n < 3; n += 1)
      expect(await open(token)).toMatchObject({ standing: 'open', purpose: 'answer', words: 'Cambiato il toner.' })
    const version = (await findCase(await as('agent'), id)).version
    expect(await press(token, { act: 'confirmed' })).toMatchObject({ standing: 'used', act: 'confirmed' })
    expect(await findCase(await as('agent'), id)).toMatchObject({
      state: 'closed',
      closedHow: 'confirmed',
      version: version + 1,
    })
    const { actor } = await as('employee')
    expect(await newestEvent(id)).toMatchObject({
      kind: 'case.confirmed',
      witness: 'M',
      door: 'link',
      actor_id: actor.personId,
    })
    expect(await open(token)).toMatchObject({ standing: 'used', act: 'confirmed' })
  })

  test('“in part” and “no” send it back with the reason, and want one', async () => {
    for (const act of ['partly', 'no']) {
      const { id, token } = await resolved()
      await expect(press(token, { act, reason: ' ' })).rejects.toMatchObject({ code: 'invalid' })
      expect(await open(token)).toMatchObject({ standing: 'open' })
      expect(await press(token, { act, reason: 'Macchia ancora.' })).toMatchObject({ standing: 'used', act })
      expect(await newestEvent(id)).toMatchObject({ kind: 'case.reopened', payload: { extent: act } })
      const found = await findCase(await as('agent'), id)
      expect([found.state, found.entries.at(-1)?.body, found.entries.at(-1)?.witness]).toEqual([
        'in_progress',
        'Macchia ancora.',
        'M',
      ])
    }
  })

  test('two who press at once: one acts, the other reads what was chosen', async () => {
    const { id, token } = await resolved()
    const views = await Promise.all([
      press(token, { act: 'confirmed' }),
      press(token, { act: 'no', reason: 'Macchia ancora.' }),
    ])
    expect(new Set(views.map((view) => view.standing === 'used' && view.act)).size).toBe(1)
    const events = await city.services.database.owner
      .selectFrom('event')
      .select('id')
      .where('subject_id', '=', id)
      .where('door', '=', 'link')
      .execute()
    expect(events).toHaveLength(1)
  })

  test('answered on the portal meanwhile, closed by silence, resolved anew: the old link says so and does nothing', async () => {
    const answered = await resolved()
    await confirmCase(await as('employee'), answered.id)
    expect(await press(answered.token, { act: 'confirmed' })).toMatchObject({
      standing: 'moved',
      state: 'closed',
      isSilent: false,
    })

    const silent = await resolved()
    const owner = city.services.database.owner
    await sql`update desk_case set closes_at = now() - interval '1 minute' where id = ${silent.id}`.execute(owner)
    await closeSilentCase(await as('agent', 'job'), silent.id)
    expect(await open(silent.token)).toMatchObject({ standing: 'moved', state: 'closed', isSilent: true })

    const again = await resolved()
    await reopenCase(await as('employee'), again.id, { reason: 'No.' })
    expect(await open(again.token)).toMatchObject({ standing: 'moved', state: 'in_progress' })
    await resolveCase(await as('agent'), again.id, { note: 'Ora sì.' })
    expect(await press(again.token, { act: 'confirmed' })).toMatchObject({ standing: 'moved', state: 'resolved' })
    expect(await press(await newestToken(), { act: 'confirmed' })).toMatchObject({ standing: 'used' })
  })

  test('after the last moment to answer it has lapsed', async () => {
    const { id, token } = await resolved()
    await sql`update mail_link set expires_at = now() - interval '1 second' where case_id = ${id}`.execute(
      city.services.database.owner,
    )
    expect(await press(token, { act: 'confirmed' })).toMatchObject({ standing: 'expired' })
    expect((await findCase(await as('agent'), id)).state).toBe('resolved')
  })

  test('it is good until silence closes the case', async () => {
    const { id, token } = await resolved()
    const { closesAt } = await findCase(await as('agent'), id)
    const view = await open(token)
    expect(view.standing === 'open' && Date.parse(view.expiresAt)).toBe(Date.parse(closesAt ?? ''))
  })
})

describe('a question', () => {
  test('is answered from the mail, once, and the case goes on', async () => {
    const id = await taken()
    await askUser(await as('agent'), id, { body: 'Che luce si accende?' })
    const token = await newestToken()
    expect(await open(token)).toMatchObject({ purpose: 'reply', words: 'Che luce si accende?' })
    expect(await press(token, { act: 'replied', body: 'Quella rossa.' })).toMatchObject({
      standing: 'used',
      act: 'replied',
    })
    expect(await findCase(await as('agent'), id)).toMatchObject({ state: 'in_progress' })
    expect(await newestEvent(id)).toMatchObject({ kind: 'case.replied', witness: 'M', payload: { isRequester: true } })
    expect(await press(token, { act: 'replied', body: 'Ancora.' })).toMatchObject({ standing: 'used' })
  })

  test('answered elsewhere, it is not open any more', async () => {
    const id = await taken()
    await askUser(await as('agent'), id, { body: 'Che luce si accende?' })
    const token = await newestToken()
    await replyToCase(await as('employee'), id, { body: 'Quella rossa.' })
    expect(await open(token)).toMatchObject({ standing: 'moved', state: 'in_progress' })
  })
})

describe('the receipt of a call', () => {
  async function receipt() {
    const { id } = await openCase(await as('agent', 'desk'), {
      kind: 'incident',
      title: 'Telefono muto',
      requesterEmail: city.emailOf('employee'),
    })
    return { id, token: await newestToken() }
  }

  test('the caller says that the hour is right, or which it was, on the administration’s clock', async () => {
    const right = await receipt()
    expect(await press(right.token, { act: 'call_confirmed' })).toMatchObject({
      standing: 'used',
      act: 'call_confirmed',
    })
    expect(await newestEvent(right.id)).toMatchObject({ kind: 'case.call_corrected', witness: 'M' })
    const wrong = await receipt()
    const earlier = Temporal.Now.zonedDateTimeISO('Europe/Rome')
      .subtract({ days: 2 })
      .with({ hour: 8, minute: 5 })
      .round('minute')
    const typed = earlier.toPlainDateTime().toString({ smallestUnit: 'minute' })
    await press(wrong.token, { act: 'call_corrected', calledAt: typed })
    expect(await newestEvent(wrong.id)).toMatchObject({
      kind: 'case.call_corrected',
      payload: { calledAt: new Date(earlier.epochMilliseconds).toISOString() },
    })
  })

  test('an hour to come or that is none is refused, and the link stays good', async () => {
    const { token } = await receipt()
    for (const calledAt of ['2126-01-15T08:05', '2026-02-30T08:05', 'ieri'])
      await expect(press(token, { act: 'call_corrected', calledAt })).rejects.toMatchObject({ code: 'invalid' })
    expect(await open(token)).toMatchObject({ standing: 'open' })
  })
})

describe('what a link does not open', () => {
  test('another act than its own', async () => {
    const { token } = await resolved()
    await expect(press(token, { act: 'replied', body: 'x' })).rejects.toMatchObject({ code: 'link_act_unfit' })
    expect(await open(token)).toMatchObject({ standing: 'open' })
  })

  test('anything, for a token that is none; after thirty of them the network waits, and a good one from there still opens', async () => {
    const { token } = await resolved()
    for (let n = 0; n < 30; n += 1) expect(await open(`indovinato-${n}`)).toEqual({ standing: 'unknown' })
    await expect(open('indovinato-31')).rejects.toMatchObject({ kind: 'too_many' })
    expect(await open(token)).toMatchObject({ standing: 'open' })
  })

  test('the token is stored nowhere; whoever reads the database cannot open a link', async () => {
    const { token } = await resolved()
    const owner = city.services.database.owner
    const stored = await sql<{ text: string }>`
      select l::text as text from mail_link l union all select m::text from outgoing_mail m`.execute(owner)
    expect(stored.rows.some((row) => row.text.includes(token))).toBe(false)
  })

  test('who left opens nothing with it', async () => {
    const { id, token } = await resolved()
    const owner = city.services.database.owner
    await owner
      .updateTable('person')
      .set({ left_on: '2026-01-01' })
      .where('email', '=', city.emailOf('employee'))
      .execute()
    const view = await press(token, { act: 'confirmed' })
    await owner.updateTable('person').set({ left_on: null }).execute()
    expect([view.standing, (await findCase(await as('agent'), id)).state]).toEqual(['unknown', 'resolved'])
  })
})
