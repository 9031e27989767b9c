/** What is at the target already: after an interruption, after new numbers, or because somebody else put it there. */
import { setTimeout as sleep } from 'node:timers/promises'
import { read, transact } from '../../../platform/context.ts'
import { type Item, keepJudged, keepStored, loosen, loosenGone, selectTargetUids } from './item-queries.ts'
import { updateTargetUidvalidity } from './ledger-queries.ts'
import { examine, listUids, readMessages, type Standing, standingOf } from './mail-server.ts'
import { openMultiset } from './multiset.ts'
import { goOn, type Pass, type Stray, tell } from './run.ts'
import { MailTrouble } from './trouble.ts'
import { recogniseUnanswered } from './unanswered.ts'

const together = 200

/** Whether both sides stand as they did. */
export function sameStanding(a: Standing | null, b: Standing | null): boolean {
  if (a === null || b === null) return false
  return (
    a.uidvalidity === b.uidvalidity && a.uidnext === b.uidnext && a.messages === b.messages && a.modseq === b.modseq
  )
}

/**
 * Finds at the target what the ledger meant to be there, by multiset of digests: under the numbers it has now, or as the
 * message whose sending was never answered. What is not found will be sent again. Leaves the strays for the sending.
 */
export async function lookThrough(pass: Pass, listed: readonly unknown[]): Promise<void> {
  const { job, run, targetStanding } = pass
  if (targetStanding.uidvalidity === 0) return // no such folder there, and none is made
  const all = [...pass.items.values(), ...pass.orphans.left()]
  const isRenumbered =
    job.ledger.targetUidvalidity !== null && job.ledger.targetUidvalidity !== targetStanding.uidvalidity
  const isUnsettled = job.ledger.targetStanding === null
  const open = all.filter(({ state }) => state === 'intent')
  if (!isRenumbered && !isUnsettled && open.length === 0 && sameStanding(job.ledger.targetStanding, targetStanding))
    return
  if (open.length > 0) await untilQuiet(pass)
  const uids = targetStanding.messages === 0 && open.length === 0 ? [] : await targetUids(pass)
  const there = new Set(uids)
  // After the cut-over what was read back and is gone was taken away by its user.
  const isTheirs = ({ state }: Item) => run.isHandedOver && state !== 'stored'
  const isLost = (item: Item) => item.targetUid !== null && !there.has(item.targetUid) && !isTheirs(item)
  const lost = all.filter((item) => (isRenumbered ? item.targetUid !== null : isLost(item)))
  const sought = [...open, ...lost]
  // Also the numbers of what has gone from the source, under whatever numbers it had there.
  const known = new Set(isRenumbered ? [] : await read(run.ctx, (ctx) => selectTargetUids(ctx, job.ledger.id)))
  const floor = isRenumbered || isUnsettled ? 1 : Math.min(...sought.map(({ sentAfter }) => sentAfter ?? 1))
  const unknown = uids.filter((uid) => uid >= floor && !known.has(uid))
  const mayFit = unknown.length > 0 && (sought.length > 0 || (isUnsettled && listed.length > 0))
  pass.strays = openMultiset(mayFit ? await readStrays(pass, unknown) : [])
  await recognise(pass, sought, lost, isRenumbered)
  if (isRenumbered) tell(run, { side: 'target', code: 'renumbered', folder: job.folder.path })
}

/** What was still under way when a connection broke may arrive after it: look when nothing moves any more. */
export async function untilQuiet({ run, target, job }: Pass): Promise<void> {
  let last: Standing | null = null
  let since = Date.now()
  const limit = Date.now() + 30_000
  while (Date.now() - since < run.limits.quiet && Date.now() < limit) {
    goOn(run)
    const now = await standingOf(target.checker, job.mapped.target)
    if (!sameStanding(last, now)) since = Date.now()
    last = now
    await sleep(Math.min(100, run.limits.quiet))
  }
}

/** The numbers of everything in the target folder; it is open on the checker afterwards. */
export async function targetUids({ target, job, targetStanding }: Pass): Promise<number[]> {
  const uidvalidity = await examine(target.checker, job.mapped.target)
  if (uidvalidity === null) throw new MailTrouble('target', 'other', 'EXAMINE')
  if (uidvalidity !== targetStanding.uidvalidity) throw new MailTrouble('target', 'renumbered')
  return listUids(target.checker)
}

/** Digests of messages at the target. */
export async function readStrays({ target, run }: Pass, uids: readonly number[]): Promise<Stray[]> {
  const found: Stray[] = []
  for (let at = 0; at < uids.length; at += together) {
    goOn(run)
    await readMessages(target.checker, uids.slice(at, at + together), 'digests', (message) => {
      if (message.sha256 !== null) found.push({ ...message, sha256: message.sha256 })
    })
    run.watch('', at, uids.length, 0)
  }
  return found
}

/** Takes what is sought from the strays; `lost` is known to be no longer where it was. */
export async function recognise(pass: Pass, sought: readonly Item[], lost: readonly Item[], isRenumbered: boolean) {
  const { job, run, strays, targetStanding } = pass
  const found = sought.flatMap((item) => {
    const stray = strays.take(item.targetSha256 ?? item.sha256 ?? '', item.receivedAt)
    return stray === null ? [] : [{ item, stray }]
  })
  await transact(run.ctx, async (ctx) => {
    await loosen(ctx, job.ledger.id, lost)
    if (isRenumbered) await loosenGone(ctx, job.ledger.id)
    for (const [uidvalidity, some] of Map.groupBy(found, ({ item }) => item.uidvalidity)) {
      const stored = some.map(({ item, stray }) => ({ uid: item.uid, targetUid: stray.uid }))
      await keepStored(ctx, job.ledger.id, uidvalidity, stored)
      const judged = some.map(({ item, stray }) => ({
        ...{ uid: item.uid, targetSha256: stray.sha256, reason: item.state === 'altered' ? item.reason : null },
        level: stray.sha256 === item.sha256 ? (0 as const) : (item.level ?? (1 as const)),
      }))
      await keepJudged(ctx, job.ledger.id, uidvalidity, judged)
    }
    if (job.ledger.targetUidvalidity !== targetStanding.uidvalidity)
      await updateTargetUidvalidity(ctx, job.ledger.id, targetStanding.uidvalidity)
  })
  job.ledger.targetUidvalidity = targetStanding.uidvalidity
  const { sent, arrived } = pass.tally
  // In memory as in the ledger.
  for (const item of lost) Object.assign(item, { state: 'intent', targetUid: null })
  for (const { item, stray } of found) {
    Object.assign(item, { state: item.reason === null ? 'verified' : 'altered', targetUid: stray.uid })
    if (sent.has(item.uid)) arrived.add(item.uid)
  }
  const missing = lost.filter(({ targetUid, isGone }) => targetUid === null && !isGone)
  for (const { uid } of missing) arrived.delete(uid)
  if (missing.length > 0 && !isRenumbered)
    tell(run, { side: 'target', code: 'copied_again', folder: job.folder.path, count: missing.length })
  run.progress += found.length
  const wasThere = new Set(lost)
  await recogniseUnanswered(
    pass,
    sought.filter((item) => item.state === 'intent' && !item.isGone && !wasThere.has(item)),
  )
}
