/** What a copy of a wave came to: proved and gone on, or waiting for somebody. */
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { recordFile } from '../../platform/files.ts'
import type { Copied } from './copy-mailbox.ts'
import type { Account } from './internal/account.ts'
import { digestOf } from './internal/digest.ts'
import type { AnyAccount } from './internal/gmail-account.ts'
import { forgetLate } from './internal/late-queries.ts'
import { troubleReason } from './internal/preflight-rules.ts'
import { type BoxRow, lockBox, updateBox } from './internal/wave-queries.ts'
import { recordWave } from './internal/wave-record.ts'
import { type CopyCounts, selectCopyCounts } from './internal/wave-run-queries.ts'
import { makeManifest, signedBytes } from './manifest.ts'
import { type Side, serverTroubles } from './vocabulary.ts'
import { moveBox } from './wave-acts.ts'
import type { MovingState, WaitReason } from './wave-vocabulary.ts'

/** A manifest of a million messages; kept as a file, never shown whole. */
const largestManifest = 500_000_000

const nextState: Partial<Record<MovingState, MovingState>> = { copying: 'delta', delta: 'delta', cut_over: 'verified' }

/** `lateAt`: when this look at the old mailbox after the cut-over was begun; null when it is none. */
export type Carried = {
  waveId: string
  box: BoxRow
  ends: { from: Account; to: AnyAccount }
  isBack: boolean
  lateAt: string | null
}

/** Writes down how far the copy is; where it is whole, or its owner has decided on the rest, its proof is made and it goes on. */
export async function settleCopy(ctx: Context, carried: Carried, copied: Copied): Promise<void> {
  const { waveId, box, isBack, lateAt } = carried
  const counts = await transact(ctx, (ctx) => selectCopyCounts(ctx, copied.copyId))
  const reason = copied.isHalted
    ? null
    : lateAt === null
      ? reasonToWait(copied, counts, isBack)
      : lateReason(copied, counts)
  const isGood = !copied.isHalted && reason === null
  const hasChanged =
    lateAt === null ? copied.result.messages.copied > 0 || box.state !== 'delta' : hasComeLate(box, counts)
  const needsProof = isGood && !isBack && (box.proofSha256 === null || hasChanged)
  const proof = needsProof ? await keepProof(ctx, carried.ends) : null
  await transact(ctx, async (ctx) => {
    const now = await lockBox(ctx, waveId, box.mailboxId)
    if (now === undefined) return
    const reached = isBack ? { set_aside: counts.setAside } : { ...progressOf(copied, counts), ...proof?.columns }
    await updateBox(ctx, waveId, box.mailboxId, reached, true)
    await updateBox(ctx, waveId, box.mailboxId, { speed: null, progressed_at: new Date().toISOString() }, true)
    if (proof) await recordProof(ctx, carried, copied.copyId, proof, counts)
    if (isGood && lateAt !== null) await keepLate(ctx, carried, lateAt, counts)
    if (isGood && box.state === 'cut_over' && !isBack) await forgetLate(ctx, copied.copyId)
    // Its job gives up after some minutes; whatever stood in its way may have passed since.
    if (counts.toKeep > 0)
      await ctx.services.jobs.enqueue(ctx, 'mailboxes.keep_messages', { waveId, mailboxId: box.mailboxId })
    await goOn(ctx, carried, now, { reason, isGood })
    ctx.services.live.announce(ctx)
  })
}

const hasComeLate = ({ lateMessages, lateMissing }: BoxRow, { late, lateMissing: missing }: CopyCounts) =>
  late !== lateMessages || missing !== lateMissing

// How many came to the old mailbox since the cut-over; an event only where it is another number than before.
async function keepLate(ctx: TxContext, { waveId, box }: Carried, lateAt: string, counts: CopyCounts) {
  const { late, lateMissing: missing } = counts
  const columns = { late_messages: late, late_missing: missing, late_at: lateAt }
  await updateBox(ctx, waveId, box.mailboxId, columns, true)
  if (!hasComeLate(box, counts)) return
  const payload = { mailboxId: box.mailboxId, late, came: late - box.lateMessages, missing }
  await recordWave(ctx, waveId, 'mailbox_late', payload)
}

async function goOn(
  ctx: TxContext,
  { waveId, box, isBack }: Carried,
  now: BoxRow,
  { reason, isGood }: { reason: WaitReason | null; isGood: boolean },
) {
  // Somebody stopped it, or cut it over, while it was being copied: that holds.
  if (now.state !== box.state) return
  if (reason !== null && reason !== now.waitsFor) {
    await recordWave(ctx, waveId, 'mailbox_waits', { mailboxId: box.mailboxId, waitsFor: reason })
    await updateBox(ctx, waveId, box.mailboxId, { waits_for: reason })
  }
  const to = isBack ? 'rolled_back' : nextState[box.state]
  if (isGood && to !== undefined && to !== now.state) await moveBox(ctx, waveId, now, to)
}

const progressOf = ({ copyId, result }: Copied, counts: CopyCounts) => ({
  ...{ copy_id: copyId, done_messages: counts.present, done_bytes: counts.bytes, set_aside: counts.setAside },
  ...(result.folders > 0 && { messages: Math.max(result.messages.source, counts.present + counts.setAside) }),
})

const other: Record<Side, Side> = { source: 'target', target: 'source' }

// What was set aside and decided on is no reason any more; everything else that is not at the target is.
function reasonToWait({ isWhole, result }: Copied, counts: CopyCounts, isBack: boolean): WaitReason | null {
  if (isWhole) return null
  // Words about servers mean those of the wave: on the way back the new one is the source of the copy.
  const sideOf = (side: Side) => (isBack ? other[side] : side)
  const trouble = result.problems.find(({ code }) =>
    ['auth', 'certificate', 'plain_refused', 'refused', 'limit'].includes(code),
  )
  if (trouble !== undefined) return troubleReason(sideOf(trouble.side), trouble.code)
  if (result.problems.some(({ code }) => code === 'over_quota')) return 'target_full'
  const { messages, lost, problems } = result
  const isAccounted = result.folders > 0 && messages.source === counts.present + counts.setAside
  const grave = problems.some(({ code }) =>
    ['folder_refused', 'folder_missing', 'message_missing', 'not_copied'].includes(code),
  )
  if (isAccounted && counts.open === 0 && lost === 0 && !grave) return counts.undecided > 0 ? 'choices' : null
  const broken = problems.findLast(
    ({ code }) => (serverTroubles as readonly string[]).includes(code) && code !== 'renumbered',
  )
  if (broken !== undefined && !isAccounted) return troubleReason(sideOf(broken.side), broken.code)
  return 'incomplete'
}

// Of what comes late all is known once the old mailbox was gone through: that its user empties it is no reason to wait.
function lateReason(copied: Copied, counts: CopyCounts): WaitReason | null {
  if (copied.isSettled) return counts.undecided > 0 ? 'choices' : null
  return reasonToWait({ ...copied, isWhole: false }, counts, false) ?? 'incomplete'
}

/** Makes the proof of a mailbox anew from what the ledger has: what was decided after it was made is part of it. */
export async function renewProof(ctx: Context, at: Pick<Carried, 'waveId' | 'box' | 'ends'>): Promise<void> {
  const { copyId, mailboxId } = at.box
  if (copyId === null || at.box.proofSha256 === null) return
  const counts = await read(ctx, (ctx) => selectCopyCounts(ctx, copyId))
  const proof = await keepProof(ctx, at.ends)
  await transact(ctx, async (ctx) => {
    await recordProof(ctx, at, copyId, proof, counts)
    await updateBox(ctx, at.waveId, mailboxId, proof.columns, true)
  })
}

async function recordProof(
  ctx: TxContext,
  { waveId, box: { mailboxId } }: Pick<Carried, 'waveId' | 'box'>,
  copyId: string,
  { file, columns }: Awaited<ReturnType<typeof keepProof>>,
  { present, verified, setAside }: CopyCounts,
) {
  await recordFile(ctx, file)
  await recordWave(ctx, waveId, 'mailbox_proved', {
    ...{ mailboxId, copyId, sha256: columns.proof_sha256.toString('hex') },
    ...{ messages: present + setAside, verified, setAside },
  })
}

// The signed manifest as a file; its digest is that of the sealed event.
async function keepProof(ctx: Context, ends: { from: Account; to: AnyAccount }) {
  const manifest = await makeManifest(ctx, ends)
  const file = await ctx.services.files.keep(Buffer.from(`${JSON.stringify(manifest)}\n`), largestManifest)
  const digest = Buffer.from(digestOf(signedBytes(manifest.content)), 'hex')
  return { file, columns: { proof_sha256: digest, proof_file: file.sha256 } }
}
