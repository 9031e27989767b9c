/**
 * The embedded PostgreSQL: found running, or started; never taken down under somebody else's feet.
 *
 * `ensureEmbedded` may be called by any number of processes at once, after any crash. It runs under a lock that the
 * kernel releases with the process, adopts a live server on our data folder, and otherwise starts one and waits.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statfsSync,
} from 'node:fs'
import { createServer, type Server, Socket } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { command, type Installation, installation, PostgresError } from './postgres-place.ts'

/** Where a PostgreSQL listens, in the terms of `pg`: a socket folder and a superuser login, or a URL. */
export type Endpoint =
  | { kind: 'embedded'; host: string; user: string; database: string }
  | { kind: 'url'; connectionString: string }

const login = 'sitec_admin'
const startTimeoutMs = 30_000

/** Starts or adopts the PostgreSQL of this data folder; `major` picks the binaries (15 only for tests). */
export async function ensureEmbedded(dataFolder: string, major: 15 | 18 = 18): Promise<Endpoint> {
  const place = installation(dataFolder, major)
  const unlock = await lock(place.data)
  try {
    if (!existsSync(join(place.data, 'PG_VERSION'))) initialise(place)
    checkVersion(place, major)
    await startOrAdopt(place)
  } finally {
    unlock()
  }
  return { kind: 'embedded', host: place.socket, user: login, database: 'postgres' }
}

/** Stops the embedded PostgreSQL unless another process still uses it. Call after closing your own connections. */
export async function leaveEmbedded(dataFolder: string): Promise<void> {
  const place = installation(dataFolder, 18)
  const unlock = await lock(place.data)
  try {
    const pid = livePid(place)
    if (pid === null) return
    await leaveSeat(place)
    const others = await ask(
      place,
      "select count(*)::int as n from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
    )
    if (others !== 0) return
    process.kill(pid, 'SIGINT')
    for (let waited = 0; waited < startTimeoutMs && livePid(place) !== null; waited += 20) await sleep(20)
  } finally {
    unlock()
  }
}

// An abstract socket: the kernel frees it when its process ends, however it ends.
async function lock(data: string): Promise<() => void> {
  const name = `\0sitec-${createHash('sha256').update(data).digest('hex').slice(0, 24)}`
  for (let waited = 0; waited < 2 * startTimeoutMs; waited += 30) {
    const server = await listen(name)
    if (server) return () => server.close()
    await sleep(30)
  }
  throw new PostgresError(
    'Another SITEC process has been starting the database for over a minute: stop it and try again.',
  )
}

function listen(name: string): Promise<Server | null> {
  if (process.platform !== 'linux') return Promise.resolve(createServer())
  return new Promise((done, fail) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? done(null) : fail(error)))
    server.listen(name, () => done(server.unref()))
  })
}

// Into a folder beside it, renamed when complete: a crash half-way leaves nothing that looks like a database.
function initialise(place: Installation) {
  const cwd = dirname(place.data)
  for (const name of readdirSync(cwd))
    if (join(cwd, name).startsWith(`${place.data}.part`)) rmSync(join(cwd, name), { recursive: true, force: true })
  // A name of its own: the initdb of a starter that was killed may still be at work in its folder.
  const part = `${place.data}.part-${process.pid}`
  const init = command(place, 'initdb', [
    '-D',
    part,
    '-U',
    login,
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '--data-checksums',
  ])
  const fallback = init.args.map((arg) => (arg === '--locale=C.UTF-8' ? '--locale=C' : arg))
  let done = spawnSync(init.file, init.args, { ...init.owner, cwd, encoding: 'utf8' })
  if (done.status !== 0) {
    rmSync(part, { recursive: true, force: true })
    done = spawnSync(init.file, fallback, { ...init.owner, cwd, encoding: 'utf8' })
  }
  if (done.status !== 0) {
    rmSync(part, { recursive: true, force: true })
    if (isFull(place)) throw new PostgresError(diskFull(place))
    throw new PostgresError(
      `The database could not be created in ${cwd}: ${(done.stderr ?? String(done.error)).trim().split('\n').at(-1)}`,
    )
  }
  renameSync(part, place.data)
}

function checkVersion(place: Installation, major: number) {
  const found = readFileSync(join(place.data, 'PG_VERSION'), 'utf8').trim()
  if (found !== String(major)) {
    throw new PostgresError(
      `${place.data} was written by PostgreSQL ${found}; this SITEC runs ${major}: make a backup with the old version and restore it here.`,
    )
  }
}

const hasEnded = (child: ReturnType<typeof spawn>) => child.exitCode !== null || child.signalCode !== null

function writtenPid(place: Installation): number | null {
  try {
    const pid = Number(readFileSync(join(place.data, 'postmaster.pid'), 'utf8').split('\n')[0])
    return Number.isInteger(pid) && pid > 0 ? pid : null
  } catch (error) {
    // Not running, or ended between two looks.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

// After a restart of the machine the pid may be anybody's, and PostgreSQL would not start. A pid that is nobody's is left
// to PostgreSQL: it then looks whether backends of that postmaster are still at work, and refuses until they are not.
function removeMisleadingPid(place: Installation) {
  const pid = writtenPid(place)
  try {
    if (pid !== null) process.kill(pid, 0)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return
  }
  rmSync(join(place.data, 'postmaster.pid'), { force: true })
}

// The pid in postmaster.pid counts only if that process is a postgres working in our data folder.
function livePid(place: Installation): number | null {
  const pid = writtenPid(place)
  if (pid === null) return null
  try {
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/cwd`) === place.data ? pid : null
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.includes(place.data)
      ? pid
      : null
  } catch {
    return null // no such process
  }
}

async function startOrAdopt(place: Installation) {
  const until = Date.now() + startTimeoutMs
  let child: ReturnType<typeof spawn> | null = null
  while (Date.now() < until) {
    if ((await answers(place)) && (await takeSeat(place))) return
    if (child !== null && hasEnded(child) && isFull(place)) throw new PostgresError(diskFull(place))
    // After a SIGKILL of the postmaster its busy backends block the next start for some seconds: try again until they end.
    if (livePid(place) === null && (child === null || hasEnded(child))) {
      removeMisleadingPid(place)
      child = launch(place)
    }
    await sleep(40)
  }
  throw new PostgresError(
    `PostgreSQL did not start within ${startTimeoutMs / 1000} s. Its last words: ${lastWords(place.log)}`,
  )
}

function launch(place: Installation) {
  const settings = [
    'listen_addresses=',
    'max_connections=60',
    'shared_buffers=256MB',
    'random_page_cost=1.1',
    'jit=off',
    'max_wal_size=2GB',
    'wal_compression=on',
    'checkpoint_completion_target=0.9',
    'log_checkpoints=off',
    'timezone=UTC',
    'log_timezone=UTC',
  ]
  const args = ['-D', place.data, '-k', place.socket, ...settings.flatMap((setting) => ['-c', setting])]
  const start = command(place, 'postgres', args)
  const log = openSync(place.log, 'a', 0o600)
  const child = spawn(start.file, start.args, {
    ...start.owner,
    detached: true,
    stdio: ['ignore', log, log],
    cwd: place.data,
  })
  child.on('error', () => undefined) // seen as "did not start", with the log's last words
  child.unref()
  closeSync(log)
  return child
}

function lastWords(log: string): string {
  return existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').slice(-3).join(' | ') || 'none' : 'none'
}

// One idle connection from before `ensureEmbedded` returns: whoever leaves meanwhile sees that somebody is here.
const seats = new Map<string, { client: pg.Client; socket: Socket }>()

async function takeSeat(place: Installation): Promise<boolean> {
  if (seats.has(place.data)) return true
  const socket = new Socket()
  const client = new pg.Client({ host: place.socket, user: login, database: 'postgres', stream: () => socket })
  client.on('error', () => undefined) // "end" follows
  client.once('end', () => {
    if (seats.get(place.data)?.client === client) seats.delete(place.data)
  })
  try {
    await client.connect()
  } catch {
    return false
  }
  socket.unref()
  seats.set(place.data, { client, socket })
  return true
}

async function leaveSeat(place: Installation) {
  const seat = seats.get(place.data)
  seats.delete(place.data)
  seat?.socket.ref()
  await seat?.client.end().catch(() => undefined)
}

const leastFreeBytes = 32_000_000

// PostgreSQL needs room for its next piece of log, and then has none to say so in.
function isFull(place: Installation): boolean {
  const { bavail, bsize } = statfsSync(dirname(place.data))
  return bavail * bsize < leastFreeBytes
}

const diskFull = (place: Installation) => `The disk of ${dirname(place.data)} is full: free some space and start again.`

async function answers(place: Installation): Promise<boolean> {
  return (await ask(place, 'select 1 as n').catch(() => null)) === 1
}

async function ask(place: Installation, text: string): Promise<number> {
  const client = new pg.Client({ host: place.socket, user: login, database: 'postgres', connectionTimeoutMillis: 2000 })
  client.on('error', () => undefined) // a connection cut while we close it
  try {
    await client.connect()
    const answer = await client.query<{ n: number }>(text)
    return answer.rows[0]?.n ?? 0
  } finally {
    await client.end().catch(() => undefined)
  }
}
