import { useCallback, useEffect, useRef, useState } from 'react'
import { useRevalidator } from 'react-router'
import { askForSync, type KeptPage, keepPage } from './keep-page.ts'
import type { Act, Kept, Outbox, Sending } from './outbox.ts'

/** What was done on this device and how it fares. */
export type OutboxState<One extends Act> = {
  /** The person's own, in order. */
  acts: Kept<One>[]
  /** Kept here for somebody else. */
  ofOthers: number
  isOffline: boolean
  isSignedOut: boolean
  /** Names of what was just recorded. */
  sent: string[]
  /** Keeps what `write` writes and sends it as soon as it can; false where the browser keeps nothing. */
  put: (write: Promise<void>) => Promise<boolean>
  /** Takes an act out, to be corrected or for good. */
  take: (act: Kept<One>) => Promise<void>
}

const retryMs = 30_000
/** After a sending that failed: what ails a server or a line for a moment is over in seconds. Milliseconds. */
const soonMs = [2_000, 5_000, 10_000]

/**
 * An outbox on a page: sent on loading, when the signal returns, soon after a sending that failed, and every half minute.
 * The page is kept for when there is no signal, unless it is null: a page on which nothing can be done yet is not the one
 * to find again.
 */
export function useOutbox<One extends Act>(
  outbox: Outbox<One>,
  personId: string,
  page: KeptPage | null,
): OutboxState<One> {
  const [kept, setKept] = useState<Kept<One>[]>([])
  const [state, setState] = useState<Sending>({ stopped: 'no', sent: [] })
  const { revalidate } = useRevalidator()
  const latest = useRef({ revalidate, page })
  latest.current = { revalidate, page }

  const look = useCallback(async () => setKept(await outbox.list().catch(() => [])), [outbox])
  const hear = useCallback(
    async ({ sent, stopped }: Sending) => {
      setState((before) => ({ stopped, sent: sent.length > 0 ? sent : before.sent }))
      await look()
      // What was recorded is seen as the server sees it; there is signal, or it would not have been.
      if (sent.length > 0) await latest.current.revalidate()
    },
    [look],
  )
  useSignal(outbox, look, hear)
  const isKept = page !== null
  useEffect(() => {
    if (isKept && latest.current.page) void keepPage(latest.current.page)
  }, [isKept])

  const mine = kept.filter((act) => act.personId === personId)
  return {
    acts: mine,
    ofOthers: kept.length - mine.length,
    isOffline: state.stopped === 'offline',
    isSignedOut: state.stopped === 'signed_out',
    sent: state.sent,
    put: async (write) => {
      const isDurable = await write.then(
        () => true,
        () => false,
      )
      if (!isDurable) return false
      await look()
      // Neither waits for the other: a browser may take its time to answer about the sending it does by itself.
      if (latest.current.page) void askForSync(latest.current.page)
      if (navigator.onLine) void outbox.send()
      return true
    },
    take: async ({ order }) => {
      await outbox.drop(order)
      await look()
    },
  }
}

// Sends when it makes sense to try. Whoever sent, this page or the worker, says on the channel how it went.
function useSignal<One extends Act>(
  outbox: Outbox<One>,
  look: () => Promise<void>,
  hear: (sending: Sending) => Promise<void>,
) {
  useEffect(() => {
    const send = () => void outbox.send().catch(() => undefined)
    const sendIfSeen = () => document.visibilityState === 'visible' && navigator.onLine && send()
    const loseSignal = () => void hear({ sent: [], stopped: 'offline' })
    const channel = new BroadcastChannel(outbox.channel)
    let failures = 0
    let soon: ReturnType<typeof setTimeout> | undefined
    channel.onmessage = ({ data }: MessageEvent<Sending>) => {
      const hasFailed = data.stopped === 'later' || data.stopped === 'offline'
      clearTimeout(soon)
      const wait = hasFailed ? soonMs[failures] : undefined
      failures = hasFailed ? failures + 1 : 0
      if (wait !== undefined) soon = setTimeout(sendIfSeen, wait)
      void hear(data)
    }
    const timer = setInterval(sendIfSeen, retryMs)
    addEventListener('online', send)
    addEventListener('offline', loseSignal)
    document.addEventListener('visibilitychange', sendIfSeen)
    if (navigator.onLine) void look().then(send)
    else loseSignal()
    return () => {
      channel.close()
      clearInterval(timer)
      clearTimeout(soon)
      removeEventListener('online', send)
      removeEventListener('offline', loseSignal)
      document.removeEventListener('visibilitychange', sendIfSeen)
    }
  }, [outbox, look, hear])
}
