/** What a pass has to do, from the source and the ledger; the same for every kind of target. */
import { read, transact } from '../../../platform/context.ts'
import { type Item, keepBack, keepGone, selectItems } from './item-queries.ts'
import { openMultiset } from './multiset.ts'
import { type SourceSide, tell } from './run.ts'
import type { Listed } from './source.ts'

const page = 5000

/** Reads the folder's items: those under the source's present numbers, and those under earlier ones. */
export async function readLedger(pass: SourceSide): Promise<void> {
  const { uidvalidity } = pass.sourceStanding
  const former: (Item & { sha256: string })[] = []
  let after = { uidvalidity: -1, uid: -1 }
  for (;;) {
    const items = await read(pass.run.ctx, (ctx) => selectItems(ctx, pass.job.ledger.id, after, page))
    for (const item of items) {
      const { sha256 } = item
      if (item.uidvalidity === uidvalidity) pass.items.set(item.uid, item)
      else if (!item.isGone && sha256 !== null) former.push({ ...item, sha256 })
    }
    const last = items.at(-1)
    if (last === undefined || items.length < page) break
    after = last
  }
  pass.orphans = openMultiset(former)
}

/**
 * Only what changed, where that is known; everything where something has gone from the source. What was taken for gone and
 * is listed is there again.
 */
export async function listChanged(pass: SourceSide): Promise<{ listed: Listed[]; isAll: boolean }> {
  const found = await listFolder(pass)
  const back = found.listed.filter(({ uid }) => pass.items.get(uid)?.isGone).map(({ uid }) => uid)
  if (back.length === 0) return found
  const { run, job, sourceStanding } = pass
  await transact(run.ctx, (ctx) => keepBack(ctx, job.ledger.id, sourceStanding.uidvalidity, back))
  for (const uid of back) Object.assign(pass.items.get(uid) ?? {}, { isGone: false })
  return found
}

async function listFolder(pass: SourceSide): Promise<{ listed: Listed[]; isAll: boolean }> {
  const { source, sourceStanding, job, items, tally } = pass
  const { sourceStanding: before } = job.ledger
  const since = before?.uidvalidity === sourceStanding.uidvalidity ? (before.modseq ?? null) : null
  if (since !== null && sourceStanding.modseq !== null) {
    const changed = await source.list(since)
    const added = changed.filter(({ uid }) => items.get(uid)?.isGone ?? true).length
    const live = [...items.values()].filter(({ isGone }) => !isGone).length
    tally.source = live + added
    if (tally.source === sourceStanding.messages) return { listed: changed, isAll: false }
  }
  const all = await source.list(null)
  tally.source = all.length
  return { listed: all, isAll: true }
}

/** Not at the target, as far as the ledger knows. */
export function isOpen(item: Item | undefined): boolean {
  return item === undefined || item.state === 'intent' || item.state === 'refused'
}

/** Open from an earlier run, and not among what changed since. */
export function openItems(pass: SourceSide, listed: readonly Listed[]): Listed[] {
  const told = new Set(listed.map(({ uid }) => uid))
  return [...pass.items.values()].filter((item) => isOpen(item) && !item.isGone && !told.has(item.uid))
}

/** Deleted at the source meanwhile, or the source lists what it does not give. */
export async function tellUngiven({ run, source, job, tally }: SourceSide, ungiven: readonly Listed[]) {
  const there = new Set((await source.list(null)).map(({ uid }) => uid))
  tally.source = there.size
  for (const { uid } of ungiven.filter((one) => there.has(one.uid)))
    tell(run, { side: 'source', code: 'message_missing', folder: job.folder.path, uid })
}

/**
 * What is no longer at the source, all of it having been listed; what was copied of it stays where it is. A listing that is
 * shorter than the source said it would be proves nothing: the next pass looks again.
 */
export async function leaveGone(pass: SourceSide, listed: readonly Listed[]): Promise<void> {
  const { run, job, sourceStanding } = pass
  if (listed.length < sourceStanding.messages) return
  const there = new Set(listed.map(({ uid }) => uid))
  const gone = [...pass.items.values()].filter(({ uid, isGone }) => !isGone && !there.has(uid))
  const former = pass.orphans.left().filter(({ uidvalidity }) => uidvalidity !== sourceStanding.uidvalidity)
  await transact(run.ctx, (ctx) => keepGone(ctx, job.ledger.id, [...gone, ...former]))
}
