/** Acts done without signal, kept until the server has recorded them: in order, each exactly once. Browser and worker. */
import { type DeviceStore, onDevice } from './device.ts'

/** What is done: `key` makes a second sending harmless; `personId` is who did it. */
export type Act = { key: string; personId: string }

/** `refused` may be corrected; `stale` cannot: things changed before it arrived. `reason` is for the person. */
export type Kept<One extends Act> = One & {
  order: number
  state: 'waiting' | 'refused' | 'stale'
  reason: string
}

/** How a sending went. `later`: no signal, or a server that cannot now; what waits is tried again. */
export type Sending = { sent: string[]; stopped: 'no' | 'offline' | 'later' | 'signed_out' }

/** One kind of act: where it is kept and sent. */
export type ActKind<One extends Act> = {
  store: DeviceStore
  /** The lock under which is sent, and the channel on which pages and worker tell each other how it went. */
  channel: string
  address: (act: One) => string
  body: (act: One) => Record<string, string>
  /** What it is about: a refused act holds back the later ones of the same. null: each stands alone. */
  about: (act: One) => string | null
  /** How people name it. */
  name: (act: One) => string
  /** The code with which the server says that somebody else is signed in. */
  otherPerson: string
}

export type Outbox<One extends Act> = {
  channel: string
  /** Every act kept here, in the order in which they were done. */
  list: () => Promise<Kept<One>[]>
  /** Keeps an act until it is recorded; rejects where the browser keeps nothing. */
  keep: (act: One) => Promise<void>
  /** Replaces what is known of an act. */
  change: (act: Kept<One>) => Promise<void>
  drop: (order: number) => Promise<void>
  /** Sends what waits, oldest first; pages and worker take turns. */
  send: () => Promise<Sending>
}

/** The outbox of one kind of act. */
export function openOutbox<One extends Act>(kind: ActKind<One>): Outbox<One> {
  const { store: name } = kind
  const outbox: Outbox<One> = {
    channel: kind.channel,
    list: () => onDevice<Kept<One>[]>(name, 'readonly', (store) => store.getAll()),
    keep: async (act) => {
      await onDevice(name, 'readwrite', (store) => store.add({ ...act, state: 'waiting', reason: '' }))
    },
    change: async (act) => {
      await onDevice(name, 'readwrite', (store) => store.put(act))
    },
    drop: async (order) => {
      await onDevice(name, 'readwrite', (store) => store.delete(order))
    },
    send: () => navigator.locks.request(kind.channel, () => sendAll(kind, outbox)),
  }
  return outbox
}

async function sendAll<One extends Act>(kind: ActKind<One>, outbox: Outbox<One>): Promise<Sending> {
  const sending: Sending = { sent: [], stopped: 'no' }
  const held = new Set<string>()
  for (const act of await outbox.list()) {
    const about = kind.about(act)
    if (act.state !== 'waiting' && about !== null) held.add(about)
    if (act.state !== 'waiting' || (about !== null && held.has(about))) continue
    const answer = await send(kind, act)
    if (typeof answer === 'string') {
      sending.stopped = answer
      break
    }
    if (answer.state === 'sent') {
      await outbox.drop(act.order)
      sending.sent.push(kind.name(act))
      continue
    }
    if (about !== null) held.add(about)
    // Somebody else is signed in on this device: it waits for who wrote it.
    if (answer.state !== 'waiting') await outbox.change({ ...act, ...answer })
  }
  new BroadcastChannel(kind.channel).postMessage(sending)
  return sending
}

type Answer = { state: 'sent' } | { state: 'waiting' | 'refused' | 'stale'; reason: string }

async function send<One extends Act>(
  kind: ActKind<One>,
  act: One,
): Promise<Answer | Exclude<Sending['stopped'], 'no'>> {
  const response = await fetch(kind.address(act), {
    method: 'POST',
    body: new URLSearchParams({ once: act.key, personId: act.personId, ...kind.body(act) }),
    redirect: 'manual',
    signal: AbortSignal.timeout(30_000),
  }).catch(() => null)
  if (response === null) return 'offline'
  // Whoever is not signed in is sent to the sign-in page.
  if (response.type === 'opaqueredirect') return 'signed_out'
  if (response.ok) return { state: 'sent' }
  return response.status < 500 && response.status !== 429 ? refusal(kind, response) : 'later'
}

type Problem = { title: string; code: string; fields?: { message: string }[] }

async function refusal<One extends Act>(kind: ActKind<One>, response: Response): Promise<Answer | 'later'> {
  // What does not speak as a Problem is not SITEC: the sign-in page of some wireless network.
  const problem: Problem | null = await response.json().catch(() => null)
  if (problem === null || problem.code === undefined || problem.code === 'busy') return 'later'
  const reason = problem.fields?.map(({ message }) => message).join(' ') || problem.title
  if (problem.code === kind.otherPerson) return { state: 'waiting', reason }
  return { state: response.status === 422 ? 'refused' : 'stale', reason }
}
