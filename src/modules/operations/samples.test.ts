import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, type TestCity, testCity } from '../../../demo/testing.ts'
import { type Context, transact } from '../../platform/context.ts'
import { availabilityFigures, outageRows } from './figures.ts'
import { importOutages } from './import-outages.ts'
import { importSamples } from './import-samples.ts'
import { checkImport, listImports } from './imports.ts'
import { addProbe, addScope, endScope, listScopes } from './scopes.ts'

let city: TestCity
let count = 0
beforeAll(async () => {
  city = await testCity()
  const administrator = await city.as('administrator')
  await addProbe(administrator, { code: 'T-NORD', name: 'Sonda nord', network: 't-nord', runBy: 'administration' })
  await addProbe(administrator, { code: 'T-SUD', name: 'Sonda sud', network: 't-sud', runBy: 'administration' })
  await addProbe(administrator, { code: 'T-NORD2', name: 'Altra a nord', network: 't-nord', runBy: 'administration' })
  await addProbe(administrator, { code: 'T-SOC', name: 'Sonda della Società', network: 't-soc', runBy: 'supplier' })
})
afterAll(() => city.services.close())

async function written(): Promise<string> {
  const found = await sql<{ all: string }>`select concat_ws('|', (select count(*) from event),
    (select string_agg(d::text, '' order by scope_id, probe_id, day, import_id, part) from probe_day d),
    (select string_agg(o::text, '' order by id) from declared_outage o), (select count(*) from operations_import),
    (select string_agg(s::text, '' order by id) from monitored_scope s), (select string_agg(p::text, '' order by id) from probe p)) as all`.execute(
    city.services.database.owner,
  )
  return found.rows[0]?.all ?? ''
}

async function* file(...lines: string[]) {
  yield Buffer.from(`${lines.join('\n')}\n`)
}
const header = 'scope,probe,network,at,ok'

async function scope(more: Partial<Parameters<typeof addScope>[1]> = {}) {
  count += 1
  const code = `T-${count}`
  const input = {
    code,
    name: `Server ${count}`,
    kind: 'server' as const,
    intervalS: 300,
    beginsOn: '2026-01-01',
    ...more,
  }
  return { code, id: (await addScope(await city.as('administrator'), input)).id }
}

const at = (minute: number, day = '2026-03-02') =>
  new Date(Date.parse(`${day}T00:00:00Z`) + minute * 60_000).toISOString()

/** Checks of both probes every five minutes, the second two minutes after the first; failing between two minutes. */
function watched(code: string, untilMinute: number, fails: (probe: string, minute: number) => boolean | null) {
  const lines = [header]
  for (let minute = 0; minute < untilMinute; minute += 5)
    for (const [probe, network, after] of [
      ['T-NORD', 't-nord', 0],
      ['T-SUD', 't-sud', 2],
    ] as const) {
      const failed = fails(probe, minute + after)
      if (failed !== null) lines.push(`${code},${probe},${network},${at(minute + after)},${failed ? 0 : 1}`)
    }
  return lines
}

const day = { from: '2026-03-02T00:00:00Z', until: '2026-03-02T10:00:00Z', hours: null }
async function figure(id: string, period = day, part: 'auditor' = 'auditor') {
  const all = await transact(await city.as(part), (ctx) => availabilityFigures(ctx, period))
  const found = all.find((one) => one.scopeId === id)
  if (found === undefined) throw new Error('The scope is not among the figures')
  return found
}
const minutes = (ms: number) => ms / 60_000

describe('checks of probes', () => {
  test('that both networks see fail are an outage: from the first failed check to the first good one', async () => {
    const { code, id } = await scope()
    const lines = watched(code, 600, (_, minute) => minute >= 60 && minute < 90)
    const outcome = await importSamples(await city.as('contract_manager'), file(...lines))
    expect(outcome).toMatchObject({ lines: 240, added: 240, known: 0 })
    const found = await figure(id)
    expect(found).toMatchObject({ source: 'probes', agreedMs: 0, unknownMs: 0 })
    expect([found.dueMs, found.upMs, found.downMs].map(minutes)).toEqual([600, 570, 30])
    expect(found.worstOutages).toEqual([{ from: at(60), until: at(90), ms: 30 * 60_000 }])
  })

  test('that one network alone sees fail are no outage, also of two probes on it', async () => {
    const { code, id } = await scope()
    const lines = watched(code, 600, (probe, minute) => probe === 'T-NORD' && minute >= 60 && minute < 90)
    const more = lines.filter((line) => line.includes('T-NORD')).map((line) => line.replace('T-NORD', 'T-NORD2'))
    await importSamples(await city.as('contract_manager'), file(...lines, ...more))
    expect(await figure(id)).toMatchObject({ downMs: 0, unknownMs: 0, worstOutages: [] })
  })

  test('that are missing for more than twice the interval leave the time unknown, neither up nor down', async () => {
    const { code, id } = await scope()
    const lines = watched(code, 600, (_, minute) => (minute > 120 && minute < 180 ? null : false))
    await importSamples(await city.as('contract_manager'), file(...lines))
    const found = await figure(id)
    // The last good check before the silence is at 120, the next one at 180.
    expect([found.upMs, found.downMs, found.unknownMs].map(minutes)).toEqual([540, 0, 60])
  })

  test('brought by the supplier prove nothing, whoever runs the probe; the city proves the same ones later', async () => {
    const { code, id } = await scope()
    const lines = watched(code, 600, (_, minute) => minute >= 60 && minute < 90)
    await importSamples(await city.as('team_leader'), file(...lines))
    expect(await figure(id)).toMatchObject({ source: 'none', downMs: 0, unknownMs: 600 * 60_000 })
    await importSamples(await city.as('contract_manager'), file(...lines))
    expect(await figure(id)).toMatchObject({ source: 'probes', downMs: 30 * 60_000 })
    const ofTheSupplier = [header, `${code},T-SOC,t-soc,${at(60)},1`]
    await importSamples(await city.as('contract_manager'), file(...ofTheSupplier))
    const { samples } = (await transact(await city.as('auditor'), (ctx) =>
      outageRows(ctx, { scopeId: id, ...day }),
    )) ?? { samples: [] }
    expect(new Set(samples.map((one) => `${one.probe} ${one.witness}`))).toEqual(
      new Set(['T-NORD T', 'T-NORD I', 'T-SUD T', 'T-SUD I', 'T-SOC I']),
    )
  })

  test('of the same file again, and of the command line without a person, change nothing that is proved', async () => {
    const { code, id } = await scope()
    const lines = watched(code, 100, () => false)
    await importSamples(await city.as('contract_manager'), file(...lines))
    const before = await written()
    expect(await importSamples(await city.as('contract_manager'), file(...lines))).toEqual({
      id: null,
      lines: 40,
      added: 0,
      known: 40,
    })
    expect(await written()).toBe(before)
    expect((await figure(id)).downMs).toBe(0)
  })

  test('are refused whole, line by line, with nothing written', async () => {
    const { code } = await scope()
    const manager = await city.as('contract_manager')
    await importSamples(manager, file(header, `${code},T-NORD,t-nord,${at(0)},1`))
    const before = await written()
    const bad = await refusal(
      importSamples(
        manager,
        file(
          header,
          `${code},T-NORD,t-nord,${at(5)},1`,
          `IGNOTO,T-NORD,t-nord,${at(5)},1`,
          `${code},SONDA,t-nord,${at(5)},1`,
          `${code},T-NORD,t-sud,${at(5)},1`,
          `${code},T-NORD,t-nord,ieri,1`,
          `${code},T-NORD,t-nord,2099-01-01T00:00:00Z,1`,
          `${code},T-NORD,t-nord,${at(5)},forse`,
          `${code},T-NORD`,
        ),
      ),
    )
    expect(bad.fields.map(({ path }) => path)).toEqual([
      'line 3, column scope',
      'line 4, column probe',
      'line 5, column network',
      'line 6, column at',
      'line 7, column at',
      'line 8, column ok',
      'line 9',
    ])
    expect(bad.fields[0]?.say.it).toContain('aggiungilo con questo codice')
    const twice = await refusal(importSamples(manager, file(header, `${code},T-NORD,t-nord,${at(0)},0`)))
    expect(twice.fields.map(({ path }) => path)).toEqual(['line 2, column ok'])
    expect((await refusal(importSamples(manager, file('scope,probe,at,ok')))).fields[0]?.path).toBe(
      'line 1, column network',
    )
    expect((await refusal(importSamples(await city.as('technician'), file(header)))).kind).toBe('forbidden')
    expect(await written()).toBe(before)
  })

  test('are proved to be unchanged by the digest sealed with their file', async () => {
    const { code } = await scope()
    const { id } = await importSamples(await city.as('contract_manager'), file(...watched(code, 60, () => false)))
    const auditor = await city.as('auditor')
    expect(await checkImport(auditor, id ?? '')).toMatchObject({
      what: 'samples',
      by: 'administration',
      isIntact: true,
    })
    expect((await listImports(auditor))[0]?.id).toBe(id)
    await sql`update probe_day set failed_ms = '{0}' where import_id = ${id} and part = 0 and at_ms[1] = 0`.execute(
      city.services.database.owner,
    )
    expect((await checkImport(auditor, id ?? '')).isIntact).toBe(false)
  })
})

describe('what the supplier declares', () => {
  const columns = 'scope;from;until;reason;excluded'
  test('stands beside what was seen, and in its place only where nothing was', async () => {
    const [seen, unseen] = [await scope(), await scope()]
    const leader = await city.as('team_leader')
    await importSamples(await city.as('contract_manager'), file(...watched(seen.code, 600, () => false)))
    const lines = [seen, unseen].map(({ code }) => `${code};${at(60)};${at(75)};alimentatore;no`)
    const outcome = await importOutages(
      leader,
      file(columns, ...lines, `${seen.code};${at(200)};${at(210)};fulmine;sì`),
    )
    expect(outcome).toMatchObject({ lines: 3, added: 3 })
    expect(await figure(seen.id)).toMatchObject({ source: 'probes', downMs: 0, declaredDownMs: 15 * 60_000 })
    expect(await figure(unseen.id)).toMatchObject({ source: 'declared', downMs: 15 * 60_000, unknownMs: 0 })
    const before = await written()
    expect(await importOutages(leader, file(columns, ...lines))).toMatchObject({ id: null, added: 0, known: 2 })
    const other = await refusal(
      importOutages(leader, file(columns, `${seen.code};${at(60)};${at(80)};alimentatore;no`)),
    )
    expect(other.fields[0]?.path).toBe('line 2, column from')
    expect(
      (await refusal(importOutages(leader, file(columns, `${seen.code};${at(60)};${at(50)};x;forse`)))).fields,
    ).toHaveLength(2)
    expect(await written()).toBe(before)
  })
})

describe('a scope', () => {
  test('counts in its life and in its hours', async () => {
    const office = await scope({ hours: 'business', hostsWeb: true, beginsOn: '2026-03-03', endsOn: '2026-03-04' })
    const week = { from: '2026-03-01T23:00:00Z', until: '2026-03-08T23:00:00Z', hours: null }
    expect((await figure(office.id, week)).dueMs).toBe(20 * 3_600_000)
    const web = await transact(await city.as('auditor'), (ctx) => availabilityFigures(ctx, { ...week, onlyWeb: true }))
    expect(web.every((one) => one.hostsWeb)).toBe(true)
    expect(web.some((one) => one.scopeId === office.id)).toBe(true)
  })

  test('is added and ended by who answers for it; a code is one scope’s', async () => {
    const { code, id } = await scope()
    const administrator = await city.as('administrator')
    await endScope(administrator, id, { version: 1, endsOn: '2026-06-30' })
    const before = await written()
    const twice = addScope(administrator, { code, name: 'Doppio', kind: 'line', beginsOn: '2026-01-01' })
    expect((await refusal(twice)).fields[0]?.path).toBe('code')
    expect((await refusal(endScope(administrator, id, { version: 1, endsOn: null }))).code).toBe('stale')
    expect((await refusal(endScope(administrator, id, { endsOn: '2025-12-31' }))).fields[0]?.path).toBe('endsOn')
    const backwards = {
      code: 'T-X',
      name: 'Al contrario',
      kind: 'line',
      beginsOn: '2026-02-01',
      endsOn: '2026-01-01',
    } as const
    expect((await refusal(addScope(administrator, backwards))).kind).toBe('invalid')
    expect((await refusal(addScope(await city.as('team_leader'), backwards))).kind).toBe('forbidden')
    expect(await written()).toBe(before)
    expect((await listScopes(await city.as('agent'))).find((one) => one.id === id)).toMatchObject({
      endsOn: '2026-06-30',
      version: 2,
    })
  })
})

test('another administration’s scopes, probes and files are not there', async () => {
  const { code, id } = await scope()
  const [file1] = await listImports(await city.as('auditor'))
  const elsewhere = '0190aaaa-0000-7000-8000-0000000000ff'
  await sql`insert into organisation (id, name) values (${elsewhere}, 'Altrove') on conflict do nothing`.execute(
    city.services.database.owner,
  )
  const other: Context = { ...(await city.as('administrator')), organisationId: elsewhere }
  expect(await listScopes(other)).toEqual([])
  expect((await refusal(endScope(other, id, { endsOn: null }))).kind).toBe('not_found')
  expect(
    (await refusal(checkImport({ ...(await city.as('auditor')), organisationId: elsewhere }, file1?.id ?? ''))).kind,
  ).toBe('not_found')
  const manager: Context = { ...(await city.as('contract_manager')), organisationId: elsewhere }
  expect((await refusal(importSamples(manager, file(header, `${code},T-NORD,t-nord,${at(0)},1`)))).fields).toHaveLength(
    2,
  )
})
