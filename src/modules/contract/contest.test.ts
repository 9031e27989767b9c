/** From a difference to money: contested, excluded, proposed, answered, decided, approved, corrected. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestCity, testCity } from '../../../demo/testing.ts'
import type { Context } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { approvePeriod, approvePlan, correctPeriod, receiveReport } from './approvals.ts'
import { answerContest, listContests, raiseContest, settleContest, withdrawContest } from './contests.ts'
import { importContract } from './contracts.ts'
import { listTerms } from './deadlines.ts'
import { declareFigure, declareFile } from './declare.ts'
import { listInstalments } from './instalments.ts'
import { counterPenalty, decidePenalty, enterDecision, listPenalties, proposePenalty } from './penalties.ts'
import { declaration, declarations, fixture } from './testing.ts'
import { verifyPeriod } from './verify-period.ts'

let city: TestCity
let manager: Context
let leader: Context
beforeAll(async () => {
  city = await testCity()
  manager = await city.as('contract_manager')
  leader = await city.as('team_leader')
  await importContract(manager, fixture('service-contract.json'))
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

const line = async (period: string, code: string, service: string) =>
  (await verifyPeriod(manager, period)).indicators.find((one) => one.code === code && one.service === service)
const penaltyOf = async (id: string) => (await listPenalties(manager, '2020-Q4')).find((one) => one.id === id)
const words = 'Come da relazione e da controdeduzioni.'

/** Proposes, lets the supplier answer, decides. */
async function decided(period: string, amount: string): Promise<string> {
  const { id } = await proposePenalty(manager, {
    period,
    indicator: 'B.1.2',
    service: 'B1',
    basis: 'declared',
    what: words,
  })
  await counterPenalty(leader, id, { version: 1, document: 'prot. 12/2020', what: words })
  await decidePenalty(manager, id, { version: 2, amount, what: words })
  return id
}

describe('a contest', () => {
  beforeAll(() => declareFile(leader, declarations(declaration('2019-Q3', 'B.1.1', [346, 360, '96.11']))))

  test('is raised by one side, answered by the other, and ends in the figure both stand on', async () => {
    const { id } = await raiseContest(manager, {
      period: '2019-Q3',
      indicator: 'B.1.1',
      reason: 'late_not_late',
      what: 'Otto interventi risultano chiusi dopo la data promessa.',
    })
    expect(await line('2019-Q3', 'B.1.1', 'B1')).toMatchObject({
      agreed: null,
      flags: expect.arrayContaining(['disputed']),
    })
    expect(await refusal(answerContest(manager, id, { version: 1, what: words }))).toBe('same_side')
    await answerContest(leader, id, { version: 1, what: 'Sei di otto sono confermati.' })
    expect(await refusal(settleContest(manager, id, { version: 1, inTime: 340, total: 360, what: words }))).toBe(
      'stale',
    )
    expect(await refusal(settleContest(manager, id, { version: 2, inTime: 361, total: 360, what: words }))).toBe(
      'inTime',
    )
    expect(await refusal(settleContest(leader, id, { version: 2, inTime: 340, total: 360, what: words }))).toBe(
      'forbidden',
    )
    await settleContest(manager, id, { version: 2, inTime: 340, total: 360, what: words })
    const settled = await line('2019-Q3', 'B.1.1', 'B1')
    expect(settled).toMatchObject({
      declared: { inTime: 346, value: '96.11' },
      agreed: { inTime: 340, total: 360, value: '94.44' },
      outcome: 'unacceptable',
      penalty: { onDeclared: '0.00', onAgreed: '1450.00' },
    })
    expect((await listContests(manager, ['2019-Q3']))[0]).toMatchObject({
      state: 'agreed',
      what: 'Otto interventi risultano chiusi dopo la data promessa.',
      answer: words,
    })
    expect(await refusal(withdrawContest(manager, id, { version: 3, what: words }))).toBe('closed')
  })

  test('needs a declared figure, and whoever raised it may take it back', async () => {
    const ask = { indicator: 'B.1.2', reason: 'other', what: words } as const
    expect(await refusal(raiseContest(manager, { ...ask, period: '2019-Q3' }))).toBe('nothing_declared')
    await declareFile(leader, declarations(declaration('2019-Q2', 'B.1.2', [95, 100, ''])))
    const { id } = await raiseContest(manager, { ...ask, period: '2019-Q2' })
    expect(await refusal(withdrawContest(leader, id, { version: 1, what: words }))).toBe('other_side')
    await withdrawContest(manager, id, { version: 1, what: words })
    expect((await line('2019-Q2', 'B.1.2', 'B1'))?.agreed).toMatchObject({ inTime: 95 })
  })
})

describe('a penalty', () => {
  beforeAll(() =>
    declareFile(
      leader,
      declarations(
        ...['2020-Q1', '2020-Q2', '2020-Q3', '2020-Q4'].map((quarter) => declaration(quarter, 'B.1.2', [90, 100, ''])),
        declaration('2020-Q1', 'B.1.1', [100, 100, '']),
      ),
    ),
  )

  test('is worked out with both amounts while the period before is open, and is final once that is decided', async () => {
    expect((await line('2020-Q2', 'B.1.2', 'B1'))?.penalty).toMatchObject({
      recurrence: 2,
      rate: '1.50',
      onDeclared: '2175.00',
      provisional: true,
      ifEarlierFalls: '1450.00',
    })
    await enterDecision(manager, {
      period: '2019-Q4',
      indicator: 'B.1.2',
      service: 'B1',
      nature: 'penalty',
      amount: '0.00',
      document: 'verbale 1/2020',
    })
    await decided('2020-Q1', '1450.00')
    expect((await line('2020-Q2', 'B.1.2', 'B1'))?.penalty).toMatchObject({
      recurrence: 2,
      provisional: false,
      ifEarlierFalls: null,
      onDeclared: '2175.00',
    })
  })

  test('a decision before that falls settles the later ones by a delta; nothing decided is ever changed', async () => {
    const { id: second } = await proposePenalty(manager, {
      period: '2020-Q2',
      indicator: 'B.1.2',
      service: 'B1',
      basis: 'declared',
      what: words,
    })
    await counterPenalty(leader, second, { version: 1, document: 'prot. 40', what: words })
    // The third is decided while the second is open: third time running, 2 %.
    const third = await decided('2020-Q3', '2900.00')
    expect(await penaltyOf(third)).toMatchObject({ decided: '2900.00', adjustments: '0.00', level: 3 })
    // The second is dropped: the third becomes the first of a new run, 1 %.
    expect(
      await decidePenalty(manager, second, { version: 2, amount: '0.00', what: 'Le ragioni sono accolte.' }),
    ).toMatchObject({
      settled: 1,
    })
    expect(await penaltyOf(third)).toMatchObject({ decided: '2900.00', adjustments: '-1450.00' })
    expect(await refusal(decidePenalty(manager, third, { version: 3, amount: '0.00', what: words }))).toBe('decided')
  })

  test('refused: on a kept line, twice, by the supplier, above what was proposed, before the supplier had its days', async () => {
    const kept = { period: '2020-Q1', indicator: 'B.1.1', service: 'B1', basis: 'declared', what: words } as const
    expect(await refusal(proposePenalty(manager, kept))).toBe('no_breach')
    expect(await refusal(proposePenalty(manager, { ...kept, basis: 'observed' }))).toBe('no_figure')
    expect(await refusal(proposePenalty(leader, kept))).toBe('forbidden')
    const open = { period: '2020-Q4', indicator: 'B.1.2', service: 'B1', basis: 'declared', what: words } as const
    const { id } = await proposePenalty(manager, open)
    expect(await refusal(proposePenalty(manager, open))).toBe('proposed')
    expect(await refusal(decidePenalty(manager, id, { version: 1, amount: '1.00', what: words }))).toBe('waits')
    await counterPenalty(leader, id, { version: 1, document: 'prot. 99', what: words })
    expect(await refusal(counterPenalty(leader, id, { version: 2, document: 'prot. 100', what: words }))).toBe(
      'countered',
    )
    expect(await refusal(decidePenalty(manager, id, { version: 2, amount: '9999999.00', what: words }))).toBe('amount')
    await decidePenalty(manager, id, { version: 2, amount: '1000.00', what: words })
  })

  test('is taken from what is held, beside a reduction of the fee that takes its VAT with it', async () => {
    await enterDecision(manager, {
      period: '2020-Q4',
      service: 'A3',
      nature: 'fee_reduction',
      amount: '100.00',
      document: 'verbale 7/2021',
    })
    const { quarters } = await listInstalments(manager, 2020)
    expect(quarters[2]).toMatchObject({ period: '2020-Q3', penalties: '1450.00', taken: '1450.00', released: '0.00' })
    expect(quarters[3]).toMatchObject({
      penalties: '1000.00',
      reductions: '100.00',
      reductionVat: '22.00',
      taken: '1100.00',
    })
  })
})

describe('approving a quarter', () => {
  test('is refused to whoever is measured, without a report, before its end, with something undecided, and twice', async () => {
    await declareFile(leader, declarations(declaration('2018-Q4', 'B.1.1', [9, 10, ''])))
    const approve = (ctx: Context, period = '2018-Q4') => approvePeriod(ctx, { period })
    expect(await refusal(approve(leader))).toBe('forbidden')
    // A role given by mistake changes nothing: the party does.
    const misplaced: Context = { ...leader, actor: { ...leader.actor, roles: ['contract_manager'] } }
    expect(await refusal(approve(misplaced))).toBe('supplier_may_not')
    expect(await refusal(approve(manager, '2999-Q1'))).toBe('not_over')
    expect(await refusal(approve(manager))).toBe('report_missing')
    expect(
      await refusal(
        receiveReport(manager, { period: '2018-Q4', receivedOn: '2018-12-30', protocol: 'prot. 1', isComplete: true }),
      ),
    ).toBe('receivedOn')
    await receiveReport(manager, { period: '2018-Q4', receivedOn: '2019-01-18', protocol: 'prot. 1', isComplete: true })
    const { id } = await proposePenalty(manager, {
      period: '2018-Q4',
      indicator: 'B.1.1',
      service: 'B1',
      basis: 'declared',
      what: words,
    })
    expect(await refusal(approve(manager))).toBe('penalties_open')
    await counterPenalty(leader, id, { version: 1, document: 'prot. 2', what: words })
    await decidePenalty(manager, id, { version: 2, amount: '1450.00', what: words })
    const approved = await approve(manager)
    expect(approved.sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(await verifyPeriod(manager, '2018-Q4')).toEqual(approved.result)
    expect(await refusal(approve(manager))).toBe('approved_already')
    expect((await listInstalments(manager, 2018)).quarters[3]).toMatchObject({ isApproved: true, taken: '1450.00' })
  })

  test('freezes it: a figure declared later is refused, and what is found later is a delta in a later period', async () => {
    const again = {
      period: '2018-Q4',
      indicator: 'B.1.1',
      unit: 'percent',
      source: 'rettifica',
      corrects: true,
    } as const
    expect(await refusal(declareFigure(leader, { ...again, inTime: 10, total: 10 }))).toBe('import_refused')
    const correct = {
      period: '2018-Q4',
      indicator: 'B.1.1',
      service: 'B1',
      reason: 'Un intervento era stato contato due volte.',
    }
    expect(await refusal(correctPeriod(manager, { ...correct, inPeriod: '2019-Q1' }))).toBe('same')
    expect(await refusal(correctPeriod(manager, { ...correct, inPeriod: '2018-Q4' }))).toBe('inPeriod')
  })

  test('terms run from documents: the approval ninety days from the report, the plan until it is approved', async () => {
    // The demo city has a contract of today; the quarters of the old one are not asked for any more.
    const terms = await listTerms(manager)
    expect(terms.map(({ dueOn }) => dueOn)).toEqual(terms.map(({ dueOn }) => dueOn).toSorted())
    expect(await refusal(approvePlan(leader, { year: 2021, approvedOn: '2021-04-30', document: 'delibera 1' }))).toBe(
      'forbidden',
    )
    await approvePlan(manager, { year: 2021, approvedOn: '2021-04-30', document: 'delibera 1' })
    expect(await refusal(approvePlan(manager, { year: 2021, approvedOn: '2021-05-30', document: 'delibera 2' }))).toBe(
      'year',
    )
    // Invoiced on last December's fee until then: four instalments instead of three.
    const { instalments } = await listInstalments(manager, 2021)
    expect(instalments.slice(0, 5).map(({ invoiced }) => invoiced)).toEqual([
      ...Array(3).fill('694125.00'),
      '632649.53',
      '632649.53',
    ])
  })
})
