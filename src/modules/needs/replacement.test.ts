import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusal, type TestCity, testCity } from '../../../demo/testing.ts'
import { addItem, listItems, moveItem } from '../register/items.ts'
import { closeLine } from './close-line.ts'
import { approvePlan, decideLines } from './decide.ts'
import { declareDelivery, findDelivery } from './deliveries.ts'
import { addLine, findReplaced, setReplaced } from './lines.ts'
import { placeOrder } from './orders.ts'
import { findPlan, openPlan, turnPlan } from './plans.ts'
import { checkItems, closeVerification } from './verification.ts'

const year = 2033

let city: TestCity
let lineId: string
beforeAll(async () => {
  city = await testCity()
  const [head, manager] = [await city.as('head_of_ict'), await city.as('contract_manager')]
  await openPlan(manager, { year })
  const line = { category: 'workstation', description: 'PC da ufficio', kind: 'replacement' } as const
  lineId = (await addLine(manager, year, { ...line, quantity: 2, unitPrice: '700.00' })).id
  await turnPlan(manager, year, { state: 'deciding' })
  const { rows } = await findPlan(head, year)
  await decideLines(head, year, { lines: rows.map(({ id }) => ({ id })), decision: 'accepted' })
  await approvePlan(head, year, { act: 'Delibera 1/2033' })
  const supplier = await city.services.database.owner
    .selectFrom('party')
    .select('id')
    .where('kind', '=', 'supplier')
    .executeTakeFirstOrThrow()
  const order = { number: 'S-1', supplierId: supplier.id, orderedOn: '2026-01-10', act: 'Determina 1' }
  await placeOrder(manager, year, { ...order, lines: [{ number: 1, quantity: 2, unitPrice: '700.00' }] })
})
afterAll(() => city.services.close())

type Added = Parameters<typeof addItem>[1]
const added = async (more: Partial<Added> = {}) =>
  addItem(await city.as('administrator'), { type: 'workstation', name: 'PC del 2017', state: 'in_use', ...more })
async function move(id: string, ...acts: ('retire' | 'dispose')[]) {
  for (const act of acts) await moveItem(await city.as('administrator'), id, { act, document: 'Discarico 4' })
}
const name = async (...codes: string[]) => setReplaced(await city.as('contract_manager'), lineId, { codes })

test('what left long ago, is not here yet or is of another family is not named; what was named before stays', async () => {
  const [here, stored, scrapped] = [await added(), await added({ state: 'in_stock' }), await added()]
  const [planned, database] = [await added({ state: 'planned' }), await added({ type: 'application' })]
  await move(scrapped.id, 'retire', 'dispose')
  const refused = await refusal(name(here.code, scrapped.code, planned.code, database.code))
  const gone = 'is not in use, in stock or in repair: it cannot leave for this line.'
  expect(new Set(refused.fields.map(({ say }) => say.en))).toEqual(
    new Set([
      `${scrapped.code} ${gone}`,
      `${planned.code} ${gone}`,
      `${database.code} is an item of another family: this line does not replace it.`,
    ]),
  )
  const manager = await city.as('contract_manager')
  expect(await findReplaced(manager, lineId)).toEqual([])
  await name(here.code)
  await move(here.id, 'retire')
  await name(here.code, stored.code)
  expect((await findReplaced(manager, lineId)).sort()).toEqual([here.code, stored.code].sort())
})

test('a machine that was disposed of and comes again as a new one is marked as seen before, and may be taken', async () => {
  const old = await added({ serial: 'DI-NUOVO-1' })
  await move(old.id, 'retire', 'dispose')
  const items = ['di-nuovo-1', 'DAVVERO-2'].map((serial) => ({ line: 1, quantity: 1, serial }))
  const lot = { order: 'S-1', note: 'B-1', deliveredOn: '2026-01-20', items }
  const { id } = await declareDelivery(await city.as('team_leader'), lot)
  const manager = await city.as('contract_manager')
  const pieces = (await findDelivery(manager, id)).items
  expect(Object.fromEntries(pieces.map(({ serial, seenBefore }) => [serial, seenBefore]))).toEqual({
    'di-nuovo-1': 'register',
    'DAVVERO-2': null,
  })
  const reason = 'Rigenerato: lo vende così la Società'
  await checkItems(manager, id, { checks: pieces.map((one) => ({ id: one.id, outcome: 'accepted', reason })) })
  expect(await closeVerification(manager, id, {})).toMatchObject({ state: 'verified', itemsTakenIn: 2 })
})

test('a line whose new machines are verified and not installed yet does not close while the old ones stay', async () => {
  const manager = await city.as('contract_manager')
  const refused = await refusal(closeLine(manager, lineId, { reason: 'Fornitura conclusa' }))
  expect(refused).toMatchObject({ code: 'not_retired' })
  const [technician, codes] = [await city.as('administrator'), await findReplaced(manager, lineId)]
  const { rows } = await listItems(technician, { type: 'workstation', state: 'in_stock', limit: 100 })
  for (const { id, code } of rows) if (codes.includes(code)) await move(id, 'retire')
})

test('a closed line names no items any more', async () => {
  const manager = await city.as('contract_manager')
  const [first = '', ...others] = await findReplaced(manager, lineId)
  await closeLine(manager, lineId, { reason: 'Fornitura conclusa' })
  expect(await refusal(name(first, ...others, (await added()).code))).toMatchObject({ code: 'line_closed' })
})
