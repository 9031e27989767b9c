import { systemContext } from '../../platform/auth/sessions.ts'
import { read, type Services } from '../../platform/context.ts'
import type { JobHandler } from '../../platform/jobs.ts'
import { closeSilentCase } from './answer-case.ts'

void read

/** What the service desk leaves for later. */
export const servicedeskJobs: readonly JobHandler[] = [
  {
    name: 'servicedesk.close_silent',
    handle: (services: Services, data) =>
      closeSilentCase(
        systemContext(
          services,
          { id: data.organisationId, name: '', zone: 'Europe/Rome', isDemo: false },
          'Chiusura senza risposta',
          'job',
        ),
        String(data.caseId),
      ),
  },
]
