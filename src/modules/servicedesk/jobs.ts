/** What the service desk leaves for later. */
import { systemContextFor } from '../../platform/auth/actors.ts'
import type { JobHandler } from '../../platform/jobs.ts'
import { closeSilentCase } from './answer-case.ts'

export const servicedeskJobs: readonly JobHandler[] = [
  {
    name: 'servicedesk.close_silent',
    handle: async (services, { organisationId, caseId }) =>
      closeSilentCase(await systemContextFor(services, organisationId, 'Chiusura senza risposta'), String(caseId)),
  },
]
