/** What the mailboxes do by themselves. */
import { systemContextFor } from '../../platform/auth/actors.ts'
import type { JobHandler, ScheduledJob } from '../../platform/jobs.ts'
import { listOrganisations } from '../organisation/set-up.ts'
import { carryOnCensus, followCensuses } from './census.ts'
import { waveJobs } from './wave-jobs.ts'

const censusName = 'Censimento delle caselle'

export const mailboxesJobs: readonly JobHandler[] = [
  ...waveJobs,
  {
    name: 'mailboxes.census',
    handle: async (services, { organisationId, censusId }) =>
      carryOnCensus(await systemContextFor(services, organisationId, censusName), String(censusId)),
  },
]

export const mailboxesSchedule: readonly ScheduledJob[] = [
  {
    name: 'mailboxes.follow_censuses',
    cron: '* * * * *',
    handle: async (services) => {
      for (const { id } of await listOrganisations(services))
        await followCensuses(await systemContextFor(services, id, censusName))
    },
  },
]
