/**
 * The data set of the bench: the demo city at scale, in a data folder and an embedded PostgreSQL of its own.
 *
 *   node bench/data.ts [--cases 500000] [--fresh]
 *
 * Built once, sealed, analysed and kept; a later call finds it.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { seedContract } from '../demo/contract.ts'
import { seedDemo } from '../demo/seed.ts'
import { casesAtScaleOne } from '../demo/volumes.ts'
import type { Config } from '../src/config.ts'
import { readConfig } from '../src/config.ts'
import { escalateDue } from '../src/modules/servicedesk/escalate.ts'
import { projectRoot } from '../src/platform/root.ts'
import { sealOnce } from '../src/platform/seals.ts'
import { type OpenServices, openServices } from '../src/platform/services.ts'
import { withdrawOpened } from './withdraw.ts'

/** What the environment of the bench's processes says: port, data folder, size. */
export function benchEnvironment(cases: number): Record<string, string> {
  const scale = (cases / casesAtScaleOne).toFixed(6)
  return {
    PORT: '3990',
    SITEC_URL: 'http://localhost:3990',
    SITEC_DATA: join(projectRoot(), 'data', cases === fullSize ? 'bench' : `bench-${cases}`),
    SITEC_ROLE: 'all',
    DEMO_SCALE: scale,
  }
}

/** The size the budgets are about. */
export const fullSize = 500_000

export function benchConfig(cases: number): Config {
  return readConfig(benchEnvironment(cases))
}

/** What building cost; null figures when the data was there. */
export type Built = { seconds: number; megabytes: number; sealedPerSecond: number }

/** Opens the data set, building it first when it is not there. */
export async function openData(
  cases: number,
  say: (text: string) => void,
): Promise<{ services: OpenServices; built: Built | null }> {
  const config = benchConfig(cases)
  if (existsSync(config.data) && stampOf(config.data) !== fingerprint()) {
    say('The migrations are not those the data was built with: building anew.')
    removeData(cases)
  }
  mkdirSync(config.data, { recursive: true, mode: 0o700 })
  writeFileSync(join(config.data, stampName), fingerprint())
  const services = await openServices(config, { listens: false })
  const memory = watchMemory()
  const began = performance.now()
  const isNew = await seedDemo(services, config.demoScale)
  if (isNew) {
    await seedContract(services)
    await forgetJobs(services)
  } else await catchUp(services, say)
  const loaded = performance.now()
  if (isNew) await addRareWords(services)
  if (isNew) say(`loaded in ${seconds(began, loaded)} s, ${memory.peak()} MiB at most`)
  const events = await sealWhatWaits(services)
  const sealed = performance.now()
  if (events > 0) say(`${events} events sealed in ${seconds(loaded, sealed)} s`)
  await settle(services, isNew)
  memory.stop()
  if (!isNew) return { services, built: null }
  const built = {
    seconds: Number(seconds(began, performance.now())),
    megabytes: memory.peak(),
    sealedPerSecond: Math.round((events / (sealed - loaded)) * 1000),
  }
  return { services, built }
}

/** Removes a data set; nothing may be using it. */
export function removeData(cases: number): void {
  rmSync(benchConfig(cases).data, { recursive: true, force: true })
}

const stampName = 'migrations.sha256'

function stampOf(data: string): string | null {
  const path = join(data, stampName)
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}

function fingerprint(): string {
  const folder = join(projectRoot(), 'migrations')
  const hash = createHash('sha256')
  for (const file of readdirSync(folder).sort()) hash.update(file).update(readFileSync(join(folder, file)))
  return hash.digest('hex')
}

/** Seals everything that waits; returns how many events that was. */
export async function sealWhatWaits(services: OpenServices): Promise<number> {
  let all = 0
  for (let sealed = -1; sealed !== 0; all += sealed) sealed = await sealOnce(services.database.owner)
  return all
}

// Cases that close by themselves would make the queue shorter from one run to the next.
async function forgetJobs({ database }: OpenServices) {
  await sql`delete from pgboss.job where name = 'servicedesk.close_silent'`.execute(database.owner)
}

// Runs must not find the queue longer than the one before left it, nor wait for levels reached since the data was built.
async function catchUp(services: OpenServices, say: (text: string) => void) {
  const withdrawn = await withdrawOpened(services)
  const told = await escalateDue(services)
  if (withdrawn + told > 0) say(`${withdrawn} cases withdrawn, ${told} levels told that were reached since`)
}

/** The words that `addRareWords` puts into cases: one in half a percent of them, one in a single case. */
export const rareWords = { some: 'fulmine', single: (number: number) => `pc${number}`, singleEvery: 100 }

// The city's stories are made of few words, all common; a real desk's also have inventory codes and odd words.
async function addRareWords({ database }: OpenServices) {
  await sql`update desk_case set search = search || to_tsvector('it', ${rareWords.some}) where number % 200 = 50`.execute(
    database.owner,
  )
  await sql`update desk_case set search = search || to_tsvector('it', 'pc' || number)
    where number % ${rareWords.singleEvery} = 0`.execute(database.owner)
}

// What autovacuum does to data that grows over years: statistics, visibility, the search index's pending list.
async function settle({ database }: OpenServices, isNew: boolean) {
  await sql.raw(isNew ? 'vacuum (analyze)' : 'vacuum (analyze) desk_case').execute(database.owner)
}

/** How large this process grew, in MiB, looked at five times a second. */
function watchMemory() {
  let peak = 0
  const look = () => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }
  look()
  const timer = setInterval(look, 200)
  return { peak: () => Math.round(peak / 1_048_576), stop: () => clearInterval(timer) }
}

function seconds(from: number, until: number): string {
  return ((until - from) / 1000).toFixed(1)
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { cases: { type: 'string', default: String(fullSize) }, fresh: { type: 'boolean', default: false } },
  })
  const cases = Number(values.cases)
  if (values.fresh) removeData(cases)
  const { services, built } = await openData(cases, (text) => console.log(text))
  console.log(built === null ? 'The data is there.' : `Built: ${JSON.stringify(built)}`)
  await services.close()
}
