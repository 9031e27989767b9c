/** Visits closed on the phone, kept until the server has recorded them. Browser and worker. */
import { onDevice } from '../../../web/device.ts'
import { type Kept, openOutbox } from '../../../web/outbox.ts'

export type VisitOutcome = 'resolved' | 'to_return' | 'nobody_there'

/** A visit as it was told. `key` makes a second sending harmless; `teamId` is who had the case when the phone saw it. */
export type NewClosing = {
  key: string
  personId: string
  caseId: string
  number: string
  title: string
  teamId: string | null
  startedAt: string
  endedAt: string
  outcome: VisitOutcome
  note: string
  serial: string
}
export type Closing = Kept<NewClosing>

/** Every visit kept here; a refused one holds back the later ones of its case. */
export const visitOutbox = openOutbox<NewClosing>({
  store: 'closings',
  channel: 'sitec-interventi',
  address: () => '/interventi/chiusure',
  body: ({ caseId, teamId, startedAt, endedAt, outcome, note, serial }) => ({
    ...{ caseId, teamId: teamId ?? '', startedAt, endedAt, outcome, note, serial },
  }),
  about: ({ caseId }) => caseId,
  name: ({ number }) => number,
  otherPerson: 'visit_other_person',
})

/** A form begun and not sent: phones forget pages. */
export type Draft = { caseId: string; personId: string; note: string; serial: string; start: string }

export function listDrafts(): Promise<Draft[]> {
  return onDevice<Draft[]>('drafts', 'readonly', (store) => store.getAll())
}

export async function keepDraft(draft: Draft): Promise<void> {
  await onDevice('drafts', 'readwrite', (store) => store.put(draft))
}

export async function dropDraft(caseId: string): Promise<void> {
  await onDevice('drafts', 'readwrite', (store) => store.delete(caseId))
}
