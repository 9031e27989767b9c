/** The register of mailboxes: kept by hand and by file, judged by rules, seen by those it concerns. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, type TestCity, testCity } from '../../../demo/testing.ts'
import type { Context } from '../../platform/context.ts'
import { adoptBoxRules, findBoxRules } from './box-rules.ts'
import type { AddBoxInput, BoxImport } from './box-schema.ts'
import { exportBoxes } from './export-mailboxes.ts'
import { exportFindings, putFindingAside, resumeFinding } from './findings.ts'
import { importMailboxes } from './import-mailboxes.ts'
import { addBox, changeBox, changeKind, chooseHolder, findBox, findBoxHistory, listBoxes } from './mailboxes.ts'

let city: TestCity
let manager: Context
beforeAll(async () => {
  city = await testCity()
  manager = await city.as('mail_administrator')
})
afterAll(() => city?.services.close())

async function written(): Promise<string> {
  const found = await sql<{ all: string }>`select concat_ws('|', (select count(*) from event),
    (select md5(string_agg(m::text, '' order by id)) from mailbox m), (select count(*) from mail_census)) as all`.execute(
    city.services.database.owner,
  )
  return found.rows[0]?.all ?? ''
}

let serial = 0
async function box(more: Partial<AddBoxInput> = {}) {
  serial += 1
  const input = { address: `prova${serial}@comune.example.it`, kind: 'office' as const, publishedAt: 'Sito', ...more }
  const { id } = await addBox(manager, input)
  return { id, address: input.address }
}
const personId = async (part: Parameters<TestCity['as']>[0]) => (await city.as(part)).actor.personId ?? ''
const codes = async (id: string) => (await findBox(manager, id)).findings.map(({ code }) => code)
const day = (ago: number) => Temporal.Now.plainDateISO('Europe/Rome').subtract({ days: ago }).toString()
const load = (text: string, how: Parameters<typeof importMailboxes>[2] = {}, ctx = manager): Promise<BoxImport> =>
  importMailboxes(ctx, Buffer.from(text.replaceAll('\n', '\r\n')), how)

describe('by hand', () => {
  test('a mailbox is added with what leads to it, found by its alias, and its holder chosen by address', async () => {
    const { id } = await box({
      ...{ address: 'Prova.Certificati@comune.example.it', name: 'Certificati', quotaBytes: 1_000_000 },
      aliases: [{ address: 'certificati.vecchi@comune.example.it', until: '2030-01-01' }],
      forwards: [{ address: 'sportello@comune.example.it', keepsCopy: false }],
      delegates: [city.emailOf('employee')],
    })
    const { version } = await chooseHolder(manager, id, { holderEmail: city.emailOf('office_contact'), version: 1 })
    const found = await findBox(manager, id)
    expect(found).toMatchObject({
      ...{ address: 'prova.certificati@comune.example.it', version, holderEmail: city.emailOf('office_contact') },
      aliases: [{ address: 'certificati.vecchi@comune.example.it', until: '2030-01-01' }],
      forwards: [{ address: 'sportello@comune.example.it', keepsCopy: false }],
      delegates: [{ address: city.emailOf('employee'), leftOn: null }],
    })
    expect((await listBoxes(manager, { words: 'certificati.VECCHI' })).rows.map((row) => row.id)).toEqual([id])
    expect((await findBoxHistory(manager, id)).map(({ kind }) => kind)).toEqual([
      'mailbox.holder_chosen',
      'mailbox.added',
    ])
    await changeBox(manager, id, { aliases: [], name: 'Certificati e visure' })
    expect(await findBox(manager, id)).toMatchObject({
      name: 'Certificati e visure',
      aliases: [],
      quotaBytes: 1_000_000,
    })
  })

  test('an address that is taken, a form that is old, a stranger: refused, and nothing is half-written', async () => {
    const { id, address } = await box()
    const before = await written()
    expect(await refusal(box({ address }))).toMatchObject({ code: 'invalid', fields: [{ path: 'address' }] })
    expect(await refusal(changeBox(manager, id, { name: 'x', version: 9 }))).toMatchObject({ code: 'stale' })
    expect(await refusal(chooseHolder(manager, id, { holderEmail: 'nessuno@altrove.example.it' }))).toMatchObject({
      fields: [{ path: 'holderEmail' }],
    })
    for (const part of ['employee', 'office_contact', 'auditor', 'contract_manager'] as const)
      expect(await refusal(changeBox(await city.as(part), id, { name: 'x' }))).toMatchObject({ kind: 'forbidden' })
    expect(await written()).toBe(before)
  })

  test('of a mailbox that becomes a person’s the days of use are forgotten, a band is kept', async () => {
    await load(
      `address;kind;last_received;last_read;last_sent;count\ndiventa@comune.example.it;office;${day(250)};${day(251)};${day(260)};7\n`,
    )
    const [row] = (await listBoxes(manager, { words: 'diventa@' })).rows
    await changeKind(manager, row?.id ?? '', { kind: 'personal' })
    expect(await findBox(manager, row?.id ?? '')).toMatchObject({
      ...{ kind: 'personal', activity: 'this_year', lastUsedOn: null, lastReceivedOn: null, lastReadOn: null },
      ...{ lastSentOn: null, messageCount: 7, findings: [] },
    })
  })

  test('pages of a list follow each other without gap or repetition', async () => {
    const first = await listBoxes(manager, { limit: 2 })
    const second = await listBoxes(manager, { limit: 2, ...(first.nextCursor && { cursor: first.nextCursor }) })
    const all = await listBoxes(manager, { limit: 4 })
    expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual(all.rows.map(({ id }) => id))
    expect(await refusal(listBoxes(manager, { limit: 2, kind: 'list', cursor: first.nextCursor ?? '' }))).toMatchObject(
      {
        code: 'invalid',
      },
    )
  })
})

describe('whom it concerns', () => {
  test('an office’s contact sees the mailboxes of the office, without how much people use theirs', async () => {
    const contact = await city.as('office_contact')
    const [officeId = ''] = contact.actor.officeIds
    const own = await box({ officeId })
    const others = await box({ officeId: null })
    const { address } = await box({ officeId, kind: 'personal', publishedAt: null })
    await load(`address;kind;count;last_read\n${address};personal;12;${day(10)}\n`, {
      assessment: 'VI 1',
      agreement: 'Acc. 1',
    })
    const seen = (await listBoxes(contact, { limit: 200 })).rows
    expect(seen.map(({ id }) => id)).toContain(own.id)
    expect(seen.every((row) => contact.actor.officeIds.includes(row.officeId ?? ''))).toBe(true)
    expect(seen.find((row) => row.address === address)).toMatchObject({ activity: null, messageCount: null })
    expect(await refusal(findBox(contact, others.id))).toMatchObject({ kind: 'not_found' })
    const file = await exportBoxes(contact)
    expect(file).toContain(own.address)
    expect(file).not.toContain(others.address)
    expect(file).not.toContain(';recent;')
    expect(await refusal(listBoxes(await city.as('employee')))).toMatchObject({ kind: 'forbidden' })
  })
})

describe('a file', () => {
  test('is tried, loaded, and a second time changes nothing; what is exported can be loaded', async () => {
    const text = `address;kind;name;office;holder;aliases;forwards;delegates;quota;size;count;last_received;register;published
file.uno@comune.example.it;office;Uno;A1.5;${city.emailOf('head_of_ict')};uno@comune.example.it,primo@comune.example.it;>due@comune.example.it;;2 GB;1,5 GB;10;2026-01-31;AOO-1;Sito
file.due@comune.example.it;service;Due;;;;;;;;;;;
`
    const before = await written()
    const trial = await load(text, { trial: 'yes' })
    expect(trial).toMatchObject({ lines: 2, added: 2, isTrial: true })
    expect(await written()).toBe(before)
    expect(await load(text)).toMatchObject({ added: 2, changed: 0, unchanged: 0, isTrial: false })
    const [row] = (await listBoxes(manager, { words: 'file.uno' })).rows
    expect(await findBox(manager, row?.id ?? '')).toMatchObject({
      ...{ quotaBytes: 2 * 1024 ** 3, sizeBytes: 1.5 * 1024 ** 3, messageCount: 10, lastReceivedOn: '2026-01-31' },
      ...{ holderEmail: city.emailOf('head_of_ict'), registerCode: 'AOO-1', source: 'csv' },
      forwards: [{ address: 'due@comune.example.it', keepsCopy: false }],
      aliases: [{ address: 'primo@comune.example.it' }, { address: 'uno@comune.example.it' }],
    })
    const events = await sql<{ count: number }>`select count(*) from event where kind like 'mailbox.%'`.execute(
      city.services.database.owner,
    )
    expect(await load(text)).toMatchObject({ added: 0, changed: 0, unchanged: 2 })
    const after = await sql<{ count: number }>`select count(*) from event where kind like 'mailbox.%'`.execute(
      city.services.database.owner,
    )
    expect(after.rows).toEqual(events.rows)
    const changed = await load('address;kind;name;aliases\nfile.uno@comune.example.it;office;Primo;-\n', {
      trial: 'yes',
    })
    expect(changed.differences).toEqual([
      { line: 2, address: 'file.uno@comune.example.it', column: 'name', before: 'Uno', after: 'Primo' },
      ...[
        {
          line: 2,
          address: 'file.uno@comune.example.it',
          column: 'aliases',
          before: 'primo@comune.example.it uno@comune.example.it',
          after: '',
        },
      ],
    ])
    expect(
      await importMailboxes(manager, Buffer.from(await exportBoxes(manager, { words: 'file.' })), {}),
    ).toMatchObject({ added: 0, changed: 0, unchanged: 2 })
  })

  test('says line by line what is wrong, and loads nothing', async () => {
    const before = await written()
    const refused = await refusal(
      load(`address;kind;office;holder;quota;last_read;aliases
buona@comune.example.it;office;;;;;
senza-chiocciola;office;;;;;
due@comune.example.it;ufficio;;;;;
tre@comune.example.it;office;NON-CE;nessuno@x.example.it;tanto;ieri;storto
buona@comune.example.it;office;;;;;
pec@cert.comune.example.it;certified;;;;2026-01-01;
`),
    )
    expect(refused.code).toBe('import_refused')
    expect(refused.fields?.map(({ path }) => path)).toEqual([
      ...['line 3, column address', 'line 4, column kind', 'line 5, column last_read', 'line 5, column office'],
      ...['line 5, column holder', 'line 5, column quota', 'line 5, column aliases', 'line 6, column address'],
      'line 7, column kind',
    ])
    expect(await written()).toBe(before)
  })

  test('about persons only with the papers, and no day of theirs is stored, not even in what is sealed', async () => {
    const text = `address;kind;last_read;count\nanna.persona@comune.example.it;personal;${day(200)};3\n`
    const before = await written()
    expect(await refusal(load(text))).toMatchObject({ fields: [{ path: 'assessment' }] })
    expect(await refusal(load(text, { assessment: 'VI 2' }))).toMatchObject({ code: 'invalid' })
    expect(await written()).toBe(before)
    await load(text, { assessment: 'VI 2 del 2026', agreement: 'Accordo del 2026' })
    expect((await listBoxes(manager, { words: 'anna.persona' })).rows[0]).toMatchObject({
      activity: 'this_year',
      lastUsedOn: null,
    })
    const kept = await sql<{
      all: string
    }>`select concat((select string_agg(m::text, '') from mailbox m where m.address like 'anna.persona%'),
      (select string_agg(e.payload::text || coalesce(t.content, ''), '') from event e left join event_text t on t.organisation_id = e.organisation_id and t.event_id = e.id
       where e.kind like 'mail%')) as all`.execute(city.services.database.owner)
    expect(kept.rows[0]?.all).not.toContain(day(200))
  })

  test('that is complete leaves those of earlier files that it has no more; a trial says how many', async () => {
    await load('address;kind\nresta@comune.example.it;office\nva@comune.example.it;office\n')
    const hand = await box()
    const trial = await load(await rest('va@comune.example.it'), { complete: 'yes', trial: 'yes' })
    expect(trial).toMatchObject({ isTrial: true, gone: 1 })
    expect((await listBoxes(manager, { state: 'gone' })).rows).toEqual([])
    await load(await rest('va@comune.example.it'), { complete: 'yes' })
    expect((await listBoxes(manager, { state: 'gone' })).rows.map(({ address }) => address)).toEqual([
      'va@comune.example.it',
    ])
    expect((await findBox(manager, hand.id)).goneSince).toBeNull()
    await load('address;kind\nva@comune.example.it;office\n')
    expect((await listBoxes(manager, { state: 'gone' })).rows).toEqual([])
  })

  async function rest(without: string): Promise<string> {
    const found = await sql<{
      line: string
    }>`select address || ';' || kind as line from mailbox where address <> ${without}`.execute(
      city.services.database.owner,
    )
    return `address;kind\n${found.rows.map(({ line }) => line).join('\n')}\n`
  }

  test('of 5,401 mailboxes takes seconds', async () => {
    const lines = Array.from(
      { length: 5_401 },
      (_, at) =>
        `molte${at}@comune.example.it;${at % 10 === 0 ? 'office' : 'personal'};Casella ${at};A1.5;m${at}@comune.example.it`,
    )
    const begun = performance.now()
    expect(await load(`address;kind;name;office;aliases\n${lines.join('\n')}\n`)).toMatchObject({ added: 5_401 })
    expect(performance.now() - begun).toBeLessThan(20_000)
    const listed = performance.now()
    expect((await listBoxes(manager, { finding: 'unpublished', limit: 10 })).rows).toHaveLength(10)
    expect(performance.now() - listed).toBeLessThan(2_000)
    await sql`update mailbox set gone_since = now() where address like 'molte%'`.execute(city.services.database.owner)
  })
})

describe('findings', () => {
  test('nobody answers for it: neither a holder nor a delegate who is still there', async () => {
    const { id } = await box({ delegates: ['fuori@altrove.example.it'] })
    expect(await codes(id)).not.toContain('no_holder')
    await changeBox(manager, id, { delegates: [] })
    expect(await codes(id)).toContain('no_holder')
    const personal = await box({ kind: 'personal', publishedAt: null })
    const leaver = await personId('editor')
    for (const one of [id, personal.id]) await chooseHolder(manager, one, { holderId: leaver })
    expect([...(await codes(id)), ...(await codes(personal.id))]).toEqual([])
    await sql`update person set left_on = ${day(3)} where id = ${leaver}`.execute(city.services.database.owner)
    const [found] = (await findBox(manager, id)).findings
    expect(found).toMatchObject({ code: 'no_holder', evidence: { leftOn: day(3) } })
    expect(found?.sentence).toContain('Elda Redattrice, che ne rispondeva, non c’è più dal')
    expect(await codes(personal.id)).toEqual(['holder_left'])
    await sql`update person set left_on = null where id = ${leaver}`.execute(city.services.database.owner)
  })

  test('a finding is put aside with a reason, seen as such, and taken up again', async () => {
    const { id, address } = await box()
    const counted = async () => (await listBoxes(manager)).counts.findings.no_holder ?? 0
    const before = await counted()
    expect(
      await refusal(putFindingAside(await city.as('auditor'), id, { finding: 'no_holder', reason: 'perché sì' })),
    ).toMatchObject({ kind: 'forbidden' })
    expect(await refusal(putFindingAside(manager, id, { finding: 'over_quota', reason: 'non c’è' }))).toMatchObject({
      code: 'no_finding',
    })
    await putFindingAside(manager, id, { finding: 'no_holder', reason: 'Il servizio apre a gennaio.' })
    expect(await counted()).toBe(before - 1)
    expect((await findBox(manager, id)).findings).toMatchObject([
      { code: 'no_holder', aside: { reason: 'Il servizio apre a gennaio.', by: 'Pia Postale' } },
    ])
    expect((await listBoxes(manager, { finding: 'no_holder', words: address })).rows).toEqual([])
    expect(await exportFindings(manager)).toContain('Il servizio apre a gennaio.')
    await resumeFinding(manager, id, { finding: 'no_holder' })
    expect(await counted()).toBe(before)
    expect(await refusal(resumeFinding(manager, id, { finding: 'no_holder' }))).toMatchObject({ code: 'no_finding' })
  })

  test('names are judged by the administration’s own rules, which are adopted as a whole', async () => {
    const { id } = await box({ address: 'uff_tributi@comune.example.it', holderId: await personId('head_of_ict') })
    expect(await codes(id)).toEqual(['misnamed'])
    const { number, adoptedAt: _, ...rules } = await findBoxRules(manager)
    const naming = [...rules.naming, { kind: 'office' as const, pattern: '*_*', until: day(-30) }]
    await adoptBoxRules(manager, { ...rules, naming, version: number })
    expect(await codes(id)).toEqual([])
    expect(await refusal(adoptBoxRules(manager, { ...rules, version: number }))).toMatchObject({ code: 'stale' })
    expect(
      await refusal(adoptBoxRules(manager, { ...rules, naming: [{ kind: 'office', pattern: '**', until: null }] })),
    ).toMatchObject({
      fields: [{ path: 'naming.0.pattern' }],
    })
    expect(await refusal(adoptBoxRules(await city.as('auditor'), rules))).toMatchObject({ kind: 'forbidden' })
    await adoptBoxRules(manager, rules)
    expect(await codes(id)).toEqual(['misnamed'])
  })
})
