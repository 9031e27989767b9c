/** Connections. Everything but migrations, seals, backup and bulk loading runs as sitec_app, under row security. */
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { log } from './log.ts'
import type { Endpoint } from './postgres.ts'
import { Problem } from './problem.ts'
import type { Rows } from './rows.gen.ts'
import { platformTexts, say } from './texts.ts'

export type DatabaseRole = 'sitec_app' | 'sitec_owner'

export type Database = {
  /** Under row security; what pages, API, command line and jobs use. */
  app: Kysely<Rows>
  appPool: HealingPool
  /** Owner of the tables, above row security: migrations, COPY, sealing, verification. */
  owner: Kysely<Rows>
  ownerPool: HealingPool
  close: () => Promise<void>
}

/** A pool that starts the database again when it is gone, and says so in a Problem when it cannot. */
export type HealingPool = { connect: () => Promise<pg.PoolClient>; end: () => Promise<void>; options: object }

/** How to reach the database anew; called again whenever connecting fails. */
export type Reach = () => Promise<Endpoint>

/** Opens both pools on a migrated database. `name` is the database inside an embedded server. */
export function openDatabase(
  endpoint: Endpoint,
  reach: Reach,
  options: { name?: string; appConnections?: number } = {},
): Database {
  const appPool = healingPool(endpoint, reach, 'sitec_app', options.appConnections ?? 12, options.name)
  const ownerPool = healingPool(endpoint, reach, 'sitec_owner', 3, options.name)
  const app = new Kysely<Rows>({ dialect: new PostgresDialect({ pool: appPool }) })
  const owner = new Kysely<Rows>({ dialect: new PostgresDialect({ pool: ownerPool }) })
  return {
    app,
    appPool,
    owner,
    ownerPool,
    close: async () => {
      await Promise.all([app.destroy(), owner.destroy()])
      // Kysely ends a pool only if it was asked something; jobs and live updates may have used it without.
      await Promise.all([appPool.end(), ownerPool.end()])
    },
  }
}

/** Settings of one connection in a role; `null` keeps the login's own. */
export function connectionSettings(endpoint: Endpoint, role: DatabaseRole | null, name?: string): pg.ClientConfig {
  const settings = ['timezone=UTC', 'lock_timeout=10s', ...(role === null ? [] : [`role=${role}`])]
  if (role === 'sitec_app') settings.push('statement_timeout=20s', 'idle_in_transaction_session_timeout=30s')
  const common = {
    options: settings.map((setting) => `-c ${setting}`).join(' '),
    types,
    connectionTimeoutMillis: 10_000,
  }
  if (endpoint.kind === 'embedded') {
    return {
      ...common,
      host: endpoint.host,
      user: endpoint.user,
      database: name ?? endpoint.database,
      application_name: 'sitec',
    }
  }
  const url = new URL(endpoint.connectionString)
  if (name) url.pathname = `/${name}`
  return { ...common, connectionString: url.href, application_name: 'sitec' }
}

function healingPool(endpoint: Endpoint, reach: Reach, role: DatabaseRole, max: number, name?: string): HealingPool {
  const pool = new pg.Pool({ ...connectionSettings(endpoint, role, name), max, idleTimeoutMillis: 60_000 })
  // Without a listener a connection cut while idle would end the process.
  pool.on('error', (error) =>
    log.warn('database.connection_lost', { code: 'code' in error ? String(error.code) : undefined }),
  )
  // The pool listens only while a connection is idle; one cut while somebody works on it fails their query, and that is enough.
  pool.on('connect', (client) => client.on('error', () => undefined))
  let healing: Promise<unknown> | null = null
  let ending: Promise<void> | null = null
  return {
    options: pool.options,
    end: () => {
      ending ??= pool.end()
      return ending
    },
    connect: async () => {
      try {
        return preparing(await pool.connect())
      } catch (cause) {
        healing ??= reach().finally(() => {
          healing = null
        })
        return await Promise.race([healing, tooLong(cause)])
          .then(async () => preparing(await pool.connect()))
          .catch(() => {
            throw new Problem(
              'unavailable',
              'database_unavailable',
              say(platformTexts, (t) => t.problems.unavailable),
              [],
              { cause },
            )
          })
      }
    },
  }
}

const names = new Map<string, string>()
const mostNames = 500
const prepared = new WeakSet<pg.PoolClient>()

// A statement with parameters is planned once a connection and kept under a name; which of its plans is used is for
// PostgreSQL to choose. Texts that come in ever new shapes stay unnamed past a number.
function preparing(client: pg.PoolClient): pg.PoolClient {
  if (prepared.has(client)) return client
  prepared.add(client)
  const plain = client.query.bind(client) as (...given: unknown[]) => unknown
  const named = (...given: unknown[]): unknown => {
    const [text, values, ...rest] = given
    if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0 || rest.length > 0)
      return plain(...given)
    const name = names.get(text) ?? nameFor(text)
    return name === null ? plain(...given) : plain({ name, text, values })
  }
  // The many signatures of `query` lead to one function.
  client.query = named as typeof client.query
  return client
}

function nameFor(text: string): string | null {
  if (names.size >= mostNames) return null
  const name = `s${names.size}`
  names.set(text, name)
  return name
}

// Somebody is waiting for a page: say so after five seconds and let the healing go on behind it.
function tooLong(cause: unknown): Promise<never> {
  return new Promise((_, refuse) => setTimeout(() => refuse(cause), 5000).unref())
}

// Instants as ISO text, dates and numerics as text, int8 as a safe number: JSON and arithmetic without surprises.
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : parsers[oid]) ?? pg.types.getTypeParser(oid, format),
}
const asText = (text: string) => text
const parsers: Record<number, (text: string) => unknown> = {
  [pg.types.builtins.TIMESTAMPTZ]: (text) => text.replace(' ', 'T').replace(/\+00$/, 'Z'),
  [pg.types.builtins.DATE]: asText,
  [pg.types.builtins.NUMERIC]: asText,
  [pg.types.builtins.INT8]: safeInteger,
}

function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('A database integer is too large for a number')
  return value
}
