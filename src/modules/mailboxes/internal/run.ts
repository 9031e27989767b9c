/** What one run of a copy has in hand, and what it counts. */
import type { Context } from '../../../platform/context.ts'
import type { CopyProblem } from '../schema.ts'
import type { CopyLimits } from './copy-limits.ts'
import type { MappedFolder } from './folder-names.ts'
import type { Item } from './item-queries.ts'
import type { LedgerFolder } from './ledger-queries.ts'
import type { LeftOut } from './left-out.ts'
import type { Standing } from './mail-server.ts'
import { type Multiset, openMultiset } from './multiset.ts'
import type { Source, SourceFolder } from './source.ts'
import type { Target } from './target.ts'
import { CopyHalted } from './trouble.ts'
import type { Window } from './window.ts'

/** A message found at the target that the ledger does not know, with the digest of its bytes. */
export type Stray = { uid: number; sha256: string; receivedAt: Date | null; flags: string }

/** A folder's part in a run. Sets hold numbers at the source, under its `uidvalidity`. */
export type FolderTally = {
  path: string
  uidvalidity: number | null
  /** Brought before the source renumbered its messages in the middle of the run. */
  earlier: number
  /** Messages at the source, as last listed. */
  source: number
  /** Sent by this run and, as far as it is known, at the target. */
  arrived: Set<number>
  /** Sent by this run and not read back yet, whatever became of it. */
  sent: Set<number>
  /** Whose arrival the target acknowledged to this run, and that were not read back yet. */
  acknowledged: Set<number>
  notCopied: number
  bytes: number
  isWhole: boolean
}

export type Run = {
  ctx: Context
  copyId: string
  limits: CopyLimits
  window: Window
  problems: CopyProblem[]
  tallies: Map<string, FolderTally>
  /** How many messages in a row were refused for lack of room. */
  fullStreak: number
  /** Steps that got somewhere, so that trying again can tell progress from standing still. */
  progress: number
  /** All folders had their turn. */
  isEnded: boolean
  watch: (path: string, done: number, of: number, bytes: number) => void
  /** Ends the run between two batches. */
  signal: AbortSignal
  /** false: somebody else copied, and nothing is written at the target; what is there is recognised and compared. */
  sends: boolean
  /** The folder of the target below which everything goes; empty: beside what is there. */
  under: string
  /** true: after the cut-over; only what is new at the source goes, and nothing that was at the target once comes back. */
  isLate: boolean
  /** true: the target is at work since the cut-over; what was proved there and is no longer there is not sent again. */
  isHandedOver: boolean
  leftOut: LeftOut
  /** Numbers at the target that whoever copied has told, by folder and number at the source. */
  told: (path: string, uid: number) => number | null
}

/** Goes on, unless somebody ended the run. */
export function goOn({ signal }: Pick<Run, 'signal'>): void {
  if (signal.aborted) throw new CopyHalted()
}

export type FolderJob = { folder: SourceFolder; mapped: MappedFolder; ledger: LedgerFolder }

/** What every pass has of its source. */
export type SourceSide = {
  run: Run
  source: Source
  job: Pick<FolderJob, 'folder' | 'ledger'>
  tally: FolderTally
  sourceStanding: Standing
  /** The ledger's items under the source's present numbers. */
  items: Map<number, Item>
  /** Items under numbers the source no longer uses, to be recognised by their digest. */
  orphans: Multiset<Item & { sha256: string }>
}

/** One attempt at a folder, over one connection to each side. */
export type Pass = SourceSide & {
  target: Target
  job: FolderJob
  targetStanding: Standing
  strays: Multiset<Stray>
}

export const noStrays = (): Multiset<Stray> => openMultiset<Stray>([])

/** After so many refusals for lack of room in a row, the rest is not sent. */
export const mostFull = 20

export function newTally(path: string): FolderTally {
  return {
    ...{ path, uidvalidity: null, earlier: 0, source: 0, notCopied: 0, bytes: 0, isWhole: false },
    ...{ arrived: new Set<number>(), sent: new Set<number>(), acknowledged: new Set<number>() },
  }
}

/** New numbers at the source: what was counted under the earlier ones is kept as a count. */
export function renumberTally(tally: FolderTally, uidvalidity: number): void {
  if (tally.uidvalidity !== null && tally.uidvalidity !== uidvalidity) {
    tally.earlier += tally.arrived.size
    for (const numbers of [tally.arrived, tally.sent, tally.acknowledged]) numbers.clear()
  }
  tally.uidvalidity = uidvalidity
}

/** Adds a problem once: the same folder, message and code is told with its last words. */
export function tell(run: Run, problem: CopyProblem): void {
  const known = run.problems.findIndex(
    (one) => one.code === problem.code && one.folder === problem.folder && one.uid === problem.uid,
  )
  if (known < 0) run.problems.push(problem)
  else run.problems[known] = problem
}

/** Adds one to the count of a problem that is told once a folder. */
export function tellOneMore(run: Run, problem: CopyProblem): void {
  const known = run.problems.find((one) => one.code === problem.code && one.folder === problem.folder)
  if (known === undefined) run.problems.push({ ...problem, count: 1 })
  else known.count = (known.count ?? 1) + 1
}
