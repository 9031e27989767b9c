/** What the register does by itself. */
import { systemContextFor } from '../../platform/auth/actors.ts'
import type { ScheduledJob } from '../../platform/jobs.ts'
import { listOrganisations } from '../organisation/set-up.ts'
import { followDesk } from './installations.ts'

export const registerSchedule: readonly ScheduledJob[] = [
  {
    name: 'register.follow_desk',
    cron: '* * * * *',
    handle: async (services) => {
      for (const { id } of await listOrganisations(services))
        await followDesk(await systemContextFor(services, id, 'Installazioni dal servizio di assistenza'))
    },
  },
]
