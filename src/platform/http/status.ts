import { access, constants, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { sql } from 'kysely'
import type { Services } from '../context.ts'
import { mailStanding } from '../mail/standing.ts'

type Part = { isWell: boolean; says: string }
export type SystemStatus = {
  isWell: boolean
  parts: Record<'database' | 'files' | 'worker' | 'outgoingMail', Part> & Record<string, Part>
}
/** What a module has to say. It never makes the whole unwell: a mail server that is down is no reason to take SITEC off. */
export type StatusLine = Part & { part: string }

const leastFreeBytes = 200_000_000
const sealingLateMs = 30_000

/** Which part is well and which is not; no personal data, no versions, no addresses. Asking also heals the database. */
export async function systemStatus(
  services: Services,
  worker: { lastSealed: () => number } | null,
  lines: (services: Services) => Promise<StatusLine[]> = async () => [],
): Promise<SystemStatus> {
  const parts = {
    database: await databasePart(services),
    files: await filesPart(services),
    worker: workerPart(worker),
    outgoingMail: await outgoingPart(services),
  }
  const isWell = Object.values(parts).every((part) => part.isWell)
  const more = parts.database.isWell ? await lines(services) : []
  return { isWell, parts: { ...parts, ...Object.fromEntries(more.map(({ part, ...line }) => [part, line])) } }
}

async function databasePart(services: Services): Promise<Part> {
  try {
    await sql`select 1`.execute(services.database.app)
    return { isWell: true, says: 'answers' }
  } catch {
    return { isWell: false, says: 'does not answer; it is being started or reached again' }
  }
}

async function filesPart(services: Services): Promise<Part> {
  const folder = dirname(dirname(dirname(services.files.path('00'.repeat(32)))))
  try {
    await access(folder, constants.W_OK)
    const free = await statfs(folder)
    if (free.bavail * free.bsize < leastFreeBytes) return { isWell: false, says: 'less than 200 MB free' }
    return { isWell: true, says: 'writable' }
  } catch {
    return { isWell: false, says: 'the data folder cannot be written' }
  }
}

// Mails that wait or are held are said, and are no fault of the system: everything else works without them.
async function outgoingPart({ database, mailer }: Services): Promise<Part> {
  try {
    const { waiting, stuck } = await mailStanding(database.app)
    const counts = `${waiting} wait, ${stuck} failed or held`
    return { isWell: true, says: mailer.from === null ? `not set up; ${counts}` : counts }
  } catch {
    return { isWell: true, says: 'not known while the database does not answer' }
  }
}

function workerPart(worker: { lastSealed: () => number } | null): Part {
  if (worker === null) return { isWell: true, says: 'runs in another process' }
  const late = Date.now() - worker.lastSealed()
  return late < sealingLateMs
    ? { isWell: true, says: 'sealing' }
    : { isWell: false, says: `has not sealed for ${Math.round(late / 1000)} s` }
}
