import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, type TestCity, testCity } from '../../../demo/testing.ts'
import { transact } from '../../platform/context.ts'
import { listOffices } from '../organisation/offices.ts'
import { countAcquired, findItemStates, findItemsByCode, findSerials } from './acquired.ts'
import { type IntakeRow, intakeItems } from './intake.ts'
import { lackingAttributes } from './item-types.ts'
import { addItem, findItem, moveItem } from './items.ts'

let city: TestCity
beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.services.close())

async function written(): Promise<string> {
  const found = await sql<{
    all: string
  }>`select concat_ws('|', (select count(*) from event), (select count(*) from event_text),
    (select md5(string_agg(c::text, '' order by id)) from configuration_item c), (select md5(string_agg(n::text, '')) from item_number n),
    (select md5(string_agg(a::text, '' order by item_id)) from asset a)) as all`.execute(city.services.database.owner)
  return found.rows[0]?.all ?? ''
}

const row = (more: Partial<IntakeRow> = {}): IntakeRow => ({
  ...{ acquisitionId: randomUUID(), type: 'workstation', name: 'PC di sostituzione', model: 'Prodesk', serial: null },
  ...{ officeId: null, siteId: null, costCents: 77_400, purchasedOn: '2026-05-04', warrantyUntil: '2029-05-03' },
  ...{ funding: 'Cap. 1234', document: 'DDT 12 del 4/5/2026' },
  ...more,
})

// Whoever verifies for the administration does not manage the register: the operation above asked its own permission.
const verifier = () => city.as('contract_manager')
const intake = async (rows: IntakeRow[]) => transact(await verifier(), (ctx) => intakeItems(ctx, rows))

describe('an intake', () => {
  test('makes a verified item of each row, in their order, and counts them by office and state', async () => {
    const acquisitionId = randomUUID()
    const offices = (await listOffices(await verifier())).slice(0, 2)
    const rows = Array.from({ length: 6 }, (_, at) =>
      row({ acquisitionId, serial: `IN-${at}`, officeId: offices[at % 2]?.id ?? null }),
    )
    const items = await intake(rows)
    const found = await Promise.all(items.map(async ({ itemId }) => findItem(await city.as('technician'), itemId)))
    expect(found.map(({ serial, state, officeId }) => [serial, state, officeId])).toEqual(
      rows.map(({ serial, officeId }) => [serial, 'verified', officeId]),
    )
    expect(new Set(found.map(({ code }) => code)).size).toBe(6)
    expect(found[0]).toMatchObject({ acquisitionId, cost: '774.00', funding: 'Cap. 1234', model: 'Prodesk' })
    const first = items[0]?.itemId ?? ''
    await moveItem(await city.as('technician'), first, { act: 'install', document: 'Richiesta 2026/1' })
    const counts = await countAcquired(await verifier(), [acquisitionId])
    const of = (officeId: string | undefined, state: string) =>
      counts.find((one) => one.officeId === officeId && one.state === state)?.count
    expect([of(offices[0]?.id, 'in_use'), of(offices[0]?.id, 'verified'), of(offices[1]?.id, 'verified')]).toEqual([
      1, 2, 3,
    ])
    expect((await countAcquired(await verifier(), null)).filter((one) => one.acquisitionId === acquisitionId)).toEqual(
      counts,
    )
    const events = await sql<{ kind: string; document: string }>`
      select e.kind, t.content::jsonb->>'document' as document from event e join event_text t on t.event_id = e.id
      where e.subject_id = any (${items.map(({ itemId }) => itemId)}::uuid[]) and e.kind = 'item.taken_in'`.execute(
      city.services.database.owner,
    )
    expect(events.rows).toEqual(items.map(() => ({ kind: 'item.taken_in', document: 'DDT 12 del 4/5/2026' })))
  })

  test('completes what is awaited under the same serial instead of doubling it', async () => {
    const planned = await addItem(await city.as('technician'), {
      ...{ type: 'workstation', name: 'Attesa', serial: 'wait-1', state: 'ordered', tag: 'INV-77' },
    })
    const acquisitionId = randomUUID()
    const items = await intake([row({ serial: 'NEW-1', acquisitionId }), row({ serial: 'WAIT-1', acquisitionId })])
    expect(items[1]).toEqual({ itemId: planned.id })
    expect(await findItem(await city.as('technician'), planned.id)).toMatchObject({
      ...{
        state: 'verified',
        code: planned.code,
        tag: 'INV-77',
        name: 'PC di sostituzione',
        version: 2,
        acquisitionId,
      },
    })
  })

  test('of a serial in use, twice in the lot, of another type or of an unknown office is refused with nothing written', async () => {
    const used = await addItem(await city.as('technician'), {
      type: 'printer',
      name: 'In uso',
      serial: 'USED-1',
      state: 'in_use',
    })
    await addItem(await city.as('technician'), { type: 'printer', name: 'Attesa', serial: 'AWAIT-2', state: 'planned' })
    const before = await written()
    const taken = await refusal(
      intake([row({ serial: 'ok-1' }), row({ serial: 'used-1' }), row({ serial: 'OK-1' }), row({ serial: 'AWAIT-2' })]),
    )
    expect(taken).toMatchObject({ code: 'serial_in_use', status: 409 })
    expect(taken.fields.map(({ path }) => path)).toEqual(['1.serial', '2.serial', '3.serial'])
    expect(taken.fields[0]?.say.it).toContain(used.code)
    expect(await refusal(intake([row({ type: 'teapot' })]))).toMatchObject({ fields: [{ path: 'type' }] })
    expect(await refusal(intake([row(), row({ officeId: randomUUID() })]))).toMatchObject({
      fields: [{ path: 'officeId' }],
    })
    expect(await written()).toBe(before)
  })

  test('takes in what lacks an attribute its type wants: it is told what to complete', async () => {
    const [taken] = await intake([row({ type: 'storage', serial: 'ARMADIO-1' })])
    const found = await findItem(await city.as('technician'), taken?.itemId ?? '')
    expect(lackingAttributes(found.type, found.attributes)).toEqual(['capacity_tb'])
    expect(lackingAttributes('storage', { capacity_tb: 20 })).toEqual([])
  })

  test('of three thousand things is a dozen statements, not one for each', async () => {
    const acquisitionId = randomUUID()
    const begun = process.threadCpuUsage()
    const items = await intake(Array.from({ length: 3000 }, (_, at) => row({ acquisitionId, serial: `LOT-${at}` })))
    const { user, system } = process.threadCpuUsage(begun)
    expect((user + system) / 1000).toBeLessThan(3000)
    expect(new Set(items.map(({ itemId }) => itemId)).size).toBe(3000)
    expect((await countAcquired(await verifier(), [acquisitionId]))[0]?.count).toBe(3000)
  })
})

test('what was acquired is found by serial, by id and by code', async () => {
  const ctx = await city.as('technician')
  const acquisitionId = randomUUID()
  const [item] = await intake([row({ serial: 'Find-Me', acquisitionId })])
  const itemId = item?.itemId ?? ''
  const { code } = await findItem(ctx, itemId)
  expect(await findSerials(ctx, ['FIND-ME', 'nobody'])).toEqual([
    { serial: 'Find-Me', itemId, code, state: 'verified', acquisitionId },
  ])
  const standing = { itemId, code, type: 'workstation', state: 'verified', officeId: null }
  expect(await findItemStates(ctx, [itemId, randomUUID()])).toEqual([standing])
  expect(await findItemsByCode(ctx, [code, 'XX-1'])).toEqual([standing])
})

test('a serial of what is disposed of is found without a code, before the item that has it now, and may be taken in', async () => {
  const ctx = await city.as('technician')
  const old = await addItem(ctx, { type: 'workstation', name: 'PC del 2016', serial: 'Again-1', state: 'in_use' })
  for (const act of ['retire', 'dispose'] as const) await moveItem(ctx, old.id, { act, document: 'Discarico 8' })
  const disposed = { serial: 'Again-1', itemId: old.id, state: 'disposed', acquisitionId: null }
  expect(await findSerials(ctx, ['again-1'])).toEqual([disposed])
  const acquisitionId = randomUUID()
  const [item] = await intake([row({ serial: 'AGAIN-1', acquisitionId })])
  const { code } = await findItem(ctx, item?.itemId ?? '')
  expect(await findSerials(ctx, ['again-1'])).toEqual([
    disposed,
    { serial: 'AGAIN-1', itemId: item?.itemId, code, state: 'verified', acquisitionId },
  ])
})
