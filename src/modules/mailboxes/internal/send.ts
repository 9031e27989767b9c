/** From the source to the target: the next batch is read while earlier ones are on their way; what is sent is written down before. */
import { transact } from '../../../platform/context.ts'
import { intend, keepJudged, keepRefused, keepStored, keepUnsent, renumber } from './item-queries.ts'
import { pairUp, type Unpaired } from './pair-up.ts'
import type { Arrived, Checker } from './read-back.ts'
import { goOn, mostFull, type Pass, tellOneMore } from './run.ts'
import type { Fetched, Listed } from './source.ts'
import { append, type Sent } from './target.ts'

/** Batches bounded by number and bytes; a large message is one alone. */
export function* batchesOf<Message extends { size: number }>(
  messages: readonly Message[],
  most: { batchMessages: number; batchBytes: number },
): Generator<Message[]> {
  let batch: Message[] = []
  let bytes = 0
  for (const message of messages) {
    if (batch.length > 0 && (batch.length >= most.batchMessages || bytes + message.size > most.batchBytes)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(message)
    bytes += message.size
  }
  if (batch.length > 0) yield batch
}

/** Brings these messages to the target; answers with those the source did not give. Throws what went wrong, when all is still. */
export async function sendAll(pass: Pass, messages: readonly Listed[], checker: Checker): Promise<Listed[]> {
  const { run, tally } = pass
  const wanted = await setTooLargeAside(pass, messages)
  const batches = [...batchesOf(wanted, run.limits)]
  let [left, isInOrder] = [wanted.length, false]
  const onTheWay = new Set<Promise<void>>()
  const ungiven: Listed[] = []
  const failures: unknown[] = []
  const unpaired: Unpaired[] = []
  let next = readAhead(pass, batches[0])
  for (const [index, batch] of batches.entries()) {
    if (failures.length > 0) break
    const isNewest = left <= run.limits.inOrder
    left -= batch.length
    if (run.fullStreak >= mostFull) {
      tally.notCopied += batch.length
      continue
    }
    try {
      goOn(run)
      const fetched = await next
      next = readAhead(pass, batches[index + 1])
      const given = new Set(fetched.map(({ uid }) => uid))
      ungiven.push(...batch.filter(({ uid }) => !given.has(uid)))
      const outgoing = await adopt(pass, fetched)
      if (outgoing.length === 0) continue
      if (!run.sends) {
        unpaired.push(...outgoing.map(({ content: _, ...rest }) => rest))
        await closeAll(outgoing)
        continue
      }
      await Promise.all([run.window.room(bytesOf(outgoing)), intendAll(pass, outgoing)])
      // What goes by several connections must be there before what comes after it.
      if (isNewest && !isInOrder) await Promise.all(onTheWay)
      isInOrder = isNewest
      const sending = appendAll(pass, outgoing, checker, isInOrder)
        .catch((error: unknown) => void failures.push(error))
        .finally(() => onTheWay.delete(sending))
      onTheWay.add(sending)
    } catch (error) {
      failures.push(error)
    }
  }
  await Promise.all(onTheWay)
  await closeAll(await next.catch(() => []))
  if (failures.length > 0) throw failures[0]
  if (unpaired.length > 0) checker.push(await pairUp(pass, unpaired))
  return ungiven
}

function readAhead({ source }: Pass, batch: readonly Listed[] | undefined): Promise<Fetched[]> {
  const fetched = batch === undefined ? Promise.resolve([]) : source.fetch(batch)
  fetched.catch(() => undefined)
  return fetched
}

const bytesOf = (messages: readonly { size: number }[]) => messages.reduce((sum, { size }) => sum + size, 0)

/** Large messages give back the room they took. */
export async function closeAll(messages: readonly Fetched[]): Promise<void> {
  for (const { content } of messages) if ('close' in content) await content.close()
}

// What is larger than the target says it takes is not even read.
async function setTooLargeAside({ run, job, target, sourceStanding }: Pass, messages: readonly Listed[]) {
  const appendLimit = run.sends ? target.appendLimit : null
  const tooLarge = appendLimit === null ? [] : messages.filter(({ size }) => size > appendLimit)
  if (tooLarge.length === 0) return messages
  const items = tooLarge.map((one) => ({ ...one, reason: `APPENDLIMIT ${appendLimit}` }))
  await transact(run.ctx, (ctx) => keepUnsent(ctx, job.ledger.id, sourceStanding.uidvalidity, items, run.isLate))
  const aside = new Set(tooLarge)
  return messages.filter((one) => !aside.has(one))
}

// Recognised by its bytes: a message whose number at the source changed, or one that is at the target already.
async function adopt(pass: Pass, fetched: readonly Fetched[]): Promise<Fetched[]> {
  const { run, job, orphans, strays, sourceStanding } = pass
  if (orphans.size() === 0 && strays.size() === 0) return [...fetched]
  const outgoing: Fetched[] = []
  const renumbered: { before: { uidvalidity: number; uid: number }; uid: number }[] = []
  const found: { message: Fetched; targetUid: number }[] = []
  for (const message of fetched) {
    const orphan = pass.items.has(message.uid) ? null : orphans.take(message.sha256, message.receivedAt)
    if (orphan !== null) {
      renumbered.push({ before: orphan, uid: message.uid })
      if (orphan.targetUid === null) outgoing.push(message)
      continue
    }
    const stray = strays.take(message.sha256, message.receivedAt)
    if (stray === null) outgoing.push(message)
    else found.push({ message, targetUid: stray.uid })
  }
  await transact(run.ctx, async (ctx) => {
    const { uidvalidity } = sourceStanding
    if (renumbered.length > 0) await renumber(ctx, job.ledger.id, uidvalidity, renumbered)
    if (found.length === 0) return
    const messages = found.map(({ message }) => message)
    await intend(
      ctx,
      job.ledger.id,
      uidvalidity,
      { sentAfter: pass.targetStanding.uidnext, times: 0, isLate: run.isLate },
      messages,
    )
    const stored = found.map(({ message, targetUid }) => ({ uid: message.uid, targetUid }))
    await keepStored(ctx, job.ledger.id, uidvalidity, stored)
    const judged = messages.map(({ uid, sha256 }) => ({ uid, targetSha256: sha256, level: 0 as const, reason: null }))
    await keepJudged(ctx, job.ledger.id, uidvalidity, judged)
  })
  const kept = new Set(outgoing)
  await closeAll(fetched.filter((message) => !kept.has(message)))
  return outgoing
}

// Before a byte is sent: what, and after which number it will be found.
async function intendAll(pass: Pass, outgoing: readonly Fetched[]): Promise<void> {
  const { run, job, tally, sourceStanding, targetStanding } = pass
  await transact(run.ctx, (ctx) =>
    intend(
      ctx,
      job.ledger.id,
      sourceStanding.uidvalidity,
      { sentAfter: targetStanding.uidnext, times: 1, isLate: run.isLate },
      outgoing,
    ),
  )
  for (const { uid } of outgoing) tally.sent.add(uid)
}

async function appendAll(
  pass: Pass,
  outgoing: readonly Fetched[],
  checker: Checker,
  isInOrder: boolean,
): Promise<void> {
  const { run, target, job, targetStanding } = pass
  const at = { path: job.mapped.target, uidvalidity: targetStanding.uidvalidity, isInOrder }
  const sending = append(target, at, outgoing)
  const sent = await sending.finally(async () => {
    run.window.answered(bytesOf(outgoing))
    await closeAll(outgoing)
  })
  await keepSent(pass, outgoing, sent, checker)
}

async function keepSent(pass: Pass, outgoing: readonly Fetched[], sent: readonly Sent[], checker: Checker) {
  const { run, job, tally, sourceStanding } = pass
  const arrived: Arrived[] = []
  const refused: { uid: number; reason: string }[] = []
  for (const [index, { uid, sha256, flags, receivedAt, size }] of outgoing.entries()) {
    const one = sent[index] ?? { uid: null }
    if ('refused' in one) refused.push({ uid, reason: one.refused })
    else if (one.uid !== null) arrived.push({ uid, targetUid: one.uid, sha256, flags, receivedAt, size })
    run.fullStreak = 'refused' in one && one.isOverQuota ? run.fullStreak + 1 : 0
    if ('refused' in one && one.isOverQuota)
      tellOneMore(run, { side: 'target', code: 'over_quota', words: one.refused })
  }
  await transact(run.ctx, async (ctx) => {
    if (arrived.length > 0) await keepStored(ctx, job.ledger.id, sourceStanding.uidvalidity, arrived)
    if (refused.length > 0) await keepRefused(ctx, job.ledger.id, sourceStanding.uidvalidity, refused)
  })
  for (const { uid, size } of arrived) {
    tally.arrived.add(uid)
    tally.acknowledged.add(uid)
    tally.bytes += size
  }
  run.progress += arrived.length
  run.watch(job.folder.path, tally.arrived.size, tally.source, bytesOf(arrived))
  checker.push(arrived)
}
