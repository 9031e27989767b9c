import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, type TestCity, testCity } from '../../../demo/testing.ts'
import type { Context } from '../../platform/context.ts'
import { approvePlan, decideLines } from './decide.ts'
import { deliverFile } from './deliver-file.ts'
import { findDelivery, listDeliveries } from './deliveries.ts'
import { importPlan } from './import-plan.ts'
import { addInvoice, listInvoices, payInvoice } from './invoices.ts'
import { placeOrder } from './orders.ts'
import { changePlan, findPlan, listPlans } from './plans.ts'
import { reconcilePlan } from './reconcile.ts'
import { beginVerification, checkItems, closeVerification, confirmVerification } from './verification.ts'
import { verifyFile } from './verify-file.ts'

const year = 2041
const bytes = (text: string) => new TextEncoder().encode(text)
const range = (count: number, from = 1) => Array.from({ length: count }, (_, at) => from + at)

let city: TestCity
let leader: Context
let manager: Context
let second: Context
let head: Context
let supplierId = ''
let officeCodes: string[] = []

beforeAll(async () => {
  city = await testCity()
  ;[leader, manager, second, head] = [
    await city.as('team_leader'),
    await city.as('contract_manager'),
    await city.as('administrator'),
    await city.as('head_of_ict'),
  ]
  const owner = city.services.database.owner
  supplierId = (await owner.selectFrom('party').select('id').where('kind', '=', 'supplier').executeTakeFirstOrThrow())
    .id
  officeCodes = (
    await owner.selectFrom('office').select('code').where('closed_on', 'is', null).orderBy('code').limit(2).execute()
  ).map(({ code }) => code)
  const plan = [
    'line,category,description,quantity,unit_price_eur,total_ex_vat_eur,total_inc_vat_eur,kind',
    '1,workstation,PC da ufficio,400,774.00,309600.00,377712.00,new',
    '2,mail,Caselle di posta,2400,52.00,124800.00,152256.00,new',
    '3,server,Server,10,5000.00,50000.00,61000.00,new',
    '4,network,Prese di rete,400,20.00,8000.00,9760.00,new',
    '5,printer,Stampanti,20,300.00,6000.00,7320.00,new',
    '6,software,Licenze,10,100.00,1000.00,1220.00,new',
  ]
  await importPlan(manager, bytes(plan.join('\n')), year)
  const lines = (await findPlan(head, year)).rows.map(({ id }) => ({ id }))
  await decideLines(head, year, { lines, decision: 'accepted' })
  await approvePlan(head, year, { act: 'Delibera 1/2041' })
})
afterAll(() => city.services.close())

let orders = 0
/** An order of these lines, at the prices of the plan unless said otherwise; its number. */
async function order(...lines: { number: number; quantity: number; unitPrice?: string; model?: string }[]) {
  const number = `${year}/${++orders}`
  const prices = new Map((await findPlan(manager, year)).rows.map(({ number, unitPrice }) => [number, unitPrice]))
  await placeOrder(manager, year, {
    ...{ number, supplierId, orderedOn: '2026-05-02', act: 'Determina 1/2041' },
    lines: lines.map((line) => ({ model: null, unitPrice: prices.get(line.number) ?? '0.00', ...line })),
  })
  return number
}

/** A note declared on it: "line,model,serial,quantity,office"; its delivery. */
async function deliver(number: string, note: string, rows: string[], who = leader) {
  const header = 'order,note,delivered_on,line,model,serial,quantity,office'
  await deliverFile(who, bytes([header, ...rows.map((row) => `${number},${note},2026-06-10,${row}`)].join('\n')))
  const found = (await listDeliveries(manager, { year })).find((one) => one.order === number && one.note === note)
  return found?.id ?? expect.fail(`${note} is not there`)
}
const verdict = (number: string, note: string, rows: string[]) =>
  bytes(['order,note,line,serial,quantity,outcome,reason', ...rows.map((row) => `${number},${note},${row}`)].join('\n'))
const accept = (ids: readonly string[]) => ({ checks: ids.map((id) => ({ id, outcome: 'accepted' as const })) })
const piecesOf = async (id: string) => (await findDelivery(manager, id)).items
const verified = async (number: string, note: string, rows: string[]) => {
  await verifyFile(manager, verdict(number, note, rows))
}

describe('two persons', () => {
  test('who looked at a piece is not the second, whoever began; who closed answers for it', async () => {
    const number = await order({ number: 1, quantity: 60 })
    const id = await deliver(
      number,
      'A',
      range(60).map((at) => `1,,A-${at},1,`),
    )
    await beginVerification(manager, id)
    await checkItems(second, id, accept((await piecesOf(id)).map((piece) => piece.id)))
    expect(await closeVerification(second, id, {})).toMatchObject({ state: 'confirming' })
    expect((await refusal(confirmVerification(second, id, { agrees: true }))).code).toBe('same_person')
    expect((await refusal(confirmVerification(manager, id, { agrees: true }))).code).toBe('same_person')
    expect(await confirmVerification(head, id, { agrees: true })).toMatchObject({ state: 'verified', itemsTakenIn: 60 })
    const { verifierName, secondName } = await findDelivery(manager, id)
    expect([verifierName, secondName]).toEqual([await nameOf(second), await nameOf(head)])
  })

  test('the same file twice by one person confirms nothing, nor does a file that leaves out what was accepted', async () => {
    const number = await order({ number: 1, quantity: 60 })
    const rows = range(60).map((at) => `1,,B-${at},1,`)
    const id = await deliver(number, 'B', rows)
    await beginVerification(manager, id)
    const file = verdict(
      number,
      'B',
      range(60).map((at) => `1,B-${at},1,accepted,`),
    )
    expect(await verifyFile(second, file)).toMatchObject({ awaitingSecond: 1 })
    expect((await refusal(verifyFile(second, file))).code).toBe('same_person')
    const part = await refusal(verifyFile(head, verdict(number, 'B', ['1,B-1,1,accepted,'])))
    expect(part.fields.map(({ path }) => path)).toEqual(['line 2, column outcome'])
    expect(await verifyFile(head, file)).toMatchObject({ verified: 1, itemsTakenIn: 60 })
  })

  test('a lot is not made small by being declared in parts', async () => {
    const number = await order({ number: 1, quantity: 60 })
    const part = (note: string, from: number) =>
      deliver(
        number,
        note,
        range(30, from).map((at) => `1,,C-${at},1,`),
      )
    const one = await part('C-1', 1)
    expect((await findDelivery(manager, one)).needsTwo).toBe(false)
    await part('C-2', 31)
    expect((await findDelivery(manager, one)).needsTwo).toBe(true)
    const rows = range(30).map((at) => `1,C-${at},1,accepted,`)
    expect(await verifyFile(manager, verdict(number, 'C-1', rows))).toMatchObject({ awaitingSecond: 1 })
  })

  test('who declared a delivery does not verify it', async () => {
    const number = await order({ number: 6, quantity: 2 })
    const id = await deliver(number, 'D', ['6,,,2,'], manager)
    expect((await refusal(beginVerification(manager, id))).code).toBe('declarer')
    await beginVerification(second, id)
  })
})

describe('the sample', () => {
  test('a row of many pieces is always looked at, however many small ones stand beside it', async () => {
    const number = await order({ number: 4, quantity: 60 }, { number: 2, quantity: 2000 })
    const id = await deliver(number, 'E', [...range(60).map(() => '4,,,1,'), '2,,,2000,'])
    await beginVerification(manager, id)
    const pieces = await piecesOf(id)
    expect(pieces.filter(({ isInSample }) => isInSample).map(({ quantity }) => quantity)).toContain(2000)
    expect(pieces.filter(({ isInSample }) => isInSample)).toHaveLength(14) // 13 of 60, and the one
    const small = pieces.filter(({ isInSample, quantity }) => isInSample && quantity === 1)
    await checkItems(manager, id, accept(small.map((piece) => piece.id)))
    expect((await refusal(closeVerification(manager, id, {}))).code).toBe('unchecked')
  })

  test('is drawn of each line by itself: three servers do not hide among ninety sockets', async () => {
    const number = await order({ number: 4, quantity: 90 }, { number: 3, quantity: 3 })
    const id = await deliver(number, 'F', [...range(90).map(() => '4,,,1,'), ...range(3).map((at) => `3,,F-${at},1,`)])
    await beginVerification(manager, id)
    const sample = (await piecesOf(id)).filter(({ isInSample }) => isInSample)
    expect(sample.filter(({ line }) => line === 3)).toHaveLength(3)
    expect(sample.filter(({ line }) => line === 4)).toHaveLength(13)
    // Who delivers does not learn which they are before it is over.
    expect((await findDelivery(leader, id)).items.some(({ isInSample }) => isInSample)).toBe(false)
  })

  test('a lot that comes back with a fault is looked at whole: what was accepted on the sample is open again', async () => {
    const number = await order({ number: 1, quantity: 100 })
    const id = await deliver(
      number,
      'G',
      range(100).map((at) => `1,,G-${at},1,`),
    )
    await beginVerification(manager, id)
    const sample = (await piecesOf(id)).filter(({ isInSample }) => isInSample)
    await checkItems(manager, id, accept(sample.map((piece) => piece.id)))
    await closeVerification(manager, id, {})
    expect((await piecesOf(id)).filter(({ isSettled }) => isSettled)).toHaveLength(80)
    await confirmVerification(second, id, { agrees: false, reason: 'La G-57 non si accende' })
    const again = await piecesOf(id)
    expect(again.filter(({ isChecked }) => isChecked)).toHaveLength(20)
    const broken = again.find(({ serial }) => serial === 'G-57') ?? expect.fail('no G-57')
    await checkItems(manager, id, {
      checks: [{ id: broken.id, outcome: 'rejected', reason: 'Non si accende' }],
    })
    expect((await refusal(closeVerification(manager, id, {}))).code).toBe('unchecked')
  })
})

describe('checks', () => {
  test('the same piece twice in one request: the last look counts', async () => {
    const number = await order({ number: 5, quantity: 1 })
    const id = await deliver(number, 'H', ['5,,H-1,1,'])
    const [piece] = await piecesOf(id)
    const reason = 'Schermo rotto'
    await checkItems(manager, id, {
      checks: [
        { id: piece?.id ?? '', outcome: 'accepted' },
        { serial: 'h-1', outcome: 'rejected', reason },
      ],
    })
    expect((await piecesOf(id))[0]).toMatchObject({ accepted: 0, rejected: 1, reason })
    const twice = await refusal(
      verifyFile(manager, verdict(number, 'H', ['5,H-1,1,accepted,', '5,H-1,1,rejected,Rotta'])),
    )
    expect(twice.fields.map(({ path }) => path)).toEqual(['line 3, column serial'])
  })

  test('a file says of sixty sockets that fifty are good and ten are not', async () => {
    const number = await order({ number: 4, quantity: 60 })
    const id = await deliver(number, 'I', ['4,,,60,'])
    await verified(number, 'I', ['4,,50,accepted,', '4,,10,rejected,Senza cornice'])
    expect((await piecesOf(id))[0]).toMatchObject({ accepted: 50, rejected: 10 })
  })

  test('a file counts on through the rows of a line: what two offices got is not missing at the second', async () => {
    const number = await order({ number: 4, quantity: 40 })
    const id = await deliver(
      number,
      'L',
      officeCodes.map((code) => `4,,,20,${code}`),
    )
    await verified(number, 'L', ['4,,35,accepted,', '4,,5,missing,'])
    expect((await piecesOf(id)).map(({ accepted }) => accepted).sort()).toEqual([15, 20])
    const more = await order({ number: 4, quantity: 5 })
    await deliver(more, 'M', ['4,,,5,'])
    const tooMany = await refusal(verifyFile(manager, verdict(more, 'M', ['4,,6,accepted,'])))
    expect(tooMany.fields.map(({ path }) => path)).toEqual(['line 2, column quantity'])
  })

  test('a delivery brings lines of its order alone, and the model where the order names one', async () => {
    const number = await order({ number: 5, quantity: 2, model: 'Laser 400' })
    const other = await refusal(deliver(number, 'N', ['3,,N-1,1,']))
    expect(other.fields.map(({ path }) => path)).toEqual(['line 2, column line'])
    const unnamed = await refusal(deliver(number, 'N', ['5,,N-2,1,']))
    expect(unnamed.fields.map(({ path }) => path)).toEqual(['line 2, column model'])
  })
})

describe('the terms of a plan', () => {
  test('another VAT reckons the lines anew: their sum is the total', async () => {
    await importPlan(
      manager,
      bytes(
        'line,category,description,quantity,unit_price_eur,total_ex_vat_eur,total_inc_vat_eur,kind\n1,software,Licenze,1,0.05,0.05,0.06,new\n2,software,Altre,3,10.00,30.00,36.60,new\n',
      ),
      2042,
    )
    await changePlan(manager, 2042, { closesOn: null, vatPerMille: 100, twoPersonAmount: '40000.00', verifyDays: 30 })
    const { rows } = await findPlan(manager, 2042)
    expect(rows.map(({ totalIncVat }) => totalIncVat)).toEqual(['0.06', '33.00']) // half a cent away from zero
    expect((await listPlans(manager)).find((one) => one.year === 2042)?.totalIncVat).toBe('33.06')
  })
})

test('who works for the supplier sets no terms, whatever their role', async () => {
  const administrator = { ...second, actor: { ...second.actor, partyKind: 'supplier' as const } }
  const terms = { closesOn: null, vatPerMille: 220, twoPersonAmount: '99999999.00', verifyDays: 30 }
  expect((await refusal(changePlan(administrator, 2042, terms))).code).toBe('supplier_buys')
})

describe('payment', () => {
  test('what was delivered on one order is not paid on another', async () => {
    const [unserved, served] = [await order({ number: 5, quantity: 5 }), await order({ number: 5, quantity: 5 })]
    await deliver(
      served,
      'O',
      range(5).map((at) => `5,,O-${at},1,`),
    )
    await verified(
      served,
      'O',
      range(5).map((at) => `5,O-${at},1,accepted,`),
    )
    const invoice = (number: string, of: string) =>
      addInvoice(manager, {
        ...{ order: of, number, datedOn: '2026-07-01' },
        lines: [{ number: 5, quantity: 5, amount: '1500.00' }],
      })
    const [early, right] = [await invoice('O-1', unserved), await invoice('O-2', served)]
    const payable = async () =>
      Object.fromEntries((await listInvoices(manager, year)).map((one) => [one.number, one.payable]))
    expect(await payable()).toMatchObject({ 'O-1': '0.00', 'O-2': '1500.00' })
    expect((await refusal(payInvoice(manager, early.id, { paidOn: '2026-07-30' }))).code).toBe('over_verified')
    await payInvoice(manager, right.id, { paidOn: '2026-07-30' })
    const codes = async () =>
      (await reconcilePlan(manager, year)).lines.find(({ line }) => line === 5)?.findings.map(({ code }) => code)
    expect(await codes()).not.toContain('paid_over_verified')
    await payInvoice(manager, early.id, { paidOn: '2026-07-30', reason: 'Anticipo deciso con determina 9' })
    expect(await codes()).toContain('paid_over_verified')
  })

  test('of what may be paid each euro is offered once', async () => {
    const number = await order({ number: 6, quantity: 4 })
    await deliver(number, 'P', ['6,,,2,'])
    await verified(number, 'P', ['6,,2,accepted,'])
    for (const name of ['P-1', 'P-2'])
      await addInvoice(manager, {
        ...{ order: number, number: name, datedOn: '2026-07-01' },
        lines: [{ number: 6, quantity: 2, amount: '200.00' }],
      })
    const own = (await listInvoices(manager, year)).filter((one) => one.order === number)
    expect(own.map((one) => [one.number, one.payable]).sort()).toEqual([
      ['P-1', '200.00'],
      ['P-2', '0.00'],
    ])
  })
})

async function nameOf({ actor }: Context): Promise<string> {
  const found = await city.services.database.owner
    .selectFrom('person')
    .select(['given_name', 'family_name'])
    .where('id', '=', actor.personId ?? '')
    .executeTakeFirstOrThrow()
  return `${found.given_name} ${found.family_name}`
}
