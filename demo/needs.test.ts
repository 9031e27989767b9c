import { afterAll, beforeAll, expect, test } from 'vitest'
import { listDeliveries } from '../src/modules/needs/deliveries.ts'
import { listOfficeAnswers } from '../src/modules/needs/office-answers.ts'
import { listPlans } from '../src/modules/needs/plans.ts'
import { reconcilePlan } from '../src/modules/needs/reconcile.ts'
import { findSheet } from '../src/modules/needs/requests.ts'
import { listCampaigns } from '../src/modules/register/campaigns.ts'
import { listCaseItems, listItemCases } from '../src/modules/register/case-items.ts'
import { type TestCity, testCity } from './testing.ts'

let city: TestCity
const thisYear = Temporal.Now.plainDateISO('Europe/Rome').year
beforeAll(async () => {
  city = await testCity(0.02)
})
afterAll(() => city.services.close())

test('the demo has a plan that is bought, one in delivery, and one that is being collected', async () => {
  const plans = await listPlans(await city.as('auditor'))
  expect(plans.map(({ year, state }) => [year - thisYear, state])).toEqual([
    [1, 'collecting'],
    [0, 'approved'],
    [-1, 'approved'],
  ])
  // The plan of the papers, to the cent.
  expect(plans.at(-1)).toMatchObject({ lines: 15, totalExVat: '820309.40', totalIncVat: '1000777.47' })
})

test('of last year the planted faults are found, and nothing else', async () => {
  const { lines, findings } = await reconcilePlan(await city.as('contract_manager'), thisYear - 1)
  expect(lines.flatMap((line) => line.findings.map(({ code }) => `${line.line} ${code}`))).toEqual([
    '2 short_lot',
    '2 other_model',
    '2 repeated_serial',
    '2 not_retired',
  ])
  expect(findings).toEqual([])
})

test('the office contact finds a draft with last year’s lines, the verifier two lots that wait', async () => {
  const contact = await city.as('office_contact')
  const sheet = await findSheet(contact, thisYear + 1, contact.actor.officeId ?? '')
  expect(sheet).toMatchObject({ state: 'draft', before: { year: thisYear, lines: 5, pieces: 20 } })
  expect(sheet.before.offered.map(({ decision }) => decision)).toContain('refused')
  const waiting = await listDeliveries(await city.as('contract_manager'), { state: 'waiting' })
  expect(waiting.map(({ state, contested }) => [state, contested])).toEqual([
    ['declared', 1],
    ['checking', 0],
  ])
  const said = await listOfficeAnswers(await city.as('contract_manager'), waiting[1]?.id ?? '')
  expect(said.map(({ answer }) => answer)).toEqual(['complete'])
})

test('an inventory is half done, with a thing out of place, one unknown and some not found yet; a case has its item', async () => {
  const technician = await city.as('technician')
  const [campaign] = await listCampaigns(technician)
  expect(campaign?.closedAt).toBeNull()
  expect(campaign?.unknown).toBe(1)
  expect(campaign?.elsewhere).toBeGreaterThanOrEqual(1)
  expect(campaign?.found).toBeGreaterThanOrEqual(1)
  expect(campaign?.missing).toBeGreaterThanOrEqual(1)
  const linked = await city.services.database.owner
    .selectFrom('case_item')
    .select(['case_id', 'item_id'])
    .executeTakeFirst()
  const agent = await city.as('agent')
  const { items } = await listCaseItems(agent, linked?.case_id ?? '')
  expect(items.map(({ id }) => id)).toContain(linked?.item_id)
  expect((await listItemCases(agent, linked?.item_id ?? '')).map(({ id }) => id)).toContain(linked?.case_id)
})
