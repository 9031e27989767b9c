/** How far a copy is, written about once a second and told to open pages; and whether it may still go on. */
import { type Context, transact } from '../../../platform/context.ts'
import { log } from '../../../platform/log.ts'
import { updateBox } from './wave-queries.ts'
import { mayGoOn } from './wave-run-queries.ts'

const everyMs = 1000
/** The speed told is that of so many seconds. */
const over = 6

export type Progress = {
  watch: (folder: string, done: number, of: number, bytes: number) => void
  /** No more is written after this. */
  stop: () => Promise<void>
}

export type ProgressOf = {
  waveId: string
  mailboxId: string
  messages: number
  bytes: number
  doneMessages: number
  doneBytes: number
  /** On the way back: what was done on the way there stays written. */
  isBack: boolean
}

/** Begins at what was done before; calls `halt` when the wave or somebody wants this copy to stop. */
export function watchProgress(ctx: Context, box: ProgressOf, halt: () => void): Progress {
  const seen = new Map<string, number>()
  let [messages, bytes] = [box.doneMessages, box.doneBytes]
  const past: { at: number; messages: number }[] = [{ at: Date.now(), messages }]
  let writing: Promise<void> | null = null
  const write = async () => {
    past.push({ at: Date.now(), messages })
    if (past.length > over) past.shift()
    const [first] = past
    const seconds = first === undefined ? 0 : (Date.now() - first.at) / 1000
    const speed = first === undefined || seconds < 0.5 ? 0 : (messages - first.messages) / seconds
    const goesOn = await transact(ctx, async (ctx) => {
      const changes = {
        ...(!box.isBack && { done_messages: messages, done_bytes: bytes }),
        ...{ speed: Math.max(0, speed).toFixed(1), progressed_at: new Date().toISOString() },
      }
      await updateBox(ctx, box.waveId, box.mailboxId, changes, true)
      ctx.services.live.announce(ctx)
      return mayGoOn(ctx, box.waveId, box.mailboxId)
    })
    if (!goesOn) halt()
  }
  const tick = () => {
    writing ??= write()
      .catch((error) => log.error('waves.progress_failed', error))
      .finally(() => {
        writing = null
      })
  }
  tick()
  const timer = setInterval(tick, everyMs)
  return {
    watch: (folder, done, _of, step) => {
      // Each folder counts from nothing in each run; after new numbers at the source it begins anew.
      const before = seen.get(folder) ?? 0
      messages += Math.max(0, done - before)
      bytes += step
      seen.set(folder, done)
    },
    stop: async () => {
      clearInterval(timer)
      await writing
    },
  }
}
