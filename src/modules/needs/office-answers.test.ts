import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Part, type TestCity, testCity } from '../../../demo/testing.ts'
import type { Context, Services } from '../../platform/context.ts'
import { openMailer } from '../../platform/mail/smtp.ts'
import { scriptedSmtp } from '../../platform/mail/smtp-testing.ts'
import { sendWaiting } from '../servicedesk/send-mail.ts'
import { approvePlan, decideLines } from './decide.ts'
import { declareDelivery, findDelivery, listDeliveries } from './deliveries.ts'
import { actOnDeliveryLink, openDeliveryLink } from './delivery-links.ts'
import { deliveryLetter } from './delivery-mail.ts'
import { addLine, splitLine } from './lines.ts'
import { answerDelivery, listLineAnswers, listOfficeAnswers, listOwnDeliveries } from './office-answers.ts'
import { placeOrder } from './orders.ts'
import { openPlan, today, turnPlan } from './plans.ts'
import { reconcilePlan } from './reconcile.ts'
import { checkItems, closeVerification } from './verification.ts'

const year = 2019
let city: TestCity
let server: Awaited<ReturnType<typeof scriptedSmtp>>
let services: Services
let own: { id: string; code: string }
let other: { id: string; code: string }

beforeAll(async () => {
  city = await testCity()
  server = await scriptedSmtp()
  services = { ...city.services, mailer: openMailer(server.url, 'assistenza@comune.example.it') }
  services.letters.fill('delivery', deliveryLetter)
  await approvedPlan()
})
afterAll(async () => {
  await server.close()
  await city.services.close()
})
beforeEach(async () => {
  const owner = city.services.database.owner
  await sql`delete from delivery_link`.execute(owner)
  await sql`delete from outgoing_mail`.execute(owner)
  await sql`delete from sign_in_attempt`.execute(owner)
  server.taken.length = 0
})

const as = async (part: Part, door: Context['door'] = 'portal') => ({ ...(await city.as(part, door)), services })
const pcs = {
  category: 'workstation',
  description: 'PC da ufficio',
  kind: 'new',
  quantity: 100,
  unitPrice: '10.00',
} as const

/** A plan of a hundred PCs and fifty licences, for the contact's office and for one that is none of theirs, ordered whole. */
async function approvedPlan() {
  const { actor } = await city.as('office_contact')
  const offices = await city.services.database.owner
    .selectFrom('office')
    .select(['id', 'code'])
    .where('closed_on', 'is', null)
    .orderBy('code')
    .execute()
  const mine = offices.find(({ id }) => id === actor.officeId)
  const others = offices.find(({ id }) => !actor.officeIds.includes(id))
  if (mine === undefined || others === undefined) throw new Error('The city has too few offices')
  ;[own, other] = [mine, others]
  const [manager, head] = [await as('contract_manager'), await as('head_of_ict')]
  await openPlan(manager, { year, closesOn: '' })
  await addLine(manager, year, pcs)
  await addLine(manager, year, { ...pcs, category: 'software', description: 'Licenze', quantity: 50 })
  const ids = await city.services.database.owner
    .selectFrom('needs_line as l')
    .innerJoin('needs_plan as p', 'p.id', 'l.plan_id')
    .select(['l.id', 'l.number'])
    .where('p.year', '=', year)
    .execute()
  for (const { id } of ids)
    await splitLine(manager, id, {
      offices: [own, other].map((office) => ({ officeId: office.id, quantity: 20 })),
    })
  await turnPlan(manager, year, { state: 'deciding' })
  await decideLines(head, year, { lines: ids.map(({ id }) => ({ id })), decision: 'accepted' })
  await approvePlan(head, year, { act: 'Delibera 1/2019' })
  const supplier = await city.services.database.owner
    .selectFrom('party')
    .select('id')
    .where('kind', '=', 'supplier')
    .executeTakeFirstOrThrow()
  await placeOrder(manager, year, {
    ...{ number: '2019/1', supplierId: supplier.id, orderedOn: '2019-05-02', act: 'Determina 1' },
    lines: [1, 2].map((number) => ({ number, quantity: number === 1 ? 100 : 50, unitPrice: '10.00' })),
  })
}

let notes = 0
/** A lot with two PCs and three licences for the contact's office, and a PC for another one. */
async function delivered(deliveredOn?: string) {
  const ctx = await as('team_leader')
  const note = `DDT-${++notes}`
  const pc = (name: string, office: string) => ({ line: 1, serial: `${note}-${name}`, office })
  const { id } = await declareDelivery(ctx, {
    ...{ order: '2019/1', note, deliveredOn: deliveredOn ?? today(ctx) },
    items: [pc('a', own.code), pc('b', own.code), pc('c', other.code), { line: 2, quantity: 3, office: own.code }],
  })
  return { id, note }
}

async function mailed(): Promise<string[]> {
  while ((await sendWaiting(services)).taken > 0);
  return server.taken.map(({ raw }) =>
    Buffer.from(
      raw
        .replaceAll('=\r\n', '')
        .replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
      'latin1',
    ).toString('utf8'),
  )
}

async function token(): Promise<string> {
  const found = (await mailed()).flatMap((text) => /\/r\/consegna\/([\w-]{43})/.exec(text)?.[1] ?? [])
  return found.at(-1) ?? ''
}
const here = 'rete di prova'
const open = (token: string) => openDeliveryLink(services, token, here)
const press = (token: string, input: Record<string, unknown>) => actOnDeliveryLink(services, token, input, here)
const events = (id: string) =>
  city.services.database.owner
    .selectFrom('event')
    .select(['kind', 'witness', 'door', 'actor_id', 'payload'])
    .where('subject_id', '=', id)
    .where('kind', '=', 'delivery.office_answered')
    .orderBy('id')
    .execute()
const ownAnswer = async (id: string) =>
  (await listOfficeAnswers(await as('contract_manager'), id)).find(({ officeId }) => officeId === own.id)
const findings = async () =>
  (await reconcilePlan(await as('auditor'), year)).lines.flatMap((line) =>
    line.findings.map(({ code, count }) => `${line.line} ${code}:${count}`),
  )

describe('from the note to the mail', () => {
  test('the office’s contact is told what came for their office alone, once, with a link', async () => {
    const { id, note } = await delivered()
    const mails = await mailed()
    const mine = mails.filter(
      (text) =>
        text.includes(`<${city.emailOf('office_contact')}>`) || text.includes(`To: ${city.emailOf('office_contact')}`),
    )
    expect(mine).toHaveLength(1)
    expect(mine[0]).toContain(`bolla ${note}`)
    expect(mine[0]).toContain('- PC da ufficio: 2 pezzi')
    expect(mine[0]).toContain('- Licenze: 3 pezzi')
    expect(mine[0]).toMatch(/http\S+\/r\/consegna\/[\w-]{43}\r?\n/)
    server.taken.length = 0
    // The same note again is known: nobody is told twice.
    await declareDelivery(await as('team_leader'), {
      ...{ order: '2019/1', note, deliveredOn: today(await as('team_leader')) },
      items: [
        ...['a', 'b'].map((name) => ({ line: 1, serial: `${note}-${name}`, office: own.code })),
        { line: 1, serial: `${note}-c`, office: other.code },
        { line: 2, quantity: 3, office: own.code },
      ],
    })
    expect(await mailed()).toEqual([])
    expect((await findDelivery(await as('auditor'), id)).contested).toBe(0)
  })

  test('of what came long ago nobody is told', async () => {
    await delivered('2019-06-10')
    expect(await mailed()).toEqual([])
  })
})

describe('the link of the mail', () => {
  test('opening it changes nothing; one press confirms, as M, for the office; a second press says what was said', async () => {
    const { id } = await delivered()
    const link = await token()
    for (let look = 0; look < 3; look += 1) expect(await open(link)).toMatchObject({ standing: 'open' })
    expect(await events(id)).toEqual([])
    expect(await press(link, { answer: 'complete' })).toMatchObject({ standing: 'used', answer: 'complete' })
    const { actor } = await as('office_contact')
    expect(await events(id)).toMatchObject([
      { witness: 'M', door: 'link', actor_id: actor.personId, payload: { answer: 'complete', offices: [own.id] } },
    ])
    expect(await press(link, { answer: 'differs', reason: 'Ne manca uno' })).toMatchObject({ answer: 'complete' })
    expect(await events(id)).toHaveLength(1)
    expect(await ownAnswer(id)).toMatchObject({ answer: 'complete', witness: 'M', pieces: 5 })
  })

  test('two who press at once: one answers', async () => {
    const { id } = await delivered()
    const link = await token()
    await Promise.all([press(link, { answer: 'complete' }), press(link, { answer: 'differs', reason: 'Ne manca uno' })])
    expect(await events(id)).toHaveLength(1)
  })

  test('what differs wants words, and the link stays good until they are there', async () => {
    const { id } = await delivered()
    const link = await token()
    await expect(press(link, { answer: 'differs', reason: ' ' })).rejects.toMatchObject({ code: 'invalid' })
    expect(await open(link)).toMatchObject({ standing: 'open' })
    expect(await press(link, { answer: 'differs', reason: 'Un PC è rotto', lines: [1] })).toMatchObject({
      standing: 'used',
    })
    expect(await ownAnswer(id)).toMatchObject({
      ...{ answer: 'differs', reason: 'Un PC è rotto' },
      lines: [
        { line: 1, answer: 'differs' },
        { line: 2, answer: 'complete' },
      ],
    })
  })

  test('who is a contact no more, a token that is none, a link that expired: nothing is done', async () => {
    const { id } = await delivered()
    const link = await token()
    const owner = city.services.database.owner
    const { actor } = await as('office_contact')
    const role = { organisation_id: city.organisationId, person_id: actor.personId ?? '', role: 'office_contact' }
    await owner
      .deleteFrom('person_role')
      .where('person_id', '=', role.person_id)
      .where('role', '=', role.role)
      .execute()
    expect(await press(link, { answer: 'complete' })).toEqual({ standing: 'unknown' })
    await owner.insertInto('person_role').values(role).execute()
    expect(await open('x'.repeat(43))).toEqual({ standing: 'unknown' })
    await sql`update delivery_link set expires_at = clock_timestamp()`.execute(owner)
    expect(await press(link, { answer: 'complete' })).toMatchObject({ standing: 'expired' })
    expect(await events(id)).toEqual([])
  })

  test('answered on the page meanwhile: the link says so', async () => {
    const { id } = await delivered()
    const link = await token()
    await answerDelivery(await as('office_contact'), id, { answer: 'complete' })
    expect(await press(link, { answer: 'differs', reason: 'Ne manca uno' })).toMatchObject({ standing: 'answered' })
    expect(await events(id)).toHaveLength(1)
  })
})

describe('on the page of the office', () => {
  test('the contact answers as U, for their own office alone; the newest word counts and all stay in the record', async () => {
    const { id, note } = await delivered()
    const contact = await as('office_contact')
    const mine = (await listOwnDeliveries(contact)).filter((one) => one.note === note)
    expect(mine.map(({ officeId, answer }) => [officeId, answer])).toEqual([[own.id, null]])
    await expect(answerDelivery(contact, id, { officeId: other.id, answer: 'complete' })).rejects.toMatchObject({
      kind: 'not_found',
    })
    await answerDelivery(contact, id, { officeId: own.id, answer: 'complete', version: 0 })
    // Said again it changes nothing; on a form that is old it is refused.
    await answerDelivery(contact, id, { officeId: own.id, answer: 'complete' })
    const stale = { officeId: own.id, answer: 'differs', reason: 'Ne manca uno', version: 0 } as const
    await expect(answerDelivery(contact, id, stale)).rejects.toMatchObject({ code: 'stale' })
    const unknown = answerDelivery(contact, id, { ...stale, version: 1, lines: [9] })
    await expect(unknown).rejects.toMatchObject({ fields: [{ path: 'lines' }] })
    await answerDelivery(contact, id, { ...stale, version: 1 })
    expect((await events(id)).map(({ witness, payload }) => [witness, (payload as { answer: string }).answer])).toEqual(
      [
        ['U', 'complete'],
        ['U', 'differs'],
      ],
    )
    const [line] = (await reconcilePlan(await as('auditor'), year)).lines
    expect((await listLineAnswers(contact, line?.lineId ?? '')).map(({ reason }) => reason)).toContain('Ne manca uno')
    expect((await listDeliveries(await as('auditor'), {})).find((one) => one.id === id)).toMatchObject({
      contested: 1,
    })
  })

  test('who works for the supplier or verifies never says it for an office', async () => {
    const { id } = await delivered()
    for (const part of ['team_leader', 'contract_manager', 'head_of_ict', 'employee'] as const)
      await expect(answerDelivery(await as(part), id, { answer: 'complete' })).rejects.toMatchObject({
        kind: 'forbidden',
      })
    const contact = await as('office_contact')
    const supplier = { ...contact, actor: { ...contact.actor, partyKind: 'supplier' as const } }
    await expect(answerDelivery(supplier, id, { answer: 'complete' })).rejects.toMatchObject({
      code: 'supplier_verifies',
    })
  })
})

describe('beside the verifier’s word', () => {
  test('it verifies nothing; where the two contradict one another there is something to look at', async () => {
    const before = await findings()
    const [contested, confirmed] = [await delivered(), await delivered()]
    const contact = await as('office_contact')
    await answerDelivery(contact, contested.id, { answer: 'differs', reason: 'Un PC non è arrivato', lines: [1] })
    await answerDelivery(contact, confirmed.id, { answer: 'complete' })
    // Nobody verified: what offices say is no finding yet and makes nothing verified.
    expect(await findings()).toEqual(before)
    expect((await findDelivery(await as('auditor'), confirmed.id)).state).toBe('declared')
    const verifier = await as('contract_manager')
    const verify = async (id: string, isThere: (serial: string | null) => boolean) => {
      const { items } = await findDelivery(verifier, id)
      const checks = items.map((item) => ({
        id: item.id,
        outcome: isThere(item.serial) ? ('accepted' as const) : ('missing' as const),
        reason: isThere(item.serial) ? '' : 'Non trovato',
      }))
      await checkItems(verifier, id, { checks })
      return closeVerification(verifier, id, {})
    }
    expect(await verify(contested.id, () => true)).toMatchObject({ state: 'verified' })
    expect(await verify(confirmed.id, (serial) => !serial?.endsWith('-b'))).toMatchObject({ missing: 1 })
    expect((await findings()).filter((one) => !before.includes(one))).toEqual([
      '1 short_lot:1',
      '1 office_contests:2',
      '1 office_confirms_missing:1',
    ])
    const [line] = (await reconcilePlan(await as('auditor'), year)).lines
    const office = line?.offices.find(({ officeId }) => officeId === own.id)
    expect(office?.contested).toBeGreaterThanOrEqual(2)
    expect(office?.confirmed).toBeGreaterThanOrEqual(2)
    // Looked into and corrected by the office: the contradiction is gone, both words stay in the record.
    await answerDelivery(contact, contested.id, { answer: 'complete' })
    expect(await findings()).not.toContain('1 office_contests:2')
    expect(await events(contested.id)).toHaveLength(2)
  })
})
