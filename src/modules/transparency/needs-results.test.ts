import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestCity, testCity } from '../../../demo/testing.ts'
import { Problem } from '../../platform/problem.ts'
import { reconcilePlan } from '../needs/reconcile.ts'
import { listItems, moveItem } from '../register/items.ts'
import { needsColumns } from './internal/needs-files.ts'
import {
  findPublishedNeeds,
  listNeedsYears,
  listPublishedNeeds,
  provePublishedNeeds,
  publishNeeds,
} from './needs-results.ts'
import { needsDatasets, needsDictionary } from './needs-results-dictionary.ts'

let city: TestCity
const year = Temporal.Now.plainDateISO('Europe/Rome').year
beforeAll(async () => {
  city = await testCity(0.02)
})
afterAll(() => city.services.close())

async function refusal(attempt: Promise<unknown>): Promise<string> {
  const error = await attempt.then(
    () => new Error('it was not refused'),
    (error: unknown) => error,
  )
  if (!(error instanceof Problem)) throw error
  return error.code
}

test('an approved year is published as it stands, and anybody gets the file that its event names', async () => {
  const manager = await city.as('contract_manager')
  expect(await listNeedsYears(manager)).toEqual([
    { year, published: null },
    { year: year - 1, published: expect.objectContaining({ number: 1 }) },
  ])
  // The demo published last year; a piece is installed since.
  const [item] = (await listItems(manager, { type: 'printer', state: 'verified', limit: 1 })).rows
  await moveItem(await city.as('administrator'), item?.id ?? '', { act: 'install', document: 'Verbale 9' })
  const published = await publishNeeds(manager, { year: year - 1 })
  expect(published).toMatchObject({ year: year - 1, number: 2 })
  const found = await findPublishedNeeds(manager, year - 1)
  expect(createHash('sha256').update(found.csv).digest('hex')).toBe(published.sha256)
  const rows = found.csv.trimEnd().split('\n').slice(1)
  const { lines } = await reconcilePlan(manager, year - 1)
  expect(rows).toHaveLength(lines.length)
  const verified = rows.map((row) => Number(row.match(/("[^"]*"|[^,]*)(,|$)/g)?.[7]?.replace(',', '')))
  expect(verified).toEqual(lines.map((line) => line.verified))
})

test('no office and no serial number is in what is published', async () => {
  const { csv, content } = await findPublishedNeeds(await city.as('contract_manager'), year - 1)
  const { rows } = await sql<{ word: string }>`
    select code as word from office where length(code) > 3 union all select serial from delivery_item where serial is not null`.execute(
    city.services.database.owner,
  )
  const text = csv + JSON.stringify(content)
  expect(rows.length).toBeGreaterThan(100)
  expect(rows.filter(({ word }) => text.includes(word))).toEqual([])
})

test('the proof holds the event with the digest of the file', async () => {
  const manager = await city.as('contract_manager')
  const proof = await provePublishedNeeds(manager, year - 1)
  expect(proof.event.text).toContain(proof.files['verifica.csv'])
  expect(createHash('sha256').update(proof.event.text).digest('hex')).toBe(proof.event.leaf)
})

test('the same again is refused, as are a plan that is not approved, one that is not there, and the supplier', async () => {
  const manager = await city.as('contract_manager')
  expect(await refusal(publishNeeds(manager, { year: year - 1 }))).toBe('unchanged')
  expect(await refusal(publishNeeds(manager, { year: year + 1 }))).toBe('not_approved')
  expect(await refusal(publishNeeds(manager, { year: 2001 }))).toBe('not_found')
  expect(await refusal(publishNeeds(await city.as('team_leader'), { year }))).toBe('forbidden')
  expect(await listPublishedNeeds(manager)).toHaveLength(2)
})

test('every column is described, and the catalogue has one dataset a year', async () => {
  const dictionary = needsDictionary()
  expect(dictionary.tableSchema.columns.map(({ name }) => name)).toEqual([...needsColumns])
  for (const column of dictionary.tableSchema.columns) expect(column.titles.en[1]).not.toBe('')
  const datasets = needsDatasets(
    await listPublishedNeeds(await city.as('contract_manager')),
    'https://sitec.example.it',
  )
  expect(datasets.map(({ identifier }) => identifier)).toEqual([`fabbisogni-${year - 1}`])
})
