import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestCity, testCity } from '../../../demo/testing.ts'
import { closePdf } from '../../platform/pdf.ts'
import { approvePlan, decideLines } from './decide.ts'
import { importPlan } from './import-plan.ts'
import { listOrderable } from './orderable.ts'
import { placeOrder } from './orders.ts'
import { findPlan } from './plans.ts'
import { reconciliationDocument, reconciliationPdf } from './report-pdf.ts'

const year = 2024

let city: TestCity
beforeAll(async () => {
  city = await testCity()
  const [head, manager] = [await city.as('head_of_ict'), await city.as('contract_manager')]
  await importPlan(manager, readFileSync(join(import.meta.dirname, 'fixtures/needs-plan-2024.csv')), year)
  const { rows } = await findPlan(head, year)
  const lines = rows.map(({ id, version }) => ({ id, version }))
  await decideLines(head, year, { lines, decision: 'accepted' })
})
afterAll(async () => {
  await closePdf()
  await city.services.close()
})

test('what may be ordered is what is approved, less what was ordered', async () => {
  const [head, manager] = [await city.as('head_of_ict'), await city.as('contract_manager')]
  expect(await listOrderable(manager, year)).toEqual([])
  await approvePlan(head, year, { act: 'Delibera 12/2024' })
  const before = await listOrderable(manager, year)
  expect(before).toHaveLength(15)
  expect(before.find(({ number }) => number === 2)).toMatchObject({
    pieces: 500,
    amount: '387000.00',
    unitPrice: '774.00',
  })
  const supplier = await city.services.database.owner
    .selectFrom('party')
    .select('id')
    .where('kind', '=', 'supplier')
    .executeTakeFirstOrThrow()
  await placeOrder(manager, year, {
    ...{ number: 'P-1', supplierId: supplier.id, orderedOn: '2024-05-02', act: 'Determina 120/2024' },
    lines: [
      { number: 2, quantity: 200, unitPrice: '770.00' },
      { number: 9, quantity: 10, unitPrice: '600.00' },
    ],
  })
  const after = await listOrderable(manager, year)
  // Pieces and money are counted apart: 387,000 less 200 at 770.
  expect(after.find(({ number }) => number === 2)).toMatchObject({ pieces: 300, amount: '233000.00' })
  expect(after.map(({ number }) => number)).not.toContain(9)
  await expect(listOrderable(await city.as('auditor'), year)).rejects.toMatchObject({ kind: 'forbidden' })
})

test('the yearly report says what the reconciliation says, and is a PDF', async () => {
  const auditor = await city.as('auditor')
  const { title, blocks, testData } = await reconciliationDocument(auditor, year)
  expect([title, testData]).toEqual(['Verifica annuale delle dotazioni 2024', true])
  const tables = blocks.flatMap((block) => (block.kind === 'table' ? [block] : []))
  expect(tables.map(({ rows }) => rows.length)).toEqual([15, 15])
  const description = 'PC con monitor 24 pollici garanzia 3 anni on-site - in sostituzione'
  expect(tables[0]?.rows[1]).toEqual(['2', description, '500', '200', '0', '0', '0', '0', '0'])
  expect(tables[1]?.footer).toEqual(['', 'Totale', '820.309,40', '160.000,00', '0,00', '0,00'])
  const lists = blocks.flatMap((block) => (block.kind === 'list' ? block.items : []))
  expect(lists).toContain('Riga 8, Software di produttività individuale. Approvati e mai ordinati: 30.')
  expect(
    Buffer.from(await reconciliationPdf(auditor, year))
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')
})
