/** The real contract of Palermo and what was declared under it: every figure that was worked out on paper comes out to the cent. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../../demo/testing.ts'
import type { Context } from '../../platform/context.ts'
import { parseCents } from '../../platform/money.ts'
import { importContract } from './contracts.ts'
import { declareFigure, declareFile } from './declare.ts'
import { findContractHome } from './find-home.ts'
import { listInstalments } from './instalments.ts'
import { describeContract } from './overview.ts'
import type { VerifiedIndicator } from './schema.ts'
import { declaration, declarations, fixture, realContract } from './testing.ts'
import { verifyPeriod } from './verify-period.ts'

let real: Awaited<ReturnType<typeof realContract>>
let ctx: Context
beforeAll(async () => {
  real = await realContract()
  ctx = real.ctx
})
afterAll(() => real.services.close())

async function line(period: string, code: string, service?: string): Promise<VerifiedIndicator> {
  const { indicators } = await verifyPeriod(ctx, period)
  const found = indicators.find((one) => one.code === code && (service === undefined || one.service === service))
  if (found === undefined) throw new Error(`No line ${code} in ${period}`)
  return found
}

async function written(): Promise<string> {
  const found = await sql<{
    all: string
  }>`select concat_ws('|', (select count(*) from event), (select count(*) from contract_version),
    (select string_agg(d::text, '' order by id) from declaration d)) as all`.execute(real.services.database.owner)
  return found.rows[0]?.all ?? ''
}

describe('the contract as signed', () => {
  test('the same file again changes nothing', async () => {
    const before = await written()
    expect(await importContract(ctx, fixture('service-contract.json'))).toMatchObject({ versionsAdded: 0 })
    expect(await declareFile(ctx, fixture('declared-service-levels.csv'))).toEqual({ added: 0, known: 46 })
    expect(await written()).toBe(before)
  })

  test('eight services sum to the fee of each version; the rival table stands beside as a disagreement', async () => {
    const now = await describeContract(ctx, '2021-Q2')
    expect(now.services).toHaveLength(8)
    expect(now.total).toBe('8435327.00')
    const before = await describeContract(ctx, '2020-Q4')
    expect(before.total).toBe('9255000.00')
    expect(before.disagreement).toMatchObject({ act: 'technical annex 2018', total: '9250000.00' })
    expect(now.feeVersions.map(({ effectiveFrom, knownFrom }) => [effectiveFrom, knownFrom])).toEqual([
      ['2018-05-04', '2018-05-04'],
      ['2021-01-01', '2021-04-19'],
    ])
  })

  test('what is not measured: 10.4 % of the fee without an indicator, 31.7 % by a subset nobody reports', async () => {
    const { coverage } = await describeContract(ctx, '2021-Q3')
    expect(coverage.without).toMatchObject({ services: ['A1'], share: '10.37' })
    expect(coverage.subset).toMatchObject({ services: ['B2', 'B3'], share: '31.72' })
    expect(coverage.highestPenalty).toBe('213870.00')
    expect(coverage.highestShare).toBe('2.54')
  })

  test('each worked penalty of the contract, in both versions of the fee', async () => {
    const { services, ctx } = await realContract(false)
    const breach = (period: string, code: string) =>
      declaration(
        period,
        code,
        code === 'C.1.1' ? [90, 100, ''] : [90, 100, ''],
        code === 'C.1.1' ? 'percent_lost' : 'percent',
      )
    try {
      await declareFile(
        ctx,
        declarations(
          ...['2020-Q1', '2020-Q2', '2020-Q3'].map((quarter) => breach(quarter, 'B.1.2')),
          // A period that nobody declared would not end the run of breaches: these two were kept.
          ...['2020-Q4', '2021-Q1'].map((quarter) => declaration(quarter, 'B.1.2', [100, 100, ''])),
          ...['2021-Q2', '2021-Q3', '2021-Q4'].flatMap((quarter) => [
            breach(quarter, 'A.3.1'),
            breach(quarter, 'B.1.2'),
          ]),
          ...['2021-05', '2021-06', '2021-07'].flatMap((month) => [
            `${month},A.2.1,,,,90.00,percent,relazione di prova`,
            breach(month, 'C.1.1'),
          ]),
        ),
      )
      const amounts = async (periods: string[], code: string, service?: string) =>
        Promise.all(
          periods.map(async (period) => {
            const { indicators } = await verifyPeriod(ctx, period)
            return indicators.find((one) => one.code === code && one.service === (service ?? one.service))?.penalty
              .onDeclared
          }),
        )
      expect(await amounts(['2021-05', '2021-06', '2021-07'], 'A.2.1')).toEqual(['3251.67', '4877.50', '8129.17'])
      expect(await amounts(['2021-Q2', '2021-Q3', '2021-Q4'], 'A.3.1')).toEqual(['4632.50', '6948.75', '9265.00'])
      expect(await amounts(['2021-Q2', '2021-Q3', '2021-Q4'], 'B.1.2')).toEqual(['1350.00', '2025.00', '2700.00'])
      expect(await amounts(['2021-05', '2021-06', '2021-07'], 'C.1.1')).toEqual(['179.17', '268.75', '358.33'])
      expect(await amounts(['2020-Q1', '2020-Q2', '2020-Q3'], 'B.1.2')).toEqual(['1450.00', '2175.00', '2900.00'])
    } finally {
      await services.close()
    }
  })

  test('2021: three months on the old fee, adjusted; the twelfth instalment absorbs rounding; a tenth is held', async () => {
    const year = await listInstalments(ctx, 2021)
    expect(year.instalments.map(({ invoiced }) => invoiced)).toEqual([
      ...Array(3).fill('694125.00'),
      ...Array(8).fill('632649.53'),
      '632649.47',
    ])
    expect(year.instalments.slice(0, 4).map(({ adjustment }) => adjustment)).toEqual([
      '-61475.47',
      '-61475.47',
      '-61475.47',
      '0.00',
    ])
    expect(year.adjustmentTotal).toBe('-184426.41')
    expect(year.retained).toBe('843532.70')
    const due = year.instalments.reduce((sum, { due }) => sum + (parseCents(due) ?? 0n), 0n)
    expect(due + (parseCents(year.retained) ?? 0n)).toBe(843_532_700n)
  })
})

describe('what was declared for 2020', () => {
  test('the margins of two quarters: how many more late ones, or lost calls, and the target would still be kept', async () => {
    const margins = async (quarter: string) =>
      Object.fromEntries(
        await Promise.all(
          ['A.3.1', 'A.4.1', 'B.1.1', 'B.1.2'].map(async (code) => {
            const { marginTurned, marginAdded } = await line(quarter, code)
            return [code, [marginTurned, marginAdded]]
          }),
        ),
      )
    expect(await margins('2020-Q3')).toEqual({ 'A.3.1': [92, 97], 'A.4.1': [0, 0], 'B.1.1': [4, 4], 'B.1.2': [0, 0] })
    expect(await margins('2020-Q4')).toEqual({ 'A.3.1': [115, 121], 'A.4.1': [0, 0], 'B.1.1': [2, 2], 'B.1.2': [0, 0] })
    const lost = await Promise.all(
      ['07', '08', '09', '10', '11', '12'].map(async (month) => (await line(`2020-${month}`, 'C.1.1')).marginTurned),
    )
    expect(lost).toEqual([64, 47, 87, 76, 75, 54])
  })

  test('every line of 2020-Q4: kept as declared, no penalty, and what should be looked at', async () => {
    const verified = await verifyPeriod(ctx, '2020-Q4')
    expect(verified.totals).toEqual({ onDeclared: '0.00', onObserved: '0.00', onAgreed: '0.00' })
    expect(verified.indicators.every(({ observed }) => observed === null)).toBe(true)
    const flags = (code: string, service: string) =>
      verified.indicators.find((one) => one.code === code && one.service === service)?.flags
    expect(flags('A.2.1', 'A2')).toEqual(expect.arrayContaining(['perfect', 'noDetail', 'singleThreshold']))
    expect(flags('C.1.1', 'C1')).toContain('noneLost')
    expect(flags('A.4.1', 'A4')).toEqual(expect.arrayContaining(['perfect', 'smallSample']))
    expect(flags('B.1.2', 'B1')).toContain('atThreshold')
    expect(flags('A.3.2', 'A3')).toContain('daysNotDeclared')
    const b12 = await line('2020-Q4', 'B.1.2', 'B1')
    expect(b12).toMatchObject({
      declared: { inTime: 99, total: 104, value: '95.19' },
      agreed: { inTime: 99, total: 104 },
      met: true,
      outcome: 'met',
      target: '>= 95.00 %',
      penalty: { class: 'B', recurrence: null, periodFee: '145000.00', onDeclared: '0.00', provisional: false },
    })
  })

  test('a scope that was due and not measured is not declared; a subset nobody reports is neither met nor a breach', async () => {
    const { indicators } = await verifyPeriod(ctx, '2020-Q4')
    const ed4 = indicators.filter(({ scope }) => scope === 'ED4')
    expect(ed4.map(({ outcome }) => outcome)).toEqual(['notDeclared', 'notDeclared', 'notDeclared'])
    expect(indicators.filter(({ service }) => service === 'B2').map(({ outcome }) => outcome)).toEqual(
      Array(3).fill('notDeclared'),
    )
    const b3 = indicators.filter(({ service }) => service === 'B3')
    expect(b3.map(({ code, reading }) => [code, reading])).toEqual([
      ['B.1.1', 'technical annex · report September 2021'],
      ['B.1.2', 'technical annex'],
    ])
  })

  test('A.1.1 is gone with the mainframe: asked in April 2021, not in May', async () => {
    const codes = async (month: string) => (await verifyPeriod(ctx, month)).indicators.map(({ code }) => code)
    expect(await codes('2021-04')).toContain('A.1.1')
    expect(await codes('2021-05')).not.toContain('A.1.1')
  })

  test('one more late work in 2020-Q4 would have been a breach: 98 of 104', async () => {
    const { services, ctx } = await realContract(false)
    try {
      await declareFile(ctx, declarations(declaration('2020-Q4', 'B.1.2', [98, 104, '94.23'])))
      const found = (await verifyPeriod(ctx, '2020-Q4')).indicators.find(
        ({ code, service }) => code === 'B.1.2' && service === 'B1',
      )
      expect(found).toMatchObject({
        outcome: 'unacceptable',
        met: false,
        penalty: { onDeclared: '1450.00', recurrence: 1 },
      })
    } finally {
      await services.close()
    }
  })
})

describe('a contract or a declaration that is wrong is refused whole, with its place', () => {
  const changed = (from: string | RegExp, to: string) => {
    const text = Buffer.from(fixture('service-contract.json')).toString('utf8')
    const other = text.replace(from, to)
    expect(other).not.toBe(text)
    return Buffer.from(other)
  }
  const places = async (bytes: Uint8Array) => {
    const before = await written()
    const problem = await refusal(importContract(ctx, bytes))
    expect(await written()).toBe(before)
    return problem.fields.map(({ path }) => path)
  }

  test('fees that do not sum', async () => {
    expect(await places(changed('"874327.00"', '"874327.01"'))).toContain('feeVersions.1.total')
  })

  test('two versions from the same day', async () => {
    const twice = changed(
      /"effectiveFrom": "2021-01-01",\s*"knownFrom": "2021-04-19"/,
      '"effectiveFrom": "2018-05-04", "knownFrom": "2018-05-04"',
    )
    expect(await places(twice)).toContain('feeVersions.1.effectiveFrom')
  })

  test('a version in force with another content; a measure nobody knows; something that is no JSON', async () => {
    expect(await places(changed('"first": 0.01', '"first": 0.02'))).toEqual(['classes'])
    const unknown = changed('total days used for delivery', 'goodwill of the supplier')
    expect(await places(unknown)).toContain('indicators.3.measure')
    expect(await places(Buffer.from('{'))).toEqual(['FILE'])
  })

  const wrongLine = async (line: string) => {
    const before = await written()
    const problem = await refusal(declareFile(ctx, declarations(line)))
    expect(await written()).toBe(before)
    return problem.fields.map(({ path, say }) => `${path}: ${say.it}`).join('; ')
  }

  test.each([
    ['2020-Q4,Z.9.9,,1,2,,percent,relazione', 'line 2, column indicator', 'Z.9.9'],
    ['2020-13,C.1.1,,1,2,,percent_lost,relazione', 'line 2, column period', '2020-12'],
    ['2999-Q1,B.1.1,,1,2,,percent,relazione', 'line 2, column period', 'non è ancora finito'],
    ['2020-Q4,C.1.1,,1,2,,percent_lost,relazione', 'line 2, column period', 'mese per mese'],
    ['2020-12,A.1.1,XX9,,,99.00,percent,relazione', 'line 2, column scope', 'EF4'],
    ['2019-Q1,B.1.1,,5,4,,percent,relazione', 'line 2, column in_time', 'più del totale'],
    ['2019-Q1,A.3.2,,,,3.66,business_days,relazione', 'line 2, column total_days', 'media da sola'],
    ['2019-Q1,A.3.2,,,300,5.00,business_days,relazione', 'line 2, column total_days', 'arrotondamento'],
    ['2020-Q4,B.1.1,,397,416,,percent,relazione', 'line 2, column value', 'già dichiarata'],
    ['2019-Q1,B.1.1,,4,5,80.00,percent,', 'line 2, column source', 'documento'],
    ['2017-Q1,B.1.1,,4,5,80.00,percent,relazione', 'line 2, column period', 'Nessun contratto'],
  ])('%s', async (given, place, word) => {
    const said = await wrongLine(given)
    expect(said).toContain(place)
    expect(said).toContain(word)
  })
})

test('what a counted intervention costs: the year’s fee of B3 over the 87 that were counted', async () => {
  const { services, ctx } = await realContract()
  try {
    const counted = [
      ['2020-Q3', 30],
      ['2020-Q4', 30],
      ['2021-Q1', 23],
      ['2021-Q2', 4],
    ] as const
    for (const [period, total] of counted)
      await declareFigure(ctx, {
        ...{ period, indicator: 'B.1.1', service: 'B3', inTime: total, total },
        ...{ unit: 'percent', source: 'supplier report September 2021' },
      })
    const home = await findContractHome(ctx, '2021-Q3')
    expect(home?.cost).toEqual({ service: 'B3', each: '28137.93', items: 87 })
  } finally {
    await services.close()
  }
})
