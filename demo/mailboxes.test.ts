import { afterAll, beforeAll, expect, test } from 'vitest'
import { findingCodes } from '../src/modules/mailboxes/box-vocabulary.ts'
import { listBoxes } from '../src/modules/mailboxes/mailboxes.ts'
import { type TestCity, testCity } from './testing.ts'

let city: TestCity
beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city?.services.close())

test('the mailboxes of the city have an example of every finding, and most have none', async () => {
  const { counts } = await listBoxes(await city.as('mail_administrator'))
  expect(Object.keys(counts.findings).sort()).toEqual([...findingCodes].sort())
  expect(counts.present).toBeGreaterThan(50)
  expect(counts.withFindings).toBeLessThan(counts.present / 3)
})
