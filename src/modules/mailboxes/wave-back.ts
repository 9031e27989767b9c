/** The way back of a wave that was stopped after its cut-over: what has come to the new server since goes to the old one. */
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { type Copied, type CopyInput, type CopyOptions, copyMailbox } from './copy-mailbox.ts'
import { isGmail } from './internal/gmail-account.ts'
import { hasUnanswered, turnNumbers } from './internal/gmail-queries.ts'
import { insertCopy, selectCopy, selectFolders } from './internal/ledger-queries.ts'
import type { LeftOut } from './internal/left-out.ts'
import { watchProgress } from './internal/wave-progress.ts'
import { updateBox } from './internal/wave-queries.ts'
import { recordWave } from './internal/wave-record.ts'
import { forgetStandings, selectLeft, selectOthersFolders, turnLedger } from './internal/wave-run-queries.ts'
import { type Carried, settleCopy } from './wave-settle.ts'

/** What has come to the target since the cut-over goes back to the source: the same copy, the other way round. */
export async function bringBack(
  ctx: Context,
  carried: Carried,
  options: CopyOptions,
  halt: AbortController,
): Promise<void> {
  const { box, ends, waveId } = carried
  const { copyId } = box
  if (copyId === null) return
  if (isGmail(ends.to) && (await read(ctx, (ctx) => hasUnanswered(ctx, copyId))))
    return findFirst(ctx, carried, options, halt)
  const back = { from: { ...ends.to, side: 'source' as const }, to: { ...ends.from, side: 'target' as const } }
  const leftOut = await transact(ctx, async (ctx) => {
    const backId = (await selectCopy(ctx, back)) ?? (await insertCopy(ctx, back))
    await turnLedger(ctx, copyId, backId)
    if (isGmail(ends.to)) await turnNumbers(ctx, copyId, backId)
    await forgetStandings(ctx, [copyId, backId])
    await updateBox(ctx, waveId, box.mailboxId, { back_copy_id: backId }, true)
    await recordWave(ctx, waveId, 'mailbox_brought_back', { mailboxId: box.mailboxId, copyId: backId })
    return whatGoesBack(ctx, carried, copyId, backId)
  })
  const copied = await copyWatched(ctx, carried, { ...back, folders: [] }, { ...options, under: '', leftOut }, halt)
  if (copied !== null) await settleCopy(ctx, carried, copied)
}

// Of a mailbox that was merged into another only its own folders; of the other all but those.
async function whatGoesBack(
  ctx: TxContext,
  { waveId, box }: Carried,
  copyId: string,
  backId: string,
): Promise<LeftOut> {
  const own = (await selectFolders(ctx, backId)).map(({ sourcePath }) => sourcePath)
  const others = (await selectOthersFolders(ctx, waveId, box.mailboxId)).filter((path) => !own.includes(path))
  const left = (await selectLeft(ctx, copyId)).map(({ path, uidvalidity, uids, seconds }) => {
    const known = new Map(uids.map((uid, at) => [uid, seconds[at] ?? null] as const))
    return [path, { uidvalidity, seconds: known }] as const
  })
  const only = box.underFolder === '' ? null : new Set(own)
  return { folders: new Set(others), only, messages: new Map(left) }
}

// The last copy was cut off, and what it sent last would be taken for new mail at Gmail: it is brought to its end before.
async function findFirst(ctx: Context, carried: Carried, options: CopyOptions, halt: AbortController): Promise<void> {
  // After the last copy only what is new was still on its way: what its user has deleted since stays deleted.
  const isLate = carried.box.state === 'verified'
  const lateAt = isLate ? new Date().toISOString() : null
  const input = { ...carried.ends, folders: [] }
  const copied = await copyWatched(ctx, carried, input, { ...options, isLate, isHandedOver: !isLate }, halt)
  if (copied !== null) await settleCopy(ctx, { ...carried, isBack: false, lateAt }, copied)
}

/** A copy of a wave, with its progress; stopped by whoever holds the mailbox. null: another process has it in hand. */
export async function copyWatched(
  ctx: Context,
  { waveId, box, isBack }: Carried,
  input: CopyInput,
  options: CopyOptions,
  halt: AbortController,
): Promise<Copied | null> {
  const progress = watchProgress(ctx, { ...box, waveId, isBack }, () => halt.abort())
  try {
    return await copyMailbox(ctx, input, { ...options, watch: progress.watch })
  } catch (error) {
    if (error instanceof Problem && error.code === 'copy_running') return null
    throw error
  } finally {
    await progress.stop()
  }
}
