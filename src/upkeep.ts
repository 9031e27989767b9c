/** What goes on behind the doors: sealing, jobs, sending mail, sweeping. */
import { sql } from 'kysely'
import { decisionLetter } from './modules/mailboxes/decision-mail.ts'
import { mailboxesJobs, mailboxesSchedule } from './modules/mailboxes/jobs.ts'
import { waveLetter } from './modules/mailboxes/wave-messages.ts'
import { startWaves } from './modules/mailboxes/wave-run.ts'
import { messageTemplates } from './modules/mailboxes/wave-vocabulary.ts'
import { deliveryLetter } from './modules/needs/delivery-mail.ts'
import { registerSchedule } from './modules/register/jobs.ts'
import { writeDailyHeads } from './modules/servicedesk/daily-head.ts'
import { servicedeskJobs, servicedeskSchedule } from './modules/servicedesk/jobs.ts'
import { startPosting } from './modules/servicedesk/send-mail.ts'
import { ratingJobs, ratingSchedule } from './modules/transparency/rating-jobs.ts'
import type { Services } from './platform/context.ts'
import { type JobHandler, type ScheduledJob, startWorker } from './platform/jobs.ts'
import { startSealing } from './platform/seals.ts'

export type Worker = { stop: () => Promise<void>; lastSealed: () => number }

const handlers: readonly JobHandler[] = [...servicedeskJobs, ...ratingJobs, ...mailboxesJobs]

const scheduled: readonly ScheduledJob[] = [
  ...servicedeskSchedule,
  ...ratingSchedule,
  ...registerSchedule,
  ...mailboxesSchedule,
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
  services.letters.fill('delivery', deliveryLetter)
  services.letters.fill('mailbox_decisions', decisionLetter)
  for (const template of messageTemplates) services.letters.fill(`wave_${template}`, waveLetter(template))
  const sealing = startSealing(services.database)
  const posting = startPosting(services)
  const waves = startWaves(services)
  const jobs = await startWorker(services, handlers, scheduled)
  return {
    lastSealed: sealing.lastSuccess,
    stop: async () => {
      await jobs.stop()
      await waves.stop()
      await posting.stop()
      await sealing.stop()
    },
  }
}
