/**
 * Reading mail in threads of their own: whatever a message does to the parser, it does not do it to SITEC.
 * Each message has a time and a memory limit; a thread that dies or hangs is replaced, and only its message fails.
 */
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { projectRoot } from '../root.ts'
import { type MailRefusal, type ReadMail, refused } from './parsed.ts'

export type MailParser = { parse: (raw: Uint8Array) => Promise<ReadMail>; close: () => Promise<void> }

type Options = { threads?: number; timeLimitMs?: number; idleMs?: number; entry?: string }
type Waiting = { raw: Uint8Array; done: (found: ReadMail) => void }
type Thread = {
  isFree: () => boolean
  /** Reads one message; `done` is called once, whatever happens to the thread. */
  read: (raw: Uint8Array, timeLimitMs: number, done: (found: ReadMail) => void) => void
  end: () => Promise<unknown>
}

/** Threads are started when there is work and end when there was none for a while; idle ones never keep a process alive. */
export function openMailParser({ threads, timeLimitMs = 10_000, idleMs = 20_000, entry }: Options = {}): MailParser {
  const most = threads ?? Math.min(2, availableParallelism())
  // Run by Node itself, also when SITEC runs from the bundle, which holds no file for a thread to begin with.
  const path = entry ?? join(projectRoot(), 'src/platform/mail/parse-worker.ts')
  const waiting: Waiting[] = []
  const pool = new Set<Thread>()
  let idle: NodeJS.Timeout | undefined

  function next() {
    const free = [...pool].find((thread) => thread.isFree())
    if (free === undefined && pool.size >= most) return
    const job = waiting.shift()
    if (job === undefined) return
    clearTimeout(idle)
    const thread = free ?? begin()
    thread.read(job.raw, timeLimitMs, (found) => {
      job.done(found)
      next()
      clearTimeout(idle)
      idle = setTimeout(() => void close(), idleMs).unref()
    })
  }

  function begin(): Thread {
    const thread = startThread(path, () => pool.delete(thread))
    pool.add(thread)
    return thread
  }

  async function close() {
    const idlers = [...pool].filter((thread) => thread.isFree())
    for (const thread of idlers) pool.delete(thread)
    await Promise.all(idlers.map((thread) => thread.end()))
  }

  return {
    parse: (raw) =>
      new Promise((done) => {
        waiting.push({ raw, done })
        next()
      }),
    close,
  }
}

const resourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 }

function startThread(path: string, onGone: () => void): Thread {
  const worker = new Worker(path, { execArgv: [], resourceLimits })
  let finish: ((found: ReadMail) => void) | null = null
  // Out of the pool first: whoever hears of the end may ask for a thread at once.
  const give = (reason: MailRefusal) => {
    onGone()
    finish?.(refused(reason))
  }
  worker.on('error', () => give('parse_crash'))
  worker.on('exit', () => give('parse_crash'))
  worker.on('message', (found: ReadMail) => finish?.(found))
  return {
    isFree: () => finish === null,
    read: (raw, timeLimitMs, done) => {
      worker.ref()
      const limit = setTimeout(() => {
        give('parse_timeout')
        void worker.terminate()
      }, timeLimitMs)
      finish = (found) => {
        clearTimeout(limit)
        finish = null
        worker.unref()
        done(found)
      }
      // A copy, handed over: the caller keeps its bytes.
      const copy = Uint8Array.from(raw)
      worker.postMessage(copy, [copy.buffer])
    },
    end: () => worker.terminate(),
  }
}

const parser = openMailParser()

/** Reads one mail with the process's own threads. */
export function parseMail(raw: Uint8Array): Promise<ReadMail> {
  return parser.parse(raw)
}
