import { useCallback, useEffect, useRef, useState } from 'react'
import { useRevalidator } from 'react-router'
import { deviceCache } from '../../../web/device.ts'
import workerAddress from './field-worker.ts?worker&url'
import {
  type Closing,
  changeClosing,
  dropClosing,
  dropDraft,
  keepClosing,
  listClosings,
  type NewClosing,
  outboxChannel,
  type Sending,
  sendClosings,
} from './outbox.ts'

export type Outbox = {
  /** The person's own, in order. */
  closings: Closing[]
  /** Kept here for somebody else. */
  ofOthers: number
  isOffline: boolean
  isSignedOut: boolean
  /** Numbers of the cases whose visits were just recorded. */
  sent: string[]
  /** Keeps a visit and sends it as soon as it can; false where the browser keeps nothing. */
  close: (closing: NewClosing) => Promise<boolean>
  /** Takes a visit out to be corrected, or for good. */
  take: (closing: Closing) => Promise<void>
  /** A corrected visit in the place of the refused one, under a key of its own. */
  resend: (closing: Closing, corrected: NewClosing) => Promise<boolean>
}

const retryMs = 30_000

/** What was closed on this phone and how it fares: sent on loading, when the signal returns, and every half minute. */
export function useOutbox(personId: string): Outbox {
  const [kept, setKept] = useState<Closing[]>([])
  const [state, setState] = useState<Sending>({ stopped: 'no', sent: [] })
  const { revalidate } = useRevalidator()
  const latest = useRef(revalidate)
  latest.current = revalidate

  const look = useCallback(async () => setKept(await listClosings().catch(() => [])), [])
  const hear = useCallback(
    async ({ sent, stopped }: Sending) => {
      setState((before) => ({ stopped, sent: sent.length > 0 ? sent : before.sent }))
      await look()
      // What was recorded is seen as the server sees it; there is signal, or it would not have been.
      if (sent.length > 0) await latest.current()
    },
    [look],
  )
  useSignal(look, hear)

  const put = async (write: Promise<void>, caseId: string) => {
    const isKept = await write.then(
      () => true,
      () => false,
    )
    if (!isKept) return false
    await dropDraft(caseId)
    await look()
    await askForSync()
    if (navigator.onLine) void sendClosings()
    return true
  }
  const mine = kept.filter((closing) => closing.personId === personId)
  return {
    closings: mine,
    ofOthers: kept.length - mine.length,
    isOffline: state.stopped === 'offline',
    isSignedOut: state.stopped === 'signed_out',
    sent: state.sent,
    close: (closing) => put(keepClosing(closing), closing.caseId),
    resend: ({ order }, corrected) =>
      put(changeClosing({ ...corrected, order, state: 'waiting', reason: '' }), corrected.caseId),
    take: async ({ order }) => {
      await dropClosing(order)
      await look()
    },
  }
}

// Sends when it makes sense to try. Whoever sent, this page or the worker, says on the channel how it went.
function useSignal(look: () => Promise<void>, hear: (sending: Sending) => Promise<void>) {
  useEffect(() => {
    const send = () => void sendClosings().catch(() => undefined)
    const sendIfSeen = () => document.visibilityState === 'visible' && navigator.onLine && send()
    const loseSignal = () => void hear({ sent: [], stopped: 'offline' })
    const channel = new BroadcastChannel(outboxChannel)
    channel.onmessage = ({ data }: MessageEvent<Sending>) => void hear(data)
    const timer = setInterval(sendIfSeen, retryMs)
    addEventListener('online', send)
    addEventListener('offline', loseSignal)
    document.addEventListener('visibilitychange', sendIfSeen)
    if (navigator.onLine) void look().then(send)
    else loseSignal()
    void keepPage()
    return () => {
      channel.close()
      clearInterval(timer)
      removeEventListener('online', send)
      removeEventListener('offline', loseSignal)
      document.removeEventListener('visibilitychange', sendIfSeen)
    }
  }, [look, hear])
}

// The browser sends by itself, also with the page closed, where it knows how to.
async function askForSync() {
  const registration = await navigator.serviceWorker?.getRegistration('/interventi')
  const { sync } = (registration ?? {}) as { sync?: { register: (tag: string) => Promise<void> } }
  await sync?.register('chiusure').catch(() => undefined)
}

// The first visit is not the worker's yet: the page hands it what it would have kept.
async function keepPage() {
  if (!('serviceWorker' in navigator) || !('caches' in globalThis) || !navigator.onLine) return
  await navigator.serviceWorker.register(workerAddress, { scope: '/interventi' })
  const cache = await caches.open(deviceCache)
  const assets = performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith('/assets/'))
    .map(({ href }) => href)
  const known = new Set((await cache.keys()).map(({ url }) => url))
  for (const url of known)
    if (new URL(url).pathname.startsWith('/assets/') && !assets.includes(url)) await cache.delete(url)
  await cache.addAll(assets.filter((url) => !known.has(url)))
  await cache.addAll(['/interventi', '/interventi.data'])
}
