/** Before any test: the run has a name, and a folder in memory where the machine has room for it; removed afterwards. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const memory = '/dev/shm'
const name = 'sitec-tests-'
/** Two servers with their demo cities and the unit tests' databases take less. Bytes. */
const leastFree = 6_000_000_000

/**
 * A thousand small files of a new database take a second on some disks and a twentieth of it in memory. Processes are
 * killed there as they are anywhere; what a power cut does to a disk no test can show.
 */
export function setup(): (() => Promise<void>) | undefined {
  process.env.SITEC_TEST_RUN = `${process.pid}x${Date.now().toString(36)}`
  if (!existsSync(memory)) return undefined
  removeLeft()
  const { bavail, bsize } = statfsSync(memory)
  if (bavail * bsize < leastFree) return undefined
  const folder = mkdtempSync(join(memory, `${name}${process.pid}-`))
  // PostgreSQL works as an ordinary user in folders of its own below this one.
  chmodSync(folder, 0o711)
  process.env.TMPDIR = join(folder, 'tmp')
  process.env.SITEC_TEST_DATA = join(folder, 'data')
  mkdirSync(process.env.TMPDIR, { mode: 0o711 })
  mkdirSync(process.env.SITEC_TEST_DATA, { mode: 0o711 })
  return async () => {
    for (let waited = 0; endServers(folder) && waited < 10_000; waited += 50) await sleep(50)
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}

// What a run that was killed has left.
function removeLeft() {
  for (const found of readdirSync(memory)) {
    const [, pid] = new RegExp(`^${name}(\\d+)-`).exec(found) ?? []
    if (pid === undefined || existsSync(`/proc/${pid}`)) continue
    endServers(join(memory, found))
    rmSync(join(memory, found), { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}

/** Asks every PostgreSQL that works below a folder to end; whether there is one. */
function endServers(folder: string): boolean {
  let isAny = false
  for (const entry of readdirSync('/proc')) {
    const words = commandOf(entry)
    if (!words.includes('postgres') || !words.includes(folder)) continue
    isAny = true
    try {
      process.kill(Number(entry), 'SIGINT')
    } catch {
      // It ended between two looks.
    }
  }
  return isAny
}

function commandOf(entry: string): string {
  if (!/^\d+$/.test(entry)) return ''
  try {
    return readFileSync(`/proc/${entry}/cmdline`, 'utf8')
  } catch {
    return '' // it ended between two looks
  }
}
