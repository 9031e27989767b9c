/** Declared beside observed: what the record of a whole demo year says of the supplier's figures. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seedContract } from '../../../demo/contract.ts'
import { type TestCity, testCity } from '../../../demo/testing.ts'
import type { Context } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { findApproval } from './approvals.ts'
import { listContests } from './contests.ts'
import { askExclusion, decideExclusion, listExclusions } from './exclusions.ts'
import { quarterOfDay } from './internal/periods.ts'
import { periodBefore } from './period-text.ts'
import { verifyPeriod } from './verify-period.ts'
import { tryWhatIf } from './what-if.ts'
import { openWorksheet } from './worksheet.ts'

let city: TestCity
let manager: Context
let leader: Context
const now = quarterOfDay(Temporal.Now.plainDateISO('Europe/Rome').toString())
const [last, approved] = [periodBefore(now), periodBefore(now, 3)]
beforeAll(async () => {
  city = await testCity(0.1)
  await seedContract(city.services)
  manager = await city.as('contract_manager')
  leader = await city.as('team_leader')
})
afterAll(() => city.services.close())

async function refusal(attempt: Promise<unknown>): Promise<string> {
  const error = await attempt.then(
    () => new Error('it was not refused'),
    (error: unknown) => error,
  )
  if (!(error instanceof Problem)) throw error
  return error.code === 'invalid' ? (error.fields[0]?.path ?? '') : error.code
}

const line = async (period: string, code: string) =>
  (await verifyPeriod(manager, period)).indicators.find((one) => one.code === code && !one.isSubset)

describe('a quarter', () => {
  test('what was observed is the count of the cases it opens into', async () => {
    for (const code of ['A.3.1', 'B.1.1', 'B.1.2']) {
      const sheet = await openWorksheet(manager, { period: last, indicator: code })
      const counted = sheet.rows.filter(({ isCounted, excluded }) => isCounted && excluded === null)
      expect(sheet.entry.observed, code).toMatchObject({
        total: counted.length,
        inTime: counted.filter(({ isInTime }) => isInTime).length,
      })
      const proved = counted.filter(({ isProved }) => isProved).length
      expect(sheet.entry.observed?.provedShare).toBe(Math.floor((proved * 10_000) / counted.length) / 10_000)
    }
  })

  test('the supplier’s own list is compared case by case, and what differs is contested together', async () => {
    const sheet = await openWorksheet(manager, { period: last, indicator: 'A.3.1', show: 'differing' })
    expect(sheet.counts.differing).toBeGreaterThan(0)
    for (const row of sheet.rows) expect(row.declared?.isInTime !== row.isInTime || row.declared === null).toBe(true)
    const late = sheet.rows.filter(({ isCounted, isInTime }) => isCounted && !isInTime).length
    const [contest] = await listContests(manager, [last])
    expect(contest?.cases ?? 0).toBe(late)
    const { declared, observed, flags } = sheet.entry
    const isSame = declared?.inTime === observed?.inTime && declared?.total === observed?.total
    expect(flags.includes('differs')).toBe(!isSame)
  })

  test('that is approved is what was frozen, and its rows add up to its figures', async () => {
    const { result, rows } = await findApproval(manager, approved)
    expect(await verifyPeriod(manager, approved)).toEqual(result)
    const [head = '', ...lines] = rows.trim().split('\n')
    const at = (name: string) => head.split(',').indexOf(name)
    for (const { code, period, observed, measure } of result.indicators) {
      if (observed === null || measure === 'uptime' || measure === 'lost_calls') continue
      const own = lines
        .map((text) => text.split(','))
        .filter((row) => row[at('indicator')] === code && row[at('period')] === period)
      const counted = own.filter((row) => row[at('counted')] === '1')
      expect(counted, code).toHaveLength(observed.total ?? 0)
      if (measure === 'mean_days')
        expect(counted.reduce((sum, row) => sum + Number(row[at('working_days')]), 0)).toBe(observed.days)
      else expect(counted.filter((row) => row[at('in_time')] === '1')).toHaveLength(observed.inTime ?? 0)
      expect(own.filter((row) => row[at('open_overdue')] === '1')).toHaveLength(observed.openBacklog)
    }
  })

  test('its public rows name no person, no office and no instant; small areas are merged', async () => {
    const { rows } = await findApproval(manager, approved)
    expect(rows).not.toMatch(/T\d\d:\d\d|@|example/)
    const [head = '', ...lines] = rows.trim().split('\n')
    const at = (name: string) => head.split(',').indexOf(name)
    const groups = Map.groupBy(lines, (text) => {
      const row = text.split(',')
      return `${row[at('indicator')]} ${row[at('period')]} ${row[at('area')]}`
    })
    for (const [group, ofOne] of groups)
      if (!group.endsWith('altre aree')) expect(ofOne.length, group).toBeGreaterThanOrEqual(5)
  })
})

describe('an exclusion', () => {
  const ask = {
    indicator: 'B.1.1',
    reason: 'force_majeure',
    document: 'verbale 3',
    what: 'Allagamento della sede.',
  } as const

  test('is refused to whoever asked for it, and of a case that is not counted', async () => {
    const { rows } = await openWorksheet(manager, { period: last, indicator: 'B.1.1', show: 'late' })
    const [first] = rows
    if (first === undefined) throw new Error('Nobody was late')
    const stranger = '00000000-0000-4000-8000-000000000001'
    expect(await refusal(askExclusion(leader, { ...ask, period: last, caseIds: [stranger] }))).toBe('caseIds')
    expect(
      await refusal(askExclusion(leader, { ...ask, reason: 'other_clause', period: last, caseIds: [first.caseId] })),
    ).toBe('clause')
    const { ids } = await askExclusion(leader, { ...ask, period: last, caseIds: [first.caseId] })
    expect(await refusal(askExclusion(manager, { ...ask, period: last, caseIds: [first.caseId] }))).toBe('excluded')
    expect(
      await refusal(decideExclusion(leader, ids[0] ?? '', { version: 1, verdict: 'accept', what: 'va bene' })),
    ).toBe('forbidden')
    const before = await line(last, 'B.1.1')
    const decided = await decideExclusion(manager, ids[0] ?? '', { version: 1, verdict: 'accept', what: 'Accolta.' })
    // Nobody was told before it began: it is the manager's decision, and public as such.
    expect(decided.state).toBe('by_manager')
    const after = await line(last, 'B.1.1')
    expect(after?.observed).toMatchObject({ total: (before?.observed?.total ?? 0) - 1, excluded: 1 })
    expect((await listExclusions(manager, [last]))[0]).toMatchObject({ state: 'by_manager', number: first.number })
  })

  test('is agreed when the other side asked, the city accepts, and users were told before', async () => {
    const { rows } = await openWorksheet(manager, { period: last, indicator: 'B.1.1', show: 'late' })
    const row = rows.find(({ excluded }) => excluded === null)
    if (row === undefined) throw new Error('Nobody was late')
    const noticeAt = new Date(Date.parse(row.startAt) - 86_400_000).toISOString()
    const { ids } = await askExclusion(leader, {
      ...ask,
      reason: 'agreed_interruption',
      period: last,
      caseIds: [row.caseId],
      noticeAt,
    })
    expect(
      await decideExclusion(manager, ids[0] ?? '', { version: 1, verdict: 'accept', what: 'Accolta.' }),
    ).toMatchObject({
      state: 'agreed',
    })
  })
})

test('what-if: a harder target, another class, another reading, on past periods; nothing is stored', async () => {
  const ask = { indicator: 'B.1.1', from: approved, until: last }
  const asWritten = await tryWhatIf(manager, ask)
  expect(asWritten.totals.instead).toEqual(asWritten.totals.asWritten)
  const harder = await tryWhatIf(manager, { ...ask, target: '99.9', class: 'A' })
  expect(Number(harder.totals.instead.observed)).toBeGreaterThan(Number(harder.totals.asWritten.observed))
  const softer = await tryWhatIf(manager, { ...ask, reading: { promise: 'last' } })
  const inTime = (result: typeof softer, side: 'asWritten' | 'instead') =>
    result.rows.reduce((sum, row) => sum + (row[side].observed.figure?.inTime ?? 0), 0)
  expect(inTime(softer, 'instead')).toBeGreaterThan(inTime(softer, 'asWritten'))
  expect(await refusal(tryWhatIf(manager, { ...ask, from: '2010-Q1' }))).toBe('from')
  expect(await refusal(tryWhatIf(manager, { ...ask, indicator: 'Z.9.9' }))).toBe('indicator')
})
