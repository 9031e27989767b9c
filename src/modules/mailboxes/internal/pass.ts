/** One attempt at one folder: look, send, read back, settle. Ends with everything accounted for, or throws; either may be repeated. */
import { read, transact } from '../../../platform/context.ts'
import { withdrawDoubles } from './doubles.ts'
import { followFlags } from './flags.ts'
import type { Item } from './item-queries.ts'
import { countItems, type FolderCount, updateStandings } from './ledger-queries.ts'
import { isOpen, leaveGone, listChanged, openItems, readLedger, tellUngiven } from './listing.ts'
import { lookThrough, sameStanding } from './look-through.ts'
import { type Standing, standingOf } from './mail-server.ts'
import { openMultiset } from './multiset.ts'
import { type Arrived, judgeUnequal, openChecker } from './read-back.ts'
import { type FolderJob, type FolderTally, noStrays, type Pass, type Run, renumberTally, tell } from './run.ts'
import { sendAll } from './send.ts'
import type { Listed, Source } from './source.ts'
import { ensureFolder, type Target } from './target.ts'
import { MailTrouble } from './trouble.ts'
import { isSpent } from './unanswered.ts'

/** Whether nothing changed on either side since the folder was copied to its end, and nothing of it is open. */
export function isUnchanged(
  { ledger }: FolderJob,
  source: Standing | null,
  target: Standing | null,
  count: FolderCount | undefined,
): boolean {
  // Without modification numbers nobody can tell whether flags changed without looking at all of them.
  if (source === null || source.modseq === null) return false
  const { verified = 0, present = 0, setAside = 0, open = 0 } = count ?? {}
  const isSettled = verified === source.messages && present === verified && setAside === 0 && open === 0
  return isSettled && sameStanding(ledger.sourceStanding, source) && sameStanding(ledger.targetStanding, target)
}

// Where somebody else copied and made no such folder: none of its messages is there.
const noFolder: Standing = { uidvalidity: 0, uidnext: 1, messages: 0, modseq: null }

/** Copies a folder as it is now. `tally` collects over attempts. */
export async function passFolder(
  run: Run,
  source: Source,
  target: Target,
  job: FolderJob,
  tally: FolderTally,
): Promise<void> {
  const sourceStanding = await source.standing(job.folder.path)
  if (sourceStanding === null) throw new MailTrouble('source', 'other', 'STATUS')
  const targetStanding = await enter(run, target, job)
  if (targetStanding === null) {
    tally.source = sourceStanding.messages
    tally.notCopied = sourceStanding.messages
    return
  }
  const standings = { sourceStanding, targetStanding }
  const pass: Pass = {
    ...{ run, source, target, job, tally, ...standings },
    ...{ items: new Map(), orphans: openMultiset([]), strays: noStrays() },
  }
  renumberTally(tally, sourceStanding.uidvalidity)
  await source.open(job.folder.path)
  await readLedger(pass)
  const { listed, isAll } = await listChanged(pass)
  tally.notCopied = 0
  await lookThrough(pass, listed)
  await bring(pass, listed, isAll)
  await settle(pass)
}

/** How the folder stands at the target, made where it is not there; null, and told, where the target has none and makes none. */
export async function enter(run: Run, target: Target, job: FolderJob): Promise<Standing | null> {
  const words = run.sends ? await ensureFolder(target, job.mapped, job.folder) : null
  const found = words === null ? await standingOf(target.checker, job.mapped.target) : null
  if (found !== null || !run.sends) return found ?? noFolder
  tell(run, { side: 'target', code: 'folder_refused', folder: job.folder.path, words: words ?? 'STATUS' })
  return null
}

async function bring(pass: Pass, listed: readonly Listed[], isAll: boolean): Promise<void> {
  if (pass.run.sends) await followFlags(pass, listed)
  await sendAndRead(pass, [
    ...(isAll ? [] : openItems(pass, listed)),
    ...listed.filter(({ uid }) => isOpen(pass.items.get(uid))),
  ])
  if (isAll) await leaveGone(pass, listed)
  if (pass.run.sends) await withdrawDoubles(pass)
}

/** Sends these, and reads back what the target has acknowledged, earlier or now. */
export async function sendAndRead(pass: Pass, toSend: readonly Listed[]): Promise<void> {
  const checker = openChecker(pass)
  const stored = [...pass.items.values()].filter(
    ({ state, isGone }) => state === 'stored' && !(pass.run.isLate && isGone),
  )
  checker.push(stored.flatMap(arrivedOf))
  const wanted = toSend.filter(({ uid }) => !isSpent(pass.items.get(uid)))
  const ungiven = await sendAll(pass, wanted, checker).catch(async (error: unknown) => {
    await checker.drain().catch(() => undefined) // what did arrive is judged; the first failure is the one that is told
    throw error
  })
  await judgeUnequal(pass, await checker.drain())
  if (ungiven.length > 0) await tellUngiven(pass, ungiven)
}

function arrivedOf({ uid, targetUid, sha256, flags, receivedAt, size }: Item): Arrived[] {
  return targetUid === null || sha256 === null ? [] : [{ uid, targetUid, sha256, flags, receivedAt, size }]
}

// Written down as done only when it is: everything listed is in the ledger, verified or set aside.
async function settle(pass: Pass): Promise<void> {
  const { run, job, tally, target, sourceStanding } = pass
  const [count] = await read(run.ctx, (ctx) => countItems(ctx, run.copyId, job.ledger.id))
  const { present = 0, setAside = 0, open: intents = 0 } = count ?? {}
  // Without its answer (no UIDPLUS) a message is found by its digest: the next pass looks.
  if (run.sends && intents > 0 && !target.can('UIDPLUS')) throw new MailTrouble('target', 'other', 'no UIDPLUS')
  tally.isWhole = intents === 0 && tally.notCopied === 0 && present + setAside >= tally.source
  const targetStanding = await standingOf(target.checker, job.mapped.target)
  const done = tally.isWhole && targetStanding !== null ? { source: sourceStanding, target: targetStanding } : null
  await transact(run.ctx, (ctx) => updateStandings(ctx, job.ledger.id, done))
  job.ledger.sourceStanding = done?.source ?? null
  job.ledger.targetStanding = done?.target ?? null
}
