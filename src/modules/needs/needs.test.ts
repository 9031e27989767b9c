import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, type TestCity, testCity } from '../../../demo/testing.ts'
import type { Problem } from '../../platform/problem.ts'
import { addItem, moveItem } from '../register/items.ts'
import { closeLine } from './close-line.ts'
import { approvePlan, decideLines, varyPlan } from './decide.ts'
import { deliverFile } from './deliver-file.ts'
import { findDelivery, listDeliveries } from './deliveries.ts'
import { exportPlan } from './export-plan.ts'
import { importPlan, tryImportPlan } from './import-plan.ts'
import { addInvoice, listInvoices, payInvoice } from './invoices.ts'
import { setReplaced, splitLine } from './lines.ts'
import { placeOrder } from './orders.ts'
import { findPlan } from './plans.ts'
import { reconcilePlan } from './reconcile.ts'
import { beginVerification, checkItems, closeVerification, confirmVerification } from './verification.ts'
import { verifyFile } from './verify-file.ts'

const planFile = readFileSync(join(import.meta.dirname, 'fixtures/needs-plan-2024.csv'))
const bytes = (text: string) => new TextEncoder().encode(text)
const year = 2024

let city: TestCity
beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.services.close())

async function written(): Promise<string> {
  const found = await sql<{ all: string }>`select concat_ws('|', (select count(*) from event),
    (select md5(string_agg(l::text, '' order by id)) from needs_line l), (select md5(string_agg(d::text, '' order by id)) from delivery d),
    (select md5(string_agg(i::text, '' order by id)) from delivery_item i), (select count(*) from configuration_item)) as all`.execute(
    city.services.database.owner,
  )
  return found.rows[0]?.all ?? ''
}

async function offices(count: number): Promise<{ id: string; code: string }[]> {
  return city.services.database.owner
    .selectFrom('office')
    .select(['id', 'code'])
    .where('closed_on', 'is', null)
    .orderBy('code')
    .limit(count)
    .execute()
}
const supplier = async () =>
  (
    await city.services.database.owner
      .selectFrom('party')
      .select('id')
      .where('kind', '=', 'supplier')
      .executeTakeFirstOrThrow()
  ).id

const rows = async () => (await findPlan(await city.as('head_of_ict'), year)).rows
const line = async (number: number) => {
  const found = (await rows()).find((one) => one.number === number)
  if (found === undefined) throw new Error(`There is no line ${number}`)
  return found
}
const reconciled = async (number: number) => {
  const found = (await reconcilePlan(await city.as('auditor'), year)).lines.find((one) => one.line === number)
  if (found === undefined) throw new Error(`Line ${number} is not reconciled`)
  return found
}
function only<Row>([first]: readonly Row[]): Row {
  if (first === undefined) throw new Error('There is none')
  return first
}
/** Every finding of the plan as "line code:count". */
const findings = async () =>
  (await reconcilePlan(await city.as('auditor'), year)).lines.flatMap((one) =>
    one.findings.map(({ code, count }) => `${one.line} ${code}:${count}`),
  )

describe('the plan of 2024', () => {
  test('loads to the cent, twice the same, and comes out as it went in', async () => {
    const manager = await city.as('contract_manager')
    const loaded = await importPlan(manager, planFile, year)
    expect(loaded).toEqual({ plan: 2024, lines: 15, totalExVat: '820309.40', totalIncVat: '1000777.47', errors: [] })
    const before = await written()
    expect(await importPlan(manager, planFile, year)).toEqual(loaded)
    expect(await written()).toBe(before)
    expect(await importPlan(manager, bytes(await exportPlan(manager, year)), year)).toEqual(loaded)
    expect(await written()).toBe(before)
  })

  test.each([
    [
      'a total that is not quantity times price',
      '1,workstation,PC da ufficio,2,100.00,201.00,244.00,new',
      'total_ex_vat_eur',
    ],
    ['VAT that does not fit', '1,workstation,PC da ufficio,2,100.00,200.00,244.01,new', 'total_inc_vat_eur'],
    ['an unknown category', '1,sofa,Divano letto,2,100.00,200.00,244.00,new', 'category'],
    ['a negative count', '1,workstation,PC da ufficio,-2,100.00,-200.00,-244.00,new', 'quantity'],
    ['half a computer', '1,workstation,PC da ufficio,1.5,100.00,150.00,183.00,new', 'quantity'],
    ['no pieces', '1,workstation,PC da ufficio,0,100.00,0.00,0.00,new', 'quantity'],
    ['an unknown kind', '1,workstation,PC da ufficio,2,100.00,200.00,244.00,gift', 'kind'],
  ])('%s is named by line and column, and nothing is loaded', async (_, row, column) => {
    const before = await written()
    const header = planFile.toString('utf8').split('\n')[0]
    const found = await tryImportPlan(await city.as('contract_manager'), bytes(`${header}\n${row}\n`), 2031)
    expect(found.lines).toBe(0)
    expect(found.errors).toContainEqual(expect.objectContaining({ line: 2, column }))
    expect(await written()).toBe(before)
  })

  test('a row of totals that is not the sum is refused; the right one is taken', async () => {
    const lines = planFile.toString('utf8').trimEnd()
    const manager = await city.as('contract_manager')
    const wrong = await tryImportPlan(manager, bytes(`${lines}\ntotal,,,,,820309.41,1000777.47,\n`), year)
    expect(wrong.errors).toEqual([expect.objectContaining({ line: 17, column: 'total_ex_vat_eur' })])
    const right = await tryImportPlan(manager, bytes(`${lines}\ntotal,,,,,820309.40,1000777.47,\n`), year)
    expect(right.errors).toEqual([])
  })

  test('50,000 lines with a wrong one name it and load nothing', async () => {
    const header = planFile.toString('utf8').split('\n')[0]
    const many = Array.from(
      { length: 50_000 },
      (_, at) => `${at + 1},software,Licenza ${at + 1},1,10.00,10.00,12.20,new`,
    )
    many[31_415] = '31416,software,Licenza 31416,1,10.00,10.01,12.20,new'
    const before = await written()
    const found = await tryImportPlan(await city.as('contract_manager'), bytes([header, ...many].join('\n')), 2032)
    expect(found.errors).toEqual([expect.objectContaining({ line: 31_417, column: 'total_ex_vat_eur' })])
    expect(await written()).toBe(before)
  })

  test('is split over offices, decided on line by line with reasons, and approved as a whole', async () => {
    const [head, manager] = [await city.as('head_of_ict'), await city.as('contract_manager')]
    const [first, second, third] = await offices(3)
    const shares = (...quantities: number[]) =>
      [first, second, third].flatMap((office, at) =>
        office === undefined ? [] : [{ officeId: office.id, quantity: quantities[at] ?? 0 }],
      )
    await splitLine(manager, (await line(2)).id, { offices: shares(250, 150, 100) })
    await splitLine(manager, (await line(4)).id, { offices: shares(10, 10, 5) })
    const tooMany = await refusal(splitLine(manager, (await line(5)).id, { offices: shares(50, 1, 1) }))
    expect(tooMany.fields[0]?.path).toBe('offices')

    const undecided = await refusal(approvePlan(head, year, { act: 'Delibera 12/2024' }))
    expect(undecided.code).toBe('undecided')
    const all = await rows()
    const ids = (fits: (number: number) => boolean) =>
      all.filter(({ number }) => fits(number)).map(({ id, version }) => ({ id, version }))
    await decideLines(head, year, { lines: ids((number) => number !== 4 && number !== 9), decision: 'accepted' })
    const fourth = only(ids((number) => number === 4))
    const unreasoned = decideLines(head, year, { lines: [{ ...fourth, quantity: 15 }], decision: 'partly' })
    expect((await refusal(unreasoned)).fields[0]?.path).toBe('reason')
    const reason = 'Bastano per le sedi principali'
    await decideLines(head, year, { lines: [{ ...fourth, quantity: 15 }], decision: 'partly', reason })
    await decideLines(head, year, {
      lines: ids((number) => number === 9),
      decision: 'refused',
      reason: 'Già in magazzino',
    })
    expect((await refusal(decideLines(manager, year, { lines: ids(() => true), decision: 'accepted' }))).kind).toBe(
      'forbidden',
    )

    const approved = await approvePlan(head, year, { act: 'Delibera 12/2024' })
    // 820,309.40 less ten printers at 1,500 and ten switches at 600.
    expect(approved).toMatchObject({ variation: 0, totalExVat: '799309.40' })
    // The offices of line 4 asked for 10, 10 and 5 of 25: of 15 they get 6, 6 and 3.
    expect((await reconciled(4)).offices.map(({ planned }) => planned).sort()).toEqual([3, 6, 6])
  })

  test('once approved it is edited by nobody, and changes by a numbered variation alone', async () => {
    const head = await city.as('head_of_ict')
    const before = await written()
    expect((await refusal(importPlan(head, planFile, year))).code).toBe('approved')
    expect((await refusal(splitLine(head, (await line(2)).id, { offices: [] }))).code).toBe('approved')
    const again = decideLines(head, year, { lines: [{ id: (await line(9)).id }], decision: 'accepted' })
    expect((await refusal(again)).code).toBe('approved')
    expect(await written()).toBe(before)
    const varied = await varyPlan(head, year, {
      act: 'Determina 98/2024',
      reason: 'Un contributo regionale copre cinque switch',
      changes: [{ number: 9, quantity: 5, unitPrice: '600.00' }],
    })
    expect(varied).toMatchObject({ variation: 1, totalExVat: '802309.40' })
    const unchanged = await city.services.database.owner
      .selectFrom('needs_approved_line')
      .select('quantity')
      .where('variation', '=', 0)
      .where('number', '=', 9)
      .execute()
    expect(unchanged).toEqual([{ quantity: 0 }])
  })
})

describe('orders, three lots with planted faults, and what the reconciliation finds', () => {
  const order = '2024/7'
  const pc = (at: number) => `PC-SN-${String(at).padStart(4, '0')}`
  const header = 'order,note,delivered_on,line,model,serial,quantity,office'
  const lot = (note: string, rows: string[]) =>
    bytes([header, ...rows.map((row) => `${order},${note},2024-06-10,${row}`)].join('\n'))
  const verdict = (note: string, rows: string[]) =>
    bytes(
      ['order,note,line,serial,quantity,outcome,reason', ...rows.map((row) => `${order},${note},${row}`)].join('\n'),
    )
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at)

  test('every line is ordered within its ceiling; above it the order is refused', async () => {
    const manager = await city.as('contract_manager')
    const common = { supplierId: await supplier(), orderedOn: '2024-05-02', act: 'Determina 120/2024' }
    const over = { ...common, number: '2024/0', lines: [{ number: 2, quantity: 501, unitPrice: '774.00' }] }
    expect((await refusal(placeOrder(manager, year, over))).code).toBe('over_ceiling')
    const dear = { ...common, number: '2024/0', lines: [{ number: 2, quantity: 500, unitPrice: '774.01' }] }
    expect((await refusal(placeOrder(manager, year, dear))).code).toBe('over_ceiling')
    const plan = await rows()
    const approved = (number: number, quantity: number | null) => (number === 9 ? 5 : (quantity ?? 0))
    await placeOrder(manager, year, {
      ...{ ...common, number: order, cig: 'B0A1B2C3D4' },
      lines: plan.map(({ number, decidedQuantity, unitPrice }) => ({
        ...{ number, quantity: approved(number, decidedQuantity), unitPrice },
        model: number === 2 ? 'Desk 400 G9' : null,
      })),
    })
    expect(await reconciled(2)).toMatchObject({ planned: 500, ordered: 500, declared: 0, findings: [] })
    expect(await findings()).toEqual([])
  })

  test('a delivery names what is wrong with it and declares nothing', async () => {
    const leader = await city.as('team_leader')
    const before = await written()
    const twice = await refusal(
      deliverFile(leader, lot('X', [`2,Desk 400 G9,${pc(1)},1,`, `2,Desk 400 G9,${pc(1)},1,`])),
    )
    expect(twice.fields.map(({ path }) => path)).toEqual(['line 3, column serial'])
    const none = await refusal(deliverFile(leader, lot('X', ['2,Desk 400 G9,,1,'])))
    expect(none.fields.map(({ path }) => path)).toEqual(['line 2, column serial'])
    const unknown = await refusal(
      deliverFile(leader, lot('X', [`77,Desk 400 G9,${pc(1)},1,`, `2,Desk,${pc(2)},1,NOWHERE`])),
    )
    expect(unknown.fields.map(({ path }) => path)).toEqual(['line 2, column line', 'line 3, column office'])
    expect(await written()).toBe(before)
  })

  test('three lots are declared, and the same notes again change nothing', async () => {
    const leader = await city.as('team_leader')
    const [first, second] = await offices(2)
    const good = range(1, 200).map((at) => `2,Desk 400 G9,${pc(at)},1,${first?.code}`)
    // The second: one of another model, one with a number of the first lot.
    const other = range(201, 398).map((at) => `2,desk-400 g9,${pc(at)},1,${second?.code}`)
    const faulty = [
      `2,Desk 200 G4,${pc(399)},1,${second?.code}`,
      `2,Desk 400 G9,${pc(7).toLowerCase()},1,${second?.code}`,
    ]
    // The third: the rest and too many; a printer that is on no line.
    const rest = range(400, 506).map((at) => `2,Desk 400 G9,${pc(at)},1,${second?.code}`)
    expect(await deliverFile(leader, lot('DDT-1', good))).toMatchObject({ deliveries: 1, items: 200 })
    expect(await deliverFile(leader, lot('DDT-2', [...other, ...faulty]))).toMatchObject({ deliveries: 1 })
    expect(await deliverFile(leader, lot('DDT-3', [...rest, ',Laser XY,LX-1,1,']))).toMatchObject({ deliveries: 1 })
    const before = await written()
    expect(await deliverFile(leader, lot('DDT-1', good))).toEqual({ deliveries: 0, items: 0, unchanged: 1 })
    expect(await written()).toBe(before)
    const otherwise = await refusal(deliverFile(leader, lot('DDT-1', good.slice(1))))
    expect(otherwise.fields).toHaveLength(1)
  })

  test('who works for the supplier verifies nothing, nor does nobody by name', async () => {
    const delivery = only(await listDeliveries(await city.as('contract_manager'), { year }))
    expect((await refusal(beginVerification(await city.as('team_leader'), delivery.id))).kind).toBe('forbidden')
    const verifier = await city.as('administrator')
    const asSupplier = { ...verifier, actor: { ...verifier.actor, partyKind: 'supplier' as const } }
    expect((await refusal(beginVerification(asSupplier, delivery.id))).code).toBe('supplier_verifies')
    const nobody = { ...verifier, actor: { ...verifier.actor, personId: null, isSystem: true } }
    expect((await refusal(verifyFile(nobody, bytes('order\n')))).code).toBe('nobody_verifies')
  })

  test('lots worth much are verified by two; what is short, wrong or repeated is not accepted', async () => {
    const [one, other] = [await city.as('contract_manager'), await city.as('administrator')]
    // The first lot: three are not in the warehouse.
    const first = verdict(
      'DDT-1',
      range(1, 197).map((at) => `2,${pc(at)},1,accepted,`),
    )
    expect(await verifyFile(one, first)).toMatchObject({ awaitingSecond: 1, itemsTakenIn: 0 })
    expect((await refusal(verifyFile(one, first))).code).toBe('same_person')
    expect(await verifyFile(other, first)).toMatchObject({ verified: 1, itemsTakenIn: 197 })
    expect(await verifyFile(other, first)).toMatchObject({ unchanged: 1 })

    const accepted = range(201, 398).map((at) => `2,${pc(at)},1,accepted,`)
    const repeated = await refusal(verifyFile(one, verdict('DDT-2', [...accepted, `2,${pc(7)},1,accepted,`])))
    expect(repeated.fields.map(({ path }) => path)).toEqual(['line 200, column serial'])
    const unreasoned = await refusal(verifyFile(one, verdict('DDT-2', [...accepted, `2,${pc(399)},1,accepted,`])))
    expect(unreasoned.fields.map(({ path }) => path)).toEqual(['line 200, column reason'])
    const second = verdict('DDT-2', [
      ...accepted,
      `2,${pc(399)},1,rejected,È un Desk 200 e non un Desk 400`,
      `2,${pc(7)},1,rejected,Numero di serie già nel registro`,
    ])
    await verifyFile(one, second)
    expect(await verifyFile(other, second)).toMatchObject({ verified: 1, itemsTakenIn: 198 })

    const third = verdict(
      'DDT-3',
      range(400, 506).map((at) => `2,${pc(at)},1,accepted,`),
    )
    await verifyFile(one, third)
    expect(await verifyFile(other, third)).toMatchObject({ verified: 1, itemsTakenIn: 107 })
    const { outcome, needsTwo } = await findDelivery(one, only(await listDeliveries(one, { year })).id)
    expect([outcome, needsTwo]).toEqual(['reserved', true])
  })

  test('ten of the new ones are installed, and eight of the old ones leave', async () => {
    const technician = await city.as('administrator')
    const items = await city.services.database.owner
      .selectFrom('configuration_item')
      .select(['id', 'version'])
      .where('acquisition_id', '=', (await line(2)).id)
      .orderBy('code')
      .limit(10)
      .execute()
    for (const { id, version } of items)
      await moveItem(technician, id, { act: 'install', version, document: 'Verbale 1' })
    const old = await oldWorkstations(10)
    await setReplaced(technician, (await line(2)).id, { codes: old.map(({ code }) => code) })
    for (const { id } of old.slice(0, 8)) await moveItem(technician, id, { act: 'retire', document: 'Verbale 2' })
    expect(await reconciled(2)).toMatchObject({ installed: 10, retired: 8 })
  })

  test('reconcile finds exactly the planted faults', async () => {
    expect(await reconciled(2)).toMatchObject({ planned: 500, ordered: 500, declared: 507, verified: 502, rejected: 2 })
    expect((await findings()).filter((one) => one.startsWith('2 '))).toEqual([
      '2 over_order:2',
      '2 short_lot:3',
      '2 other_model:1',
      '2 repeated_serial:1',
      '2 not_retired:2',
    ])
    const { findings: loose, payableExVat } = await reconcilePlan(await city.as('auditor'), year)
    expect(loose.map(({ code, count }) => `${code}:${count}`)).toEqual(['without_line:1'])
    expect(payableExVat).toBe('387000.00') // 500 × 774.00: what is above the order is not paid
  })

  test('payable is what was verified; more is refused, or paid with a reason and shown', async () => {
    const manager = await city.as('contract_manager')
    const add = (number: string, quantity: number, amount: string) =>
      addInvoice(manager, { order, number, datedOn: '2024-07-01', lines: [{ number: 2, quantity, amount }] })
    const right = await add('F-1', 500, '387000.00')
    const more = await add('F-2', 1, '774.00')
    expect((await listInvoices(manager, year)).map(({ payable }) => payable)).toContain('387000.00')
    await payInvoice(manager, right.id, { paidOn: '2024-07-30' })
    expect((await refusal(payInvoice(manager, more.id, { paidOn: '2024-07-30' }))).code).toBe('over_verified')
    expect(await findings()).not.toContain('2 paid_over_verified:77400')
    await payInvoice(manager, more.id, { paidOn: '2024-07-30', reason: 'Accordo con la Società del 28 luglio' })
    expect(await findings()).toContain('2 paid_over_verified:77400')
  })

  test('the line stays open while what it replaces is in use; closed, it takes nothing more', async () => {
    const manager = await city.as('contract_manager')
    const { id } = await line(2)
    expect((await refusal(closeLine(manager, id, { reason: 'Fornitura conclusa' }))).code).toBe('not_retired')
    for (const { id: item } of await oldWorkstations(2))
      await moveItem(await city.as('administrator'), item, { act: 'retire', document: 'Verbale 3' })
    // 500 new ones were verified: as many old ones leave, also those whose place is not taken yet.
    const gone = await closeLine(manager, id, { reason: 'Fornitura conclusa' }).catch((error: Problem) => error.say.en)
    expect(gone).toContain('490 replaced items')
    await sql`
      with old as (
        insert into configuration_item (organisation_id, id, code, type, name, state, title, version)
        select ${city.organisationId}, gen_random_uuid(), 'USCITO-' || n, 'workstation', 'PC del 2016', 'retired', 'owned', 1
        from generate_series(1, 490) n returning organisation_id, id
      ), assets as (insert into asset (organisation_id, item_id) select organisation_id, id from old)
      insert into needs_line_replaces (organisation_id, line_id, item_id) select organisation_id, ${id}, id from old`.execute(
      city.services.database.owner,
    )
    await closeLine(manager, id, { reason: 'Fornitura conclusa' })
    const late = await refusal(deliverFile(await city.as('team_leader'), lot('DDT-9', [`2,Desk 400 G9,${pc(900)},1,`])))
    expect(late.fields.map(({ path }) => path)).toEqual(['line 2, column line'])
  })

  test('a big lot is accepted on its sample when nothing in it is wrong, and looked at whole otherwise', async () => {
    const [leader, verifier] = [await city.as('team_leader'), await city.as('contract_manager')]
    const rows = range(1, 100).map((at) => `3,,PX-${at},1,`)
    await deliverFile(leader, lot('DDT-10', rows))
    const found = only(await listDeliveries(verifier, { year, state: 'waiting' }))
    await beginVerification(verifier, found.id)
    const begun = await findDelivery(verifier, found.id)
    const sample = begun.items.filter(({ isInSample }) => isInSample)
    expect(sample).toHaveLength(20) // ISO 2859-1, level II, a lot of 91 to 150
    const accept = (items: typeof sample) => ({ checks: items.map(({ id }) => ({ id, outcome: 'accepted' as const })) })
    await checkItems(verifier, found.id, accept(sample.slice(1)))
    const early = await refusal(closeVerification(verifier, found.id, {}))
    expect(early.code).toBe('unchecked')
    await checkItems(verifier, found.id, accept(sample.slice(0, 1)))
    const closed = await closeVerification(verifier, found.id, {})
    expect(closed).toMatchObject({ state: 'confirming', missing: 0 })
    const second = await city.as('administrator')
    expect((await refusal(confirmVerification(second, found.id, { agrees: false }))).fields[0]?.path).toBe('reason')
    expect(await confirmVerification(second, found.id, { agrees: true })).toMatchObject({
      state: 'verified',
      itemsTakenIn: 100,
    })
  })

  /** Workstations that were there before: added to the register as an office has them. */
  async function oldWorkstations(count: number): Promise<{ id: string; code: string }[]> {
    const known = await city.services.database.owner
      .selectFrom('configuration_item')
      .select(['id', 'code'])
      .where('type', '=', 'workstation')
      .where('acquisition_id', 'is', null)
      .where('state', '=', 'in_use')
      .orderBy('code')
      .limit(count)
      .execute()
    if (known.length === count) return known
    for (let at = known.length; at < count; at += 1)
      await addItem(await city.as('administrator'), {
        ...{ type: 'workstation', code: `VECCHIO-${at}`, name: 'PC del 2017', state: 'in_use' },
      })
    return oldWorkstations(count)
  }
})
