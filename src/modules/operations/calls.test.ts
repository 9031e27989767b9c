import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, type TestCity, testCity } from '../../../demo/testing.ts'
import { type Context, transact } from '../../platform/context.ts'
import type { Problem } from '../../platform/problem.ts'
import { loadCalendar } from '../organisation/calendars.ts'
import { callFigures } from './figures.ts'
import { importCalls } from './import-calls.ts'
import { checkImport } from './imports.ts'
import { findMonth } from './month.ts'

let city: TestCity
beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.services.close())

async function written(): Promise<string> {
  const found = await sql<{
    all: string
  }>`select concat_ws('|', (select count(*) from event), (select count(*) from operations_import),
    (select md5(string_agg(c::text, '' order by source, witness, key)) from call_record c)) as all`.execute(
    city.services.database.owner,
  )
  return found.rows[0]?.all ?? ''
}

const header = 'started_at;outcome;waited_s;source'
async function* file(...lines: string[]) {
  yield Buffer.from(lines.join('\r\n'))
}
// A month of the past in which the demo has no calls.
const month = { from: '2024-03-01T00:00:00+01:00', until: '2024-04-01T00:00:00+02:00' }
const figures = async () =>
  transact(await city.as('auditor'), async (ctx) =>
    callFigures(ctx, { ...month, hours: await loadCalendar(ctx, null, 2024, 2024) }),
  )
const carrier = (day: number, hour: string, outcome: string) => `2024-03-0${day} ${hour};${outcome};10;carrier`

describe('calls', () => {
  test('of the carrier, brought by the administration, prove what was lost; the exchange is beside them', async () => {
    // Monday 4 March 2024, office hours 8–18; the call at 18:00 is outside.
    const proved = [
      carrier(4, '08:00', 'answered'),
      carrier(4, '09:00', 'busy'),
      carrier(4, '17:59:59', 'ivr_end'),
      carrier(4, '18:00', 'answered'),
      carrier(3, '10:00', 'answered'),
    ]
    const outcome = await importCalls(await city.as('contract_manager'), file(header, ...proved))
    expect(outcome).toMatchObject({ lines: 5, added: 5, known: 0 })
    const exchange = carrier(4, '08:00', 'answered').replace('carrier', 'exchange')
    await importCalls(await city.as('team_leader'), file(header, exchange))
    const found = await figures()
    // Two answers outside hours offset neither of the two losses inside.
    expect(found.carrier).toMatchObject({
      received: 5,
      receivedInHours: 3,
      answered: 3,
      answeredInHours: 1,
      lostInHours: 2,
    })
    expect(found.carrier.byOutcome).toMatchObject({ answered: 3, busy: 1, ivr_end: 1, abandoned: 0 })
    expect(found.exchange).toMatchObject({ received: 1, lostInHours: 0 })
    const everyHour = await transact(await city.as('auditor'), (ctx) => callFigures(ctx, { ...month, hours: null }))
    expect(everyHour.carrier).toMatchObject({ receivedInHours: 5, lostInHours: 2 })
  })

  test('of the carrier, brought by the supplier, are declared and counted apart', async () => {
    const before = await figures()
    await importCalls(await city.as('team_leader'), file(header, carrier(5, '10:00', 'answered')))
    const after = await figures()
    expect(after.carrier).toEqual(before.carrier)
    expect(after.carrierDeclared).toMatchObject({ received: 1, answeredInHours: 1 })
  })

  test('of the same file again change nothing, also several alike in the same second', async () => {
    const manager = await city.as('contract_manager')
    const alike = [carrier(6, '10:00', 'busy'), carrier(6, '10:00', 'busy'), carrier(6, '10:00', 'busy')]
    const { id } = await importCalls(manager, file(header, ...alike))
    const before = await written()
    expect(await importCalls(manager, file(header, ...alike))).toEqual({ id: null, lines: 3, added: 0, known: 3 })
    expect(await written()).toBe(before)
    expect(await checkImport(manager, id ?? '')).toMatchObject({ added: 3, isIntact: true })
  })

  test('with a reference are known by it, and are not told twice in two ways', async () => {
    const manager = await city.as('contract_manager')
    const columns = `${header};answered_at;ended_at;reference`
    const one = '2024-03-07 10:00;answered;20;carrier;2024-03-07 10:00:20;2024-03-07 10:05;A-1'
    expect(await importCalls(manager, file(columns, one))).toMatchObject({ added: 1 })
    const before = await written()
    expect(await importCalls(manager, file(columns, one))).toMatchObject({ added: 0, known: 1 })
    const other = await refusal(importCalls(manager, file(columns, one.replace(';20;', ';21;'))))
    expect(other.fields.map(({ path }) => path)).toEqual(['line 2, column reference'])
    const twice = [one.replace('A-1', 'A-2'), one.replace('A-1', 'A-2').replace('answered;20', 'answered;30')]
    expect((await refusal(importCalls(manager, file(columns, ...twice)))).fields[0]?.path).toBe(
      'line 3, column reference',
    )
    expect(await written()).toBe(before)
  })

  test.each(['operator', 'Operatore', 'agent_id', 'caller', 'CLI', 'ani', 'numero_chiamante', 'numero chiamante'])(
    'with a column “%s” are refused: services are measured, never people',
    async (column) => {
      const before = await written()
      const found = await refusal(
        importCalls(await city.as('contract_manager'), file(`${header};${column}`, `${carrier(8, '10:00', 'busy')};x`)),
      )
      expect(found.fields[0]?.say.it).toContain('art. 4 L. 300/1970')
      expect(await written()).toBe(before)
    },
  )

  test('that cannot be read are refused line by line, with nothing written', async () => {
    const before = await written()
    const columns = `${header};answered_at`
    const bad = [
      '2024-03-08 10:00;answered;5;carrier;2024-03-08 09:00',
      '2024-03-08 10:00;lost;5;carrier;',
      '2024-03-08 10:00;busy;-1;carrier;',
      '2024-03-08 10:00;busy;1;other;',
      '2024-03-08 10:00;busy;1;carrier;2024-03-08 10:01',
      '2099-03-08 10:00;busy;1;carrier;',
      '2024-03-31 02:30;busy;1;carrier;',
    ]
    const found = await refusal(importCalls(await city.as('contract_manager'), file(columns, ...bad)))
    expect(found.fields.map(({ path }) => path)).toEqual([
      'line 2, column answered_at',
      'line 3, column outcome',
      'line 4, column waited_s',
      'line 5, column source',
      'line 6, column answered_at',
      'line 7, column started_at',
      'line 8, column started_at',
    ])
    expect((await refusal(importCalls(await city.as('agent'), file(header)))).kind).toBe('forbidden')
    expect(await written()).toBe(before)
  })

  test('are brought in one file at a time: a second is refused while the first is being loaded', async () => {
    const manager = await city.as('contract_manager')
    let second: Promise<Problem> | null = null
    async function* slowly() {
      yield Buffer.from(`${header}\r\n`)
      second = refusal(importCalls(manager, file(header, carrier(9, '10:00', 'busy'))))
      expect((await second).code).toBe('import_running')
      yield Buffer.from(carrier(9, '11:00', 'busy'))
    }
    expect(await importCalls(manager, slowly())).toMatchObject({ added: 1 })
    expect(second).not.toBeNull()
  })

  test('of another administration are not counted', async () => {
    const elsewhere = '0190aaaa-0000-7000-8000-0000000000fe'
    await sql`insert into organisation (id, name) values (${elsewhere}, 'Altrove')`.execute(
      city.services.database.owner,
    )
    const other: Context = { ...(await city.as('auditor')), organisationId: elsewhere }
    expect((await transact(other, (ctx) => callFigures(ctx, { ...month, hours: null }))).carrier.received).toBe(0)
    // Without a calendar of its own, every hour counts and the month says so.
    expect(await findMonth(other, '2024-03')).toMatchObject({ hasHours: false, scopes: [], imports: [] })
  })

  test('are counted over one index, without going over the hours for each', async () => {
    await sql`analyze call_record`.execute(city.services.database.owner)
    const plan = await transact(await city.as('auditor'), async (ctx) => {
      // A few rows are read quicker without any index; a million are not.
      await sql`set local enable_seqscan = off`.execute(ctx.db)
      return sql<{
        'QUERY PLAN': string
      }>`explain select source, witness, outcome, width_bucket(started_at, array['2024-03-04 07:00Z', '2024-03-04 17:00Z']::timestamptz[]) % 2 = 1,
        count(*) from call_record where organisation_id = ${ctx.organisationId} and started_at >= ${month.from}::timestamptz
        and started_at < ${month.until}::timestamptz group by 1, 2, 3, 4`.execute(ctx.db)
    })
    const text = plan.rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(text).not.toMatch(/Nested Loop|Join/)
    expect(text).toContain('call_record_started')
  })
})

describe('a month', () => {
  test('is one, and is not read without permission', async () => {
    expect((await refusal(findMonth(await city.as('auditor'), 'marzo'))).kind).toBe('invalid')
    expect((await refusal(findMonth(await city.as('employee'), '2024-03'))).kind).toBe('forbidden')
  })
})
