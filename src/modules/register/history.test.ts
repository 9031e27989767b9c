import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestCity, testCity } from '../../../demo/testing.ts'
import { transact } from '../../platform/context.ts'
import { findHistory, recomputeItem } from './history.ts'
import { importItems } from './import-items.ts'
import { intakeItems } from './intake.ts'
import { addItem, findItem, listItems, moveItem } from './items.ts'
import { itemStates } from './vocabulary.ts'

let city: TestCity
beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.services.close())

async function standings() {
  const found = await sql<{ id: string; standing: object }>`
    select c.id, jsonb_build_object('state', c.state, 'officeId', c.office_id, 'siteId', c.site_id, 'custodianId', a.custodian_id,
      'acquisitionId', c.acquisition_id, 'version', c.version) as standing
    from configuration_item c join asset a on a.organisation_id = c.organisation_id and a.item_id = c.id order by c.id`.execute(
    city.services.database.owner,
  )
  return found.rows
}

test('every item is the fold of its events: those of the city, and after every act, file and intake', async () => {
  const ctx = await city.as('technician')
  const custodianEmail = city.emailOf('employee')
  const { id, code } = await addItem(ctx, { type: 'workstation', name: 'Da seguire', custodianEmail, state: 'planned' })
  for (const act of ['order', 'deliver', 'verify', 'install', 'repair', 'return', 'loan', 'move'] as const)
    await moveItem(ctx, id, { act, document: 'Atto', custodianEmail, officeId: ctx.actor.officeId })
  const file = `code;type;name;office\n${code};workstation;Da seguire ancora;A1.2\n`
  await importItems(ctx, new Blob([file]).stream())
  const row = { acquisitionId: crypto.randomUUID(), type: 'laptop', name: 'Nuovo', model: null, serial: 'H-1' }
  const rest = { officeId: null, siteId: null, costCents: null, purchasedOn: null, warrantyUntil: null, funding: null }
  const [taken] = await transact(ctx, (ctx) => intakeItems(ctx, [{ ...row, ...rest, document: 'DDT 1' }]))
  await moveItem(ctx, taken?.itemId ?? '', { act: 'retire', document: 'Atto' })
  const stored = await standings()
  expect(stored.length).toBeGreaterThan(100)
  for (const one of stored) expect(await recomputeItem(ctx, one.id), one.id).toEqual(one.standing)
})

test('the city of the demo has things in every state, and people who have a workstation', async () => {
  const ctx = await city.as('technician')
  const found = await sql<{ state: string }>`select distinct state from configuration_item`.execute(
    city.services.database.owner,
  )
  expect(found.rows.map(({ state }) => state).sort()).toEqual([...itemStates].sort())
  const irene = (await city.as('employee')).actor.personId
  const hers = await sql<{ id: string }>`select item_id as id from asset where custodian_id = ${irene}`.execute(
    city.services.database.owner,
  )
  expect(await findItem(ctx, hers.rows[0]?.id ?? '')).toMatchObject({
    state: 'in_use',
    custodianName: 'Irene Impiegata',
  })
  expect((await listItems(ctx, { family: 'databases' })).rows).toHaveLength(16)
})

test('the history tells document, state and party, and never who works for the supplier', async () => {
  const ctx = await city.as('technician')
  const { id } = await addItem(ctx, { type: 'printer', name: 'Stampante', document: 'Bolla 9' })
  await moveItem(ctx, id, { act: 'install', document: 'Verbale 10', note: 'Al piano terra' })
  const history = await findHistory(await city.as('contract_manager'), id)
  expect(history).toMatchObject([
    {
      kind: 'item.installed',
      before: 'in_stock',
      state: 'in_use',
      document: 'Verbale 10',
      note: 'Al piano terra',
      by: 'supplier',
    },
    { kind: 'item.added', before: null, state: 'in_stock', document: 'Bolla 9', by: 'supplier', witness: 'S' },
  ])
  expect(JSON.stringify(history)).not.toContain('Tullio')
})
