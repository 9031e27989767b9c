/** What the service desk leaves for later. */
import { actAs, systemContextFor } from '../../platform/auth/actors.ts'
import type { Services } from '../../platform/context.ts'
import type { JobHandler, ScheduledJob } from '../../platform/jobs.ts'
import { listOrganisations } from '../organisation/set-up.ts'
import { closeSilentCase } from './answer-case.ts'
import { calendarChanged, checkClocks } from './check-clocks.ts'
import { escalateDue } from './escalate.ts'
import { fetchAllMail } from './mail-fetch.ts'
import { settleOutage } from './outage-cases.ts'
import { applyRetentionEverywhere } from './retention.ts'

export const servicedeskJobs: readonly JobHandler[] = [
  {
    name: 'servicedesk.close_silent',
    handle: async (services, { organisationId, caseId }) =>
      closeSilentCase(await systemContextFor(services, organisationId, 'Chiusura senza risposta'), String(caseId)),
  },
  {
    name: 'servicedesk.settle_outage',
    // In the name of who closed it; if they have left meanwhile, in SITEC's own.
    handle: async (services, { organisationId, outageId, personId }) => {
      const person = personId === '' ? null : await actAs(services, organisationId, String(personId), 'job')
      const ctx = person ?? (await systemContextFor(services, organisationId, 'Fine del guasto'))
      await settleOutage(ctx, String(outageId))
    },
  },
]

export const servicedeskSchedule: readonly ScheduledJob[] = [
  { name: 'servicedesk.fetch_mail', cron: '* * * * *', handle: (services) => fetchAllMail(services) },
  { name: 'servicedesk.escalate', cron: '* * * * *', handle: async (services) => void (await escalateDue(services)) },
  { name: 'servicedesk.check_clocks', cron: '41 1 * * *', handle: (services) => check(services, async () => true) },
  { name: 'servicedesk.apply_retention', cron: '41 2 * * *', handle: applyRetentionEverywhere },
  { name: 'servicedesk.follow_calendars', cron: '*/5 * * * *', handle: (services) => check(services, calendarChanged) },
]

async function check(services: Services, isWanted: typeof calendarChanged): Promise<void> {
  for (const { id } of await listOrganisations(services)) {
    const ctx = await systemContextFor(services, id, 'Controllo delle scadenze')
    if (await isWanted(ctx)) await checkClocks(ctx)
  }
}
