/** Visits closed on the phone, kept until the server has recorded them: in order, each exactly once. Browser and worker. */
import { onDevice } from '../../../web/device.ts'

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

/** `refused` may be corrected; `stale` cannot: the case changed before it arrived. `reason` is for the person. */
export type Closing = NewClosing & { order: number; state: 'waiting' | 'refused' | 'stale'; reason: string }

/** A form begun and not sent: phones forget pages. */
export type Draft = { caseId: string; personId: string; note: string; serial: string; start: string }

/** On it, pages and worker tell each other how a sending went. */
export const outboxChannel = 'sitec-interventi'

/** Every visit kept here, in the order in which they were closed. */
export function listClosings(): Promise<Closing[]> {
  return onDevice<Closing[]>('closings', 'readonly', (store) => store.getAll())
}

/** Keeps a visit until it is recorded; rejects where the browser keeps nothing. */
export async function keepClosing(closing: NewClosing): Promise<void> {
  await onDevice('closings', 'readwrite', (store) => store.add({ ...closing, state: 'waiting', reason: '' }))
}

/** Replaces what is known of a visit. */
export async function changeClosing(closing: Closing): Promise<void> {
  await onDevice('closings', 'readwrite', (store) => store.put(closing))
}

/** Forgets a visit. */
export async function dropClosing(order: number): Promise<void> {
  await onDevice('closings', 'readwrite', (store) => store.delete(order))
}

export function listDrafts(): Promise<Draft[]> {
  return onDevice<Draft[]>('drafts', 'readonly', (store) => store.getAll())
}

export async function keepDraft(draft: Draft): Promise<void> {
  await onDevice('drafts', 'readwrite', (store) => store.put(draft))
}

export async function dropDraft(caseId: string): Promise<void> {
  await onDevice('drafts', 'readwrite', (store) => store.delete(caseId))
}

/** How a sending went. `later`: no signal, or a server that cannot now; what waits is tried again. */
export type Sending = { sent: string[]; stopped: 'no' | 'offline' | 'later' | 'signed_out' }

/** Sends what waits, oldest first; pages and worker take turns. A refused visit holds back the later ones of its case. */
export function sendClosings(): Promise<Sending> {
  return navigator.locks.request(outboxChannel, async () => {
    const sending: Sending = { sent: [], stopped: 'no' }
    const held = new Set<string>()
    for (const closing of await listClosings()) {
      if (closing.state !== 'waiting') held.add(closing.caseId)
      if (held.has(closing.caseId)) continue
      const answer = await send(closing)
      if (typeof answer === 'string') {
        sending.stopped = answer
        break
      }
      if (answer.state === 'sent') {
        await dropClosing(closing.order)
        sending.sent.push(closing.number)
        continue
      }
      held.add(closing.caseId)
      // Somebody else is signed in on this phone: it waits for who wrote it.
      if (answer.state !== 'waiting') await changeClosing({ ...closing, ...answer })
    }
    new BroadcastChannel(outboxChannel).postMessage(sending)
    return sending
  })
}

type Answer = { state: 'sent' } | { state: 'waiting' | 'refused' | 'stale'; reason: string }

async function send(closing: Closing): Promise<Answer | Exclude<Sending['stopped'], 'no'>> {
  const { key, personId, caseId, teamId, startedAt, endedAt, outcome, note, serial } = closing
  const told = { personId, caseId, teamId: teamId ?? '', startedAt, endedAt, outcome, note, serial }
  const response = await fetch('/interventi/chiusure', {
    method: 'POST',
    body: new URLSearchParams({ once: key, ...told }),
    redirect: 'manual',
    signal: AbortSignal.timeout(30_000),
  }).catch(() => null)
  if (response === null) return 'offline'
  // Whoever is not signed in is sent to the sign-in page.
  if (response.type === 'opaqueredirect') return 'signed_out'
  if (response.ok) return { state: 'sent' }
  return response.status < 500 && response.status !== 429 ? refusal(response) : 'later'
}

type Problem = { title: string; code: string; fields?: { message: string }[] }

async function refusal(response: Response): Promise<Answer | 'later'> {
  // What does not speak as a Problem is not SITEC: the sign-in page of some wireless network.
  const problem: Problem | null = await response.json().catch(() => null)
  if (problem === null || problem.code === undefined || problem.code === 'busy') return 'later'
  const reason = problem.fields?.map(({ message }) => message).join(' ') || problem.title
  if (problem.code === 'visit_other_person') return { state: 'waiting', reason }
  return { state: response.status === 422 ? 'refused' : 'stale', reason }
}
