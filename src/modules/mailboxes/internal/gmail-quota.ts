/** Quota units are taken before they are spent: so a user's limit is never gone over by us. */
import { setTimeout as sleep } from 'node:timers/promises'

export type Bucket = {
  /** Waits until so many units may be spent; first come, first served. */
  take: (units: number) => Promise<void>
  /** The server says that it was too much: somebody else spends too. What is left is given up. */
  empty: () => void
}

/** `units` in each stretch of `window` ms, wherever it begins: a tenth at once, the rest evenly. */
export function openBucket(units: number, window = 60_000, now: () => number = () => performance.now()): Bucket {
  const most = units / 10
  const perMs = (units - most) / window
  let left = most
  let at = now()
  let queue: Promise<void> = Promise.resolve()
  const fill = () => {
    left = Math.min(most, left + (now() - at) * perMs)
    at = now()
  }
  const spend = async (wanted: number) => {
    fill()
    // What costs more than there is room for goes when the bucket is full.
    for (const needed = Math.min(wanted, most); left < needed; fill()) await sleep(Math.ceil((needed - left) / perMs))
    left -= wanted
  }
  return {
    take: (wanted) => {
      if (wanted === 0) return Promise.resolve()
      queue = queue.then(() => spend(wanted))
      return queue
    },
    empty: () => {
      fill()
      left = Math.min(left, 0)
    },
  }
}
