import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, type TestCity, testCity } from '../../../demo/testing.ts'
import type { Context } from '../../platform/context.ts'
import type { Problem } from '../../platform/problem.ts'
import { createOrganisation } from '../organisation/set-up.ts'
import {
  approveDecision,
  carryOutDecision,
  confirmDecision,
  contestDecision,
  refuseDecision,
  undoDecision,
} from './decide.ts'
import type { ProposeInput } from './decision-schema.ts'
import { findSettings, settleMailboxes } from './decision-settings.ts'
import type { MailboxKind } from './decision-vocabulary.ts'
import { proposeDecision, supersedeDecision } from './decisions.ts'
import { findDecision, listCandidates, listDecisions } from './find-decisions.ts'

let city: TestCity
let mail: Context
let head: Context
let contact: Context
let office: string
let far: string

const domain = 'comune.example.it'
const day = (days: number) => Temporal.Now.plainDateISO('Europe/Rome').add({ days }).toString()

beforeAll(async () => {
  city = await testCity()
  mail = await city.as('mail_administrator')
  head = await city.as('head_of_ict')
  contact = await city.as('office_contact')
  office = contact.actor.officeId ?? ''
  // What the demo proposed and settled is none of this test's affair.
  await sql`update mailbox_decision set state = 'undone' where state in ('proposed', 'confirmed', 'contested')`.execute(
    city.services.database.owner,
  )
  await sql`delete from mailbox_setting`.execute(city.services.database.owner)
  const other = await city.services.database.owner
    .selectFrom('office')
    .select('id')
    .where('id', 'not in', [...contact.actor.officeIds])
    .where('closed_on', 'is', null)
    .limit(1)
    .executeTakeFirstOrThrow()
  far = other.id
})
afterAll(() => city.services.close())

let made = 0
async function box(
  kind: MailboxKind = 'office',
  more: { office?: string | null; delegates?: number; name?: string } = {},
) {
  const id = randomUUIDv7()
  const address = more.name ?? `prova${++made}@${kind === 'certified' ? 'pec.' : ''}${domain}`
  const { owner } = city.services.database
  await owner
    .insertInto('mailbox')
    .values({
      ...{ organisation_id: city.organisationId, id, address, kind, source: 'hand', version: 1 },
      ...{ office_id: more.office === undefined ? office : more.office, seen_at: new Date().toISOString() },
    })
    .execute()
  for (let n = 0; n < (more.delegates ?? 0); n += 1)
    await owner
      .insertInto('mailbox_delegate')
      .values({ organisation_id: city.organisationId, mailbox_id: id, address: `persona${n}@${domain}` })
      .execute()
  return { id, address }
}

const said = (problem: Problem) => problem.fields?.map(({ path, say }) => `${path}: ${say.it}`).join(' | ') ?? ''

async function propose(id: string, given: Partial<ProposeInput> = {}): Promise<string> {
  const input = { mailboxIds: [id], kind: 'keep', reason: 'È in uso ogni giorno', ...given } as ProposeInput
  const { ids } = await proposeDecision(mail, input)
  return ids[0] ?? ''
}
const one = (id: string, version?: number) => ({ decisions: [{ id, version }] })
const stateOf = async (id: string) => (await findDecision(mail, id)).state

/** As if the proposal had been made so many days ago. */
async function waited(id: string, days: number) {
  await sql`update mailbox_decision set answer_by = answer_by - ${days}::int where id = ${id}`.execute(
    city.services.database.owner,
  )
}
/** Everything that a refusal must leave as it was. */
async function counts() {
  const found = await sql<{ n: string }>`
    select (select count(*) from mailbox_decision) || ' ' || (select count(*) from event) || ' '
      || (select count(*) from outgoing_mail) || ' ' || (select coalesce(sum(version), 0) from mailbox_decision) as n`.execute(
    city.services.database.owner,
  )
  return found.rows[0]?.n
}
async function refusedWhole(attempt: () => Promise<unknown>): Promise<Problem> {
  const before = await counts()
  const problem = await refusal(attempt())
  expect(await counts()).toBe(before)
  return problem
}

describe('from proposal to approval', () => {
  test('ICT proposes, the office confirms, the head approves, and each is written with its words', async () => {
    const { id, address } = await box()
    const decision = await propose(id, {
      kind: 'rename',
      newAddress: `Scuola.Mensa@${domain}`,
      aliasUntil: day(180),
      reason: 'Il nome non dice di quale ufficio è',
    })
    await confirmDecision(contact, one(decision, 1))
    await approveDecision(head, one(decision, 2))
    const found = await findDecision(mail, decision)
    expect(found).toMatchObject({
      ...{ address, state: 'approved', version: 3, isSilent: false, kind: 'rename' },
      ...{ newAddress: `scuola.mensa@${domain}`, reason: 'Il nome non dice di quale ufficio è' },
    })
    expect(found.history.map(({ kind, witness }) => [kind, witness])).toEqual([
      ['mailbox_decision.approved', 'U'],
      ['mailbox_decision.confirmed', 'U'],
      ['mailbox_decision.proposed', 'U'],
    ])
  })

  test('several at once with one reason; one that cannot stops all of them', async () => {
    const [a, b, c] = [await box(), await box(), await box('certified')]
    const given = { kind: 'archive' as const, keptUntil: day(3650), reason: 'Progetto finito' }
    const problem = await refusedWhole(() => proposeDecision(mail, { mailboxIds: [a.id, b.id, c.id], ...given }))
    expect(said(problem)).toContain(`${c.address}: Una casella PEC resta com’è.`)
    const { ids } = await proposeDecision(mail, { mailboxIds: [a.id, b.id, a.id], ...given })
    expect(ids).toHaveLength(2)
    await confirmDecision(contact, { decisions: ids.map((id) => ({ id })) })
    await approveDecision(head, { decisions: ids.map((id) => ({ id })) })
    expect(await Promise.all(ids.map(stateOf))).toEqual(['approved', 'approved'])
  })

  test('who proposed neither confirms nor approves it', async () => {
    const { id } = await box()
    const own = await proposeDecision(head, { mailboxIds: [id], kind: 'keep', reason: 'Serve' })
    await confirmDecision(contact, one(own.ids[0] ?? ''))
    expect((await refusedWhole(() => approveDecision(head, one(own.ids[0] ?? '')))).code).toBe('own_proposal')
  })

  test('the office says no, with its reason; then nothing is approved, but it may change its mind', async () => {
    const decision = await propose((await box()).id)
    expect((await refusedWhole(() => contestDecision(contact, { ...one(decision), reason: '' }))).kind).toBe('invalid')
    await contestDecision(contact, { ...one(decision), reason: 'La usano i cittadini' })
    expect((await findDecision(head, decision)).answer).toBe('La usano i cittadini')
    expect((await refusedWhole(() => approveDecision(head, one(decision)))).code).toBe('state')
    await confirmDecision(contact, one(decision))
    await approveDecision(head, one(decision))
    expect(await stateOf(decision)).toBe('approved')
  })

  test('the head does not approve, and says why', async () => {
    const decision = await propose((await box()).id)
    await refuseDecision(head, { ...one(decision), reason: 'Meglio aspettare' })
    expect(await findDecision(mail, decision)).toMatchObject({ state: 'refused', answer: 'Meglio aspettare' })
    expect((await refusedWhole(() => confirmDecision(contact, one(decision)))).code).toBe('state')
  })

  test('an old page is refused, and of two who press at once one acts', async () => {
    const decision = await propose((await box()).id)
    expect((await refusedWhole(() => confirmDecision(contact, one(decision, 7)))).code).toBe('stale')
    const both = await Promise.allSettled([
      confirmDecision(contact, one(decision, 1)),
      contestDecision(contact, { ...one(decision, 1), reason: 'No, serve' }),
    ])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const twice = (await box()).id
    const made = await Promise.allSettled([propose(twice), propose(twice)])
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('an office answers for its own mailboxes only, and reads no others', async () => {
    const decision = await propose((await box('office', { office: far })).id)
    expect((await refusedWhole(() => confirmDecision(contact, one(decision)))).code).toBe('forbidden')
    expect((await refusal(findDecision(contact, decision))).kind).toBe('not_found')
    const { rows, counts } = await listDecisions(contact, { view: 'to_confirm', limit: 200 })
    expect(rows.every(({ officeId }) => contact.actor.officeIds.includes(officeId ?? ''))).toBe(true)
    expect(counts.to_confirm).toBe(rows.length)
    expect(
      (await refusal(proposeDecision(contact, { mailboxIds: [decision], kind: 'keep', reason: 'Serve' }))).code,
    ).toBe('forbidden')
    expect((await refusal(approveDecision(mail, one(decision)))).code).toBe('forbidden')
  })
})

describe('the silence of an office', () => {
  test('lasts the settled days; then the head may approve without it, and that is written', async () => {
    const decision = await propose((await box()).id)
    const waits = await refusedWhole(() => approveDecision(head, one(decision)))
    expect([waits.code, waits.say.it]).toEqual(['office_may_answer', expect.stringContaining(day(10))])
    await waited(decision, 11)
    expect((await listDecisions(head, { view: 'to_approve', limit: 200 })).rows.map(({ id }) => id)).toContain(decision)
    await approveDecision(head, one(decision))
    const found = await findDecision(head, decision)
    expect([found.state, found.isSilent, found.confirmedAt]).toEqual(['approved', true, null])
    expect(found.history[0]).toMatchObject({ kind: 'mailbox_decision.approved', silent: day(-1) })
  })

  test('is never enough to delete or merge a mailbox', async () => {
    const gone = await propose((await box()).id, { kind: 'delete', heldUntil: day(60) })
    await waited(gone, 400)
    expect((await refusedWhole(() => approveDecision(head, one(gone)))).code).toBe('needs_office')
    await confirmDecision(contact, one(gone))
    await approveDecision(head, one(gone))
    expect((await refusedWhole(() => carryOutDecision(mail, gone, {}))).code).toBe('held')
  })

  test('the days are the administration’s to settle, the price of a licence too', async () => {
    const before = await findSettings(mail)
    expect(before).toMatchObject({ version: 0, silenceDays: 10, licencePrice: null })
    const price = { licencePrice: '52,00', licenceSource: 'Piano dei Fabbisogni 2024, riga 12' }
    const settled = await settleMailboxes(mail, { version: 0, silenceDays: 15, ...price })
    expect(settled).toMatchObject({ version: 1, silenceDays: 15, licencePrice: '52.00' })
    expect((await refusedWhole(() => settleMailboxes(mail, { version: 0, silenceDays: 5 }))).code).toBe('stale')
    expect(said(await refusedWhole(() => settleMailboxes(mail, { silenceDays: 5, licencePrice: '52' })))).toContain(
      'licenceSource',
    )
    expect((await refusal(settleMailboxes(contact, { silenceDays: 5 }))).code).toBe('forbidden')
    expect((await findDecision(mail, await propose((await box()).id))).answerBy).toBe(day(15))
  })
})

describe('what does not fit a mailbox', () => {
  const refused = async (id: string, given: Partial<ProposeInput>) => said(await refusedWhole(() => propose(id, given)))

  test('a personal one is kept or closed when its person leaves; a certified one is kept', async () => {
    const [own, shared] = [await box('personal'), await box()]
    expect(await refused(own.id, { kind: 'archive', keptUntil: day(9) })).toContain('personale resta com’è')
    const leaving = { kind: 'leaver' as const, heldUntil: day(90) }
    expect(await refused(own.id, leaving)).toContain('answerAddress')
    expect(await refused(own.id, { ...leaving, answerAddress: own.address })).toContain('casella d’ufficio')
    expect(await refused(shared.id, { ...leaving, answerAddress: shared.address })).toContain(
      'Solo una casella personale',
    )
    const decision = await propose(own.id, { ...leaving, answerAddress: shared.address })
    expect((await findDecision(mail, decision)).kind).toBe('leaver')
    expect(await refused((await box('certified')).id, { kind: 'delete', heldUntil: day(9) })).toContain('PEC')
  })

  test('a new name is free, well formed and in a domain of the administration', async () => {
    const { id, address } = await box()
    const other = await box()
    const to = (newAddress: string) => refused(id, { kind: 'rename', newAddress, aliasUntil: day(90) })
    expect(await to(address)).toContain('di adesso')
    expect(await to(other.address)).toContain('già di un’altra')
    expect(await to(`anagrafe..centrale@${domain}`)).toContain('newAddress')
    expect(await to(`anagrafe+x@${domain}`)).toContain('lettere minuscole')
    expect(await to('anagrafe@altrove.example')).toContain('dominio')
    await city.services.database.owner
      .insertInto('mailbox_alias')
      .values({ organisation_id: city.organisationId, mailbox_id: other.id, address: `vecchio@${domain}` })
      .execute()
    expect(await to(`vecchio@${domain}`)).toContain('alias')
    await propose(other.id, { kind: 'rename', newAddress: `promesso@${domain}`, aliasUntil: day(90) })
    expect(await to(`promesso@${domain}`)).toContain('altra proposta')
    expect(await refused(id, { kind: 'rename', newAddress: `nuovo@${domain}`, aliasUntil: day(0) })).toContain(
      'dopo oggi',
    )
    expect(await refused(id, { kind: 'rename', newAddress: `nuovo@${domain}` })).toContain('aliasUntil')
    expect(await refused(id, { kind: 'keep', heldUntil: day(9) })).toContain('heldUntil: Non serve')
  })

  test('mailboxes go into others without chain or ring, never into a personal or certified one', async () => {
    const [a, b, c] = [await box(), await box(), await box()]
    const into = (intoId: string) => ({ kind: 'merge' as const, intoId, keepsDoubles: false })
    expect(await refused(a.id, into(a.id))).toContain('sé stessa')
    expect(await refused(a.id, into((await box('personal')).id))).toContain('Si confluisce solo')
    expect(await refused(a.id, into((await box('certified')).id))).toContain('Si confluisce solo')
    expect(await refused(a.id, into(randomUUIDv7()))).toContain('destinazione non c’è')
    await propose(a.id, into(b.id))
    expect(await refused(b.id, into(c.id))).toContain('ne confluisce un’altra')
    expect(await refused(b.id, into(a.id))).toContain('ne confluisce un’altra')
    expect(await refused(b.id, { kind: 'delete', heldUntil: day(9) })).toContain('ne confluisce un’altra')
    expect(await refused(c.id, into(a.id))).toContain('sta per chiudersi')
    await propose(c.id, into(b.id))
  })

  test('two that would go into each other at the same moment: one is refused', async () => {
    const [a, b] = [await box(), await box()]
    const made = await Promise.allSettled([
      propose(a.id, { kind: 'merge', intoId: b.id, keepsDoubles: true }),
      propose(b.id, { kind: 'merge', intoId: a.id, keepsDoubles: true }),
    ])
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('twenty-five may have a delegation; for more a list is advised', async () => {
    expect(await refused((await box('office', { delegates: 26 })).id, { kind: 'delegate' })).toContain(
      'Diventa una lista',
    )
    await propose((await box('office', { delegates: 25 })).id, { kind: 'delegate' })
    await propose((await box('office', { delegates: 26 })).id, { kind: 'group' })
  })

  test('one that is gone, unknown or of another administration is not proposed for', async () => {
    const { id } = await box()
    await city.services.database.owner
      .updateTable('mailbox')
      .set({ gone_since: new Date().toISOString() })
      .where('id', '=', id)
      .execute()
    expect(await refused(id, {})).toContain('non c’è più')
    expect((await refusedWhole(() => propose(randomUUIDv7()))).kind).toBe('not_found')
  })
})

describe('a decision that was wrong', () => {
  test('is replaced by a new one that names it; the old stays as it was', async () => {
    const { id } = await box()
    const first = await propose(id, { kind: 'archive', keptUntil: day(30) })
    expect((await refusedWhole(() => propose(id))).fields?.[0]?.say.it).toContain('c’è già una proposta')
    const { ids } = await supersedeDecision(mail, first, { version: 1, kind: 'keep', reason: 'La usano ancora' })
    expect(await findDecision(mail, first)).toMatchObject({ state: 'superseded', kind: 'archive', successorId: ids[0] })
    expect(await findDecision(mail, ids[0] ?? '')).toMatchObject({ state: 'proposed', supersedesId: first })
    const late = await refusedWhole(() => supersedeDecision(mail, first, { kind: 'keep', reason: 'Di nuovo' }))
    expect(late.code).toBe('ended')
    const bad = await refusedWhole(() => supersedeDecision(mail, ids[0] ?? '', { kind: 'leaver', reason: 'Errore' }))
    expect(bad.kind).toBe('invalid')
  })

  test('is undone until its wave begins; a wave that only prepared it lets the mailbox go', async () => {
    const { id } = await box()
    const decision = await propose(id)
    await confirmDecision(contact, one(decision))
    await approveDecision(head, one(decision))
    const wave = await waveWith(id, decision, 'copying')
    expect((await refusedWhole(() => undoDecision(mail, decision, { reason: 'Ripensamento' }))).code).toBe('wave_began')
    expect((await refusedWhole(() => supersedeDecision(mail, decision, { kind: 'keep', reason: 'Errore' }))).code).toBe(
      'wave_began',
    )
    await city.services.database.owner
      .updateTable('wave_mailbox')
      .set({ state: 'prepared' })
      .where('mailbox_id', '=', id)
      .execute()
    expect((await findDecision(mail, decision)).inWave).toBe(wave)
    await undoDecision(mail, decision, { version: 3, reason: 'Ripensamento' })
    expect(await stateOf(decision)).toBe('undone')
    const left = city.services.database.owner.selectFrom('wave_mailbox').select('wave_id').where('mailbox_id', '=', id)
    expect(await left.execute()).toEqual([])
    await propose(id)
  })

  test('what was approved is carried out, and is over', async () => {
    const decision = await propose((await box()).id)
    expect((await refusedWhole(() => carryOutDecision(mail, decision, {}))).code).toBe('state')
    await confirmDecision(contact, one(decision))
    await approveDecision(head, one(decision))
    await carryOutDecision(mail, decision, { note: '' })
    expect((await refusedWhole(() => undoDecision(mail, decision, { reason: 'Tardi' }))).code).toBe('state')
  })
})

async function waveWith(mailboxId: string, decisionId: string, state: string) {
  const { owner } = city.services.database
  const [from, to, waveId] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()]
  for (const [id, name] of [
    [from, `Prova da ${from}`],
    [to, `Prova a ${to}`],
  ] as const)
    await sql`
      insert into mail_server (organisation_id, id, name, kind, host, port, is_encrypted, sign_in, most_connections, version)
      values (${city.organisationId}, ${id}, ${name}, 'imap', 'posta.example', 993, true, 'master', 4, 1)`.execute(
      owner,
    )
  await sql`
    insert into migration_wave (organisation_id, id, number, name, is_pilot, from_server_id, to_server_id, carried_out_by, state,
                                most_at_once, version)
    values (${city.organisationId}, ${waveId}, 901, 'Prova', false, ${from}, ${to}, 'sitec', 'planned', 2, 1)`.execute(
    owner,
  )
  await sql`
    insert into wave_mailbox (organisation_id, wave_id, mailbox_id, decision_id, state, source_login, target_login, version)
    values (${city.organisationId}, ${waveId}, ${mailboxId}, ${decisionId}, ${state}, 'a', 'b', 1)`.execute(owner)
  return 901
}

describe('lists', () => {
  test('mailboxes without a decision come with a suggestion, which is no act', async () => {
    const { id } = await box('office', { name: `zz.prova@${domain}`, delegates: 3 })
    const { rows } = await listCandidates(mail, { words: 'zz.prova' })
    expect(rows).toMatchObject([{ id, suggestion: { kind: 'delegate', reason: 'readers' } }])
    expect((await listCandidates(mail, { words: 'zz.prova', suggested: 'keep' })).rows).toEqual([])
    await propose(id)
    expect((await listCandidates(mail, { words: 'zz.prova' })).rows).toEqual([])
    expect((await refusal(listCandidates(contact))).code).toBe('forbidden')
  })

  test('go on from page to page without losing or repeating one', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, () => box('office', { office: far })))
    await proposeDecision(mail, { mailboxIds: ids.map(({ id }) => id), kind: 'keep', reason: 'In uso' })
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page = await listDecisions(mail, { officeId: far, limit: 2, ...(cursor !== null && { cursor }) })
      seen.push(...page.rows.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length).toBeGreaterThanOrEqual(5)
  })
})

describe('another administration', () => {
  test('neither sees nor changes a decision, nor proposes for a mailbox or into one', async () => {
    const { id } = await box()
    const decision = await propose(id)
    const { organisation } = await createOrganisation(city.services, {
      ...{ name: 'Comune di Altrove', ipaCode: 'c_altr', zone: 'Europe/Rome' },
      administrator: {
        ...{ givenName: 'Ada', familyName: 'Rossi', email: 'ada@altrove.example' },
        password: 'Prova-Altrove-2026',
      },
    })
    const actor = { ...mail.actor, roles: ['head_of_ict', 'office_contact'] as const }
    const foreign: Context = { ...mail, organisationId: organisation.id, actor }
    expect((await refusal(findDecision(foreign, decision))).kind).toBe('not_found')
    for (const attempt of [
      () => confirmDecision(foreign, one(decision)),
      () => approveDecision(foreign, one(decision)),
      () => undoDecision(foreign, decision, { reason: 'Prova' }),
      () => supersedeDecision(foreign, decision, { kind: 'keep', reason: 'Prova' }),
      () => proposeDecision(foreign, { mailboxIds: [id], kind: 'keep', reason: 'Prova' }),
    ])
      expect((await refusedWhole(attempt)).kind).toBe('not_found')
    expect((await listDecisions(foreign)).rows).toEqual([])
  })
})
