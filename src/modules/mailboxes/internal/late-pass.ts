/** One look at one folder after the cut-over: what is new at the source is brought, and read back; nothing else is touched. */
import { read, transact } from '../../../platform/context.ts'
import { keepGone } from './item-queries.ts'
import { listLate, settleLate } from './late.ts'
import { countItems } from './ledger-queries.ts'
import { readLedger } from './listing.ts'
import { readStrays, recognise, targetUids, untilQuiet } from './look-through.ts'
import { type Standing, standingOf } from './mail-server.ts'
import { openMultiset } from './multiset.ts'
import { enter, sendAndRead } from './pass.ts'
import {
  type FolderJob,
  type FolderTally,
  noStrays,
  type Pass,
  type Run,
  renumberTally,
  type SourceSide,
} from './run.ts'
import type { Listed, Source } from './source.ts'
import type { Target } from './target.ts'
import { MailTrouble } from './trouble.ts'

/** Brings what came to a folder since it was last looked at. `tally` collects over attempts. */
export async function passLate(
  run: Run,
  source: Source,
  target: Target,
  job: FolderJob,
  tally: FolderTally,
): Promise<void> {
  const sourceStanding = await source.standing(job.folder.path)
  if (sourceStanding === null) throw new MailTrouble('source', 'other', 'STATUS')
  renumberTally(tally, sourceStanding.uidvalidity)
  tally.notCopied = 0
  await source.open(job.folder.path)
  const side: SourceSide = {
    ...{ run, source, job, tally, sourceStanding },
    ...{ items: new Map(), orphans: openMultiset([]) },
  }
  await readLedger(side)
  const toBring = await listLate(side)
  const isUnread = [...side.items.values()].some(({ state, isGone }) => state === 'stored' && !isGone)
  const standing = toBring.length > 0 || isUnread ? await bring(side, target, job, toBring) : null
  await settleLate(side, standing)
}

// Answers how the folder stands at the target afterwards.
async function bring(
  side: SourceSide,
  target: Target,
  job: FolderJob,
  toBring: readonly Listed[],
): Promise<Standing | null> {
  const { run, tally } = side
  // Only now that there is something for it is the folder looked for, and made anew where its user has removed it.
  const targetStanding = await enter(run, target, job)
  if (targetStanding === null) {
    tally.notCopied = toBring.length
    return null
  }
  const pass: Pass = { ...side, job, target, targetStanding, strays: noStrays() }
  await lookForLate(pass)
  await sendAndRead(
    pass,
    toBring.filter(({ uid }) => {
      const item = pass.items.get(uid)
      return item === undefined || (!item.isGone && (item.state === 'intent' || item.state === 'refused'))
    }),
  )
  const [count] = await read(run.ctx, (ctx) => countItems(ctx, run.copyId, job.ledger.id))
  // Without its answer (no UIDPLUS) a message is found by its digest: the next attempt looks.
  if (run.sends && (count?.open ?? 0) > 0 && !target.can('UIDPLUS'))
    throw new MailTrouble('target', 'other', 'no UIDPLUS')
  return standingOf(target.checker, job.mapped.target)
}

/**
 * Finds what an interrupted look has sent and not heard of, or what whoever copies has brought meanwhile. What is no longer
 * at the target, or under no number there after it renumbered its messages, was taken away by its user.
 */
async function lookForLate(pass: Pass): Promise<void> {
  const { run, job, targetStanding } = pass
  if (targetStanding.uidvalidity === 0) return
  const { targetUidvalidity, targetStanding: before } = job.ledger
  const isRenumbered = targetUidvalidity !== null && targetUidvalidity !== targetStanding.uidvalidity
  const all = [...pass.items.values(), ...pass.orphans.left()].filter(({ isGone }) => !isGone)
  const open = all.filter(({ state }) => state === 'intent')
  const stored = all.filter(({ state }) => state === 'stored')
  if (open.length > 0 && run.sends) await untilQuiet(pass)
  const mayLook = isRenumbered || open.length + stored.length > 0 || !run.sends
  const uids = mayLook ? await targetUids(pass) : []
  const there = new Set(uids)
  const lost = isRenumbered ? all.filter(({ targetUid }) => targetUid !== null) : []
  const known = new Set(isRenumbered ? [] : all.flatMap(({ targetUid }) => targetUid ?? []))
  const since = run.sends ? Math.min(...open.map(({ sentAfter }) => sentAfter ?? 1)) : (before?.uidnext ?? 1)
  const unknown = uids.filter((uid) => (isRenumbered || uid >= since) && !known.has(uid))
  pass.strays = openMultiset(await readStrays(pass, unknown))
  await recognise(pass, [...open, ...lost], lost, isRenumbered)
  const taken = isRenumbered
    ? lost.filter(({ targetUid }) => targetUid === null)
    : stored.filter(({ targetUid }) => targetUid !== null && !there.has(targetUid))
  await transact(run.ctx, (ctx) => keepGone(ctx, job.ledger.id, taken))
  for (const item of taken) item.isGone = true
}
