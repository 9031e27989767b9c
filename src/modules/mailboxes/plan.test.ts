import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, type TestCity, testCity } from '../../../demo/testing.ts'
import type { Context } from '../../platform/context.ts'
import { approveDecision, confirmDecision } from './decide.ts'
import { settleMailboxes } from './decision-settings.ts'
import { proposeDecision } from './decisions.ts'
import { findCandidates, listDecisions } from './find-decisions.ts'
import { putFindingAside, resumeFinding } from './findings.ts'
import { importDecisions } from './import-decisions.ts'
import { suggest } from './internal/suggest.ts'
import { findPlan, planCsv } from './plan.ts'
import { planDocument, planPdf } from './plan-pdf.ts'

let city: TestCity
let mail: Context
let head: Context
let contact: Context

const bytes = (text: string) => new TextEncoder().encode(text)
const day = (days: number) => Temporal.Now.plainDateISO('Europe/Rome').add({ days }).toString()

beforeAll(async () => {
  city = await testCity()
  mail = await city.as('mail_administrator')
  head = await city.as('head_of_ict')
  contact = await city.as('office_contact')
  // A register of this test alone.
  const { owner } = city.services.database
  for (const table of [
    'wave_mailbox',
    'decision_link_item',
    'mailbox_decision',
    'mailbox_sketch',
    'mailbox_finding_aside',
    'mailbox_setting',
  ])
    await sql`delete from ${sql.table(table)}`.execute(owner)
  for (const table of ['mailbox_alias', 'mailbox_forward', 'mailbox_delegate'])
    await sql`delete from ${sql.table(table)}`.execute(owner)
  await sql`update mailbox set gone_since = clock_timestamp()`.execute(owner)
})
afterAll(() => city.services.close())

async function box(name: string, kind = 'office', officeId = contact.actor.officeId, sizeBytes = 1000) {
  const id = randomUUIDv7()
  await city.services.database.owner
    .insertInto('mailbox')
    .values({
      ...{ organisation_id: city.organisationId, id, address: `${name}@comune.example.it`, kind, source: 'hand' },
      ...{ office_id: officeId, seen_at: new Date().toISOString(), size_bytes: sizeBytes, version: 1 },
    })
    .execute()
  return id
}
async function approved(input: Omit<Parameters<typeof proposeDecision>[1], 'reason'>) {
  const { ids } = await proposeDecision(mail, { ...input, reason: 'Prova' })
  const decisions = ids.map((id) => ({ id }))
  await confirmDecision(contact, { decisions })
  await approveDecision(head, { decisions })
}
describe('the plan', () => {
  test('six mailboxes: one merged, one deleted, one shared; licences, bytes and what is open, to the unit', async () => {
    const [a, b, c, d] = [
      await box('a'),
      await box('b', 'office', contact.actor.officeId, 500),
      await box('c'),
      await box('d'),
    ]
    await box('pec', 'certified')
    await box('lista', 'list')
    await approved({ mailboxIds: [b], kind: 'merge', intoId: a, keepsDoubles: false })
    await approved({ mailboxIds: [c], kind: 'delete', heldUntil: day(30) })
    await approved({ mailboxIds: [d], kind: 'delegate' })
    const { total, kinds, licencePrice } = await findPlan(head)
    expect(total).toEqual({
      ...{ boxesBefore: 6, boxesAfter: 4, licencesBefore: 4, licencesAfter: 2, saved: 2, worth: null },
      // What went into the other mailbox is still there; what is deleted is not.
      ...{ bytesBefore: 5500, bytesAfter: 4500, proposed: 0, without: 3 },
    })
    expect([licencePrice, kinds]).toEqual([
      null,
      [
        { kind: 'merge', count: 1 },
        { kind: 'delegate', count: 1 },
        { kind: 'delete', count: 1 },
      ],
    ])
  })

  test('the worth is the price that the administration entered, times the licences', async () => {
    await settleMailboxes(head, { silenceDays: 10, licencePrice: '52.00', licenceSource: 'Piano dei Fabbisogni 2024' })
    expect((await findPlan(head)).total.worth).toBe('104.00')
    const csv = await planCsv(head)
    expect(csv.split('\r\n').filter((line) => line !== '')).toHaveLength(2)
    expect(csv).toMatch(/;6;4;4;2;5500;4500;2;104(,00)?;0;3/)
  })

  test('what is only proposed counts as it stands; an office reads what concerns it', async () => {
    const far = await city.services.database.owner
      .selectFrom('office')
      .select('id')
      .where('id', 'not in', [...contact.actor.officeIds])
      .limit(1)
      .executeTakeFirstOrThrow()
    const e = await box('e', 'office', far.id)
    await proposeDecision(mail, { mailboxIds: [e], kind: 'archive', keptUntil: day(900), reason: 'Prova' })
    const { total, offices } = await findPlan(head)
    expect([total.boxesAfter, total.proposed, total.licencesAfter, offices.length]).toEqual([5, 1, 3, 2])
    expect((await findPlan(contact)).total.boxesBefore).toBe(6)
  })

  test('the PDF says the same figures', async () => {
    const plan = await findPlan(head)
    const said = JSON.stringify(planDocument(head, plan))
    for (const figure of ['104,00', '5 → 3', '7 → 5', 'Piano dei Fabbisogni 2024']) expect(said).toContain(figure)
    expect(
      Buffer.from(await planPdf(head))
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
  })
})

describe('a file of proposals', () => {
  const header = 'address,kind,reason,new_address,alias_until,into,keeps_doubles,held_until,kept_until'
  const open = async () => (await listDecisions(mail, { view: 'to_confirm', limit: 200 })).counts.to_confirm

  test('is tried without keeping anything, then loaded whole', async () => {
    for (const name of ['f1', 'f2', 'f3']) await box(name)
    const file = bytes(
      [
        header,
        `f1@comune.example.it,rename,Nome chiaro,f1.nuovo@comune.example.it,${day(90)},,,,`,
        'f2@comune.example.it,merge,Doppia,,,f1@comune.example.it,no,,',
        `F3@comune.example.it,archive,Progetto finito,,,,,,${day(900)}`,
      ].join('\n'),
    )
    const before = await open()
    const trial = await importDecisions(mail, file, { isTrial: true })
    expect([trial.proposals, await open()]).toEqual([3, before])
    await importDecisions(mail, file, { isTrial: false })
    expect(await open()).toBe(before + 3)
    const again = await refusal(importDecisions(mail, file, { isTrial: false }))
    expect(again.fields?.map(({ path }) => path)).toEqual([2, 3, 4].map((line) => `line ${line}, column address`))
  })

  test('names every wrong place by line and column, and keeps nothing', async () => {
    for (const name of ['g1', 'g2']) await box(name)
    const before = await open()
    const problem = await refusal(
      importDecisions(
        mail,
        bytes(
          [
            header,
            'nessuno@comune.example.it,keep,Serve,,,,,,',
            'g1@comune.example.it,merge,Ring,,,g2@comune.example.it,no,,',
            'g2@comune.example.it,merge,Ring,,,g1@comune.example.it,no,,',
            'g1@comune.example.it,keep,Serve,,,,,,',
            'g2@comune.example.it,archive,Serve,,,,,,2020-01-01',
            'g2@comune.example.it,burn,Serve,,,,,,',
          ].join('\n'),
        ),
        { isTrial: false },
      ),
    )
    expect(problem.fields?.map(({ path }) => path)).toEqual([
      ...['line 2, column address', 'line 4, column into'],
      ...['line 4, column kind', 'line 5, column address', 'line 6, column address', 'line 7, column kind'],
    ])
    expect(await open()).toBe(before)
    expect((await refusal(importDecisions(contact, bytes(header), { isTrial: true }))).code).toBe('forbidden')
    expect((await refusal(importDecisions(mail, bytes(header), { isTrial: true }))).code).toBe('import_refused')
  })
})

describe('suggestions', () => {
  const facts = {
    ...{ kind: 'office' as const, holderLeft: false, hasHolder: true, delegates: 0, messages: 10 },
    ...{ quietDays: 3, unreadDays: 1, isUnusedAside: false, isPublished: false, isRegistered: false, twinId: null },
  }

  test.each([
    ['a mailbox in use stays', {}, 'keep', 'in_use'],
    ['certified mail stays', { kind: 'certified' as const, quietDays: 900 }, 'keep', 'certified'],
    ['who left has a way of their own', { kind: 'personal' as const, holderLeft: true }, 'leaver', 'holder_left'],
    ['a personal one is left alone otherwise', { kind: 'personal' as const, quietDays: 900 }, 'keep', 'personal'],
    [
      'what the protocol register reads stays',
      { isRegistered: true, quietDays: 900, unreadDays: 900 },
      'keep',
      'registered',
    ],
    ['empty and silent for two years', { messages: 0, quietDays: 700, unreadDays: 700 }, 'delete', 'empty_quiet'],
    ['full and silent for two years', { quietDays: 700, unreadDays: 700 }, 'archive', 'quiet'],
    ['silent, and somebody knows why', { quietDays: 700, unreadDays: 700, isUnusedAside: true }, 'keep', 'in_use'],
    ['silent but read last week', { quietDays: 700, unreadDays: 7 }, 'keep', 'in_use'],
    ['silent but published for citizens', { quietDays: 700, unreadDays: 700, isPublished: true }, 'keep', 'in_use'],
    ['read by four people', { delegates: 4 }, 'delegate', 'readers'],
    ['read by thirty people', { delegates: 30 }, 'group', 'many_readers'],
    ['nearly all is in another one', { twinId: 'x' }, 'merge', 'twin'],
  ] as const)('%s', (_, more, kind, reason) => {
    expect(suggest({ ...facts, ...more }, 365)).toMatchObject({ kind, reason })
  })

  test('the smaller of two goes into the larger, only in its own office, never both ways, from the adopted share on', async () => {
    const { owner } = city.services.database
    const far = (await owner.selectFrom('office').select('id').where('code', '=', 'A3').executeTakeFirstOrThrow()).id
    const names = ['big', 'in', 'half', 'far'] as const
    const ids: Record<string, string> = {}
    for (const [at, name] of names.entries()) {
      const id = await box(`twin.${name}`, 'office', name === 'far' ? far : contact.actor.officeId)
      ids[name] = id
      const key = { organisation_id: city.organisationId, mailbox_id: id, kind: 'office' }
      await owner
        .updateTable('mailbox')
        .set({ message_count: 100 - at })
        .where('id', '=', id)
        .execute()
      await owner
        .insertInto('mailbox_sketch')
        .values({ ...key, messages: 100 - at, sketch: Buffer.alloc(8), made_at: new Date().toISOString() })
        .execute()
    }
    for (const [name, shared] of [
      ['in', 900],
      ['half', 700],
      ['far', 1000],
    ] as const) {
      const [one = '', other = ''] = [ids.big ?? '', ids[name] ?? ''].sort()
      const pair = { organisation_id: city.organisationId, one_id: one, other_id: other, shared, compared: 50 }
      await owner.insertInto('mailbox_overlap').values(pair).execute()
    }
    const merges = async () => {
      const rows = await findCandidates(mail, Object.values(ids))
      return rows.flatMap(({ address, suggestion: { kind, into } }) => (kind === 'merge' ? [[address, into]] : []))
    }
    expect(await merges()).toEqual([['twin.in@comune.example.it', 'twin.big@comune.example.it']])
    // Of two that somebody wants apart nothing is suggested, whichever of the two it was said of.
    const about = 'twin.in@comune.example.it'
    await putFindingAside(mail, ids.big ?? '', { finding: 'duplicate', about, reason: 'Lo sportello resta a sé.' })
    expect(await merges()).toEqual([])
    await resumeFinding(mail, ids.big ?? '', { finding: 'duplicate', about })
    expect(await merges()).toHaveLength(1)
  })
})
