/** Reserved matters: whose words nobody reads who has no business with them, by whatever way they ask. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestCity, testCity } from '../../../demo/testing.ts'
import { Problem } from '../../platform/problem.ts'
import { listCases } from './cases.ts'
import { findAttachment, replyToCase } from './converse.ts'
import { exportPerson } from './erase-person.ts'
import { findCase } from './find-case.ts'
import { openCase } from './open-case.ts'
import { takeCase } from './work-case.ts'

let city: TestCity
beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.services.close())

const secret = 'Cartella del reparto'

async function reserved() {
  const kept = await city.services.files.keep(Buffer.from('referto'))
  const employee = await city.as('employee')
  const opened = await openCase(
    employee,
    { kind: 'incident', title: secret, description: 'Nomi.', reserved: 'health' },
    [{ ...kept, name: 'referto.txt' }],
  )
  const [attachment] = (await findCase(employee, opened.id)).attachments
  return { ...opened, attachmentId: attachment?.id ?? '' }
}

const refused = async (attempt: Promise<unknown>) => {
  const error = await attempt.catch((error: unknown) => error)
  return error instanceof Problem ? error.code : 'not refused'
}

test('an attachment is for those who may read the words, also by its exact address', async () => {
  const { id, attachmentId } = await reserved()
  for (const part of ['agent', 'contract_manager', 'auditor', 'office_contact'] as const)
    expect(await refused(findAttachment(await city.as(part), id, attachmentId))).toBe('not_found')
  expect((await findAttachment(await city.as('employee'), id, attachmentId)).name).toBe('referto.txt')
  await takeCase(await city.as('agent'), id)
  expect((await findAttachment(await city.as('agent'), id, attachmentId)).name).toBe('referto.txt')
})

test('it is found by its number, not by who asked', async () => {
  const { id, number } = await reserved()
  const leader = await city.as('team_leader')
  const byName = await listCases(leader, { words: 'Impiegata', view: 'all', limit: 200 })
  expect(byName.rows.map((row) => row.id)).not.toContain(id)
  expect((await listCases(leader, { words: number, view: 'all' })).rows.map((row) => row.id)).toEqual([id])
})

test('a person’s data, given out by somebody else, hold no reserved words and no notes for staff', async () => {
  const { id } = await reserved()
  await replyToCase(await city.as('employee'), id, { body: 'Ancora il reparto.' })
  const employee = await city.as('employee')
  const plain = await openCase(employee, { kind: 'incident', title: 'Mouse rotto' })
  await takeCase(await city.as('agent'), plain.id)
  await replyToCase(await city.as('agent'), plain.id, { body: 'Nota per i colleghi', visibility: 'supplier' })
  const copy = JSON.stringify(await exportPerson(await city.as('administrator'), employee.actor.personId ?? ''))
  expect(copy).toContain('Mouse rotto')
  expect(copy).not.toContain(secret)
  expect(copy).not.toContain('reparto')
  const agent = await city.as('agent')
  const ofAgent = JSON.stringify(await exportPerson(await city.as('head_of_ict'), agent.actor.personId ?? ''))
  expect(ofAgent).not.toContain('Nota per i colleghi')
})
