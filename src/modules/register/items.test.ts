import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, type TestCity, testCity } from '../../../demo/testing.ts'
import { listOffices } from '../organisation/offices.ts'
import { allAttributes, attributesSchema, itemTypeNames, itemTypes } from './item-types.ts'
import { addItem, changeItem, findItem, listItems, moveItem } from './items.ts'
import { residualValue } from './residual-value.ts'
import type { MoveItemInput } from './schema.ts'

let city: TestCity
beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.services.close())

async function written(): Promise<string> {
  const found = await sql<{ all: string }>`select concat_ws('|', (select count(*) from event),
    (select md5(string_agg(c::text, '' order by id)) from configuration_item c),
    (select md5(string_agg(a::text, '' order by item_id)) from asset a)) as all`.execute(city.services.database.owner)
  return found.rows[0]?.all ?? ''
}

const manager = () => city.as('team_leader')
const personOf = async (part: Parameters<TestCity['as']>[0]) => (await city.as(part)).actor.personId ?? ''

async function workstation(more: Partial<Parameters<typeof addItem>[1]> = {}) {
  return addItem(await manager(), { type: 'workstation', name: 'Postazione di prova', ...more })
}
async function move(id: string, input: Omit<MoveItemInput, 'document'> & { document?: string }) {
  return moveItem(await manager(), id, { document: 'Verbale n. 1', ...input })
}

describe('an item', () => {
  test('is put in the register under the next code of its type, with both its records', async () => {
    const first = await workstation({
      maker: 'Olivetti',
      model: 'M24',
      serial: 'sn-0001',
      cost: '774,00',
      purchasedOn: '2026-01-01',
      attributes: { ram_gb: '16', hostname: 'pc-prova', os_support_until: '' },
    })
    const second = await workstation()
    expect(first.code).toMatch(/^PC-\d{6}$/)
    expect(Number(second.code.slice(3))).toBe(Number(first.code.slice(3)) + 1)
    expect(await findItem(await manager(), first.id)).toMatchObject({
      code: first.code,
      state: 'in_stock',
      title: 'owned',
      maker: 'Olivetti',
      cost: '774.00',
      attributes: { ram_gb: 16, hostname: 'pc-prova' },
      version: 1,
    })
  })

  test('a code given by hand is never given again', async () => {
    const { code } = await workstation()
    const next = `PC-${String(Number(code.slice(3)) + 1).padStart(6, '0')}`
    await workstation({ code: next })
    expect((await workstation()).code).toBe(`PC-${String(Number(code.slice(3)) + 2).padStart(6, '0')}`)
    expect(await refusal(workstation({ code: next }))).toMatchObject({ code: 'invalid', fields: [{ path: 'code' }] })
  })

  test('with attributes of another type, without those that are needed, or with a serial that is in use is refused', async () => {
    await workstation({ serial: 'ABC-123' })
    const before = await written()
    const ctx = await manager()
    const wrongs = [
      workstation({ attributes: { dbms: 'PostgreSQL' } }),
      workstation({ attributes: { ram_gb: 'molta' } }),
      addItem(ctx, { type: 'storage', name: 'Archivio' }),
      addItem(ctx, {
        type: 'database',
        name: 'Anagrafe',
        attributes: { description: 'd', legal_basis: 'l', personal_data: 'common' },
      }),
      addItem(ctx, { type: 'teapot', name: 'Teiera' }),
      workstation({ serial: 'abc-123' }),
      workstation({ cost: '12,345' }),
      workstation({ officeId: randomUUID() }),
    ]
    const paths = (await Promise.all(wrongs.map(refusal))).map(({ fields }) => fields[0]?.path)
    expect(paths).toEqual([
      'attributes',
      'attributes.ram_gb',
      'attributes.capacity_tb',
      'officeId',
      'type',
      'serial',
      'cost',
      'officeId',
    ])
    expect(await written()).toBe(before)
  })

  test('a serial is free again when its item is disposed of', async () => {
    const { id } = await workstation({ serial: 'FREE-1' })
    await move(id, { act: 'retire' })
    expect(await refusal(workstation({ serial: 'free-1' }))).toMatchObject({ fields: [{ path: 'serial' }] })
    await move(id, { act: 'dispose', document: 'Discarico n. 7' })
    expect(await findItem(await manager(), id)).toMatchObject({ state: 'disposed', writeOffDocument: 'Discarico n. 7' })
    expect((await workstation({ serial: 'free-1' })).id).not.toBe(id)
  })

  test('is corrected by who manages the register; who only reads, or saw an older version, is refused', async () => {
    const { id } = await workstation({ name: 'Nome sbagliato', serial: 'C-1' })
    expect(await changeItem(await manager(), id, { version: 1, name: 'Nome giusto' })).toMatchObject({ version: 2 })
    expect(await findItem(await manager(), id)).toMatchObject({ name: 'Nome giusto', serial: 'C-1' })
    expect(await refusal(changeItem(await manager(), id, { version: 1, name: 'Altro' }))).toMatchObject({
      code: 'stale',
    })
    const reader = await city.as('contract_manager')
    expect(await refusal(changeItem(reader, id, { name: 'Altro' }))).toMatchObject({ code: 'forbidden' })
    const events = await sql<{ payload: { changed: string[] }; content: string }>`
      select e.payload, t.content from event e join event_text t on t.event_id = e.id
      where e.subject_id = ${id} and e.kind = 'item.changed'`.execute(city.services.database.owner)
    expect(events.rows).toMatchObject([{ payload: { changed: ['name'] }, content: '{"name":"Nome giusto"}' }])
  })
})

describe('a movement', () => {
  test('leads from planned to disposed of, each step an event with its document', async () => {
    const { id } = await workstation({ state: 'planned' })
    const custodianId = await personOf('employee')
    const steps = ['order', 'deliver', 'verify', 'store', 'install', 'repair', 'return', 'retire', 'dispose'] as const
    for (const act of steps)
      await move(id, { act, document: `Atto ${act}`, ...(act === 'install' && { custodianId, room: '12' }) })
    expect(await findItem(await manager(), id)).toMatchObject({ state: 'disposed', custodianId: null, version: 10 })
    const events = await sql<{ state: string; document: string }>`
      select e.payload->>'state' as state, t.content::jsonb->>'document' as document
      from event e join event_text t on t.event_id = e.id where e.subject_id = ${id} order by e.id`.execute(
      city.services.database.owner,
    )
    expect(events.rows.map(({ state }) => state)).toEqual([
      ...['planned', 'ordered', 'delivered', 'verified', 'in_stock', 'in_use', 'repair', 'in_stock', 'retired'],
      'disposed',
    ])
    expect(events.rows.slice(1).map(({ document }) => document)).toEqual(steps.map((act) => `Atto ${act}`))
  })

  test('that the state does not allow, without a document, on a future day or on an older version is refused', async () => {
    const { id } = await workstation({ state: 'planned' })
    const before = await written()
    expect(await refusal(move(id, { act: 'install' }))).toMatchObject({ code: 'wrong_state' })
    expect(await refusal(move(id, { act: 'order', document: ' ' }))).toMatchObject({ fields: [{ path: 'document' }] })
    expect(await refusal(move(id, { act: 'order', on: '2999-01-01' }))).toMatchObject({ fields: [{ path: 'on' }] })
    expect(await refusal(move(id, { act: 'order', version: 9 }))).toMatchObject({ code: 'stale' })
    expect(await refusal(move(randomUUID(), { act: 'order' }))).toMatchObject({ code: 'not_found' })
    expect(await written()).toBe(before)
  })

  test('that happened on a past day is recorded now and said to have happened then', async () => {
    const { id } = await workstation()
    await move(id, { act: 'install', on: '2026-03-02' })
    const events = await sql<{ at: string; late: boolean }>`
      select occurred_at as at, recorded_at > occurred_at + interval '1 day' as late from event
      where subject_id = ${id} and kind = 'item.installed'`.execute(city.services.database.owner)
    expect(events.rows).toMatchObject([{ late: true }])
    expect(Date.parse(events.rows[0]?.at ?? '')).toBe(Date.parse('2026-03-02T11:00:00Z'))
  })

  test('a loan names to whom and until when, and ends with the return', async () => {
    const { id } = await workstation()
    expect(await refusal(move(id, { act: 'loan' }))).toMatchObject({ fields: [{ path: 'custodianId' }] })
    const custodianId = await personOf('employee')
    await move(id, { act: 'loan', custodianId, loanUntil: '2027-01-31' })
    expect(await findItem(await manager(), id)).toMatchObject({ state: 'in_use', custodianId, loanUntil: '2027-01-31' })
    await move(id, { act: 'return' })
    expect(await findItem(await manager(), id)).toMatchObject({ state: 'in_stock', custodianId: null, loanUntil: null })
  })

  test('a replacement retires the old one and puts the new one in its place, or neither', async () => {
    const [old, young, other] = [await workstation(), await workstation(), await workstation({ state: 'planned' })]
    const custodianId = await personOf('employee')
    await move(old.id, { act: 'install', custodianId, room: '7' })
    const before = await written()
    expect(await refusal(move(old.id, { act: 'replace' }))).toMatchObject({ fields: [{ path: 'replacementCode' }] })
    expect(await refusal(move(old.id, { act: 'replace', replacementId: old.id }))).toMatchObject({
      fields: [{ path: 'replacementId' }],
    })
    expect(await refusal(move(old.id, { act: 'replace', replacementId: other.id }))).toMatchObject({
      code: 'replacement_not_ready',
    })
    expect(await written()).toBe(before)
    await move(old.id, { act: 'replace', replacementCode: young.code })
    const ctx = await manager()
    expect(await findItem(ctx, old.id)).toMatchObject({ state: 'retired', custodianId: null })
    expect(await findItem(ctx, young.id)).toMatchObject({ state: 'in_use', custodianId, room: '7' })
  })
})

describe('the list', () => {
  test('pages by code and is narrowed by type, state, office and words', async () => {
    const ctx = await manager()
    const office = (await listOffices(ctx))[0]
    const made: string[] = []
    for (let at = 0; at < 5; at += 1)
      made.push((await workstation({ name: `Catalogata zibaldone ${at}`, officeId: office?.id ?? null })).code)
    const first = await listItems(ctx, { words: 'zibald catal', limit: 3 })
    expect(first.rows.map(({ code }) => code)).toEqual(made.slice(0, 3))
    const second = await listItems(ctx, { words: 'zibald catal', limit: 3, cursor: first.nextCursor ?? '' })
    expect(second.rows.map(({ code }) => code)).toEqual(made.slice(3))
    expect(second.nextCursor).toBeNull()
    const [, number = ''] = /0*(\d+)$/.exec(made[2] ?? '') ?? []
    expect((await listItems(ctx, { words: number })).rows.map(({ code }) => code)).toContain(made[2])
    const ofOffice = await listItems(ctx, { officeId: office?.id, type: 'workstation', state: 'in_stock', limit: 200 })
    expect(ofOffice.rows.map(({ code }) => code)).toEqual(expect.arrayContaining(made))
    expect(
      (await listItems(ctx, { officeId: office?.id, family: 'databases' })).rows.filter((row) =>
        made.includes(row.code),
      ),
    ).toEqual([])
    expect(await refusal(listItems(ctx, { words: 'altro', cursor: first.nextCursor ?? '' }))).toMatchObject({
      code: 'invalid',
    })
  })

  test('shows an office’s contact what their offices have, in lists, by search and one by one; an employee nothing', async () => {
    const contact = await city.as('office_contact')
    const ctx = await manager()
    const foreign = (await listOffices(ctx)).find(({ id }) => !contact.actor.officeIds.includes(id))
    const own = await workstation({ name: 'Meridiana propria', officeId: contact.actor.officeIds[0] ?? null })
    const other = await workstation({ name: 'Meridiana altrui', officeId: foreign?.id ?? null })
    expect((await listItems(contact, { words: 'meridiana' })).rows.map(({ id }) => id)).toEqual([own.id])
    expect((await findItem(contact, own.id)).id).toBe(own.id)
    expect(await refusal(findItem(contact, other.id))).toMatchObject({ code: 'not_found' })
    expect(await refusal(listItems(await city.as('employee')))).toMatchObject({ code: 'forbidden' })
    expect(await refusal(addItem(contact, { type: 'printer', name: 'Stampante' }))).toMatchObject({ code: 'forbidden' })
  })
})

describe('the data of types', () => {
  test('an empty form of any type is asked for what is needed and for nothing else', () => {
    for (const type of itemTypeNames) {
      const parsed = attributesSchema(type).safeParse({})
      const asked = parsed.success ? [] : parsed.error.issues.map(({ path }) => path[0])
      const needed = itemTypes[type].attributes.filter((one) => one.isRequired).map(({ name }) => name)
      expect(asked, type).toEqual(needed)
    }
    expect(itemTypes.database.attributes.filter((one) => one.isRequired)).toHaveLength(3)
    expect(allAttributes.length).toBeGreaterThan(50)
  })

  test('an attribute means the same wherever it appears, and codes of two types never meet', () => {
    const kinds = new Map(allAttributes.map((one) => [one.name, one.kind]))
    for (const type of itemTypeNames)
      for (const { name, kind } of itemTypes[type].attributes) expect(kinds.get(name), `${type} ${name}`).toBe(kind)
    expect(new Set(itemTypeNames.map((type) => itemTypes[type].prefix)).size).toBe(itemTypeNames.length)
  })

  test('the residual value falls in a straight line over the useful life: never below nothing, never above the cost', () => {
    const pc = { type: 'workstation' as const, costCents: 77_400, purchasedOn: '2024-01-01' }
    expect(residualValue(pc, '2023-06-01')).toBe(77_400)
    expect(residualValue(pc, '2024-01-01')).toBe(77_400)
    // 1,827 days from 1 January 2024 to 1 January 2029, of which 1,461 are left: 774.00 × 1461 / 1827.
    expect(residualValue(pc, '2025-01-01')).toBe(61_895)
    expect(residualValue(pc, '2029-01-01')).toBe(0)
    expect(residualValue(pc, '2040-01-01')).toBe(0)
    expect(residualValue({ ...pc, type: 'database' }, '2025-01-01')).toBeNull()
    expect(residualValue({ ...pc, costCents: null }, '2025-01-01')).toBeNull()
  })
})
