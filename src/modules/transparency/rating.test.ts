import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestCity, testCity } from '../../../demo/testing.ts'
import type { Context, Services } from '../../platform/context.ts'
import { read } from '../../platform/context.ts'
import type { Letter } from '../../platform/mail/smtp.ts'
import { type Action, may, permissions } from '../../platform/permissions.ts'
import { anybodyAt, findPublisher } from '../../platform/public-context.ts'
import { listPeople } from '../organisation/people.ts'
import { openCase } from '../servicedesk/open-case.ts'
import { sendCitizenMails } from './citizen-mail.ts'
import { type Citizen, findCitizen, signInCitizen, signOutCitizen } from './citizen-sessions.ts'
import {
  changeCitizenPassword,
  confirmRegistration,
  deleteOwnAccount,
  openRegistration,
  registerCitizen,
} from './citizens.ts'
import { sendClarity } from './clarity.ts'
import { checkRating, ratePage } from './rate-page.ts'
import { keepDraft, openDraft } from './rating-draft.ts'
import { forgetCitizens, severRatings } from './rating-jobs.ts'
import { exportRatings, findRatingResults, listComments, removeComment } from './rating-results.ts'
import { citizenRetentionTable } from './rating-retention.ts'

let city: TestCity
let services: Services
const letters: Letter[] = []
const password = 'Una-parola-lunga-9'
const page = '/bilancio-sociale/2031/1-B/7'

beforeAll(async () => {
  city = await testCity()
  // The administration's mail server takes everything here: what leaves is what is looked at.
  const mailer = {
    from: 'assistenza@comune.example.it',
    send: async (letter: Letter) => {
      letters.push(letter)
      return { how: 'sent' as const }
    },
  }
  services = { ...city.services, mailer }
  await publish(12)
})
afterAll(() => city.services.close())
beforeEach(() => void letters.splice(0))

const owner = () => city.services.database.owner
const rows = async (query: string) => (await sql.raw<Record<string, unknown>>(query).execute(owner())).rows

/** An edition with one objective, published so many times. */
async function publish(times: number) {
  const objective = { number: 7, title: 'Meno code', lead: '', priority: null, blocks: [] }
  const section = { code: '1-B', title: 'Servizi', intro: '', objectives: [objective] }
  const words = { organisation: 'Comune', title: 'Prova', summary: '', office: 'Innovazione' }
  const content = JSON.stringify({ format: 1, isDemo: true, year: 2031, ...words, lines: [], sections: [section] })
  const id = '0190bbbb-0000-7000-8000-000000000001'
  const at = new Date().toISOString()
  const org = { organisation_id: city.organisationId }
  await owner()
    .insertInto('report_edition')
    .values({
      ...org,
      ...{ id, year: 2031, title: 'Prova', office: 'Innovazione' },
      ...{ state: 'published', last_number: times, version: 1, updated_at: at },
    })
    .execute()
  const digest = '0'.repeat(64)
  for (let number = 1; number <= times; number += 1)
    await owner()
      .insertInto('report_edition_version')
      .values({ ...org, edition_id: id, number, content, digest, change_note: 'prova', published_at: at })
      .execute()
}

async function anybody(): Promise<Context> {
  const publisher = await findPublisher(services)
  if (publisher === null) throw new Error('Nobody publishes')
  return anybodyAt(services, publisher, 'it')
}

const register = async (email: string, network = email) =>
  registerCitizen(await anybody(), { email, password, returnTo: `${page}?voto=4#valuta` }, network)

async function linkTo(email: string): Promise<string> {
  await sendCitizenMails(services)
  const letter = letters.findLast(({ to }) => to.address === email)
  return /conferma\/([\w-]{43})/.exec(letter?.text ?? '')?.[1] ?? ''
}

async function newCitizen(email: string): Promise<Citizen> {
  await register(email)
  const { token } = await confirmRegistration(services, await linkTo(email), { password }, email)
  const citizen = await findCitizen(services, token, 'it')
  if (citizen === null) throw new Error('Nobody is signed in')
  return citizen
}

async function editor(): Promise<Context> {
  const auditor = await city.as('auditor')
  return { ...auditor, actor: { ...auditor.actor, roles: ['editor'] } }
}

describe('registering', () => {
  test('an address is confirmed through the link of a mail, and the citizen is back where they were', async () => {
    await register('anna@posta.example')
    const token = await linkTo('anna@posta.example')
    expect(await openRegistration(services, token, 'n')).toBe('open')
    expect(await signInCitizen(services, 'anna@posta.example', password, 'n')).toBeNull()
    const confirmed = await confirmRegistration(services, token, { password }, 'n')
    expect(confirmed.returnTo).toBe(`${page}?voto=4#valuta`)
    expect((await findCitizen(services, confirmed.token, 'it'))?.email).toBe('anna@posta.example')
    expect(await signInCitizen(services, 'ANNA@posta.example ', password, 'n')).toMatchObject({ token: /^c\./ })
    // The mail has gone, and its address with it.
    expect(await rows("select 1 from citizen_mail where address = 'anna@posta.example'")).toEqual([])
  })

  test('the link works once, needs the password that was chosen, and is good for a day', async () => {
    await register('bruno@posta.example')
    const token = await linkTo('bruno@posta.example')
    await expect(confirmRegistration(services, token, { password: 'un-altra' }, 'n')).rejects.toMatchObject({
      code: 'invalid',
    })
    expect(await rows("select 1 from citizen where email = 'bruno@posta.example'")).toEqual([])
    await sql`update citizen_registration set token_expires_at = now() - interval '1 second'`.execute(owner())
    expect(await openRegistration(services, token, 'n')).toBe('expired')
    await expect(confirmRegistration(services, token, { password }, 'n')).rejects.toMatchObject({
      code: 'link_expired',
    })
    await sql`update citizen_registration set token_expires_at = now() + interval '1 day'`.execute(owner())
    await confirmRegistration(services, token, { password }, 'n')
    await expect(confirmRegistration(services, token, { password }, 'n')).rejects.toMatchObject({ code: 'not_found' })
  })

  test('the token is nowhere in the database', async () => {
    await register('carla@posta.example')
    const token = await linkTo('carla@posta.example')
    const stored = await rows('select r::text as t from citizen_registration r union all select e::text from event e')
    expect(token).toHaveLength(43)
    expect(stored.some(({ t }) => String(t).includes(token))).toBe(false)
  })

  test('a known address, of a citizen or of the administration, gets the same answer and a mail that says so', async () => {
    const before = await rows('select count(*) from citizen_registration')
    for (const email of ['anna@posta.example', city.emailOf('employee')]) {
      await expect(register(email)).resolves.toBeUndefined()
      await sendCitizenMails(services)
      const letter = letters.find(({ to }) => to.address === email)
      expect(letter?.subject).toBe('Hai già un accesso con questo indirizzo')
      expect(letter?.text).not.toContain('conferma/')
    }
    expect(await rows('select count(*) from citizen_registration')).toEqual(before)
  })

  test('refused with nothing written: a weak password, no mail server, too often', async () => {
    const ctx = await anybody()
    const count = () => rows('select count(*) from citizen_registration')
    const before = await count()
    const weak = registerCitizen(ctx, { email: 'dario@posta.example', password: 'corta' }, 'n')
    await expect(weak).rejects.toMatchObject({ code: 'invalid' })
    const mute = { ...ctx, services: { ...services, mailer: city.services.mailer } }
    await expect(registerCitizen(mute, { email: 'dario@posta.example', password }, 'n')).rejects.toMatchObject({
      code: 'mail_unset',
      kind: 'unavailable',
    })
    expect(await count()).toEqual(before)
    for (let n = 0; n < 5; n += 1) await register('elena@posta.example')
    await expect(register('elena@posta.example')).rejects.toMatchObject({ kind: 'too_many' })
  })

  test('somebody who registers another’s address gets nothing by it: the other’s password is not theirs', async () => {
    const ctx = await anybody()
    await registerCitizen(ctx, { email: 'fabio@posta.example', password: 'Parola-dell-estraneo-1' }, 'stranger')
    const token = await linkTo('fabio@posta.example')
    await expect(confirmRegistration(services, token, { password }, 'n')).rejects.toMatchObject({ code: 'invalid' })
    letters.splice(0)
    await register('fabio@posta.example')
    await confirmRegistration(services, await linkTo('fabio@posta.example'), { password }, 'n')
    expect(await rows("select 1 from citizen_registration where email = 'fabio@posta.example'")).toEqual([])
  })

  test('a wrong password pauses after five tries, as for everybody', async () => {
    for (let n = 0; n < 5; n += 1)
      await expect(signInCitizen(services, 'anna@posta.example', 'sbagliata', 'n2')).rejects.toMatchObject({
        code: 'wrong_credentials',
      })
    await expect(signInCitizen(services, 'anna@posta.example', password, 'n2')).rejects.toMatchObject({
      code: 'too_many_sign_ins',
    })
    await sql`delete from sign_in_attempt`.execute(owner())
  })

  test('what nobody confirmed is gone after seven days', async () => {
    await register('giulia@posta.example')
    const old = sql`update citizen_registration set created_at = now() - interval '7 days 1 minute' where email = 'giulia@posta.example'`
    await forgetCitizens(services)
    expect(await rows("select 1 from citizen_registration where email = 'giulia@posta.example'")).toHaveLength(1)
    await old.execute(owner())
    await forgetCitizens(services)
    expect(await rows("select 1 from citizen_registration where email = 'giulia@posta.example'")).toEqual([])
    expect(await rows("select 1 from citizen_mail where address = 'giulia@posta.example'")).toEqual([])
  })
})

describe('a citizen', () => {
  test('may do nothing that the table of permissions names', async () => {
    const { context } = await newCitizen('ivo@posta.example')
    for (const action of Object.keys(permissions) as Action[]) expect(may(context.actor, action), action).toBe(false)
    await expect(openCase(context, { kind: 'incident', title: 'Da un cittadino' })).rejects.toMatchObject({
      name: 'Error',
      kind: expect.stringMatching(/forbidden|invalid/),
    })
    await expect(findRatingResults(context)).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('is in no list of people', async () => {
    const people = await listPeople(await city.as('administrator'), { words: 'posta.example' })
    expect(JSON.stringify(people)).not.toContain('posta.example')
    expect(await rows("select 1 from person where email like '%@posta.example'")).toEqual([])
  })

  test('changes the password with the present one; every other session ends', async () => {
    await newCitizen('laura@posta.example')
    const [here, there] = [
      await signInCitizen(services, 'laura@posta.example', password, 'n'),
      await signInCitizen(services, 'laura@posta.example', password, 'n'),
    ]
    const citizen = await findCitizen(services, here?.token ?? '', 'it')
    if (citizen === null) throw new Error('not signed in')
    const next = 'Un-altra-parola-lunga-9'
    const wrong = changeCitizenPassword(citizen, { current: 'sbagliata', password: next }, here?.token ?? '')
    await expect(wrong).rejects.toMatchObject({ code: 'invalid' })
    await changeCitizenPassword(citizen, { current: password, password: next }, here?.token ?? '')
    expect(await findCitizen(services, there?.token ?? '', 'it')).toBeNull()
    expect(await findCitizen(services, here?.token ?? '', 'it')).not.toBeNull()
    await signOutCitizen(services, here?.token ?? '')
    expect(await findCitizen(services, here?.token ?? '', 'it')).toBeNull()
  })

  test('deletes the account at once: no address, no session, and no way back to the answer', async () => {
    const citizen = await newCitizen('marco@posta.example')
    await ratePage(citizen, { page, version: 9, answer: 2 })
    await expect(deleteOwnAccount(citizen, { current: 'sbagliata' })).rejects.toMatchObject({ code: 'invalid' })
    await deleteOwnAccount(citizen, { current: password })
    expect(await rows("select 1 from citizen where email = 'marco@posta.example'")).toEqual([])
    expect(await rows(`select answer from page_rating where version = 9`)).toEqual([{ answer: 2 }])
    expect(await rows(`select rating_id from page_rater where version = 9`)).toEqual([{ rating_id: null }])
    await expect(ratePage(citizen, { page, version: 10, answer: 2 })).rejects.toMatchObject({ code: 'unauthenticated' })
    // Registered again, the same person still does not answer twice.
    const again = await newCitizen('marco@posta.example')
    await expect(ratePage(again, { page, version: 9, answer: 5 })).rejects.toMatchObject({ code: 'already_rated' })
  })
})

describe('rating a page of the social report', () => {
  const written = () =>
    rows(
      `select (select count(*) from page_rating) a, (select count(*) from page_rater) b, (select count(*) from event) c`,
    )

  test('once for each version; the second is refused and nothing is written', async () => {
    const citizen = await newCitizen('nadia@posta.example')
    await ratePage(citizen, { page, version: 1, answer: 4, text: 'Chiaro e breve.' })
    const before = await written()
    await expect(ratePage(citizen, { page, version: 1, answer: 1 })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'already_rated',
    })
    expect(await written()).toEqual(before)
    await ratePage(citizen, { page, version: 2, answer: 1 })
    expect(
      await rows(`select answer from page_rating where version in (1, 2) and page = '${page}' order by version`),
    ).toEqual([{ answer: 4 }, { answer: 1 }])
  })

  test('sent twice at the same instant it is one answer', async () => {
    const citizen = await newCitizen('omar@posta.example')
    const both = await Promise.allSettled([3, 3].map((answer) => ratePage(citizen, { page, version: 3, answer })))
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await rows('select answer from page_rating where version = 3')).toEqual([{ answer: 3 }])
  })

  test('who answered is a keyed hash: no id, no address, no name beside the answer', async () => {
    const { email, citizenId } = await newCitizen('paola@posta.example')
    const citizen = await findCitizen(
      services,
      (await signInCitizen(services, email, password, 'n'))?.token ?? '',
      'it',
    )
    if (citizen === null) throw new Error('not signed in')
    await ratePage(citizen, { page, version: 4, answer: 5 })
    const stored = await rows(`select r::text t from page_rating r where version = 4
      union all select r::text from page_rater r where version = 4
      union all select e::text from event e where subject_type = 'page_rating'`)
    for (const word of [email, citizenId, 'paola'])
      expect(
        stored.some(({ t }) => String(t).includes(word)),
        word,
      ).toBe(false)
    expect(
      await rows(`select actor_id from event where subject_type = 'page_rating' and actor_id is not null`),
    ).toEqual([])
  })

  test('after thirty days nobody can know which answer is whose; the person still answers once', async () => {
    const citizen = await newCitizen('renzo@posta.example')
    await ratePage(citizen, { page, version: 5, answer: 2 })
    const ctx = await city.as('administrator')
    const today = Temporal.Now.plainDateISO('Europe/Rome')
    const link = () => rows('select rating_id is not null as linked from page_rater where version = 5')
    await severRatings(ctx, today.add({ days: 29 }))
    expect(await link()).toEqual([{ linked: true }])
    await severRatings(ctx, today.add({ days: 30 }))
    expect(await link()).toEqual([{ linked: false }])
    await expect(ratePage(citizen, { page, version: 5, answer: 3 })).rejects.toMatchObject({ code: 'already_rated' })
    await severRatings(ctx, today.add({ years: 2 }))
    expect(await link()).toEqual([])
  })

  test.each([
    ['a script', { text: 'Bello <script>alert(1)</script>' }],
    ['two megabytes', { text: 'x'.repeat(2_000_000) }],
    ['a sixth answer', { answer: 6 }],
    ['no answer', { answer: undefined }],
    ['a version that cannot be', { version: 0 }],
  ])('%s is refused with its field, and nothing is half-written', async (_, wrong) => {
    const citizen = await findCitizen(
      services,
      (await signInCitizen(services, 'nadia@posta.example', password, 'n'))?.token ?? '',
      'it',
    )
    if (citizen === null) throw new Error('not signed in')
    const before = await written()
    const sent = ratePage(citizen, { page, version: 6, answer: 3, ...wrong })
    await expect(sent).rejects.toMatchObject({ code: 'invalid', fields: [{ path: Object.keys(wrong)[0] }] })
    expect(await written()).toEqual(before)
  })

  test('only pages of the report, whoever asks', async () => {
    const ctx = await anybody()
    for (const other of [
      '/privacy',
      '/bilancio-sociale',
      '/bilancio-sociale/x',
      '/bilancio-sociale/2031/../../x',
      '/bilancio-sociale/2031/1-B/8',
      '/bilancio-sociale/1931',
    ])
      await expect(checkRating(ctx, { page: other, version: 1, answer: 3 })).rejects.toMatchObject({
        kind: expect.stringMatching(/not_found|invalid/),
      })
    await expect(checkRating(ctx, { page, version: 13, answer: 3 })).rejects.toMatchObject({ kind: 'not_found' })
    expect(await checkRating(ctx, { page: '/bilancio-sociale/2031', version: 1, answer: 3 })).toMatchObject({
      answer: 3,
    })
  })

  test('an answer waits for the sign-in a quarter of an hour, sealed: not read, not changed, not another’s', () => {
    const rated = { page, version: 1, answer: 4, text: 'Con un commento' }
    const now = Date.now()
    const cookie = keepDraft(services, rated, now).split(';')[0] ?? ''
    expect(cookie).not.toContain('commento')
    expect(openDraft(services, `altro=1; ${cookie}`, now + 14 * 60_000)).toEqual(rated)
    expect(openDraft(services, cookie, now + 15 * 60_000)).toBeNull()
    expect(openDraft(services, `${cookie.slice(0, -4)}AAAA`, now)).toBeNull()
    expect(openDraft({ secret: Buffer.alloc(32) }, cookie, now)).toBeNull()
    expect(openDraft(services, null, now)).toBeNull()
  })
})

describe('how clear a page is', () => {
  test('anybody answers; the answer of a page of the report is refused', async () => {
    const ctx = await anybody()
    await sendClarity(ctx, { page: '/privacy', stars: 2, aspect: 1, text: 'Troppo lunga' }, 'n')
    expect(
      await rows(
        "select stars, aspect from clarity_answer where page = '/privacy' and aspect = 1 and stars = 2 and event_id = (select max(event_id) from clarity_answer)",
      ),
    ).toHaveLength(1)
    await expect(sendClarity(ctx, { page, stars: 2 }, 'n')).rejects.toMatchObject({ code: 'not_rateable' })
    await expect(sendClarity(ctx, { page: '/privacy', stars: 2, text: '<b>x' }, 'n')).rejects.toMatchObject({
      code: 'invalid',
    })
  })

  test('sixty a day from one network; the network is nowhere, and forgotten with the day', async () => {
    const ctx = await anybody()
    for (let n = 0; n < 60; n += 1) await sendClarity(ctx, { page: '/note-legali', stars: 5 }, '203.0.113.9')
    const before = await rows('select count(*) from clarity_answer')
    await expect(sendClarity(ctx, { page: '/note-legali', stars: 5 }, '203.0.113.9')).rejects.toMatchObject({
      code: 'too_many_today',
    })
    expect(await rows('select count(*) from clarity_answer')).toEqual(before)
    await sendClarity(ctx, { page: '/note-legali', stars: 5 }, '203.0.113.10')
    await sql`update public_form_use set day = day - 1`.execute(owner())
    await forgetCitizens(services)
    expect(await rows('select 1 from public_form_use')).toEqual([])
  })
})

describe('what editors see', () => {
  test('pages with fewer than five answers show none, in page and CSV alike; the running month neither', async () => {
    const ctx = await editor()
    const { pages, least } = await findRatingResults(ctx)
    expect(least).toBe(5)
    for (const { total, answers, blocks } of pages) {
      expect(total === 0 || total >= 5).toBe(true)
      expect(answers.reduce((sum, n) => sum + n, 0)).toBe(total)
      expect(blocks.every((block) => block.total >= 5)).toBe(true)
    }
    // What was answered above, this month, is not there yet.
    expect(pages.some((one) => one.page === page && one.total > 0)).toBe(false)
    expect(await exportRatings(ctx)).not.toContain(page)
  })

  test('comments without the answer and the day; one is removed for ever, with a reason', async () => {
    const ctx = await editor()
    const { rows: comments } = await listComments(ctx)
    const mine = comments.find(({ text }) => text === 'Chiaro e breve.')
    expect(Object.keys(mine ?? {}).sort()).toEqual(['id', 'page', 'question', 'text', 'version'])
    await removeComment(ctx, mine?.id ?? '', { reason: 'Nomina una persona' })
    expect((await listComments(ctx)).rows.some(({ id }) => id === mine?.id)).toBe(false)
    expect(await rows("select 1 from event_text where content like '%Chiaro e breve%'")).toEqual([])
    await expect(removeComment(ctx, mine?.id ?? '', { reason: 'Di nuovo' })).rejects.toMatchObject({
      code: 'not_found',
    })
    expect(await rows(`select answer from page_rating where version = 1 and page = '${page}'`)).toEqual([{ answer: 4 }])
  })

  test('figures are for editors and who answers for the pages, words for editors alone', async () => {
    for (const part of ['employee', 'agent', 'contract_manager', 'technician'] as const)
      await expect(findRatingResults(await city.as(part))).rejects.toMatchObject({ code: 'forbidden' })
    for (const part of ['head_of_ict', 'administrator', 'auditor'] as const) {
      await findRatingResults(await city.as(part))
      await expect(listComments(await city.as(part))).rejects.toMatchObject({ code: 'forbidden' })
    }
  })

  test('comments are erased after two years, answers stay', async () => {
    const citizen = await newCitizen('silvia@posta.example')
    await ratePage(citizen, { page, version: 8, answer: 3, text: 'Da cancellare fra due anni' })
    const ctx = await city.as('administrator')
    const today = Temporal.Now.plainDateISO('Europe/Rome')
    await severRatings(ctx, today.add({ months: 24 }))
    expect(await rows("select 1 from event_text where content like '%fra due anni%'")).toHaveLength(1)
    await severRatings(ctx, today.add({ months: 24, days: 1 }))
    expect(await rows("select 1 from event_text where content like '%fra due anni%'")).toEqual([])
    expect(await rows('select answer, has_text from page_rating where version = 8')).toEqual([
      { answer: 3, has_text: false },
    ])
  })
})

describe('another administration', () => {
  test('sees nothing of these answers and removes none', async () => {
    const { createOrganisation } = await import('../organisation/set-up.ts')
    const made = await createOrganisation(city.services, {
      name: 'Comune vicino',
      ipaCode: 'c_vicino',
      zone: 'Europe/Rome',
      isDemo: true,
      administrator: { givenName: 'V', familyName: 'Vicina', email: 'vicina@altro.example.it', password },
    })
    const mine = await editor()
    const other = { ...mine, organisationId: made.organisation.id }
    const citizen = await newCitizen('tito@posta.example')
    await ratePage(citizen, { page, version: 11, answer: 3, text: 'Non per i vicini' })
    const id = (await listComments(mine)).rows.find(({ text }) => text === 'Non per i vicini')?.id ?? ''
    expect((await findRatingResults(other)).pages).toEqual([])
    expect((await listComments(other)).rows).toEqual([])
    await expect(removeComment(other, id, { reason: 'motivo' })).rejects.toMatchObject({ code: 'not_found' })
    const seen = await read(other, (ctx) => ctx.db.selectFrom('citizen').selectAll().execute())
    expect(seen).toEqual([])
  })
})

describe('the table of the adoption file', () => {
  test('is the one the program has', () => {
    const path = new URL('../../../docs/adozione/tabella-conservazione.md', import.meta.url)
    expect(readFileSync(path, 'utf8')).toContain(citizenRetentionTable())
  })
})
