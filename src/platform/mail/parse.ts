/**
 * Reading mail in threads of their own: whatever a message does to the parser, it does not do it to SITEC.
 * Each message has a time and a memory limit; a thread that dies or hangs is replaced, and only its message fails.
 */
import { availableParallelism } from 'node:os'
import { openWorkerPool } from '../worker-pool.ts'
import { type ReadMail, refused } from './parsed.ts'

export type MailParser = { parse: (raw: Uint8Array) => Promise<ReadMail>; close: () => Promise<void> }

type Options = { threads?: number; timeLimitMs?: number; idleMs?: number; entry?: string }

/** Threads are started when there is work and end when there was none for a while; idle ones never keep a process alive. */
export function openMailParser(options: Options = {}): MailParser {
  const pool = openWorkerPool<Uint8Array, ReadMail>({
    entry: options.entry ?? 'src/platform/mail/parse-worker.ts',
    threads: options.threads ?? Math.min(2, availableParallelism()),
    timeLimitMs: options.timeLimitMs ?? 10_000,
    idleMs: options.idleMs ?? 20_000,
    memoryMb: 256,
    message: (raw) => {
      // A copy, handed over: the caller keeps its bytes.
      const copy = Uint8Array.from(raw)
      return [copy, [copy.buffer]]
    },
  })
  return {
    parse: async (raw) => {
      const outcome = await pool.run(raw)
      if (outcome.is === 'answer') return outcome.answer
      return refused(outcome.is === 'timeout' ? 'parse_timeout' : 'parse_crash')
    },
    close: pool.close,
  }
}

const parser = openMailParser()

/** Reads one mail with the process's own threads. */
export function parseMail(raw: Uint8Array): Promise<ReadMail> {
  return parser.parse(raw)
}
