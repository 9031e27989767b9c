/** What is published can be checked by anybody: figures from rows, rows from digests, digests from the chain. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seedContract } from '../../../demo/contract.ts'
import { type TestCity, testCity } from '../../../demo/testing.ts'
import type { Context } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { anybodyAt, findPublisher } from '../../platform/public-context.ts'
import { sealAll } from '../../platform/seals.ts'
import { periodBefore, quarterOfDay } from '../contract/period-text.ts'
import { findResults, findResultsFile, listUnpublished, proveResults, publishResults } from './results.ts'
import { resultsCatalogue, resultsDictionary } from './results-dictionary.ts'

let city: TestCity
let manager: Context
let anybody: Context
const now = quarterOfDay(Temporal.Now.plainDateISO('Europe/Rome').toString())
const [published, open] = [periodBefore(now, 3), periodBefore(now)]
beforeAll(async () => {
  city = await testCity(0.1)
  await seedContract(city.services)
  manager = await city.as('contract_manager')
  const publisher = await findPublisher(city.services)
  if (publisher === null) throw new Error('Nobody publishes')
  anybody = anybodyAt(city.services, publisher, 'it')
  await sealAll(city.services.database.owner)
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

const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex')

describe('publishing', () => {
  test('is refused of a quarter that is not approved, twice, and to whoever may not', async () => {
    expect(await refusal(publishResults(manager, { period: open }))).toBe('not_approved')
    expect(await refusal(publishResults(manager, { period: published }))).toBe('already_published')
    expect(await refusal(publishResults(await city.as('team_leader'), { period: published }))).toBe('forbidden')
    expect(await refusal(publishResults(manager, { period: '2026' }))).toBe('invalid')
    expect(await refusal(findResults(anybody, open))).toBe('not_found')
    expect(await listUnpublished(manager)).toEqual([])
  })
})

/** Reads a published CSV as anybody would: no cell of these files has a comma or a quote but in names of areas. */
function table(text: string): Record<string, string>[] {
  const [head = '', ...lines] = text.trim().split('\n')
  const names = head.split(',')
  return lines.map((line) => {
    const cells = line.match(/("([^"]|"")*"|[^,]*)(,|$)/g)?.map((cell) => cell.replace(/,$/, '')) ?? []
    return Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']))
  })
}

describe('anybody, with the published files alone', () => {
  test('recomputes every figure of the page in twenty lines', async () => {
    const figures = table(await findResultsFile(anybody, published, 'figures'))
    const rows = table(await findResultsFile(anybody, published, 'rows'))
    const scopes = table(await findResultsFile(anybody, published, 'scopes'))
    for (const line of figures.filter(({ observed_total }) => observed_total !== '')) {
      const own = rows.filter((row) => row.indicator === line.indicator && row.period === line.period)
      const counted = own.filter(({ counted }) => counted === '1')
      const servers = scopes.filter(
        (one) => one.indicator === line.indicator && one.service === line.service && one.period === line.period,
      )
      const sum = (list: Record<string, string>[], name: string) =>
        list.reduce((all, row) => all + Number(row[name]), 0)
      const [part, whole] =
        line.measure === 'uptime'
          ? [sum(servers, 'up_minutes'), sum(servers, 'known_minutes')]
          : line.measure === 'lost_calls'
            ? [Number(line.observed_in_time), Number(line.observed_total)]
            : line.measure === 'mean_days'
              ? [sum(counted, 'working_days'), counted.length]
              : [counted.filter(({ in_time }) => in_time === '1').length, counted.length]
      expect([String(part), String(whole)]).toEqual([
        line.measure === 'mean_days' ? line.observed_days : line.observed_in_time,
        line.observed_total,
      ])
      const share = line.measure === 'lost_calls' ? whole - part : part
      const hundredths = line.measure === 'mean_days' ? (share * 100) / whole : (share * 10_000) / whole
      const rounded = line.target?.startsWith('>') ? Math.floor(hundredths) : Math.ceil(hundredths)
      expect((rounded / 100).toFixed(2), `${line.indicator} ${line.period}`).toBe(line.observed_value)
      if (!['uptime', 'lost_calls'].includes(line.measure ?? ''))
        expect(String(own.filter(({ open_overdue }) => open_overdue === '1').length)).toBe(line.open_overdue)
    }
    const page = await findResults(anybody, published)
    const penalties = figures.reduce((all, { penalty }) => all + Math.round(Number(penalty) * 100), 0)
    expect((penalties / 100).toFixed(2)).toBe(page.result.totals.onAgreed)
    // Every breach was decided before the quarter was approved.
    expect(figures.filter(({ penalty, decided }) => penalty !== '0.00' && decided === '')).toEqual([])
  })

  test('proves the rows against the seal whose head is public', async () => {
    const rows = await findResultsFile(anybody, published, 'rows')
    const proof = await proveResults(anybody, published)
    // The file is the one that the sealed event names …
    expect(proof.event.text).toContain(sha256(rows))
    expect(sha256(proof.event.text)).toBe(proof.event.leaf)
    // … its leaf lies in the seal, and the seal gives the head that is published.
    const { seal } = proof
    if (seal === null || seal.eventIds === null || seal.leaves === null) throw new Error('Not sealed yet')
    const leaves = seal.leaves.match(/.{64}/g) ?? []
    expect(leaves).toContain(proof.event.leaf)
    const eight = (value: number) => {
      const bytes = Buffer.alloc(8)
      bytes.writeBigUInt64BE(BigInt(value))
      return bytes
    }
    const parts = seal.eventIds.flatMap((id, at) => [eight(id), Buffer.from(leaves[at] ?? '', 'hex')])
    const head = sha256(Buffer.concat([Buffer.from(seal.previousHead, 'hex'), eight(seal.number), ...parts]))
    expect(head).toBe(seal.head)
    // The same list that the integrity page shows.
    const heads = await sql<{ number: number; head: string }>`select number, head from newest_seals(100)`.execute(
      city.services.database.app,
    )
    expect(heads.rows.find(({ number }) => number === seal.number)?.head).toBe(head)
  })

  test('reads what every column means, and where the files are', async () => {
    const { tables } = resultsDictionary()
    for (const [file, at] of [
      ['figures', 0],
      ['rows', 1],
      ['scopes', 2],
    ] as const) {
      const [head = ''] = (await findResultsFile(anybody, published, file)).split('\n')
      expect(tables[at]?.tableSchema.columns.map(({ name }) => name)).toEqual(head.split(','))
    }
    const publisher = { name: 'Comune di prova', ipaCode: 'c_demo' }
    const catalogue = await resultsCatalogue(anybody, publisher, 'https://sitec.example')
    const quarters = catalogue.datasets.filter(({ identifier }) => identifier.startsWith('livelli-'))
    expect(quarters).toHaveLength(1)
    const [dataset] = quarters
    for (const one of dataset?.distributions ?? []) {
      const file = one.downloadUrl.endsWith('interventi.csv')
        ? 'rows'
        : one.downloadUrl.endsWith('indicatori.csv')
          ? 'figures'
          : 'scopes'
      expect(one.sha256).toBe(sha256(await findResultsFile(anybody, published, file)))
    }
  })
})
