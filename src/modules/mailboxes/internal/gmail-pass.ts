/** One attempt at one folder into Gmail. Ends with everything accounted for, or throws; either may be repeated. */
import { read, transact } from '../../../platform/context.ts'
import { followGmailFlags } from './gmail-flags.ts'
import { mostBytes } from './gmail-limits.ts'
import { place } from './gmail-place.ts'
import type { GmailPass } from './gmail-run.ts'
import { type Item, keepUnsent, renumber } from './item-queries.ts'
import { listLate, settleLate } from './late.ts'
import { countItems } from './ledger-queries.ts'
import { isOpen, leaveGone, listChanged, openItems, readLedger, tellUngiven } from './listing.ts'
import { goOn, mostFull, renumberTally } from './run.ts'
import { batchesOf, closeAll } from './send.ts'
import type { Fetched, Listed } from './source.ts'

/** Copies a folder as it is now, under a label that is there. */
export async function passGmailFolder(pass: GmailPass): Promise<void> {
  const { run, source, job, tally, items, sourceStanding, into } = pass
  renumberTally(tally, sourceStanding.uidvalidity)
  await source.open(job.folder.path)
  await readLedger(pass)
  tally.notCopied = 0
  if (run.isLate) return passLateInto(pass)
  const { listed, isAll } = await listChanged(pass)
  await followGmailFlags(pass, listed)
  const isLeft = (item: Item | undefined) => isOpen(item) || item?.state === 'stored'
  const earlier = isAll ? [] : [...openItems(pass, listed), ...storedItems(pass, listed)]
  const ungiven = await bring(
    pass,
    await setAside(pass, [...earlier, ...listed.filter(({ uid }) => isLeft(items.get(uid)))]),
  )
  if (ungiven.length > 0) await tellUngiven(pass, ungiven)
  if (isAll) await leaveGone(pass, listed)
  const [count] = await read(run.ctx, (ctx) => countItems(ctx, run.copyId, job.ledger.id))
  const { present = 0, setAside: aside = 0, open = 0 } = count ?? {}
  tally.isWhole = open === 0 && tally.notCopied === 0 && present + aside >= tally.source
  if (tally.isWhole) into.settled.set(job.ledger.id, sourceStanding)
}

// After the cut-over: what is new, and what an earlier look has left open.
async function passLateInto(pass: GmailPass): Promise<void> {
  const late = await listLate(pass)
  const ungiven = await bring(pass, await setAside(pass, [...late, ...storedItems(pass, late)]))
  if (ungiven.length > 0) await tellUngiven(pass, ungiven)
  await settleLate(pass, null)
}

// Acknowledged in an earlier run and never read back.
function storedItems({ items }: GmailPass, listed: readonly Listed[]): Listed[] {
  const told = new Set(listed.map(({ uid }) => uid))
  return [...items.values()].filter(({ uid, state, isGone }) => state === 'stored' && !isGone && !told.has(uid))
}

// What Gmail would not take is not even read, nor what was decided to stay.
async function setAside({ run, job, into, sourceStanding }: GmailPass, messages: readonly Listed[]) {
  const most = Math.min(mostBytes[into.method], run.limits.largest ?? Number.POSITIVE_INFINITY)
  const reasonOf = ({ size, flags }: Listed) => {
    if (size > most) return `${size} > ${most}`
    return into.deleted === 'skip' && /\\deleted/i.test(flags) ? '\\Deleted' : null
  }
  const aside = messages.flatMap((one) => {
    const reason = reasonOf(one)
    return reason === null ? [] : [{ ...one, reason }]
  })
  if (aside.length === 0) return messages
  await transact(run.ctx, (ctx) => keepUnsent(ctx, job.ledger.id, sourceStanding.uidvalidity, aside, run.isLate))
  return messages.filter((one) => reasonOf(one) === null)
}

// Batch by batch, the next one read meanwhile; answers with what the source did not give.
async function bring(pass: GmailPass, messages: readonly Listed[]): Promise<Listed[]> {
  const { source, run, tally } = pass
  const batches = [...batchesOf(messages, run.limits)]
  const ungiven: Listed[] = []
  const fetchAhead = (batch: readonly Listed[] | undefined) => {
    const fetched = batch === undefined ? Promise.resolve([]) : source.fetch(batch)
    fetched.catch(() => undefined)
    return fetched
  }
  let next = fetchAhead(batches[0])
  for (const [index, batch] of batches.entries()) {
    const fetched = await next
    if (run.fullStreak >= mostFull) {
      tally.notCopied += batch.length
      await closeAll(fetched)
      next = Promise.resolve([])
      continue
    }
    next = fetchAhead(batches[index + 1])
    const given = new Set(fetched.map(({ uid }) => uid))
    ungiven.push(...batch.filter(({ uid }) => !given.has(uid)))
    try {
      await placeAll(pass, fetched)
    } catch (error) {
      await closeAll(await next.catch(() => []))
      throw error
    }
  }
  return ungiven
}

// Several at once, but equal ones one after the other: the first is stored, the others join it.
async function placeAll(pass: GmailPass, fetched: readonly Fetched[]): Promise<void> {
  const { run, job, tally } = pass
  const groups = [...Map.groupBy(fetched, ({ sha256 }) => sha256).values()]
  const failures: unknown[] = []
  const lane = async () => {
    for (let group = groups.shift(); group !== undefined && failures.length === 0; group = groups.shift())
      for (const message of group) {
        goOn(run)
        if (run.fullStreak >= mostFull) tally.notCopied += 1
        else await placeOne(pass, message)
        run.watch(job.folder.path, tally.arrived.size, tally.source, message.size)
      }
  }
  const lanes = Array.from({ length: run.limits.gmail.lanes }, () =>
    lane().catch((error: unknown) => void failures.push(error)),
  )
  await Promise.all(lanes)
  await closeAll(fetched)
  if (failures.length > 0) throw failures[0]
}

// A message whose number at the source changed is recognised by its bytes.
async function placeOne(pass: GmailPass, message: Fetched): Promise<void> {
  const { run, job, items, orphans, sourceStanding } = pass
  const item = items.get(message.uid)
  const orphan = item === undefined ? orphans.take(message.sha256, message.receivedAt) : null
  if (orphan !== null) {
    const moved = [{ before: orphan, uid: message.uid }]
    await transact(run.ctx, (ctx) => renumber(ctx, job.ledger.id, sourceStanding.uidvalidity, moved))
    if (orphan.state === 'verified' || orphan.state === 'altered') return
  }
  await place(pass, message, item ?? orphan ?? undefined)
}
