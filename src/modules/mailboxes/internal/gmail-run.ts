/** What one run into Gmail has in hand beside what every run has. */

import type { DeletedChoice } from './gmail-account.ts'
import type { Gmail } from './gmail-api.ts'
import type { StoreMethod } from './gmail-limits.ts'
import { isLive, marksOf } from './gmail-marks.ts'
import type { Placed } from './gmail-queries.ts'
import type { Standing } from './mail-server.ts'
import type { Run, SourceSide } from './run.ts'

/** A message at Gmail that stands for all of the source with these bytes. */
export type Known = Placed & { isLive: boolean; isDraft: boolean; isRead: boolean; isStarred: boolean }

export type GmailRun = {
  run: Run
  gmail: Gmail
  deleted: DeletedChoice
  method: StoreMethod
  /** By the digest of the source. */
  known: Map<string, Known>
  /** Which digest a number at Gmail stands for. */
  digests: Map<string, string>
  /** Numbers that were at Gmail before this run. */
  before: ReadonlySet<string>
  /** Numbers of labels by name, as Gmail compares names. */
  labels: Map<string, { id: string; name: string }>
  /** How folders stood at the source that are copied to their end. */
  settled: Map<string, Standing>
}

/** One attempt at one folder. */
export type GmailPass = SourceSide & { into: GmailRun; labelId: string }

/** Keeps in memory what the ledger has of a message at Gmail. */
export function remember(
  { known, digests, deleted }: Pick<GmailRun, 'known' | 'digests' | 'deleted'>,
  placed: Placed,
): void {
  const copies = placed.copies.map(({ flags, label }) => ({ label: label ?? '', marks: marksOf(flags, label ?? '') }))
  digests.set(placed.id, placed.sha256)
  // Two at Gmail for one digest: the first stands for what comes.
  if (known.has(placed.sha256) && known.get(placed.sha256)?.id !== placed.id) return
  known.set(placed.sha256, {
    ...placed,
    isLive: copies.some(({ label, marks }) => isLive(label, marks, deleted)),
    isDraft: copies.some(({ marks }) => marks.isDraft),
    isRead: copies.some(({ marks }) => marks.isRead),
    isStarred: copies.some(({ marks }) => marks.isStarred),
  })
}

/** What is no longer at Gmail. */
export function forget({ known, digests }: Pick<GmailRun, 'known' | 'digests'>, id: string): void {
  const sha256 = digests.get(id)
  digests.delete(id)
  if (sha256 !== undefined && known.get(sha256)?.id === id) known.delete(sha256)
}
