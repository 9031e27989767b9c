/**
 * Work on what others wrote, in threads of its own: whatever an input does to a parser or a renderer, it does not do
 * it to SITEC. Each job has a time and a memory limit; a thread that dies or hangs is replaced, and only its job fails.
 *
 * Native code gets a process instead of a thread (`apart: 'process'`): it can be stopped while it hangs, its crash is
 * only its own, and the memory it took goes back. `memoryMb` bounds the JavaScript heap; what native code takes beside
 * it is bounded by the size of the input alone, which is for the caller to limit.
 */
import { fork } from 'node:child_process'
import { resolve } from 'node:path'
import { type Transferable, Worker } from 'node:worker_threads'
import { projectRoot } from './root.ts'

/** What became of a job: an answer, or why there is none. */
export type WorkOutcome<Answer> = { is: 'answer'; answer: Answer } | { is: 'timeout' | 'crash' | 'busy' }

/** Threads that do one kind of work. */
export type WorkerPool<Job, Answer> = {
  /** Does one job; never rejects. */
  run: (job: Job) => Promise<WorkOutcome<Answer>>
  /** Ends the threads that have nothing to do; later jobs start new ones. */
  close: () => Promise<void>
}

export type WorkerPoolOptions<Job> = {
  /** The thread's file, absolute or from the project's folder; it answers each message with one message, in order. */
  entry: string
  /** A thread answers through `parentPort`, a process through `process.send`. */
  apart?: 'thread' | 'process'
  /** At most so many threads, started when there is work. */
  threads: number
  timeLimitMs: number
  /** Threads end when there was no work for so long; idle ones never keep a process alive. */
  idleMs: number
  memoryMb: number
  /** Jobs that may wait for a thread; more are answered `busy`. Without it all wait. */
  waitingLimit?: number
  /** The message for a job and what of it is handed over instead of copied; made when the job begins. */
  message?: (job: Job) => [message: unknown, handedOver: Transferable[]]
}

type Waiting<Job, Answer> = { job: Job; done: (outcome: WorkOutcome<Answer>) => void }
type Thread<Job, Answer> = {
  isFree: () => boolean
  /** Does one job; `done` is called once, whatever happens to the thread. */
  work: (job: Job, done: (outcome: WorkOutcome<Answer>) => void) => void
  end: () => Promise<unknown>
}

/** Opens a pool; the first thread starts with the first job. */
export function openWorkerPool<Job, Answer>(options: WorkerPoolOptions<Job>): WorkerPool<Job, Answer> {
  const waiting: Waiting<Job, Answer>[] = []
  const pool = new Set<Thread<Job, Answer>>()
  let idle: NodeJS.Timeout | undefined

  function next() {
    const free = [...pool].find((thread) => thread.isFree())
    if (free === undefined && pool.size >= options.threads) return
    const first = waiting.shift()
    if (first === undefined) return
    clearTimeout(idle)
    const thread = free ?? begin()
    thread.work(first.job, (outcome) => {
      first.done(outcome)
      next()
      clearTimeout(idle)
      idle = setTimeout(() => void close(), options.idleMs).unref()
    })
  }

  function begin(): Thread<Job, Answer> {
    const thread = startThread<Job, Answer>(options, () => pool.delete(thread))
    pool.add(thread)
    return thread
  }

  async function close() {
    const idlers = [...pool].filter((thread) => thread.isFree())
    for (const thread of idlers) pool.delete(thread)
    await Promise.all(idlers.map((thread) => thread.end()))
  }

  return {
    run: (job) =>
      new Promise((done) => {
        if (waiting.length >= (options.waitingLimit ?? Number.POSITIVE_INFINITY)) return done({ is: 'busy' })
        waiting.push({ job, done })
        next()
      }),
    close,
  }
}

function startThread<Job, Answer>(
  { entry, apart, timeLimitMs, memoryMb, message }: WorkerPoolOptions<Job>,
  onGone: () => void,
): Thread<Job, Answer> {
  let finish: ((outcome: WorkOutcome<Answer>) => void) | null = null
  // Out of the pool first: whoever hears of the end may ask for a thread at once.
  const give = (why: 'timeout' | 'crash') => {
    onGone()
    finish?.({ is: why })
  }
  // Run by Node itself, also when SITEC runs from the bundle, which holds no file for a thread to begin with.
  const path = resolve(projectRoot(), entry)
  const start = apart === 'process' ? startProcess : startWorker
  const runner = start<Answer>(
    path,
    memoryMb,
    (answer) => finish?.({ is: 'answer', answer }),
    () => give('crash'),
  )
  return {
    isFree: () => finish === null,
    work: (job, done) => {
      runner.ref()
      const limit = setTimeout(() => {
        give('timeout')
        void runner.end()
      }, timeLimitMs)
      finish = (outcome) => {
        clearTimeout(limit)
        finish = null
        runner.unref()
        done(outcome)
      }
      const [sent, handedOver] = message?.(job) ?? [job, []]
      runner.post(sent, handedOver)
    },
    end: runner.end,
  }
}

/** What a thread and a process have in common. While it is not referenced it keeps nobody alive. */
type Runner = {
  post: (message: unknown, handedOver: Transferable[]) => void
  ref: () => void
  unref: () => void
  end: () => Promise<unknown>
}

type Start = <Answer>(path: string, memoryMb: number, answered: (answer: Answer) => void, gone: () => void) => Runner

const startWorker: Start = (path, memoryMb, answered, gone) => {
  const worker = new Worker(path, {
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 16 },
  })
  worker.on('error', gone)
  worker.on('exit', gone)
  worker.on('message', answered)
  return {
    post: (message, handedOver) => worker.postMessage(message, handedOver),
    ref: () => worker.ref(),
    unref: () => worker.unref(),
    end: () => worker.terminate(),
  }
}

const startProcess: Start = (path, memoryMb, answered, gone) => {
  // It gets nothing of the environment: what it works on may be hostile, and there are passwords in it.
  const child = fork(path, [], {
    execArgv: [`--max-old-space-size=${memoryMb}`, '--max-semi-space-size=8'],
    ...{ env: {}, serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] },
  })
  const isOver = new Promise<void>((done) => {
    child.on('exit', () => done())
    child.on('error', () => done())
  })
  void isOver.then(gone)
  child.on('message', answered)
  return {
    post: (message) => child.send(Object(message), (error) => error && gone()),
    ref: () => {
      child.ref()
      child.channel?.ref()
    },
    unref: () => {
      child.unref()
      child.channel?.unref()
    },
    end: () => {
      child.ref()
      child.kill('SIGKILL')
      return isOver
    },
  }
}
