import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, type TestCity, testCity } from '../../../demo/testing.ts'
import { closePdf } from '../../platform/pdf.ts'
import { listOffices } from '../organisation/offices.ts'
import { handoverPdf } from './handover-record.ts'
import { answerHandover, findHandover, findOwnItems, listHandovers } from './handovers.ts'
import { findHistory, recomputeItem } from './history.ts'
import { addItem, findItem, moveItem } from './items.ts'
import type { MoveItemInput } from './schema.ts'

let city: TestCity
beforeAll(async () => {
  city = await testCity()
})
afterAll(() => Promise.all([closePdf(), city.services.close()]))

const manager = () => city.as('technician')
const personOf = async (part: Parameters<TestCity['as']>[0]) => (await city.as(part)).actor.personId ?? ''
const add = async (more: object = {}) =>
  addItem(await manager(), { type: 'laptop', name: 'Portatile di prova', model: 'T14', ...more })
const move = async (id: string, input: Omit<MoveItemInput, 'document'>) =>
  moveItem(await manager(), id, { document: 'Bolla n. 12', ...input })
const ofItem = async (itemId: string) => (await listHandovers(await manager(), { itemId, answer: 'all' })).rows

async function textOf(bytes: Uint8Array): Promise<string> {
  const pdf = await getDocumentProxy(Uint8Array.from(bytes))
  const pages = await Promise.all(
    Array.from({ length: pdf.numPages }, async (_, at) => {
      const { items } = await (await pdf.getPage(at + 1)).getTextContent()
      return items.map((item) => ('str' in item ? item.str : '')).join(' ')
    }),
  )
  return pages.join(' ').replace(/\s+/g, ' ')
}

describe('a handover', () => {
  test('of an installation waits for its custodian, who confirms it as a user: the record says so', async () => {
    const clerk = await city.as('employee')
    const { id, code } = await add({ serial: 'HND-1' })
    await move(id, { act: 'install', custodianId: clerk.actor.personId, room: '12', note: 'Con borsa' })
    const own = await findOwnItems(clerk)
    const asked = own.handovers.find(({ lines }) => lines.some(({ itemId }) => itemId === id))
    expect(own.items.map((item) => item.code)).toContain(code)
    expect(asked).toMatchObject({
      act: 'install',
      answer: 'waiting',
      document: 'Bolla n. 12',
      note: 'Con borsa',
      room: '12',
      giverName: null,
      lines: [{ code, serial: 'HND-1', isBack: false, isOver: false }],
    })
    expect(asked?.number).toMatch(/^\d+\/\d{4}$/)
    expect(await answerHandover(clerk, asked?.id ?? '', { answer: 'confirmed' })).toMatchObject({ answer: 'confirmed' })
    expect((await findOwnItems(clerk)).handovers.map(({ id }) => id)).not.toContain(asked?.id)
    const events = await sql<{ kind: string; witness: string; payload: object }>`
      select kind, witness, payload from event where subject_type = 'handover' and subject_id = ${asked?.id}`.execute(
      city.services.database.owner,
    )
    expect(events.rows).toMatchObject([{ kind: 'handover.confirmed', witness: 'U', payload: { itemIds: [id] } }])
    expect((await findHistory(await manager(), id)).map(({ kind }) => kind)).toEqual([
      'handover.confirmed',
      'item.installed',
      'item.added',
    ])
    expect(await recomputeItem(await manager(), id)).toMatchObject({ state: 'in_use', version: 2 })
    const text = await textOf(await handoverPdf(clerk, asked?.id ?? ''))
    for (const word of [
      `Verbale di consegna n. ${asked?.number}`,
      code,
      'HND-1',
      'Bolla n. 12',
      'Con borsa',
      'Confermata',
    ])
      expect(text).toContain(word)
  })

  test('that is disputed needs a reason, stays open for who manages, and may be confirmed when it is put right', async () => {
    const clerk = await city.as('employee')
    const { id } = await add()
    await move(id, { act: 'install', custodianId: clerk.actor.personId })
    const [asked] = await ofItem(id)
    const handoverId = asked?.id ?? ''
    expect(await refusal(answerHandover(clerk, handoverId, { answer: 'disputed' }))).toMatchObject({
      fields: [{ path: 'note' }],
    })
    await answerHandover(clerk, handoverId, { answer: 'disputed', note: 'Manca l’alimentatore' })
    const open = await listHandovers(await manager(), { answer: 'disputed' })
    expect(open.rows.find((one) => one.id === handoverId)).toMatchObject({ answerNote: 'Manca l’alimentatore' })
    await answerHandover(clerk, handoverId, { answer: 'confirmed' })
    expect(await refusal(answerHandover(clerk, handoverId, { answer: 'confirmed' }))).toMatchObject({
      code: 'answered_already',
    })
  })

  test('is answered by its receiver alone, and read by nobody it does not concern', async () => {
    const { id } = await add()
    await move(id, { act: 'install', custodianId: await personOf('employee') })
    const [asked] = await ofItem(id)
    const handoverId = asked?.id ?? ''
    for (const part of ['technician', 'head_of_ict', 'editor'] as const)
      expect(await refusal(answerHandover(await city.as(part), handoverId, { answer: 'confirmed' }))).toMatchObject({
        code: 'not_found',
      })
    expect(await refusal(findHandover(await city.as('editor'), handoverId))).toMatchObject({ code: 'not_found' })
    expect(await findHandover(await city.as('employee'), handoverId)).toMatchObject({ answer: 'waiting' })
    expect(await refusal(listHandovers(await city.as('employee')))).toMatchObject({ code: 'forbidden' })
    expect(await refusal(findHandover(await manager(), randomUUID()))).toMatchObject({ code: 'not_found' })
  })

  test('is over when the item moves on: nobody answers for what they no longer have', async () => {
    const clerk = await city.as('employee')
    const { id } = await add()
    await move(id, { act: 'loan', custodianId: clerk.actor.personId, loanUntil: '2027-01-31' })
    const [lent] = await ofItem(id)
    await move(id, { act: 'return' })
    const [back] = await ofItem(id)
    expect(back).toMatchObject({ act: 'return', answer: null, receiverName: null, lines: [{ isBack: true }] })
    expect(back?.giverName).toBe(lent?.receiverName)
    expect(await refusal(answerHandover(clerk, lent?.id ?? '', { answer: 'confirmed' }))).toMatchObject({
      code: 'moved_since',
    })
    expect((await findOwnItems(clerk)).items.map((item) => item.id)).not.toContain(id)
  })

  test('of a replacement has both items on one record; a move that keeps its custodian asks nobody', async () => {
    const custodianId = await personOf('employee')
    const [old, young] = [await add(), await add()]
    await move(old.id, { act: 'install', custodianId })
    await move(old.id, { act: 'replace', replacementCode: young.code })
    const [record] = await ofItem(young.id)
    expect(record).toMatchObject({ act: 'replace', answer: 'waiting' })
    expect(record?.lines.map(({ code, isBack }) => [code, isBack])).toEqual([
      [young.code, false],
      [old.code, true],
    ])
    expect(await ofItem(old.id)).toHaveLength(2)
    const office = (await listOffices(await manager()))[0]
    await move(young.id, { act: 'move', officeId: office?.id ?? null, room: '3' })
    expect((await ofItem(young.id))[0]).toMatchObject({ act: 'move', answer: null, officeName: office?.name })
    await move(young.id, { act: 'repair' })
    expect(await findItem(await manager(), young.id)).toMatchObject({ state: 'repair', custodianId })
  })

  test('numbers follow one another, and a refused movement leaves no record', async () => {
    const [one, other] = [await add(), await add()]
    await move(one.id, { act: 'install' })
    expect(await refusal(move(one.id, { act: 'install' }))).toMatchObject({ code: 'wrong_state' })
    await move(other.id, { act: 'install' })
    const number = async (id: string) => Number((await ofItem(id))[0]?.number.split('/')[0])
    expect(await number(other.id)).toBe((await number(one.id)) + 1)
    const contact = await city.as('office_contact')
    expect((await listHandovers(contact, { answer: 'all' })).rows.map(({ id }) => id)).not.toContain(
      (await ofItem(one.id))[0]?.id,
    )
  })
})
