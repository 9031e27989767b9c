import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusal, type TestCity, testCity } from '../../../demo/testing.ts'
import { openCase } from '../servicedesk/open-case.ts'
import { approvePlan, decideLines } from './decide.ts'
import { declareDelivery, findDelivery } from './deliveries.ts'
import { addLine } from './lines.ts'
import { placeOrder } from './orders.ts'
import { addPhoto, findPhoto, listPhotos } from './photos.ts'
import { findPlan, openPlan, turnPlan } from './plans.ts'
import { checkItems, closeVerification } from './verification.ts'

const year = 2031
// The smallest picture there is, one point.
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  'base64',
)

let city: TestCity
let deliveryId: string
beforeAll(async () => {
  city = await testCity()
  const [head, manager, leader] = [
    await city.as('head_of_ict'),
    await city.as('contract_manager'),
    await city.as('team_leader'),
  ]
  await openPlan(manager, { year })
  const line = {
    category: 'network',
    description: 'Prese di rete',
    kind: 'new',
    quantity: 5,
    unitPrice: '10.00',
  } as const
  await addLine(manager, year, line)
  await turnPlan(manager, year, { state: 'deciding' })
  const [row] = (await findPlan(head, year)).rows
  await decideLines(head, year, { lines: [{ id: row?.id ?? '' }], decision: 'accepted' })
  await approvePlan(head, year, { act: 'Delibera 1/2031' })
  const supplier = await city.services.database.owner
    .selectFrom('party')
    .select('id')
    .where('kind', '=', 'supplier')
    .executeTakeFirstOrThrow()
  const order = { number: 'F-1', supplierId: supplier.id, orderedOn: '2026-01-10', act: 'Determina 1' }
  await placeOrder(manager, year, { ...order, lines: [{ number: 1, quantity: 5, unitPrice: '10.00' }] })
  const note = { order: 'F-1', note: 'BF-1', deliveredOn: '2026-01-20', items: [{ line: 1, quantity: 5 }] }
  deliveryId = (await declareDelivery(leader, note)).id
})
afterAll(() => city.services.close())

test('the verifier photographs a lot: once each, with what it shows and who took it', async () => {
  const manager = await city.as('contract_manager')
  const kept = await city.services.files.keep(png)
  expect(await addPhoto(manager, deliveryId, kept, { caption: 'Scatola ammaccata' })).toEqual({ added: true })
  expect(await addPhoto(manager, deliveryId, kept, { caption: 'Di nuovo' })).toEqual({ added: false })
  const [photo, ...others] = await listPhotos(await city.as('auditor'), deliveryId)
  expect(others).toEqual([])
  expect(photo).toMatchObject({ mediaType: 'image/png', bytes: png.byteLength, caption: 'Scatola ammaccata' })
  expect(photo?.addedBy).toBe(manager.actor.name)
  expect((await findPhoto(manager, deliveryId, photo?.id ?? '')).sha256).toBe(kept.sha256)
})

test('what is no picture, and what the supplier sends, is refused', async () => {
  const manager = await city.as('contract_manager')
  const text = await city.services.files.keep(Buffer.from('non è una foto'))
  expect((await refusal(addPhoto(manager, deliveryId, text, {}))).fields.map(({ path }) => path)).toEqual(['photo'])
  const kept = await city.services.files.keep(png)
  expect((await refusal(addPhoto(await city.as('team_leader'), deliveryId, kept, {}))).kind).toBe('forbidden')
  const unknown = '00000000-0000-4000-8000-000000000000'
  expect((await refusal(addPhoto(manager, unknown, kept, {}))).kind).toBe('not_found')
  expect((await refusal(findPhoto(manager, deliveryId, unknown))).kind).toBe('not_found')
})

test('a picture that a case has too stays when the case forgets it', async () => {
  const kept = await city.services.files.keep(png)
  const { id } = await openCase(await city.as('employee'), { kind: 'incident', title: 'Scatola rotta' }, [
    { ...kept, name: 'scatola.png' },
  ])
  await city.services.database.owner.deleteFrom('case_attachment').where('case_id', '=', id).execute()
  await city.services.database.owner.deleteFrom('file').where('sha256', '=', kept.sha256).execute()
  const known = await sql<{ known: boolean }>`select file_is_known(${kept.sha256}) as known`.execute(
    city.services.database.app,
  )
  expect(known.rows).toEqual([{ known: true }])
})

test('a verified delivery is as it was verified', async () => {
  const manager = await city.as('contract_manager')
  const { items } = await findDelivery(manager, deliveryId)
  await checkItems(manager, deliveryId, { checks: items.map(({ id }) => ({ id, outcome: 'accepted' })) })
  await closeVerification(manager, deliveryId, {})
  const other = await city.services.files.keep(Buffer.concat([png, Buffer.from([0])]))
  expect((await refusal(addPhoto(manager, deliveryId, other, {}))).code).toBe('verified')
  expect(await listPhotos(manager, deliveryId)).toHaveLength(1)
})
