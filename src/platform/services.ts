/** Opens what a process needs once: connections, files, jobs, live updates, the key. */
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { loadSecret } from './auth/secrets.ts'
import type { Services } from './context.ts'
import { openDatabase, type Reach } from './db.ts'
import { openFiles } from './files.ts'
import { openJobs } from './jobs.ts'
import { openLive } from './live.ts'
import { log } from './log.ts'
import { openLetters } from './mail/letters.ts'
import { openMailer } from './mail/smtp.ts'
import { checkApplicationRole, migrate } from './migrate.ts'
import { ensureEmbedded, leaveEmbedded } from './postgres.ts'
import { projectRoot } from './root.ts'
import { openSubjects } from './subject.ts'

export type OpenServices = Services & { close: () => Promise<void> }

/** Options for tests and for processes that show no pages. */
export type OpenOptions = { listens: boolean; databaseName?: string }

/** Reaches the database (starting it if it is ours), migrates it, checks the application's role, opens everything. */
export async function openServices(config: Config, options: OpenOptions): Promise<OpenServices> {
  const reach: Reach = () =>
    config.databaseUrl === null
      ? ensureEmbedded(config.data)
      : Promise.resolve({ kind: 'url', connectionString: config.databaseUrl })
  const steps: (() => Promise<void>)[] = []
  // Last opened, first closed; one that cannot be closed does not keep the others open.
  const close = async () => {
    for (const step of steps.splice(0).reverse()) await step().catch((error) => log.error('close.failed', error))
  }
  try {
    if (config.databaseUrl === null) steps.push(() => leaveEmbedded(config.data))
    const endpoint = await reach()
    await migrate(endpoint, join(projectRoot(), 'migrations'), options.databaseName)
    await checkApplicationRole(endpoint, options.databaseName)
    const database = openDatabase(endpoint, reach, { name: options.databaseName })
    steps.push(database.close)
    const secret = await loadSecret(config.data, database.owner)
    const jobs = await openJobs(database)
    steps.push(jobs.close)
    const live = openLive(database, options.listens)
    steps.push(live.close)
    const mailer = openMailer(config.smtpUrl, config.mailFrom)
    return {
      database,
      files: openFiles(config.data),
      jobs,
      live,
      secret,
      mailer,
      subjects: openSubjects(),
      letters: openLetters(),
      url: config.url,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
