/**
 * After the cut-over: which messages are new at the source. Nothing that was at the target once is among them: it is its
 * user's now, who may have deleted or moved it. The same for every kind of target.
 */
import { read, transact } from '../../../platform/context.ts'
import { keepBeforehand, selectBeforehand, selectUndecided } from './late-queries.ts'
import { countItems, type FolderCount, updateLateStandings } from './ledger-queries.ts'
import type { Standing } from './mail-server.ts'
import { openMultiset } from './multiset.ts'
import { type FolderJob, goOn, type SourceSide } from './run.ts'
import { batchesOf, closeAll } from './send.ts'
import type { Listed } from './source.ts'

/** Whether nothing has come to the source since it was last looked at, and nothing of it is open. */
export function isQuiet({ folder, ledger }: Pick<FolderJob, 'folder' | 'ledger'>, count: FolderCount | undefined) {
  const [before, now] = [ledger.sourceStanding, folder.standing]
  if (before === null || now === null) return false
  const { open = 0, present = 0, verified = 0 } = count ?? {}
  return before.uidvalidity === now.uidvalidity && before.uidnext === now.uidnext && open === 0 && present === verified
}

/**
 * What is to be brought of the open folder: what is new, and what of it was open from an earlier look. What a user moved at
 * the source from where it was copied before is written down as known and left where it is.
 */
export async function listLate(side: SourceSide): Promise<Listed[]> {
  const { run, source, sourceStanding, job, items } = side
  const { sourceStanding: before } = job.ledger
  const isSame = before?.uidvalidity === sourceStanding.uidvalidity && sourceStanding.modseq !== null
  const listed = await source.list(isSame ? before.modseq : null)
  const fresh = listed.filter(({ uid }) => !items.has(uid))
  const moved = await movedHere(side, fresh)
  const undecided = new Set(await read(run.ctx, (ctx) => selectUndecided(ctx, job.ledger.id)))
  const open = [...items.values()].filter(
    ({ state, uid, isGone }) => !isGone && (state === 'intent' || (state === 'refused' && undecided.has(uid))),
  )
  return [...open, ...fresh.filter(({ uid }) => !moved.has(uid))]
}

// A message that has left the place it was copied from, and is now here: not new.
async function movedHere(side: SourceSide, fresh: readonly Listed[]): Promise<Set<number>> {
  const { run, source, job, sourceStanding } = side
  const found: (Listed & { sha256: string })[] = []
  for (const batch of batchesOf(fresh, run.limits)) {
    goOn(run)
    const fetched = await source.fetch(batch)
    found.push(...fetched.map(({ content: _, ...message }) => message))
    await closeAll(fetched)
  }
  const digests = found.map(({ sha256 }) => sha256)
  const place = { folderId: job.ledger.id, uidvalidity: sourceStanding.uidvalidity }
  const known = await read(run.ctx, (ctx) => selectBeforehand(ctx, run.copyId, place, digests))
  if (known.length === 0) return new Set()
  const left = openMultiset(await thoseThatLeft(side, known))
  const moved = found.filter(({ sha256, receivedAt }) => left.take(sha256, receivedAt) !== null)
  await transact(run.ctx, (ctx) => keepBeforehand(ctx, job.ledger.id, sourceStanding.uidvalidity, moved))
  return new Set(moved.map(({ uid }) => uid))
}

type Beforehand = Awaited<ReturnType<typeof selectBeforehand>>[number]

async function thoseThatLeft({ source, job }: SourceSide, known: readonly Beforehand[]): Promise<Beforehand[]> {
  const left: Beforehand[] = []
  for (const [path, some] of Map.groupBy(known, ({ folder }) => folder)) {
    const standing = await source.standing(path).catch(() => null)
    if (standing !== null) await source.open(path)
    const there = new Set(standing === null ? [] : (await source.list(null)).map(({ uid }) => uid))
    for (const one of some) {
      // Under other numbers nobody can tell: rather twice than not at all.
      const isUnknown = standing !== null && standing.uidvalidity !== one.uidvalidity
      if (one.isGone || (!isUnknown && !there.has(one.uid))) left.push(one)
    }
  }
  await source.open(job.folder.path)
  return left
}

/**
 * How far the folder is: settled when of everything that came it is known what became of it. Does not ask whether what was
 * brought is still at the target. `target`: how the folder stands there, where that was looked at.
 */
export async function settleLate(side: SourceSide, target: Standing | null): Promise<void> {
  const { run, job, tally, sourceStanding } = side
  const [counts, undecided] = await read(run.ctx, async (ctx) => [
    await countItems(ctx, run.copyId, job.ledger.id),
    await selectUndecided(ctx, job.ledger.id),
  ])
  const { present = 0, setAside = 0, open = 0 } = counts[0] ?? {}
  tally.source = present + setAside + open + tally.notCopied
  tally.isWhole = tally.notCopied === 0 && (open === 0 || !run.sends)
  if (!tally.isWhole || open > 0 || undecided.length > 0) return
  await transact(run.ctx, (ctx) => updateLateStandings(ctx, job.ledger.id, sourceStanding, target))
}
