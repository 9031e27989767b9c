/** How much may be on its way and not answered: more while it goes well, half after a failure. */

export type Window = {
  /** Waits until so many bytes more may be sent; one message always may when nothing is on its way. */
  room: (bytes: number) => Promise<void>
  answered: (bytes: number) => void
  /** After a lost connection: nothing is on its way any more. */
  reset: () => void
  limit: () => number
}

const step = 250_000

export function openWindow(first: number, most: number): Window {
  let limit = first
  let open = 0
  let waiting: (() => void)[] = []
  const wake = () => {
    const all = waiting
    waiting = []
    for (const go of all) go()
  }
  return {
    room: async (bytes) => {
      while (open > 0 && open + bytes > limit) await new Promise<void>((go) => waiting.push(go))
      open += bytes
    },
    answered: (bytes) => {
      open = Math.max(0, open - bytes)
      limit = Math.min(most, limit + step)
      wake()
    },
    reset: () => {
      open = 0
      limit = Math.max(step, Math.floor(limit / 2))
      wake()
    },
    limit: () => limit,
  }
}
