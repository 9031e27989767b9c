import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, type TestCity, testCity } from '../../../demo/testing.ts'
import type { Context } from '../../platform/context.ts'
import { consolidateLines, findAsked, findCollected } from './consolidate.ts'
import { approvePlan, decideLines } from './decide.ts'
import { deliverFile } from './deliver-file.ts'
import { listDeliveries } from './deliveries.ts'
import { findLine } from './lines.ts'
import { placeOrder } from './orders.ts'
import { listOwnSheets } from './own-sheets.ts'
import { changePlan, findPlan, listPlans, openPlan, turnPlan } from './plans.ts'
import { loadPriceList } from './price-lists.ts'
import { findSheet, returnSheet, saveSheet, sendSheet } from './requests.ts'
import type { SaveSheetInput } from './schema.ts'
import { verifyFile } from './verify-file.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const year = 2040

let city: TestCity
let contact: Context
let manager: Context
let head: Context
let own: string
let others: { id: string; code: string; name: string }[]

beforeAll(async () => {
  city = await testCity()
  contact = await city.as('office_contact')
  manager = await city.as('contract_manager')
  head = await city.as('head_of_ict')
  own = contact.actor.officeId ?? ''
  others = await city.services.database.owner
    .selectFrom('office')
    .select(['id', 'code', 'name'])
    .where('closed_on', 'is', null)
    .where('id', 'not in', [...contact.actor.officeIds])
    .orderBy('code')
    .limit(3)
    .execute()
  const list =
    'code,category,description,unit_price_eur\nMON,workstation,Monitor 24 pollici,140.00\nFIR,software,Licenza per firma digitale,38.00\n'
  await loadPriceList(manager, bytes(list), { name: 'Listino', effectiveFrom: '2020-01-01', act: 'Determina 1/2020' })
  await openPlan(manager, { year })
})
afterAll(() => city.services.close())

const line = (what: string, quantity: number | null = 2, forWhom = 'Sportelli 1 e 2', why = 'Mancano da un anno') => ({
  ...{ what, quantity, forWhom, why },
})
const sheet = (...lines: SaveSheetInput['lines']): SaveSheetInput => ({ lines })
const events = async (kind: string) =>
  (await city.services.database.owner.selectFrom('event').select('id').where('kind', '=', kind).execute()).length

describe('the sheet of an office', () => {
  test('is kept as it is typed, unfinished too, and empty lines fall away', async () => {
    const kept = await saveSheet(
      contact,
      year,
      own,
      sheet(line('Monitor 24 pollici'), line('', null, '', ''), line('Sedia', null, '', '')),
    )
    const found = await findSheet(contact, year, own)
    expect(found.lines.map(({ position, what, quantity }) => [position, what, quantity])).toEqual([
      [1, 'Monitor 24 pollici', 2],
      [2, 'Sedia', null],
    ])
    expect([found.state, found.version]).toEqual(['draft', kept.version])
    // A draft is the office's own.
    expect(await events('needs.request_sent')).toBe(0)
  })

  test('what the price list names has its price, whatever its capitals; anything else has none', async () => {
    await saveSheet(contact, year, own, sheet(line('MONITOR 24 pollici'), line('Sedia')))
    const found = await findSheet(contact, year, own)
    expect(found.lines.map(({ priceCode, unitPrice }) => [priceCode, unitPrice])).toEqual([
      ['MON', '140.00'],
      [null, null],
    ])
  })

  test('a stale form is refused and changes nothing', async () => {
    const { version } = await findSheet(contact, year, own)
    await saveSheet(contact, year, own, { version, lines: [line('Monitor 24 pollici')] })
    const stale = await refusal(saveSheet(contact, year, own, { version, lines: [] }))
    expect(stale.code).toBe('stale')
    expect((await findSheet(contact, year, own)).lines).toHaveLength(1)
  })

  test.each([
    ['what', line('')],
    ['quantity', line('Monitor 24 pollici', null)],
    ['forWhom', line('Monitor 24 pollici', 2, '')],
    ['why', line('Monitor 24 pollici', 2, 'Sportello', '')],
  ])('without "%s" it is not sent, and the box is named', async (field, lacking) => {
    const refused = await refusal(sendSheet(contact, year, own, sheet(line('Monitor 24 pollici'), lacking)))
    expect(refused.fields.map(({ path }) => path)).toEqual([`line-2-${field}`])
    expect(refused.fields[0]?.say.it).toContain('Riga 2')
    expect((await findSheet(contact, year, own)).state).toBe('draft')
  })

  test('nothing at all is not sent either', async () => {
    expect((await refusal(sendSheet(contact, year, own, sheet()))).code).toBe('empty')
  })

  test('another office is not theirs, to read or to write; an employee has none', async () => {
    const other = others[0]?.id ?? ''
    expect((await refusal(findSheet(contact, year, other))).kind).toBe('forbidden')
    expect((await refusal(saveSheet(contact, year, other, sheet(line('Sedia'))))).kind).toBe('forbidden')
    expect((await refusal(findSheet(await city.as('employee'), year, own))).kind).toBe('forbidden')
  })

  test('is sent once; then only ICT gives it back', async () => {
    expect((await listOwnSheets(contact))[0]).toMatchObject({ year, officeId: own, state: 'draft', isOwn: true })
    await sendSheet(contact, year, own, sheet(line('Monitor 24 pollici', 4), line('Sedia ergonomica', 1)))
    expect((await refusal(saveSheet(contact, year, own, sheet(line('Sedia'))))).code).toBe('sent')
    expect((await refusal(returnSheet(contact, year, own))).kind).toBe('forbidden')
    await returnSheet(manager, year, own)
    expect((await findSheet(contact, year, own)).lines).toHaveLength(2)
    expect((await refusal(returnSheet(manager, year, own))).code).toBe('not_sent')
    await sendSheet(contact, year, own, sheet(line('Monitor 24 pollici', 4), line('Sedia ergonomica', 1)))
    expect((await listPlans(manager)).find((plan) => plan.year === year)?.requestsSent).toBe(1)
  })

  test('after the last day, and once the collection has ended, nothing is written', async () => {
    await openPlan(manager, { year: 2039, closesOn: '2020-01-31' })
    expect((await refusal(saveSheet(contact, 2039, own, sheet(line('Sedia'))))).code).toBe('closed')
    expect((await listOwnSheets(contact)).find((one) => one.year === 2039)?.isOpen).toBe(false)
    const plan = await findPlan(manager, 2039)
    const { vatPerMille, twoPersonAmount, verifyDays } = plan
    await changePlan(manager, 2039, { closesOn: null, vatPerMille, twoPersonAmount, verifyDays })
    await saveSheet(contact, 2039, own, sheet(line('Sedia')))
    await turnPlan(manager, 2039, { state: 'deciding' })
    expect((await refusal(saveSheet(contact, 2039, own, sheet(line('Sedia'))))).code).toBe('collected')
    await turnPlan(manager, 2039, { state: 'collecting' })
    await saveSheet(contact, 2039, own, sheet(line('Sedia')))
  })
})

describe('from requests to lines', () => {
  const monitor = {
    category: 'workstation',
    kind: 'new',
    description: 'Monitor 24 pollici',
    unitPrice: '140.00',
  } as const
  const group = async (what: string) => {
    const found = (await findCollected(manager, year)).groups.find((one) => one.what.startsWith(what))
    if (found === undefined) throw new Error(`Nobody asked for ${what}`)
    return found
  }
  const ids = (of: { asked: { id: string }[] }) => of.asked.map(({ id }) => id)

  test('equal things of several offices are one group, with who asked and why', async () => {
    for (const office of others.slice(0, 2))
      await sendSheet(
        head,
        year,
        office.id,
        sheet(line('monitor 24 POLLICI', 3, 'Due stanze', `Serve a ${office.code}`)),
      )
    const found = await group('Monitor')
    expect([found.pieces, found.priceCode, found.unitPrice]).toEqual([10, 'MON', '140.00'])
    expect(found.asked.map(({ why }) => why)).toContain(`Serve a ${others[0]?.code}`)
    expect((await refusal(findCollected(contact, year))).kind).toBe('forbidden')
  })

  test('become one line, split over who asked; who asked stays', async () => {
    const found = await group('Monitor')
    const made = await consolidateLines(manager, year, { ...monitor, requestLineIds: ids(found) })
    const { quantity, shares, totalExVat } = await findLine(manager, year, made.number)
    expect([quantity, totalExVat, shares.reduce((all, share) => all + share.quantity, 0)]).toEqual([10, '1400.00', 10])
    const asked = await findAsked(manager, made.id)
    expect(asked.map((one) => one.quantity).sort()).toEqual([3, 3, 4])
    expect(asked.map(({ why }) => why)).toContain(`Serve a ${others[1]?.code}`)
    const twice = await refusal(consolidateLines(manager, year, { ...monitor, requestLineIds: ids(found) }))
    expect(twice.code).toBe('joined')
  })

  test('a request that is in the plan does not go back to its office', async () => {
    expect((await refusal(returnSheet(manager, year, own))).code).toBe('in_plan')
  })

  test('one that comes later is merged into the line, which is decided on anew', async () => {
    const late = others[2]?.id ?? ''
    await sendSheet(head, year, late, sheet(line('Monitor 24 pollici', 5, 'Sala riunioni', 'Ora si proietta sul muro')))
    const { id: lineId } = (await findPlan(manager, year)).rows.find((one) => one.number === 1) ?? { id: '' }
    await turnPlan(manager, year, { state: 'deciding' })
    await decideLines(head, year, { lines: [{ id: lineId }], decision: 'accepted' })
    const asked = ids(await group('Monitor'))
    const merged = await consolidateLines(manager, year, { ...monitor, lineId, requestLineIds: asked })
    expect(merged).toEqual({ id: lineId, number: 1 })
    const found = await findLine(manager, year, 1)
    expect([found.quantity, found.decision]).toEqual([15, null])
    expect(found.shares.find(({ officeId }) => officeId === late)?.quantity).toBe(5)
    expect(await findAsked(manager, lineId)).toHaveLength(4)
  })

  test('codes that the register does not have refuse the whole, and nothing is joined', async () => {
    const chair = await group('Sedia')
    const input = {
      category: 'service',
      kind: 'replacement',
      description: 'Sedia ergonomica',
      unitPrice: '90',
    } as const
    const refused = await refusal(
      consolidateLines(manager, year, { ...input, requestLineIds: ids(chair), codes: ['NON-C-È'] }),
    )
    expect(refused.fields.map(({ path }) => path)).toEqual(['codes'])
    expect(ids(await group('Sedia'))).toEqual(ids(chair))
    expect((await findPlan(manager, year)).rows).toHaveLength(1)
    await consolidateLines(manager, year, { ...input, requestLineIds: ids(chair) })
  })
})

describe('last year’s lines', () => {
  test('are offered with what was decided and what came; one that was taken up is marked', async () => {
    const rows = (await findPlan(head, year)).rows
    const [monitors, chairs] = rows
    if (monitors === undefined || chairs === undefined) throw new Error('The plan has not its two lines')
    await decideLines(head, year, { lines: [{ id: monitors.id }], decision: 'accepted' })
    await decideLines(head, year, { lines: [{ id: chairs.id }], decision: 'refused', reason: 'Fuori catalogo' })
    await approvePlan(head, year, { act: 'Delibera 1/2040' })
    await deliverTwoOf(monitors.number)

    await openPlan(manager, { year: year + 1 })
    const { before } = await findSheet(contact, year + 1, own)
    expect(before).toMatchObject({ year, lines: 2, pieces: 5, amount: '560.00', decided: 4, verified: 2 })
    expect(before.offered).toMatchObject([
      { what: 'Monitor 24 pollici', quantity: 4, verified: 2, decision: 'accepted', isTaken: false },
      { what: 'Sedia ergonomica', quantity: 1, verified: 0, decision: 'refused', reason: 'Fuori catalogo' },
    ])
    const fromId = before.offered[0]?.id ?? ''
    await saveSheet(contact, year + 1, own, sheet({ ...line('Monitor 24 pollici', 4), fromId }))
    const again = await findSheet(contact, year + 1, own)
    expect(again.before.offered.map(({ isTaken }) => isTaken)).toEqual([true, false])
    expect(again.lines[0]?.fromId).toBe(fromId)
  })

  // Two monitors for the contact's office, ordered, delivered and accepted.
  async function deliverTwoOf(number: number) {
    const office = await city.services.database.owner
      .selectFrom('office')
      .select('code')
      .where('id', '=', own)
      .executeTakeFirstOrThrow()
    const supplier = await city.services.database.owner
      .selectFrom('party')
      .select('id')
      .where('kind', '=', 'supplier')
      .executeTakeFirstOrThrow()
    await placeOrder(manager, year, {
      ...{ number: '2040/1', supplierId: supplier.id, orderedOn: '2024-03-01', act: 'Determina 2/2040' },
      lines: [{ number, quantity: 15, unitPrice: '140.00' }],
    })
    const rows = ['M-1', 'M-2'].map((serial) => `2040/1,B-1,2024-06-10,${number},Monitor,${serial},1,${office.code}`)
    const header = 'order,note,delivered_on,line,model,serial,quantity,office'
    await deliverFile(await city.as('team_leader'), bytes([header, ...rows].join('\n')))
    const found = ['M-1', 'M-2'].map((serial) => `2040/1,B-1,${number},${serial},1,accepted,`)
    await verifyFile(manager, bytes(['order,note,line,serial,quantity,outcome,reason', ...found].join('\n')))
    expect((await listDeliveries(manager, { year })).map(({ state }) => state)).toEqual(['verified'])
  }
})
