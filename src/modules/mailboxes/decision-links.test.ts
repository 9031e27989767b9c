import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestCity, testCity } from '../../../demo/testing.ts'
import type { Context } from '../../platform/context.ts'
import type { Letter } from '../../platform/mail/smtp.ts'
import { Problem } from '../../platform/problem.ts'
import { sendWaiting } from '../servicedesk/send-mail.ts'
import { confirmDecision } from './decide.ts'
import { answerDecisionLink, openDecisionLink } from './decision-links.ts'
import { decisionLetter } from './decision-mail.ts'
import { proposeDecision } from './decisions.ts'
import { findDecision } from './find-decisions.ts'

let city: TestCity
let mail: Context
let contact: Context
let sent: Letter[]

beforeAll(async () => {
  city = await testCity()
  mail = await city.as('mail_administrator')
  contact = await city.as('office_contact')
  city.services.letters.fill('mailbox_decisions', decisionLetter)
  Object.assign(city.services, {
    mailer: {
      ...city.services.mailer,
      from: 'sitec@comune.example.it',
      send: async (letter: Letter) => {
        sent.push(letter)
        return { how: 'sent' }
      },
    },
  })
  await sql`update mailbox_decision set state = 'undone' where state = 'proposed'`.execute(city.services.database.owner)
  // What other mail of the demo waits is none of this test's.
  await sql`delete from outgoing_mail where state = 'pending'`
    .execute(city.services.database.owner)
    .catch(() => undefined)
})
afterAll(() => city.services.close())

async function box(officeId = contact.actor.officeId) {
  const id = randomUUIDv7()
  await city.services.database.owner
    .insertInto('mailbox')
    .values({
      ...{
        organisation_id: city.organisationId,
        id,
        address: `${id}@comune.example.it`,
        kind: 'office',
        source: 'hand',
      },
      ...{ office_id: officeId, seen_at: new Date().toISOString(), version: 1 },
    })
    .execute()
  return id
}
async function propose(...ids: string[]) {
  return (await proposeDecision(mail, { mailboxIds: ids, kind: 'keep', reason: 'Serve agli sportelli' })).ids
}
const waiting = async () =>
  (
    await sql<{ day: string; at: string }>`
      select day::text, next_attempt_at as at from outgoing_mail where notice = 'mailbox_decisions' and state = 'pending'
        and person_id = ${contact.actor.personId}`.execute(city.services.database.owner)
  ).rows
/** The morning has come. */
async function post(): Promise<Letter[]> {
  sent = []
  await sql`update outgoing_mail set next_attempt_at = clock_timestamp() where notice = 'mailbox_decisions'`.execute(
    city.services.database.owner,
  )
  await sendWaiting(city.services)
  const own = sent.filter(({ to }) => to.address === city.emailOf('office_contact'))
  // The next test has a day of its own.
  await sql`update outgoing_mail set day = day - 1000 - (random() * 1000)::int where notice = 'mailbox_decisions'`.execute(
    city.services.database.owner,
  )
  return own
}
const tokenOf = (letter: Letter | undefined) => /\/r\/caselle\/(\S+)/.exec(letter?.text ?? '')?.[1] ?? ''
const states = (ids: string[]) => Promise.all(ids.map(async (id) => (await findDecision(mail, id)).state))
const seenOf = async (token: string) => {
  const view = await openDecisionLink(city.services, token, 'n')
  return view.standing === 'open' ? view.seen : ''
}

describe('the mail to an office’s contact', () => {
  test('is one for the day, with all of theirs, and goes the next morning at seven', async () => {
    const ids = [...(await propose(await box(), await box())), ...(await propose(await box()))]
    const rows = await waiting()
    expect(rows).toHaveLength(1)
    const at = Temporal.Instant.from(rows[0]?.at ?? '').toZonedDateTimeISO('Europe/Rome')
    expect([at.hour, at.minute, at.toPlainDate().toString()]).toEqual([7, 0, rows[0]?.day])
    const [letter, ...more] = await post()
    expect(more).toEqual([])
    expect(letter?.subject).toBe('3 proposte per le caselle del tuo ufficio')
    expect(letter?.text).toContain('Serve agli sportelli')
    const view = await openDecisionLink(city.services, tokenOf(letter), 'n')
    expect(view).toMatchObject({ standing: 'open' })
    await answerDecisionLink(
      city.services,
      tokenOf(letter),
      { act: 'confirm', seen: await seenOf(tokenOf(letter)) },
      'n',
    )
    expect(await states(ids)).toEqual(['confirmed', 'confirmed', 'confirmed'])
    const history = (await findDecision(mail, ids[0] ?? '')).history[0]
    expect([history?.kind, history?.witness]).toEqual(['mailbox_decision.confirmed', 'M'])
  })

  test('does not go when everything was answered before', async () => {
    const ids = await propose(await box())
    await confirmDecision(contact, { decisions: ids.map((id) => ({ id })) })
    expect(await post()).toEqual([])
  })

  test('goes to the nearest contact above an office that has none, and to nobody for another branch', async () => {
    const owner = city.services.database.owner
    const below = randomUUIDv7()
    await sql`
      insert into office (organisation_id, id, parent_id, kind, code, name)
      values (${city.organisationId}, ${below}, ${contact.actor.officeId}, 'unit', 'PROVA-1', 'Unità di prova')`.execute(
      owner,
    )
    await propose(await box(below))
    expect(await waiting()).toHaveLength(1)
    expect(await post()).toHaveLength(1)
    const far = await owner
      .selectFrom('office')
      .select('id')
      .where('id', 'not in', [...contact.actor.officeIds, below])
      .where('parent_id', 'is', null)
      .executeTakeFirstOrThrow()
    await propose(await box(far.id))
    expect(await waiting()).toEqual([])
  })
})

describe('the link in it', () => {
  async function link(n: number) {
    const boxes = await Promise.all(Array.from({ length: n }, () => box()))
    const ids = await propose(...boxes)
    return { ids, token: tokenOf((await post())[0]) }
  }

  test('shows and changes nothing; one press answers all, once', async () => {
    const { ids, token } = await link(2)
    await openDecisionLink(city.services, token, 'n')
    expect(await states(ids)).toEqual(['proposed', 'proposed'])
    const seen = await seenOf(token)
    const pressed = await Promise.all([
      answerDecisionLink(city.services, token, { act: 'confirm', seen }, 'n'),
      answerDecisionLink(city.services, token, { act: 'answer', seen, contested: ids, reason: 'Tutte sbagliate' }, 'n'),
    ])
    expect(pressed.map(({ standing }) => standing)).toEqual(['used', 'used'])
    expect(new Set(await states(ids)).size).toBe(1)
    expect((await openDecisionLink(city.services, token, 'n')).standing).toBe('used')
  })

  test('contests some with the reason and confirms the others; without the reason nothing happens', async () => {
    const { ids, token } = await link(2)
    const seen = await seenOf(token)
    const contested = [ids[0] ?? '']
    const bare = answerDecisionLink(city.services, token, { act: 'answer', seen, contested, reason: '' }, 'n')
    await expect(bare).rejects.toBeInstanceOf(Problem)
    expect(await states(ids)).not.toContain('contested')
    await answerDecisionLink(city.services, token, { act: 'answer', seen, contested, reason: 'Questa serve' }, 'n')
    const after = await Promise.all(ids.map((id) => findDecision(mail, id)))
    expect(after.map(({ state, answer }) => [state, answer])).toEqual([
      ['contested', 'Questa serve'],
      ['confirmed', null],
    ])
  })

  test('refuses what it did not show, and says when there is nothing left, when it is over, when it is none', async () => {
    const { ids, token } = await link(2)
    const seen = await seenOf(token)
    await confirmDecision(contact, { decisions: [{ id: ids[0] ?? '' }] })
    const stale = answerDecisionLink(city.services, token, { act: 'confirm', seen }, 'n')
    await expect(stale).rejects.toMatchObject({ code: 'stale' })
    await sql`update decision_link set expires_at = clock_timestamp()`.execute(city.services.database.owner)
    expect((await openDecisionLink(city.services, token, 'n')).standing).toBe('expired')
    await confirmDecision(contact, { decisions: [{ id: ids[1] ?? '' }] })
    expect((await openDecisionLink(city.services, token, 'n')).standing).toBe('moved')
    expect(await openDecisionLink(city.services, 'x'.repeat(43), 'n')).toEqual({ standing: 'unknown' })
  })

  test('says nothing to who is no contact any more', async () => {
    const { token } = await link(1)
    const owner = city.services.database.owner
    await sql`update person_role set role = 'editor' where person_id = ${contact.actor.personId} and role = 'office_contact'`.execute(
      owner,
    )
    expect(await openDecisionLink(city.services, token, 'n')).toEqual({ standing: 'unknown' })
    await sql`update person_role set role = 'office_contact' where person_id = ${contact.actor.personId} and role = 'editor'`.execute(
      owner,
    )
  })
})
