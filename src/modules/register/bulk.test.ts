import { sql } from 'kysely'
import { getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, type TestCity, testCity } from '../../../demo/testing.ts'
import { closePdf } from '../../platform/pdf.ts'
import { listHandovers } from './handovers.ts'
import { importItems } from './import-items.ts'
import { labelledId, marksOf } from './internal/marks.ts'
import { addItem, findItem, listItems } from './items.ts'
import { labelsPdf, listLabelled } from './labels.ts'
import { moveItems } from './move-items.ts'

let city: TestCity
beforeAll(async () => {
  city = await testCity()
})
afterAll(() => Promise.all([closePdf(), city.services.close()]))

const manager = () => city.as('technician')
const add = async (more: object = {}) =>
  addItem(await manager(), { type: 'printer', name: 'Stampante di prova', ...more })

async function written(): Promise<string> {
  const found = await sql<{
    all: string
  }>`select concat_ws('|', (select count(*) from event), (select count(*) from handover),
    (select md5(string_agg(c::text, '' order by id)) from configuration_item c),
    (select md5(string_agg(a::text, '' order by item_id)) from asset a)) as all`.execute(city.services.database.owner)
  return found.rows[0]?.all ?? ''
}

async function pages(bytes: Uint8Array): Promise<string[]> {
  const pdf = await getDocumentProxy(Uint8Array.from(bytes))
  return Promise.all(
    Array.from({ length: pdf.numPages }, async (_, at) => {
      const { items } = await (await pdf.getPage(at + 1)).getTextContent()
      return items.map((item) => ('str' in item ? item.str : '')).join(' ')
    }),
  )
}

describe('one movement for many', () => {
  test('takes items by label, code, serial and inventory number, each once, and makes one record for who receives', async () => {
    const ctx = await manager()
    const [byLabel, byCode, bySerial, byTag] = [
      await add(),
      await add(),
      await add({ serial: 'Bulk-7' }),
      await add({ tag: 'INV-77' }),
    ]
    const custodianId = (await city.as('employee')).actor.personId
    const moved = await moveItems(ctx, {
      items: [
        `https://sitec.example.it/registro/${byLabel.id}`,
        byCode.code.toLowerCase(),
        'BULK-7',
        'INV-77',
        byCode.code,
      ],
      act: 'install',
      document: 'Bolla n. 40',
      custodianId,
      room: '4',
    })
    expect(moved).toEqual({ moved: 4 })
    for (const { id } of [byLabel, byCode, bySerial, byTag])
      expect(await findItem(ctx, id)).toMatchObject({ state: 'in_use', room: '4', custodianId, version: 2 })
    const record = (await listHandovers(ctx, { itemId: byTag.id, answer: 'waiting' })).rows[0]
    expect(record?.lines).toHaveLength(4)
  })

  test('is refused whole, with every wrong line named, when one is unknown or its state does not allow it', async () => {
    const [stocked, used] = [await add(), await add()]
    await moveItems(await manager(), { items: [used.code], act: 'install', document: 'Bolla n. 41' })
    const before = await written()
    const attempt = (items: string[]) =>
      manager().then((ctx) => moveItems(ctx, { items, act: 'install', document: 'Bolla n. 42' }))
    const unknown = await refusal(attempt([stocked.code, 'NIENTE-1', 'NIENTE-2']))
    expect(unknown).toMatchObject({ code: 'items_refused', fields: [{ path: 'line 2' }, { path: 'line 3' }] })
    expect(unknown.fields[0]?.say.it).toContain('NIENTE-1')
    const state = await refusal(attempt([stocked.code, used.code]))
    expect(state).toMatchObject({ code: 'items_refused', fields: [{ path: 'line 2' }] })
    expect(await refusal(attempt([]))).toMatchObject({ code: 'invalid' })
    const future = { items: [stocked.code], act: 'install' as const, document: 'x', on: '2999-01-01' }
    expect(await refusal(moveItems(await manager(), future))).toMatchObject({ fields: [{ path: 'on' }] })
    const reader = await city.as('auditor')
    expect(await refusal(moveItems(reader, { ...future, on: null }))).toMatchObject({ code: 'forbidden' })
    expect(await written()).toBe(before)
  })

  test('sent twice with one key is done once', async () => {
    const { id, code } = await add()
    await moveItems(await manager(), { items: [code], act: 'install', document: 'Bolla n. 43' })
    const ctx = { ...(await manager()), idempotencyKey: 'spostamento-1' }
    const input = { items: [code], act: 'move' as const, document: 'Bolla n. 44', room: '9' }
    expect([await moveItems(ctx, input), await moveItems(ctx, input)]).toEqual([{ moved: 1 }, { moved: 1 }])
    expect(await findItem(ctx, id)).toMatchObject({ room: '9', version: 3 })
  })

  test('reads what people type: one a line, blanks and empty lines left out', () => {
    expect(marksOf(' PC-1 \n\nPC-2;PC-3\r\n')).toEqual(['PC-1', 'PC-2', 'PC-3'])
    expect(labelledId('https://a.example/registro/0190AAAA-0000-7000-8000-000000000001')).toBe(
      '0190aaaa-0000-7000-8000-000000000001',
    )
    expect(labelledId('PC-000001')).toBeNull()
  })
})

describe('labels', () => {
  test('of chosen items or of a filter fill sheets in the order of codes, past those that are used', async () => {
    const ctx = await manager()
    const made = [await add({ name: 'Vetrofania uno', tag: 'ET-1' }), await add({ name: 'Vetrofania due' })]
    const ids = made.map(({ id }) => id).join(',')
    const [first = '', second = ''] = await pages(await labelsPdf(ctx, { ids, skip: '23' }))
    expect(first).toContain(made[0]?.code)
    expect(first).toContain('Inv. ET-1')
    expect(first).toContain('Dati di prova')
    expect(second).toContain(made[1]?.code)
    expect((await listLabelled(ctx, { words: 'vetrofania' })).map(({ id }) => id)).toEqual(made.map(({ id }) => id))
  })

  test('of nothing, of too many or of what one may not see are refused', async () => {
    const ctx = await manager()
    expect(await refusal(listLabelled(ctx, { words: 'nessunodavvero' }))).toMatchObject({ fields: [{ path: 'ids' }] })
    const { id } = await add()
    expect(await refusal(listLabelled(await city.as('office_contact'), { ids: id }))).toMatchObject({ code: 'invalid' })
    expect(await refusal(listLabelled(await city.as('employee'), { ids: id }))).toMatchObject({ code: 'forbidden' })
  })

  test('ten full sheets are written, and no more', async () => {
    const ctx = await manager()
    const lines = Array.from({ length: 241 }, (_, at) => `scanner;Lettore ${at};ZZ-${at}\r\n`)
    await importItems(ctx, new Blob([`type;name;code\r\n${lines.join('')}`]).stream())
    expect(await refusal(listLabelled(ctx, { type: 'scanner' }))).toMatchObject({ fields: [{ path: 'ids' }] })
    const found = (await listItems(ctx, { words: 'lettore', limit: 200 })).rows
    const more = (await listItems(ctx, { type: 'scanner', words: 'zz', limit: 200 })).rows
    const ids = [...new Set([...found, ...more].map(({ id }) => id))].slice(0, 200)
    expect(await pages(await labelsPdf(ctx, { ids: ids.join(','), skip: 23 }))).toHaveLength(10)
  })
})
