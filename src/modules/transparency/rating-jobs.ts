/** What is left for later about citizens: mails, and forgetting. */
import { sql } from 'kysely'
import { systemContextFor } from '../../platform/auth/actors.ts'
import { type Context, type Services, transact } from '../../platform/context.ts'
import { eraseText } from '../../platform/events.ts'
import type { JobHandler, ScheduledJob } from '../../platform/jobs.ts'
import { listOrganisations } from '../organisation/set-up.ts'
import { sendCitizenMails } from './citizen-mail.ts'
import { dropText, forgetRaters, selectOldTexts, severDue } from './internal/rating-queries.ts'
import { answerBarriers } from './legal-barrier.ts'
import { citizenPeriods } from './rating-retention.ts'
import { ratingTexts } from './rating-texts.ts'

/** Sends what waits, at once after it was written and every minute for what could not go. */
export const ratingJobs: readonly JobHandler[] = [
  {
    name: 'transparency.send_citizen_mail',
    handle: async (services) => void (await sendCitizenMails(services)),
  },
]

export const ratingSchedule: readonly ScheduledJob[] = [
  {
    name: 'transparency.send_waiting_citizen_mail',
    cron: '* * * * *',
    handle: async (services) => {
      for (const { id } of await listOrganisations(services))
        await answerBarriers(await systemContextFor(services, id, 'Risposte sull’accessibilità'))
      await sendCitizenMails(services)
    },
  },
  { name: 'transparency.forget_citizens', cron: '3 * * * *', handle: forgetCitizens },
  { name: 'transparency.sever_ratings', cron: '17 0 * * *', handle: severEverywhere },
]

/** Forgets sessions that ended, registrations nobody confirmed, mails that did not go, and yesterday's networks. */
export async function forgetCitizens({ database }: Pick<Services, 'database'>): Promise<void> {
  const { registrationDays, mailHours, answerDays } = citizenPeriods
  await sql`select forget_citizens(${registrationDays}, ${mailHours}, ${answerDays})`.execute(database.app)
}

async function severEverywhere(services: Services): Promise<void> {
  for (const { id } of await listOrganisations(services))
    await severRatings(await systemContextFor(services, id, 'Conservazione delle valutazioni'))
}

/**
 * Cuts the links between people and answers that are thirty days old, forgets who rated at the end of the next year,
 * and erases comments after their time. May run twice.
 */
export async function severRatings(ctx: Context, today = Temporal.Now.plainDateISO(ctx.zone)): Promise<void> {
  await transact(ctx, async (ctx) => {
    await severDue(ctx, today.toString())
    await forgetRaters(ctx, today.toString())
    const before = today.subtract({ months: citizenPeriods.commentMonths }).toString()
    for (const question of ['useful', 'clear'] as const) {
      const eventIds = await selectOldTexts(ctx, question, before)
      await eraseText(ctx, eventIds, ratingTexts.it.forgotten)
      await dropText(ctx, question, eventIds)
    }
  })
}
