/** A run over all folders: tries again where that can help, stops where it cannot, and counts what came of it. */
import { setTimeout as sleep } from 'node:timers/promises'
import { read, transact } from '../../../platform/context.ts'
import type { CopyProblem, CopyResult } from '../schema.ts'
import type { Account } from './account.ts'
import { readAccess } from './acl.ts'
import { mapFolders } from './folder-names.ts'
import { type AnyAccount, isGmail } from './gmail-account.ts'
import { openGmailSource } from './gmail-source.ts'
import { selectSetAside } from './item-queries.ts'
import { isQuiet } from './late.ts'
import { passLate } from './late-pass.ts'
import { countItems, insertFolder, leaveFolders, selectFolders } from './ledger-queries.ts'
import { leavingOut } from './left-out.ts'
import { type Standing, standingOf } from './mail-server.ts'
import { isUnchanged, passFolder } from './pass.ts'
import { type FolderJob, type FolderTally, goOn, newTally, type Run, tell, tellOneMore } from './run.ts'
import { openSource, type Source, type SourceFolder } from './source.ts'
import { openTarget, type Target } from './target.ts'
import { MailTrouble } from './trouble.ts'

/** Messages set aside that a report names one by one. */
const mostNamed = 1000

export type Session = { source: Source; target: Target }
export type Sides = { from: AnyAccount; to: Account; folders: readonly string[] }

/** What is under way when a run is ended has so long to arrive; then the connections are closed. */
const graceMs = 3000

/** One connection to each side. Throws a MailTrouble. */
export async function openSession({ from, to }: Sides, run: Run): Promise<Session> {
  goOn(run)
  const source = isGmail(from) ? await openGmailSource(from, run) : await openSource(from, run.limits)
  try {
    const target = await openTarget(to, run.limits)
    const largest = [target.appendLimit, run.limits.largest].filter((one) => one !== null)
    const seen = leavingOut(source, run.leftOut)
    const session = {
      source: seen,
      target: { ...target, appendLimit: largest.length === 0 ? null : Math.min(...largest) },
    }
    const end = () => void setTimeout(() => closeSession(session), graceMs).unref()
    run.signal.addEventListener('abort', end, { once: true })
    return session
  } catch (error) {
    source.close()
    throw error
  }
}

export function closeSession(session: Session | null): void {
  session?.source.close()
  session?.target.close()
}

/** The folders that are this mailbox's own, and those of them that are wanted; what is left out is told. */
export async function chooseFolders(
  run: Run,
  source: Source,
  wanted: readonly string[],
): Promise<{ own: SourceFolder[]; chosen: SourceFolder[] }> {
  const all = await source.folders()
  for (const path of wanted)
    if (!all.some((one) => one.path === path)) tell(run, { side: 'source', code: 'folder_missing', folder: path })
  const isWanted = ({ path }: SourceFolder) => wanted.length === 0 || wanted.includes(path)
  for (const { path } of all.filter((one) => one.isForeign && isWanted(one)))
    tell(run, { side: 'source', code: 'other_namespace', folder: path })
  const own = all.filter(({ isForeign }) => !isForeign)
  return { own, chosen: own.filter(isWanted) }
}

/** Copies every folder as far as it goes; fills the run's tallies and problems. */
export async function copyFolders(run: Run, sides: Sides): Promise<void> {
  const begun = await insist(run, null, () => begin(run, sides))
  if (begun === null) return
  let session: Session | null = begun.session
  try {
    const counts = new Map(
      (await read(run.ctx, (ctx) => countItems(ctx, run.copyId))).map((one) => [one.folderId, one]),
    )
    const work = begun.jobs.map((job, index) => ({
      job,
      tally: tallyOf(run, job),
      target: begun.targets[index] ?? null,
    }))
    for (const { job, tally, target } of work) {
      goOn(run)
      const count = counts.get(job.ledger.id)
      tally.isWhole = run.isLate ? isQuiet(job, count) : isUnchanged(job, job.folder.standing, target, count)
      if (run.isLate) tally.source = 0 // what is at the source now is not what is counted
      if (tally.isWhole) continue
      session = await copyFolder(run, sides, session, job, tally)
      if (session === null) return
    }
    await tellAccess(run, sides.from, begun.jobs)
    run.isEnded = true
  } finally {
    closeSession(session)
  }
}

/** Both sides open, the folders there are to copy, and how each stands at the target. */
type Begun = { session: Session; jobs: FolderJob[]; targets: (Standing | null)[] }

async function begin(run: Run, sides: Sides): Promise<Begun> {
  const session = await openSession(sides, run)
  try {
    const jobs = await jobsOf(run, session, sides)
    const { checker } = session.target
    return { session, jobs, targets: await Promise.all(jobs.map(({ mapped }) => standingOf(checker, mapped.target))) }
  } catch (error) {
    closeSession(session)
    throw error
  }
}

/** What is counted of a folder, from how it stands. */
export function tallyOf(run: Run, { folder, ledger }: Pick<FolderJob, 'folder' | 'ledger'>): FolderTally {
  const tally = { ...newTally(folder.path), source: folder.standing?.messages ?? 0 }
  run.tallies.set(ledger.id, tally)
  return tally
}

async function jobsOf(run: Run, { source, target }: Session, { folders: wanted }: Sides): Promise<FolderJob[]> {
  const { own, chosen } = await chooseFolders(run, source, wanted)
  const known = new Map(
    (await read(run.ctx, (ctx) => selectFolders(ctx, run.copyId))).map((one) => [one.sourcePath, one]),
  )
  const names = new Map([...known].map(([path, { targetPath }]) => [path, targetPath]))
  const mapped = new Map(
    mapFolders(own, source.prefix, { ...target.names, under: run.under }, names).map((one) => [one.path, one]),
  )
  return transact(run.ctx, async (ctx) => {
    // After the cut-over the old mailbox is not followed any more.
    if (wanted.length === 0 && !run.isLate)
      await leaveFolders(
        ctx,
        run.copyId,
        own.map(({ path }) => path),
      )
    const jobs: FolderJob[] = []
    for (const folder of chosen) {
      const one = mapped.get(folder.path)
      if (one === undefined) continue
      if (one.isRenamed) tell(run, { side: 'target', code: 'folder_renamed', folder: folder.path, words: one.target })
      const ledger = known.get(folder.path) ?? (await insertFolder(ctx, run.copyId, folder.path, one.target))
      jobs.push({ folder, mapped: one, ledger })
    }
    return jobs
  })
}

// Answers with the session to go on with; null when there is no going on.
async function copyFolder(
  run: Run,
  sides: Sides,
  first: Session,
  job: FolderJob,
  tally: FolderTally,
): Promise<Session | null> {
  let session: Session | null = first
  const done = await insist(run, job, async () => {
    session ??= await openSession(sides, run)
    try {
      await (run.isLate ? passLate : passFolder)(run, session.source, session.target, job, tally)
      return true
    } catch (error) {
      closeSession(session)
      session = null
      run.window.reset()
      throw error
    }
  })
  if (done !== null) return session
  // This folder would not go; the next may, if the servers are there at all.
  return insist({ ...run, limits: { ...run.limits, attempts: 1 } }, null, () => openSession(sides, run))
}

/** Again and again with longer pauses, as long as something gets further or the attempts last; null when it was given up. */
export async function insist<Result>(
  run: Run,
  job: Pick<FolderJob, 'folder'> | null,
  work: () => Promise<Result>,
): Promise<Result | null> {
  let failures = 0
  for (;;) {
    const before = run.progress
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof MailTrouble)) throw error
      goOn(run)
      failures = run.progress > before ? 1 : failures + 1
      const { side, code, words } = error
      tellOneMore(run, { side, code, ...(job && { folder: job.folder.path }), ...(words !== '' && { words }) })
      if (!error.mayPass || failures >= run.limits.attempts) return null
      await sleep(run.limits.pause * 2 ** (failures - 1))
    }
  }
}

/** Who else may open these folders of the source. */
export async function tellAccess(run: Run, from: AnyAccount, jobs: readonly Pick<FolderJob, 'folder'>[]) {
  if (isGmail(from)) return // who else opens a mailbox of Google is set elsewhere
  const paths = jobs.map(({ folder }) => folder.path)
  for (const { folder, identifier, rights } of (await insist(run, null, () => readAccess(from, paths, run.limits))) ??
    [])
    run.problems.push({ side: 'source', code: 'acl', folder, words: `${identifier} ${rights}` })
}

/** What the run came to, from the ledger; `began` in ms of `performance.now()`. */
export async function resultOf(run: Run, began: number): Promise<CopyResult> {
  const [counts, setAside] = await read(run.ctx, async (ctx) => [
    await countItems(ctx, run.copyId),
    await selectSetAside(ctx, run.copyId, mostNamed),
  ])
  const byFolder = new Map(counts.map((one) => [one.folderId, one]))
  const total = { source: 0, copied: 0, alreadyThere: 0, refused: 0, verified: 0 }
  let [bytes, lost] = [0, 0]
  for (const [folderId, tally] of run.tallies) {
    const count = byFolder.get(folderId) ?? { present: 0, verified: 0, setAside: 0 }
    const copied = Math.min(tally.earlier + tally.arrived.size, count.present)
    total.source += Math.max(tally.source, count.present + count.setAside)
    total.copied += copied
    total.alreadyThere += count.present - copied
    total.refused += count.setAside
    total.verified += count.verified
    bytes += tally.bytes
    lost += [...tally.acknowledged].filter((uid) => !tally.arrived.has(uid)).length
    const left = tally.source - count.present - count.setAside
    if (left > 0) tell(run, { side: 'target', code: 'not_copied', folder: tally.path, count: left })
    const unread = count.present - count.verified
    if (unread > 0) tell(run, { side: 'target', code: 'not_verified', folder: tally.path, count: unread })
  }
  const paths = new Set([...run.tallies.values()].map(({ path }) => path))
  run.problems.push(...setAside.filter(({ folder }) => paths.has(folder)).flatMap(problemOf))
  const seconds = Math.max(0.001, (performance.now() - began) / 1000)
  const messagesPerSecond = Math.round((total.copied / seconds) * 10) / 10
  const problems = run.problems
  return {
    folders: run.tallies.size,
    messages: total,
    bytes,
    seconds: round(seconds),
    messagesPerSecond,
    lost,
    problems,
  }
}

const round = (seconds: number) => Math.round(seconds * 1000) / 1000

type SetAside = Awaited<ReturnType<typeof selectSetAside>>[number]

function problemOf({ folder, uid, state, reason }: SetAside): CopyProblem[] {
  if (state !== 'refused' && state !== 'altered') return []
  const code = state === 'refused' ? 'message_refused' : 'message_altered'
  return [{ side: 'target', code, folder, uid, ...(reason !== null && { words: reason }) }]
}

/** Codes after which a copy is not whole, whatever the counts say. */
const grave = ['folder_refused', 'folder_missing', 'message_missing']

/** Whether every message of the source is at the target, read back and equal. */
export function isWhole(run: Pick<Run, 'tallies' | 'isEnded'>, { messages, lost, problems }: CopyResult): boolean {
  const { source, copied, alreadyThere, refused, verified } = messages
  const isCounted = source === copied + alreadyThere && verified === source && refused === 0 && lost === 0
  return isCounted && isSettled(run, { problems })
}

/** Whether every folder was gone through to its end, and nothing of it is unaccounted for. */
export function isSettled(run: Pick<Run, 'tallies' | 'isEnded'>, { problems }: Pick<CopyResult, 'problems'>): boolean {
  const isEnded = run.isEnded && [...run.tallies.values()].every((tally) => tally.isWhole)
  return isEnded && !problems.some(({ code }) => grave.includes(code))
}
