/** Every message read back from the target while the next ones are sent: digest, flags and instant against the source's. */
import { transact } from '../../../platform/context.ts'
import { compareMessages } from './equivalence.ts'
import { sameFlags } from './imap-text.ts'
import { type Judged, keepJudged, loosen } from './item-queries.ts'
import { examine, type ReadBack, readMessages } from './mail-server.ts'
import { sameSecond } from './multiset.ts'
import { type Pass, tell, tellOneMore } from './run.ts'
import { MailTrouble } from './trouble.ts'

/** A message whose number at the target is known. */
export type Arrived = {
  uid: number
  targetUid: number
  sha256: string
  flags: string
  receivedAt: Date | null
  size: number
}

export type Checker = {
  push: (items: readonly Arrived[]) => void
  /** Waits until everything pushed was read; answers with those whose bytes are others. Throws what went wrong. */
  drain: () => Promise<Arrived[]>
}

const together = 200

export function openChecker(pass: Pass): Checker {
  const waiting: Arrived[] = []
  const unequal: Arrived[] = []
  const keeping = new Set<Promise<void>>()
  const failures: unknown[] = []
  let working: Promise<void> | null = null
  let isOpen = false
  const work = async () => {
    if (!isOpen) await openForReading(pass)
    isOpen = true
    while (waiting.length > 0 && failures.length === 0) {
      const items = waiting.splice(0, together)
      const found = await read(pass, items)
      // Written down while the next ones are read.
      const kept = keep(pass, items, found, unequal)
        .catch((error: unknown) => void failures.push(error))
        .finally(() => keeping.delete(kept))
      keeping.add(kept)
    }
  }
  const start = () => {
    working ??= work()
      .catch((error: unknown) => void failures.push(error))
      .finally(() => {
        working = null
      })
  }
  return {
    push: (items) => {
      waiting.push(...items)
      if (waiting.length > 0) start()
    },
    drain: async () => {
      while (working !== null || (waiting.length > 0 && failures.length === 0)) {
        start()
        await working
      }
      await Promise.all(keeping)
      if (failures.length > 0) throw failures[0]
      return unequal
    },
  }
}

async function openForReading({ target, job, targetStanding }: Pass) {
  const uidvalidity = await examine(target.checker, job.mapped.target)
  if (uidvalidity !== targetStanding.uidvalidity) throw new MailTrouble('target', 'renumbered')
}

async function keep(
  pass: Pass,
  items: readonly Arrived[],
  found: ReadonlyMap<number, ReadBack>,
  unequal: Arrived[],
): Promise<void> {
  const { job, run, sourceStanding } = pass
  const absent = items.filter(({ targetUid }) => !found.has(targetUid))
  const judged: Judged[] = []
  for (const item of items) {
    const message = found.get(item.targetUid)
    if (message === undefined) continue
    tellDifferences(pass, item, message)
    if (message.sha256 === item.sha256)
      judged.push({ uid: item.uid, targetSha256: item.sha256, level: 0, reason: null })
    else unequal.push(item)
  }
  await transact(run.ctx, async (ctx) => {
    if (judged.length > 0) await keepJudged(ctx, job.ledger.id, sourceStanding.uidvalidity, judged)
    const lost = absent.map(({ uid }) => ({ uidvalidity: sourceStanding.uidvalidity, uid }))
    if (lost.length > 0) await loosen(ctx, job.ledger.id, lost)
  })
  // What was read back is settled: only what may still go astray is remembered.
  for (const { uid } of judged) {
    pass.tally.sent.delete(uid)
    pass.tally.acknowledged.delete(uid)
  }
  run.progress += judged.length
  if (absent.length > 0) {
    for (const { uid } of absent) pass.tally.arrived.delete(uid)
    tell(run, { side: 'target', code: 'copied_again', folder: job.folder.path, count: absent.length })
    throw new MailTrouble('target', 'other', 'acknowledged messages are not there')
  }
}

async function read({ target }: Pass, items: readonly Arrived[]): Promise<Map<number, ReadBack>> {
  const found = new Map<number, ReadBack>()
  const uids = items.map(({ targetUid }) => targetUid).sort((a, b) => a - b)
  // The second time for a server that had not yet seen what another connection brought.
  for (let attempt = 0; attempt < 2 && found.size < uids.length; attempt += 1) {
    const left = uids.filter((uid) => !found.has(uid))
    // Waited for: servers put off looking for new messages while another command is in their hands.
    await target.checker.send(['NOOP'])
    await readMessages(target.checker, left, 'digests', (message) => {
      if (message.sha256 !== null) found.set(message.uid, message)
    })
  }
  return found
}

function tellDifferences({ job, run }: Pass, item: Arrived, message: ReadBack) {
  const folder = job.folder.path
  if (!sameFlags(item.flags, message.flags)) {
    const missing = item.flags
      .split(' ')
      .filter((flag) => !message.flags.toLowerCase().split(' ').includes(flag.toLowerCase()))
    tellOneMore(run, { side: 'target', code: 'flags_differ', folder, words: missing.join(' ') })
  }
  if (item.receivedAt !== null && !sameSecond(item.receivedAt, message.receivedAt))
    tellOneMore(run, { side: 'target', code: 'date_differs', folder })
}

/** Compares, byte by byte and header by header, what was read back with another digest. */
export async function judgeUnequal(pass: Pass, items: readonly Arrived[]): Promise<void> {
  const { job, run, sourceStanding } = pass
  for (const item of items) {
    const judged = await judge(pass, item)
    await transact(run.ctx, (ctx) => keepJudged(ctx, job.ledger.id, sourceStanding.uidvalidity, [judged]))
    if (judged.reason !== null) {
      pass.tally.arrived.delete(item.uid)
      pass.tally.acknowledged.delete(item.uid)
    }
    run.progress += 1
  }
}

async function judge({ source, target, run }: Pass, item: Arrived): Promise<Judged> {
  let theirs: ReadBack | undefined
  await readMessages(target.checker, [item.targetUid], 'digests', (message) => {
    theirs = message
  })
  const targetSha256 = theirs?.sha256 ?? ''
  if (targetSha256 === '') throw new MailTrouble('target', 'other', 'a message could not be read back')
  // Larger ones never lie in memory whole: they are set aside as different.
  if (item.size > run.limits.spoolAbove) return { uid: item.uid, targetSha256, level: 4, reason: 'bytes' }
  let bytes: Buffer | null = null
  await readMessages(target.checker, [item.targetUid], 'bytes', (message) => {
    bytes = message.bytes
  })
  const [ours] = await source.fetch([item])
  if (bytes === null || ours === undefined || 'close' in ours.content)
    throw new MailTrouble('target', 'other', 'a message could not be compared')
  const { level, differs } = compareMessages(ours.content, bytes)
  return { uid: item.uid, targetSha256, level, reason: level === 4 ? differs.join(', ') || 'bytes' : null }
}
