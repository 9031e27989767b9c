import { type GmailLimits, gmailLimits } from './gmail-limits.ts'

/** Bounds of a copy. Times in ms, sizes in bytes. */
export type CopyLimits = {
  connect: number
  /** A server that owes an answer and neither says nor takes anything for so long is given up. */
  silence: number
  /** How often in a row a folder is tried without a message getting further. */
  attempts: number
  /** The first pause before another attempt; each is twice as long. */
  pause: number
  batchMessages: number
  batchBytes: number
  /** A message above it goes through a file; not less than `batchBytes`, so that it is one alone. */
  spoolAbove: number
  partBytes: number
  /** What may be sent and not answered: at first, and at most. */
  firstWindow: number
  mostWindow: number
  /** After an interruption: for how long the target must not change before it is looked through. */
  quiet: number
  /** Connections that write where each message costs a round trip. */
  writers: number
  /** Of them at most so many where literals are pushed: a server waits for its disk on each by itself. */
  pushers: number
  /** The newest messages of a folder go by one connection, in order: webmails show what arrived last on top. */
  inOrder: number
  gmail: GmailLimits
  /** The largest message the target takes, where that is known and its server does not say; null: not known. */
  largest: number | null
}

export const copyLimits: CopyLimits = {
  connect: 20_000,
  silence: 90_000,
  attempts: 6,
  pause: 250,
  batchMessages: 50,
  batchBytes: 1_000_000,
  spoolAbove: 4_000_000,
  partBytes: 1_000_000,
  firstWindow: 2_000_000,
  mostWindow: 4_000_000,
  quiet: 500,
  writers: 4,
  pushers: 3,
  inOrder: 200,
  gmail: gmailLimits,
  largest: null,
}
