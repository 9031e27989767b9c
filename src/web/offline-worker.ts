/**
 * A service worker for the pages of one kind of work. Signal there: fresh page, kept beside. No signal: the page as it was
 * last seen, unless the session it was seen in is over by now.
 */
import type { Sending } from './outbox.ts'

type WorkerEvent = Event & { waitUntil: (work: Promise<unknown>) => void }
type FetchEvent = WorkerEvent & { request: Request; respondWith: (answer: Promise<Response>) => void }
type Events = { install: WorkerEvent; activate: WorkerEvent; fetch: FetchEvent; sync: WorkerEvent & { tag: string } }
// The library of types for pages does not know workers.
const worker = globalThis as unknown as {
  skipWaiting: () => Promise<void>
  clients: { claim: () => Promise<void> }
  addEventListener: <Name extends keyof Events>(name: Name, on: (event: Events[Name]) => void) => void
}

/** Longer than this a device does not wait for a signal that is almost there. */
const patienceMs = 6000
/** A session lasts twelve hours: a page kept for longer is shown to nobody. */
const longestKeptMs = 12 * 3_600_000

/** What the worker is for: its cache, the pages it keeps (without their search), and how what waits is sent. */
export type OfflineWork = { cache: string; isKept: (pathname: string) => boolean; send: () => Promise<Sending> }

/** Makes this worker that of the work. */
export function workOffline({ cache, isKept, send }: OfflineWork) {
  worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()))
  worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()))
  worker.addEventListener('sync', (event) => event.waitUntil(sendOrAskAgain(send)))
  worker.addEventListener('fetch', (event) => {
    const { method, url } = event.request
    const { origin, pathname } = new URL(url)
    if (method !== 'GET' || origin !== location.origin) return
    if (isKept(pathname)) event.respondWith(freshOrKept(event, cache))
    else if (pathname.startsWith('/assets/')) event.respondWith(keptOrFresh(event.request, cache))
  })
}

async function freshOrKept(event: FetchEvent, cache: string): Promise<Response> {
  const { pathname, search } = new URL(event.request.url)
  const fresh = fetch(event.request).then(async (answer) => {
    if (answer.status === 200 && !answer.redirected && search === '') await keep(cache, pathname, answer.clone())
    return answer
  })
  event.waitUntil(fresh.catch(() => undefined))
  const inTime = await Promise.race([fresh.catch(() => null), pause(patienceMs)])
  return inTime ?? (await kept(cache, pathname)) ?? fresh.catch(() => Response.error())
}

// Assets are named after their content: what is kept is right for ever.
async function keptOrFresh(request: Request, cache: string): Promise<Response> {
  const known = await caches.match(request, { cacheName: cache, ignoreVary: true })
  if (known) return known
  const answer = await fetch(request)
  if (answer.status === 200) await keep(cache, request.url, answer.clone())
  return answer
}

async function keep(cache: string, name: string, answer: Response) {
  await (await caches.open(cache)).put(name, answer)
}

async function kept(name: string, pathname: string): Promise<Response | undefined> {
  const cache = await caches.open(name)
  const known = await cache.match(pathname, { ignoreVary: true })
  if (known === undefined) return undefined
  const seenAt = Date.parse(known.headers.get('date') ?? '')
  if (Date.now() - seenAt < longestKeptMs) return known
  await cache.delete(pathname)
  return undefined
}

function pause(ms: number): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), ms))
}

// A rejected promise makes the browser try again by itself, page open or not.
async function sendOrAskAgain(send: OfflineWork['send']) {
  const { stopped } = await send()
  if (stopped === 'offline' || stopped === 'later') throw new Error(`Not sent: ${stopped}`)
}
