/** A target that never says under which number a message arrived (no UIDPLUS), and does not keep its bytes: what was sent is found by its second. */
import { transact } from '../../../platform/context.ts'
import { compareMessages } from './equivalence.ts'
import { type Item, keepRefused, keepStored } from './item-queries.ts'
import { readMessages } from './mail-server.ts'
import { openMultiset, sameSecond } from './multiset.ts'
import type { Pass, Stray } from './run.ts'

/** So often a message is sent that is found nowhere; then it is set aside. */
const mostUnanswered = 3
const notFound = 'no UIDPLUS'

/** Whether an item was sent so often that it is not sent again: nobody could tell whether it is at the target. */
export function isSpent(item: Item | undefined): boolean {
  return item?.state === 'refused' && item.reason === notFound
}

/**
 * Of what was sent and not recognised by its bytes: the message that came alone in its second, or that is equal but for what
 * a server adds, is taken for it and read back with the others. What is found nowhere after several sendings is set aside.
 */
export async function recogniseUnanswered(pass: Pass, open: readonly Item[]): Promise<void> {
  const { run, job, sourceStanding, target } = pass
  if (!run.sends || target.can('UIDPLUS')) return
  const sent = open.filter(({ uidvalidity, timesSent }) => uidvalidity === sourceStanding.uidvalidity && timesSent > 0)
  const found: { item: Item; targetUid: number }[] = []
  let left = pass.strays.left()
  for (const item of sent) {
    const stray = await strayOf(pass, item, sent, left)
    if (stray === null) continue
    found.push({ item, targetUid: stray.uid })
    left = left.filter(({ uid }) => uid !== stray.uid)
  }
  pass.strays = openMultiset(left)
  const lost = sent.filter((item) => item.timesSent >= mostUnanswered && !found.some((one) => one.item === item))
  const stored = found.map(({ item: { uid }, targetUid }) => ({ uid, targetUid }))
  const refused = lost.map(({ uid }) => ({ uid, reason: notFound }))
  await transact(run.ctx, async (ctx) => {
    if (stored.length > 0) await keepStored(ctx, job.ledger.id, sourceStanding.uidvalidity, stored)
    if (refused.length > 0) await keepRefused(ctx, job.ledger.id, sourceStanding.uidvalidity, refused)
  })
  // In memory as in the ledger.
  for (const { item, targetUid } of found) {
    Object.assign(item, { state: 'stored', targetUid })
    if (pass.tally.sent.has(item.uid)) pass.tally.arrived.add(item.uid)
  }
  for (const item of lost) Object.assign(item, { state: 'refused', reason: notFound })
  run.progress += found.length
}

async function strayOf(pass: Pass, item: Item, sent: readonly Item[], strays: readonly Stray[]): Promise<Stray | null> {
  const { receivedAt, sentAfter } = item
  if (receivedAt === null) return null
  const then = strays.filter((one) => one.uid >= (sentAfter ?? 1) && sameSecond(one.receivedAt, receivedAt))
  const [first] = then
  if (first === undefined) return null
  if (then.length === 1 && sent.filter((one) => sameSecond(one.receivedAt, receivedAt)).length === 1) return first
  // Larger ones never lie in memory whole.
  if (item.size > pass.run.limits.spoolAbove) return null
  const [ours] = await pass.source.fetch([item])
  if (ours === undefined || 'close' in ours.content) return null
  for (const stray of then) {
    let bytes: Buffer | null = null
    await readMessages(pass.target.checker, [stray.uid], 'bytes', (message) => {
      bytes = message.bytes
    })
    if (bytes !== null && compareMessages(ours.content, bytes).level < 4) return stray
  }
  return null
}
