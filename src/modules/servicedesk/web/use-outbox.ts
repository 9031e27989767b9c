import { deviceCaches } from '../../../web/device.ts'
import type { KeptPage } from '../../../web/keep-page.ts'
import { type OutboxState, useOutbox as useDeviceOutbox } from '../../../web/use-outbox.ts'
import workerAddress from './field-worker.ts?worker&url'
import { type Closing, dropDraft, type NewClosing, visitOutbox } from './outbox.ts'

export type Outbox = Omit<OutboxState<NewClosing>, 'acts' | 'put'> & {
  /** The person's own, in order. */
  closings: Closing[]
  /** Keeps a visit and sends it as soon as it can; false where the browser keeps nothing. */
  close: (closing: NewClosing) => Promise<boolean>
  /** A corrected visit in the place of the refused one, under a key of its own. */
  resend: (closing: Closing, corrected: NewClosing) => Promise<boolean>
}

const page: KeptPage = {
  worker: workerAddress,
  scope: '/interventi',
  cache: deviceCaches.visits,
  addresses: ['/interventi', '/interventi.data'],
  tag: 'chiusure',
}

/** What was closed on this phone and how it fares. */
export function useOutbox(personId: string): Outbox {
  const { acts, put, ...outbox } = useDeviceOutbox(visitOutbox, personId, page)
  const keep = (write: Promise<void>, caseId: string) => put(write.then(() => dropDraft(caseId)))
  return {
    ...outbox,
    closings: acts,
    close: (closing) => keep(visitOutbox.keep(closing), closing.caseId),
    resend: ({ order }, corrected) =>
      keep(visitOutbox.change({ ...corrected, order, state: 'waiting', reason: '' }), corrected.caseId),
  }
}
