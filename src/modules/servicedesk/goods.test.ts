/** Consumables: asked for, handed over in parts, signed for by who got them, and never by who brought them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, type TestCity, testCity } from '../../../demo/testing.ts'
import { recomputeCase } from './cases.ts'
import { deliver, listItems, receiveDelivery, saveItem } from './consumables.ts'
import { findDeliveryNote } from './delivery-note.ts'
import { findCase } from './find-case.ts'
import { exportItems, importItems } from './import-items.ts'
import { openCase } from './open-case.ts'
import { assignCase, resolveCase, takeCase } from './work-case.ts'

let city: TestCity
beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.services.close())

async function item(code: string): Promise<string> {
  const found = (await listItems(await city.as('employee'))).find((one) => one.code === code)
  if (found === undefined) throw new Error(`No item ${code}`)
  return found.id
}

/** Two toners and a drum, asked for by the employee and taken by the technician. */
async function asked() {
  const [toner, drum] = [await item('AL200-T'), await item('AL200-D')]
  const { id } = await openCase(await city.as('employee'), {
    kind: 'consumable',
    title: 'Materiale di consumo per Alba L200',
    items: [
      { itemId: toner, quantity: 2 },
      { itemId: drum, quantity: 1 },
    ],
  })
  await assignCase(await city.as('agent'), id, { teamId: await city.team('Tecnici in sede') })
  const technician = await city.as('technician')
  await takeCase(technician, id)
  return { id, toner, drum, technician }
}

describe('goods', () => {
  test('come in two parts; who asked signs for each; the last piece closes the case as confirmed', async () => {
    const { id, toner, drum, technician } = await asked()
    const first = await deliver(technician, id, { lines: [{ itemId: toner, quantity: 1 }] })
    expect((await refusal(resolveCase(technician, id, { note: 'Consegnato.' }))).say.it).toContain('Mancano ancora 2')
    const second = await deliver(technician, id, {
      lines: [
        { itemId: toner, quantity: 1 },
        { itemId: drum, quantity: 1 },
      ],
    })
    expect(first.code).toMatch(/^\d{6}$/)
    const employee = await city.as('employee')
    expect((await receiveDelivery(employee, id, { code: second.code })).state).toBe('in_progress')
    const half = await findCase(employee, id)
    expect(half.items).toMatchObject([
      { itemId: toner, asked: 2, delivered: 2, received: 1 },
      { itemId: drum, asked: 1, delivered: 1, received: 1 },
    ])
    expect((await receiveDelivery(employee, id, { code: first.code })).state).toBe('closed')
    const found = await findCase(employee, id)
    expect(found).toMatchObject({ closedHow: 'confirmed', may: { deliver: false, receive: false } })
    expect(found.entries.filter(({ kind }) => kind === 'case.received').map(({ witness }) => witness)).toEqual([
      'U',
      'U',
    ])
    expect((await recomputeCase(technician, id)).state).toBe('closed')
  })

  test('more than is missing, the same item twice, and what nobody asked for are refused with nothing written', async () => {
    const { id, toner, technician } = await asked()
    const paper = await item('CA-A4')
    for (const lines of [
      [{ itemId: toner, quantity: 3 }],
      [
        { itemId: toner, quantity: 1 },
        { itemId: toner, quantity: 1 },
      ],
      [{ itemId: paper, quantity: 1 }],
    ])
      expect((await refusal(deliver(technician, id, { lines }))).kind).toBe('invalid')
    expect((await findCase(technician, id)).deliveries).toEqual([])
  })

  test('five wrong codes shut the door for an hour, also to the right one', async () => {
    const { id, toner, technician } = await asked()
    const { code } = await deliver(technician, id, { lines: [{ itemId: toner, quantity: 2 }] })
    const wrong = code === '000000' ? '000001' : '000000'
    const employee = await city.as('employee')
    for (let attempt = 0; attempt < 5; attempt += 1)
      expect((await refusal(receiveDelivery(employee, id, { code: wrong }))).kind).toBe('invalid')
    expect((await refusal(receiveDelivery(employee, id, { code }))).code).toBe('too_many_codes')
  })

  test('nobody of the supplier signs or reads the code as the receiver would; the office’s contact may sign', async () => {
    const { id, toner, technician } = await asked()
    const { code, deliveryId } = await deliver(technician, id, { lines: [{ itemId: toner, quantity: 2 }] })
    for (const part of ['technician', 'agent', 'team_leader', 'otherAgent'] as const)
      expect((await refusal(receiveDelivery(await city.as(part), id, { code }))).kind).toBe('forbidden')
    for (const part of ['employee', 'office_contact', 'contract_manager', 'auditor'] as const) {
      const reader = await city.as(part)
      expect((await refusal(findDeliveryNote(reader, id, deliveryId))).kind).toBe('forbidden')
      expect((await findCase(reader, id)).deliveries).toMatchObject([{ code: null }])
    }
    expect(await findDeliveryNote(technician, id, deliveryId)).toMatchObject({
      code,
      ordinal: 1,
      lines: [{ code: 'AL200-T', quantity: 2 }],
    })
    await receiveDelivery(await city.as('office_contact'), id, { code })
    expect(await findDeliveryNote(technician, id, deliveryId)).toMatchObject({ code: null })
  })

  test('what is no longer offered cannot be asked for', async () => {
    const leader = await city.as('team_leader')
    const { id: retired } = await saveItem(leader, { code: 'AL100-T', name: 'Toner nero', isActive: false })
    const attempt = openCase(await city.as('employee'), {
      kind: 'consumable',
      title: 'Toner',
      items: [{ itemId: retired, quantity: 1 }],
    })
    expect((await refusal(attempt)).fields.map(({ path }) => path)).toEqual(['items.0.itemId'])
  })
})

describe('the list as a file', () => {
  const csv = (...lines: string[]) => Buffer.from(lines.join('\r\n'))

  test('out and in again it changes nothing', async () => {
    const leader = await city.as('team_leader')
    const before = await listItems(leader, true)
    const text = await exportItems(leader)
    expect(text).toContain('AL200-T;Toner nero;Alba L200;sì\r\n')
    const result = await importItems(leader, Buffer.from(text))
    expect(result).toEqual({ added: 0, changed: 0, unchanged: before.length })
  })

  test('adds, changes, withdraws and says how many; a name like a formula comes back as it was', async () => {
    const leader = await city.as('team_leader')
    const result = await importItems(
      leader,
      csv('code;name;printer_model;active', 'NU-1;=Toner nuovo;Nuova 1;', 'AL350-T;Toner nero;Alba L350;no'),
    )
    expect(result).toEqual({ added: 1, changed: 1, unchanged: 0 })
    const items = await listItems(leader, true)
    expect(items.find(({ code }) => code === 'AL350-T')?.isActive).toBe(false)
    expect(items.find(({ code }) => code === 'NU-1')).toMatchObject({ name: '=Toner nuovo', isActive: true })
    expect((await importItems(leader, Buffer.from(await exportItems(leader)))).changed).toBe(0)
  })

  test('with one wrong row nothing is loaded, and every wrong place is named', async () => {
    const leader = await city.as('team_leader')
    const before = await exportItems(leader)
    const problem = await refusal(
      importItems(
        leader,
        csv('code;name;printer_model;active', 'OK-1;Toner;A;sì', 'OK-1;Toner;A;sì', ';X;A;forse', 'OK-2;Toner'),
      ),
    )
    expect(problem.code).toBe('import_refused')
    expect(problem.fields.map(({ path }) => path).toSorted()).toEqual([
      'line 3, column code',
      'line 4, column code',
      'line 4, column name',
      'line 5',
    ])
    expect(await exportItems(leader)).toBe(before)
    expect((await refusal(importItems(leader, csv('nome;codice', 'a;b')))).fields.length).toBeGreaterThan(2)
  })

  test('is for who keeps it', async () => {
    for (const part of ['employee', 'agent', 'technician', 'auditor'] as const) {
      const ctx = await city.as(part)
      expect((await refusal(exportItems(ctx))).kind).toBe('forbidden')
      expect((await refusal(importItems(ctx, csv('code;name;printer_model', 'A;Bb;')))).kind).toBe('forbidden')
      expect((await refusal(saveItem(ctx, { code: 'A', name: 'Bb' }))).kind).toBe('forbidden')
    }
  })
})
