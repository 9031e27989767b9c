/** What goes on behind the doors: sealing, jobs, sending mail, sweeping. */
import { sql } from 'kysely'
import { writeDailyHeads } from './modules/servicedesk/daily-head.ts'
import { servicedeskJobs, servicedeskSchedule } from './modules/servicedesk/jobs.ts'
import { startPosting } from './modules/servicedesk/send-mail.ts'
import { ratingJobs, ratingSchedule } from './modules/transparency/rating-jobs.ts'
import type { Services } from './platform/context.ts'
import { type JobHandler, type ScheduledJob, startWorker } from './platform/jobs.ts'
import { startSealing } from './platform/seals.ts'

export type Worker = { stop: () => Promise<void>; lastSealed: () => number }

const handlers: readonly JobHandler[] = [...servicedeskJobs, ...ratingJobs]

const scheduled: readonly ScheduledJob[] = [
  ...servicedeskSchedule,
  ...ratingSchedule,
  {
    name: 'platform.sweep_expired',
    cron: '7 * * * *',
    handle: async ({ database }) => void (await sql`select sweep_expired()`.execute(database.app)),
  },
  {
    name: 'platform.sweep_files',
    cron: '23 3 * * *',
    handle: async ({ files, database }) => void (await files.sweep(database)),
  },
  // At five, and each hour after it, so that a worker that was down at five makes up for it: once a day all the same.
  {
    name: 'servicedesk.daily_heads',
    cron: '0 5-23 * * *',
    handle: async (services) => void (await writeDailyHeads(services)),
  },
]

/** Starts sealing, sending and jobs; one worker does all, several share. */
export async function startUpkeep(services: Services): Promise<Worker> {
  const sealing = startSealing(services.database)
  const posting = startPosting(services)
  const jobs = await startWorker(services, handlers, scheduled)
  return {
    lastSealed: sealing.lastSuccess,
    stop: async () => {
      await jobs.stop()
      await posting.stop()
      await sealing.stop()
    },
  }
}
