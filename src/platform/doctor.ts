/** Everything SITEC needs, looked at one by one; each finding says what to do. */
import { constants, existsSync, statfsSync, statSync } from 'node:fs'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { Config } from '../config.ts'
import { connectionSettings } from './db.ts'
import { checkApplicationRole } from './migrate.ts'
import { type Endpoint, ensureEmbedded, leaveEmbedded } from './postgres.ts'
import { projectRoot } from './root.ts'

export type Finding = { part: string; isWell: boolean; says: string }

/** What a module has to say of its part, asked of a migrated database. */
export type PartCheck = (ask: <Row>(statement: string) => Promise<Row[]>) => Promise<Finding[]>

const leastFreeBytes = 1_000_000_000

/** Looks at runtime, build, data folder, key, database and what else is to be checked in it. Changes nothing but starting the embedded database for the look. */
export async function examine(config: Config, checks: readonly PartCheck[] = []): Promise<Finding[]> {
  const findings = [runtime(), built(), await folder(config.data), key(config.data), mailServer(config)]
  const database = await lookAtDatabase(config, checks)
  return [...findings, ...database]
}

function runtime(): Finding {
  const isWell = Number(process.versions.node.split('.')[0]) >= 26
  return {
    part: 'node',
    isWell,
    says: isWell
      ? `version ${process.versions.node}`
      : 'older than 26: run npm ci, and start with npm start or npx sitec',
  }
}

function built(): Finding {
  const isWell = existsSync(join(projectRoot(), 'build/server/index.js'))
  return { part: 'build', isWell, says: isWell ? 'present' : 'missing: npm start makes it' }
}

async function folder(path: string): Promise<Finding> {
  if (!existsSync(path)) return { part: 'data folder', isWell: true, says: `${path} will be made on the first start` }
  try {
    await access(path, constants.W_OK)
  } catch {
    return {
      part: 'data folder',
      isWell: false,
      says: `${path} cannot be written: give this user the right to it, or set SITEC_DATA`,
    }
  }
  const { bavail, bsize } = statfsSync(path)
  const isWell = bavail * bsize >= leastFreeBytes
  return {
    part: 'data folder',
    isWell,
    says: isWell
      ? `${path} is writable, ${Math.round((bavail * bsize) / 1e9)} GB free`
      : 'less than 1 GB free: make room',
  }
}

function key(data: string): Finding {
  const path = join(data, 'secret.key')
  if (!existsSync(path)) return { part: 'key', isWell: true, says: 'will be made on the first start' }
  const isPrivate = (statSync(path).mode & 0o077) === 0
  return {
    part: 'key',
    isWell: isPrivate,
    says: isPrivate ? 'present and private' : `others may read it: chmod 600 ${path}`,
  }
}

function mailServer({ smtpUrl, mailFrom }: Config): Finding {
  const says =
    smtpUrl === null || mailFrom === null
      ? 'not set up, mails wait: set SITEC_SMTP_URL and SITEC_MAIL_FROM'
      : `goes out through ${new URL(smtpUrl).host} as ${mailFrom}`
  return { part: 'mail server', isWell: true, says }
}

async function lookAtDatabase(config: Config, checks: readonly PartCheck[]): Promise<Finding[]> {
  try {
    const endpoint: Endpoint =
      config.databaseUrl === null
        ? await ensureEmbedded(config.data)
        : { kind: 'url', connectionString: config.databaseUrl }
    const findings = await askDatabase(endpoint, checks)
    if (config.databaseUrl === null) await leaveEmbedded(config.data)
    return findings
  } catch (error) {
    return [{ part: 'database', isWell: false, says: error instanceof Error ? error.message : String(error) }]
  }
}

async function askDatabase(endpoint: Endpoint, checks: readonly PartCheck[]): Promise<Finding[]> {
  const client = new pg.Client(connectionSettings(endpoint, null))
  await client.connect()
  try {
    const version = await client.query<{ server_version: string }>('show server_version')
    const migrated = await client.query<{ is: boolean }>("select to_regclass('migration') is not null as is")
    const first: Finding = { part: 'database', isWell: true, says: `PostgreSQL ${version.rows[0]?.server_version}` }
    if (migrated.rows[0]?.is !== true)
      return [first, { part: 'schema', isWell: true, says: 'empty: the first start migrates it' }]
    await checkApplicationRole(endpoint)
    const waiting = await client.query<{ n: number; s: number | null }>(`
      select (select count(*)::int from (select from event_unsealed limit 100000) as waiting) as n,
             (select extract(epoch from clock_timestamp() - min(e.recorded_at))::int from event_unsealed u join event e on e.id = u.event_id) as s`)
    const { n = 0, s = null } = waiting.rows[0] ?? {}
    const isLate = s !== null && s > 3600
    const parts: Finding[] = []
    const ask = async <Row>(statement: string) => (await client.query(statement)).rows as Row[]
    for (const check of checks) parts.push(...(await check(ask)))
    return [
      first,
      { part: 'role', isWell: true, says: 'sitec_app is under row security' },
      {
        part: 'seals',
        isWell: !isLate,
        says: isLate ? `${n} events wait, the oldest for ${s} s: start the worker` : `${n} events wait`,
      },
      ...parts,
      ...(await askMail(client)),
    ]
  } finally {
    await client.end()
  }
}

async function askMail(client: pg.Client): Promise<Finding[]> {
  const known = await client.query<{ is: boolean }>("select to_regclass('outgoing_mail') is not null as is")
  if (known.rows[0]?.is !== true) return []
  const found = await client.query<{ waiting: string; stuck: string }>(
    'select waiting, stuck from outgoing_mail_standing()',
  )
  const { waiting = '0', stuck = '0' } = found.rows[0] ?? {}
  return [{ part: 'outgoing mail', isWell: true, says: `${waiting} wait, ${stuck} failed or held` }]
}
