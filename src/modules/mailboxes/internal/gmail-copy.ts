/** A run over all folders into Gmail: labels made, equal messages one, everything read back. */
import { read, transact } from '../../../platform/context.ts'
import type { Account } from './account.ts'
import { chooseFolders, insist, tallyOf, tellAccess } from './copy-run.ts'
import type { GmailAccount } from './gmail-account.ts'
import { type Gmail, openGmail } from './gmail-api.ts'
import { ensureLabel } from './gmail-labels.ts'
import { folderRank, marksOf } from './gmail-marks.ts'
import { labelKey, type MappedLabel, mapLabels } from './gmail-names.ts'
import { passGmailFolder } from './gmail-pass.ts'
import {
  countMerged,
  keepGmailStanding,
  keepLabel,
  knowReturned,
  loosenIds,
  selectFlagSets,
  selectGmailFolders,
  selectPlaced,
} from './gmail-queries.ts'
import { forget, type GmailRun, remember } from './gmail-run.ts'
import { flagText } from './imap-text.ts'
import { isQuiet } from './late.ts'
import {
  countItems,
  type FolderCount,
  insertFolder,
  type LedgerFolder,
  leaveFolders,
  selectFolders,
} from './ledger-queries.ts'
import { sameStanding } from './look-through.ts'
import { openMultiset } from './multiset.ts'
import { type FolderTally, goOn, type Run, tell } from './run.ts'
import { openSource, type Source, type SourceFolder } from './source.ts'
import { MailTrouble } from './trouble.ts'

export type GmailSides = { from: Account; to: GmailAccount; folders: readonly string[] }

/** A folder, its label, and how both sides stood when it was copied to its end. */
type GmailJob = {
  folder: SourceFolder
  mapped: MappedLabel
  ledger: LedgerFolder
  historyId: string | null
  labelId: string | null
}
type Work = { job: GmailJob; tally: FolderTally }

/** Copies every folder as far as it goes; fills the run's tallies and problems. */
export async function copyToGmail(run: Run, sides: GmailSides): Promise<void> {
  const gmail = openGmail(sides.to, run.limits, run.signal)
  const begun = await insist(run, null, () => begin(run, sides, gmail))
  if (begun === null) return
  let source: Source | null = begun.source
  try {
    const work = begun.jobs.map((job) => ({ job, tally: tallyOf(run, job) }))
    if (run.isLate) await passOverQuiet(run, work)
    const left = work.filter(({ tally }) => !tally.isWhole)
    if (left.length === 0 || (await isUnchanged(run, work, begun.historyId)))
      for (const { tally } of work) tally.isWhole = true
    else {
      const into = await insist(run, null, () => look(run, sides, gmail, begun.labels))
      if (into === null) return
      for (const one of left) {
        goOn(run)
        source = await copyFolder(into, sides, source, one)
        if (source === null) return
      }
      if (!run.isLate) await insist(run, null, () => settle(into, work))
    }
    await tellDifferences(run, begun.jobs)
    await tellAccess(run, sides.from, begun.jobs)
    run.isEnded = true
  } finally {
    source?.close()
  }
}

type Begun = { source: Source; jobs: GmailJob[]; labels: GmailRun['labels']; historyId: string }

async function begin(run: Run, { from, folders }: GmailSides, gmail: Gmail): Promise<Begun> {
  const source = await openSource(from, run.limits)
  try {
    const historyId = await gmail.historyId()
    const labels = new Map((await gmail.labels()).map((one) => [labelKey(one.name), one]))
    return { source, historyId, labels, jobs: await jobsOf(run, source, folders, labels) }
  } catch (error) {
    source.close()
    throw error
  }
}

async function jobsOf(
  run: Run,
  source: Source,
  wanted: readonly string[],
  labels: GmailRun['labels'],
): Promise<GmailJob[]> {
  const { own, chosen } = await chooseFolders(run, source, wanted)
  const [ledger, more] = await read(run.ctx, async (ctx) => [
    await selectFolders(ctx, run.copyId),
    await selectGmailFolders(ctx, run.copyId),
  ])
  const known = new Map(ledger.map((one) => [one.sourcePath, one]))
  const names = new Map(ledger.map(({ sourcePath, targetPath }) => [sourcePath, targetPath]))
  const existing = [...labels.values()].map(({ name }) => name)
  const mapped = new Map(mapLabels(own, source.prefix, existing, names, run.under).map((one) => [one.path, one]))
  return transact(run.ctx, async (ctx) => {
    if (wanted.length === 0 && !run.isLate)
      await leaveFolders(
        ctx,
        run.copyId,
        own.map(({ path }) => path),
      )
    const jobs: GmailJob[] = []
    for (const folder of chosen) {
      const one = mapped.get(folder.path)
      if (one === undefined) continue
      if (one.isRenamed) tell(run, { side: 'target', code: 'folder_renamed', folder: folder.path, words: one.target })
      const found = known.get(folder.path) ?? (await insertFolder(ctx, run.copyId, folder.path, one.target))
      const { historyId = null, labelId = null } = more.find(({ id }) => id === found.id) ?? {}
      jobs.push({ folder, mapped: one, ledger: found, historyId, labelId })
    }
    await knowReturned(ctx, run.copyId)
    return jobs.sort((a, b) => folderRank(a.mapped.target) - folderRank(b.mapped.target))
  })
}

// Where nothing has come to the source no label is touched.
async function passOverQuiet(run: Run, work: readonly Work[]) {
  const counts = new Map((await read(run.ctx, (ctx) => countItems(ctx, run.copyId))).map((one) => [one.folderId, one]))
  for (const { job, tally } of work) {
    tally.source = 0
    tally.isWhole = isQuiet(job, counts.get(job.ledger.id))
  }
}

// Nothing happened at Gmail or at the source since everything was copied to its end.
async function isUnchanged(run: Run, work: readonly Work[], historyId: string): Promise<boolean> {
  const counts = new Map((await read(run.ctx, (ctx) => countItems(ctx, run.copyId))).map((one) => [one.folderId, one]))
  return work.every(({ job: { folder, ledger, historyId: then } }) => {
    const { standing } = folder
    if (standing === null || standing.modseq === null || then !== historyId) return false
    return isSettled(standing.messages, counts.get(ledger.id)) && sameStanding(ledger.sourceStanding, standing)
  })
}

function isSettled(messages: number, count: FolderCount | undefined): boolean {
  const { verified = 0, present = 0, setAside = 0, open = 0 } = count ?? {}
  return verified === messages && present === verified && setAside === 0 && open === 0
}

// Which messages are at Gmail; those of the ledger that are not will be sent again.
async function look(run: Run, { to }: GmailSides, gmail: Gmail, labels: GmailRun['labels']): Promise<GmailRun> {
  const before = new Set<string>()
  for await (const page of gmail.ids({})) for (const id of page) before.add(id)
  const deleted = to.deleted ?? 'trash'
  const into: GmailRun = {
    run,
    gmail,
    deleted,
    method: to.method ?? 'import',
    known: new Map(),
    digests: new Map(),
    before,
    labels,
    settled: new Map(),
  }
  for (const placed of await read(run.ctx, (ctx) => selectPlaced(ctx, run.copyId))) remember(into, placed)
  const lost = [...into.digests.keys()].filter((id) => !before.has(id))
  for (const id of lost) forget(into, id)
  // After the cut-over what is no longer there was taken away by its user.
  if (lost.length > 0 && !run.isLate && !run.isHandedOver) {
    for (const { folder, count } of await transact(run.ctx, (ctx) => loosenIds(ctx, run.copyId, lost)))
      tell(run, { side: 'target', code: 'copied_again', folder, count })
  }
  return into
}

// Answers with the source to go on with; null when there is no going on.
async function copyFolder(into: GmailRun, sides: GmailSides, first: Source, work: Work): Promise<Source | null> {
  const { run } = into
  let source: Source | null = first
  const done = await insist(run, work.job, async () => {
    source ??= await openSource(sides.from, run.limits)
    try {
      await passFolder(into, source, work)
      return true
    } catch (error) {
      source.close()
      source = null
      throw error
    }
  })
  if (done !== null) return source
  return insist({ ...run, limits: { ...run.limits, attempts: 1 } }, null, () => openSource(sides.from, run.limits))
}

async function passFolder(into: GmailRun, source: Source, { job, tally }: Work): Promise<void> {
  const { run } = into
  const sourceStanding = await source.standing(job.folder.path)
  if (sourceStanding === null) throw new MailTrouble('source', 'other', 'STATUS')
  const label = await ensureLabel(into, job.mapped)
  if ('refused' in label) {
    tally.source = sourceStanding.messages
    tally.notCopied = sourceStanding.messages
    return tell(run, { side: 'target', code: 'folder_refused', folder: job.folder.path, words: label.refused })
  }
  if (label.id !== job.labelId || label.name !== job.ledger.targetPath) {
    await transact(run.ctx, (ctx) => keepLabel(ctx, job.ledger.id, label.name, label.id))
    job.labelId = label.id
    if (label.name !== job.mapped.target)
      tell(run, { side: 'target', code: 'folder_renamed', folder: job.folder.path, words: label.name })
  }
  await passGmailFolder({
    ...{ into, run, source, job, tally, sourceStanding, labelId: label.id },
    ...{ items: new Map(), orphans: openMultiset([]) },
  })
}

// Written down as done only when it is, with how the mailbox stands after our own changes.
async function settle({ run, gmail, settled }: GmailRun, work: readonly Work[]): Promise<true> {
  const historyId = await gmail.historyId()
  await transact(run.ctx, async (ctx) => {
    for (const { job, tally } of work) {
      const source = settled.get(job.ledger.id)
      await keepGmailStanding(ctx, job.ledger.id, tally.isWhole && source !== undefined ? { source, historyId } : null)
    }
  })
  return true
}

// What is otherwise at Gmail than at the source, whichever run brought it.
async function tellDifferences(run: Run, jobs: readonly GmailJob[]) {
  const [{ present, there }, sets] = await read(run.ctx, async (ctx) => [
    await countMerged(ctx, run.copyId),
    await selectFlagSets(ctx, run.copyId),
  ])
  if (present > there)
    tell(run, { side: 'target', code: 'merged', count: present - there, words: `${present} → ${there}` })
  for (const [folder, some] of Map.groupBy(sets, (one) => one.folder)) {
    if (!jobs.some((job) => job.folder.path === folder)) continue
    const marked = some.map(({ flags, label, count }) => ({ ...marksOf(flags, label), count }))
    const sum = (all: readonly { count: number }[]) => all.reduce((total, { count }) => total + count, 0)
    const [unkept, deleted] = [marked.filter((one) => one.unkept.length > 0), marked.filter((one) => one.isDeleted)]
    const words = flagText(unkept.flatMap((one) => one.unkept))
    if (unkept.length > 0) tell(run, { side: 'target', code: 'flags_differ', folder, count: sum(unkept), words })
    if (deleted.length > 0) tell(run, { side: 'target', code: 'deleted_marked', folder, count: sum(deleted) })
  }
}
