/** For tests only: a real database of one's own, cloned from a migrated template in some 50 ms. */
import { createHash, randomBytes } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { Config } from '../config.ts'
import { connectionSettings } from './db.ts'
import { migrate } from './migrate.ts'
import { type Endpoint, ensureEmbedded } from './postgres.ts'
import { projectRoot } from './root.ts'
import { type OpenServices, openServices } from './services.ts'

/** Folder of the test databases: in memory where there is room (`tests/support/memory.ts`), otherwise in the data folder. */
const testData = process.env.SITEC_TEST_DATA ?? join(projectRoot(), 'data', 'test')

/** The major version the tests run on: 15 when `SITEC_TEST_POSTGRES=15`. */
export const testMajor: 15 | 18 = process.env.SITEC_TEST_POSTGRES === '15' ? 15 : 18

/** The PostgreSQL of the tests, started if need be. */
export function testEndpoint(): Promise<Endpoint> {
  return ensureEmbedded(testData, testMajor)
}

type Place = { config: Config; databaseName: string }
export type TestServices = OpenServices & Place

/** A configuration with a data folder and a database of its own. */
export async function testConfig(): Promise<Place> {
  const name = `test_${randomBytes(6).toString('hex')}`
  const endpoint = await testEndpoint()
  await clone(endpoint, name)
  return placeOf(endpoint, name)
}

function placeOf(endpoint: Endpoint, name: string): Place {
  const data = join(testData, name)
  mkdirSync(data, { recursive: true })
  const databaseUrl = `postgresql://sitec_admin@localhost/${name}?host=${encodeURIComponent(endpoint.kind === 'embedded' ? endpoint.host : '')}`
  const config = {
    port: 0,
    bind: '127.0.0.1',
    url: 'http://localhost',
    data,
    databaseUrl,
    demo: false,
    demoScale: 1,
    role: 'all' as const,
    smtpUrl: null,
    ldapPassword: null,
    mailFrom: null,
    mailCopy: { fromPassword: null, fromToken: null, toPassword: null, toToken: null },
  }
  return { config, databaseName: name }
}

/** Services on a fresh database; `close` also drops it. */
export async function testServices(listens = false): Promise<TestServices> {
  return open(await testConfig(), listens)
}

/**
 * Services on a database that `fill` has filled; it is filled once a run, and each caller has a copy. `name` says with what,
 * in small letters and digits.
 */
export async function filledServices(
  name: string,
  fill: (services: OpenServices) => Promise<unknown>,
): Promise<TestServices> {
  const endpoint = await testEndpoint()
  const run = process.env.SITEC_TEST_RUN ?? randomBytes(6).toString('hex')
  const filled = `filled_${run}_${name}`
  const copy = `test_${randomBytes(6).toString('hex')}`
  await asAdmin(endpoint, async (client) => {
    await client.query('select pg_advisory_lock(735204)')
    const known = await client.query('select from pg_database where datname = $1', [filled])
    if (known.rowCount === 0) await fillOnce(client, filled, fill)
    await client.query(`create database ${copy} template ${filled} strategy file_copy`)
  })
  // Its key and its files go with it.
  cpSync(join(testData, filled), join(testData, copy), { recursive: true })
  return open(placeOf(endpoint, copy), false)
}

async function fillOnce(client: pg.Client, name: string, fill: (services: OpenServices) => Promise<unknown>) {
  const old = await client.query<{ datname: string }>(
    `select datname from pg_database where datname like 'filled\\_%' and split_part(datname, '_', 2) <> $1`,
    [name.split('_')[1]],
  )
  for (const { datname } of old.rows) await client.query(`drop database if exists ${datname} with (force)`)
  const place = await testConfig()
  const services = await openServices(place.config, { listens: false })
  await fill(services).finally(services.close)
  rmSync(join(testData, name), { recursive: true, force: true })
  renameSync(place.config.data, join(testData, name))
  await client.query(`alter database ${place.databaseName} rename to ${name}`)
}

async function open({ config, databaseName }: Place, listens: boolean): Promise<TestServices> {
  const services = await openServices(config, { listens })
  return {
    ...services,
    config,
    databaseName,
    close: async () => {
      await services.close()
      await dropDatabase(databaseName)
    },
  }
}

/** Drops a test's database, whoever is still connected. */
export async function dropDatabase(name: string): Promise<void> {
  await asAdmin(await testEndpoint(), (client) => client.query(`drop database if exists ${name} with (force)`))
}

// The template is named by what it is made of, so a changed migration makes a new one.
async function clone(endpoint: Endpoint, name: string) {
  const template = `template_${fingerprint()}`
  await asAdmin(endpoint, async (client) => {
    await client.query('select pg_advisory_lock(735203)')
    const known = await client.query('select from pg_database where datname = $1', [template])
    if (known.rowCount === 0) {
      await client.query(`drop database if exists ${template}_part with (force)`)
      await client.query(`create database ${template}_part`)
      await migrate(endpoint, join(projectRoot(), 'migrations'), `${template}_part`)
      await client.query(`alter database ${template}_part rename to ${template}`)
    }
    // Many small files: copying them is quicker than writing each page to the log as well.
    await client.query(`create database ${name} template ${template} strategy file_copy`)
  })
}

function fingerprint(): string {
  const folder = join(projectRoot(), 'migrations')
  const hash = createHash('sha256')
  for (const file of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, file)))
  return hash
    .update(readFileSync(join(projectRoot(), 'src/platform/migrate.ts')))
    .digest('hex')
    .slice(0, 16)
}

async function asAdmin<Result>(endpoint: Endpoint, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client(connectionSettings(endpoint, null))
  await client.connect()
  // Others wait while one fills the city, however long that takes.
  await client.query('set lock_timeout = 0')
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
