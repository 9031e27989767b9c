/** What waves do by themselves, beside their run. */
import type { JobHandler } from '../../platform/jobs.ts'
import { keepMessages } from './set-aside.ts'
import { checkWaveNow, renewProofNow } from './wave-run.ts'

export const waveJobs: readonly JobHandler[] = [
  {
    name: 'mailboxes.check_wave',
    handle: (services, { organisationId, waveId }) => checkWaveNow(services, organisationId, String(waveId)),
  },
  {
    name: 'mailboxes.renew_proof',
    handle: (services, { organisationId, waveId, mailboxId }) =>
      renewProofNow(services, organisationId, String(waveId), String(mailboxId)),
  },
  {
    name: 'mailboxes.keep_messages',
    handle: (services, { organisationId, waveId, mailboxId }) =>
      keepMessages(services, organisationId, String(waveId), String(mailboxId)),
  },
]
