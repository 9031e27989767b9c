import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestCity, testCity } from '../../../demo/testing.ts'
import { Problem } from '../../platform/problem.ts'
import { openCase } from './open-case.ts'
import { reportCsv, reportDesk } from './reports.ts'
import { promiseDate, takeCase } from './work-case.ts'

let city: TestCity
beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.services.close())

test('a quarter counts what was opened, kept and missed; a case open past its date is missed, not left out', async () => {
  const manager = await city.as('contract_manager')
  const period = String(new Date().getUTCFullYear())
  const before = await reportDesk(manager, { period })
  const { id } = await openCase(await city.as('employee'), { kind: 'incident', title: 'Monitor spento' })
  await takeCase(await city.as('agent'), id)
  const promisedFor = new Date(Date.now() + 3_600_000).toISOString()
  await promiseDate(await city.as('agent'), id, { promisedFor })
  const report = await reportDesk(manager, { period })
  const incidents = (one: typeof report) => one.kinds.find(({ kind }) => kind === 'incident')
  expect((incidents(report)?.opened ?? 0) - (incidents(before)?.opened ?? 0)).toBe(1)
  expect(report.promises - before.promises).toBe(1)
  expect(
    report.kinds.every((row) => row.takenInTime <= row.takenDue && row.resolutionInTime <= row.resolutionDue),
  ).toBe(true)
  expect(incidents(report)?.resolutionDue).toBeGreaterThan(0)
  expect((await reportCsv(manager, { period })).split('\r\n').length).toBe(11)
})

test('a period to come, and a reader who has no right to it, are refused', async () => {
  const refused = async (attempt: Promise<unknown>) => {
    const error = await attempt.catch((error: unknown) => error)
    return error instanceof Problem ? (error.fields[0]?.say.it ?? error.code) : error
  }
  expect(await refused(reportDesk(await city.as('contract_manager'), { period: '2099-01' }))).toContain(
    'deve ancora venire',
  )
  expect(await refused(reportDesk(await city.as('agent'), { period: '2026-Q1' }))).toBe('forbidden')
})
