/** Copying a mailbox to another server: nothing is changed at the source, and each message is proved at the target. */
import { type Context, transact } from '../../platform/context.ts'
import { allow } from '../../platform/permissions.ts'
import { alone } from './internal/alone.ts'
import { type CopyLimits, copyLimits } from './internal/copy-limits.ts'
import { copyFolders, isSettled, isWhole, resultOf } from './internal/copy-run.ts'
import { type AnyAccount, isGmail } from './internal/gmail-account.ts'
import { copyToGmail } from './internal/gmail-copy.ts'
import { insertCopy, selectCopy } from './internal/ledger-queries.ts'
import { type LeftOut, nothingLeftOut } from './internal/left-out.ts'
import { record } from './internal/record.ts'
import type { Run } from './internal/run.ts'
import { CopyHalted } from './internal/trouble.ts'
import { openWindow } from './internal/window.ts'
import { conflict, wrong } from './problems.ts'
import type { CopyResult } from './schema.ts'

export type CopyInput = {
  /** An IMAP server; or Gmail through its API, for what goes back from there to an IMAP server. */
  from: AnyAccount
  to: AnyAccount
  /** Folders of the source by their names; none means all of its own. */
  folders: readonly string[]
}

/** Told while it goes on: how many messages of a folder this run has brought, and the bytes of the last step. */
export type CopyWatch = (folder: string, done: number, of: number, bytes: number) => void

export type CopyOptions = {
  limits?: Partial<CopyLimits>
  watch?: CopyWatch
  /** Ends the run within seconds; the ledger stays, and the next run goes on from there. */
  signal?: AbortSignal
  /** The folder of the target below which everything goes. */
  under?: string
  /** false: somebody else has copied; nothing is written at the target, only recognised and compared. */
  sends?: boolean
  told?: (folder: string, uid: number) => number | null
  /** true: after the cut-over, for what still came to the source (`late.ts`). */
  isLate?: boolean
  /** true: the last copy, after the cut-over; what its users have taken away at the target stays away. */
  isHandedOver?: boolean
  /** What of an IMAP source is not to be copied. */
  leftOut?: LeftOut
}

/**
 * `isWhole`: every message is at the target, read back and equal; nothing was set aside, nothing is open. `isSettled`: of
 * every message it is known what became of it. `isHalted`: ended by `signal`.
 */
export type Copied = { copyId: string; isWhole: boolean; isSettled: boolean; isHalted: boolean; result: CopyResult }

/**
 * Copies what is new since the last time, or goes on where it stopped, and reads every message back. What a server does
 * wrong is in the result, never thrown. Refuses when both ends are one mailbox, while another run copies the same pair, and at
 * Gmail only to compare, or to copy from Gmail to Gmail.
 */
export async function copyMailbox(ctx: Context, input: CopyInput, options: CopyOptions = {}): Promise<Copied> {
  allow(ctx.actor, 'mailboxes.copy')
  const { from, to } = input
  if (from.host === to.host && from.port === to.port && from.user === to.user) throw wrong('to', (t) => t.sameMailbox)
  const work = workOf(input, options)
  const copyId = await transact(ctx, async (ctx) => (await selectCopy(ctx, input)) ?? (await insertCopy(ctx, input)))
  const done = await alone(ctx.services, copyId, () => copyAlone(newRun(ctx, copyId, options), input, work))
  if (done === null) throw conflict('copy_running', (t) => t.running)
  return done
}

async function copyAlone(run: Run, { folders }: CopyInput, work: Work): Promise<Copied> {
  const began = performance.now()
  const { ctx, copyId } = run
  await transact(ctx, (ctx) => record(ctx, copyId, { kind: 'mailcopy.begun', payload: { folders: folders.length } }))
  const isHalted = await work(run).then(
    () => false,
    (error: unknown) => {
      if (error instanceof CopyHalted) return true
      throw error
    },
  )
  const result = await resultOf(run, began)
  const whole = isWhole(run, result)
  const { problems, ...counts } = result
  const byCode = Object.fromEntries(
    [...Map.groupBy(problems, ({ code }) => code)].map(([code, all]) => [code, all.length]),
  )
  await transact(ctx, (ctx) =>
    record(ctx, copyId, { kind: 'mailcopy.ended', payload: { ...counts, problems: byCode, isWhole: whole } }),
  )
  return { copyId, isWhole: whole, isSettled: isSettled(run, result), isHalted, result }
}

type Work = (run: Run) => Promise<void>

// What somebody else copied to Gmail has no number we could be told.
function workOf({ from, to, folders }: CopyInput, { sends = true }: CopyOptions): Work {
  if (!isGmail(to)) return (run) => copyFolders(run, { from, to, folders })
  if (!sends || isGmail(from)) throw wrong('to', (t) => t.notIntoGmail)
  return (run) => copyToGmail(run, { from, to, folders })
}

/** What a run begins with. */
export function newRun(
  ctx: Context,
  copyId: string,
  {
    limits: changes = {},
    watch = () => undefined,
    signal,
    under = '',
    sends = true,
    told = () => null,
    isLate = false,
    isHandedOver = false,
    leftOut = nothingLeftOut,
  }: CopyOptions,
): Run {
  const limits = { ...copyLimits, ...changes }
  return {
    ...{ ctx, copyId, limits, watch, window: openWindow(limits.firstWindow, limits.mostWindow) },
    ...{ problems: [], tallies: new Map(), fullStreak: 0, progress: 0, isEnded: false },
    ...{ signal: signal ?? new AbortController().signal, under, sends, told, isLate, isHandedOver, leftOut },
  }
}
