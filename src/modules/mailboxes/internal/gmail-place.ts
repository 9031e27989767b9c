/** One message brought to Gmail: joined to an equal one, found where an earlier run left it, or stored; then read back. */
import { type TxContext, transact } from '../../../platform/context.ts'
import { type Compared, readBack } from './gmail-compare.ts'
import { findAtGmail } from './gmail-find.ts'
import { joinLabels, labelsFor, type Marks, marksOf } from './gmail-marks.ts'
import { keepPlaced } from './gmail-queries.ts'
import { forget, type GmailPass, type Known, remember } from './gmail-run.ts'
import { type Item, intend, keepJudged, keepRefused, loosen } from './item-queries.ts'
import { sameSecond } from './multiset.ts'
import { mostFull, tell, tellOneMore } from './run.ts'
import type { Fetched } from './source.ts'
import { MailTrouble } from './trouble.ts'

/** Throws a MailTrouble when it is not known what became of it; it will be looked for then. */
export async function place(pass: GmailPass, message: Fetched, item: Item | undefined): Promise<void> {
  const { into, labelId } = pass
  const marks = marksOf(message.flags, labelId)
  const labels = labelsFor(labelId, marks, into.deleted)
  if (item?.state === 'stored' && item.targetId !== null) return judge(pass, message, labels, item.targetId, null)
  const known = await knownEqual(pass, message)
  if (known !== undefined && (await join(pass, message, known, labels, marks))) return
  const found = item?.state === 'intent' && item.timesSent > 0 ? await find(pass, message, labels) : null
  if (found !== null) {
    await keep(pass, message, found.id, 0)
    return judge(pass, message, await relabelled(pass, found, labels), found.id, found)
  }
  await store(pass, message, labels)
}

// What was stored and never read back is read now: an equal one has the same bytes.
async function knownEqual({ into, run }: GmailPass, message: Fetched): Promise<Known | undefined> {
  const known = into.known.get(message.sha256)
  if (known === undefined || known.targetSha256 !== null) return known
  const compared = await readBack(into.gmail, known.id, message, run.limits.spoolAbove)
  if (compared === null) {
    forget(into, known.id)
    return undefined
  }
  const { targetSha256, level, reason } = compared
  Object.assign(known, { targetSha256, level, reason })
  return known
}

/** Writes down, in one go, that it is at Gmail under this number; `times` as in `intend`. */
async function keep(
  pass: GmailPass,
  message: Fetched,
  id: string,
  times: 0 | 1,
  more?: (ctx: TxContext) => Promise<void>,
) {
  const { run, job, sourceStanding } = pass
  const { uidvalidity } = sourceStanding
  await transact(run.ctx, async (ctx) => {
    await intend(ctx, job.ledger.id, uidvalidity, { sentAfter: 0, times, isLate: run.isLate }, [message])
    await keepPlaced(ctx, job.ledger.id, uidvalidity, [{ uid: message.uid, id }])
    await more?.(ctx)
  })
}

// Answers false when it has to be stored after all.
async function join(pass: GmailPass, message: Fetched, known: Known, labels: readonly string[], marks: Marks) {
  const { into, run, job, tally, labelId, sourceStanding } = pass
  const { add, remove, missing } = joinLabels(known, labels, marks)
  const there = new Set(known.copies.map(({ label }) => label))
  const news = add.filter((label) => !there.has(label) && !(label === 'STARRED' && known.isStarred))
  const olds = remove.filter((label) => !(label === 'UNREAD' && known.isRead))
  // Gmail puts this label on what it takes in, and on nothing else.
  if (news.includes('SENT')) return false
  if (news.length + olds.length > 0) {
    const done = await into.gmail.relabel(known.id, news, olds)
    if (done === null) {
      forget(into, known.id)
      return false
    }
    if ('refused' in done) missing.push(...news)
    else missing.push(...news.filter((label) => !done.includes(label)))
  }
  tellMissing(pass, missing)
  const { targetSha256, level, reason } = known
  await keep(pass, message, known.id, 0, (ctx) => {
    const judged = { uid: message.uid, targetSha256: targetSha256 ?? '', level: level ?? 4, reason }
    return keepJudged(ctx, job.ledger.id, sourceStanding.uidvalidity, [judged])
  })
  remember(into, { ...known, copies: [...known.copies, { flags: message.flags, label: labelId }] })
  if (reason === null) tally.arrived.add(message.uid)
  run.progress += 1
  return true
}

function find(pass: GmailPass, message: Fetched, labels: readonly string[]) {
  const { into, run } = pass
  const isOther = (id: string) => (into.digests.get(id) ?? message.sha256) !== message.sha256
  return findAtGmail(into.gmail, message, labels[0] ?? '', isOther, run.limits.spoolAbove)
}

// What was found may have come another way, with other labels.
async function relabelled({ into }: GmailPass, { id, facts }: Compared & { id: string }, labels: readonly string[]) {
  const missing = labels.filter(
    (label) => !facts.labelIds.includes(label) && !['SENT', 'DRAFT', 'UNREAD'].includes(label),
  )
  const done = missing.length === 0 ? null : await into.gmail.relabel(id, missing, [])
  if (Array.isArray(done)) facts.labelIds = done
  return labels
}

async function store(pass: GmailPass, message: Fetched, labels: readonly string[]): Promise<void> {
  const { into, run, job, tally, sourceStanding } = pass
  const { uidvalidity } = sourceStanding
  await transact(run.ctx, (ctx) =>
    intend(ctx, job.ledger.id, uidvalidity, { sentAfter: 0, times: 1, isLate: run.isLate }, [message]),
  )
  tally.sent.add(message.uid)
  for (let attempt = 1; ; attempt += 1) {
    const stored = await into.gmail.store(labels, message)
    if ('refused' in stored) return refuse(pass, message, stored)
    if ('id' in stored) {
      await arrive(pass, message, stored.id)
      return judge(pass, message, labels, stored.id, null)
    }
    // Nobody can say whether it is there: it is looked for before it is sent again.
    if (attempt >= run.limits.gmail.tries) throw new MailTrouble('target', 'other', stored.unclear)
    await into.gmail.pause(attempt)
    const found = await find(pass, message, labels)
    if (found !== null) {
      await arrive(pass, message, found.id)
      return judge(pass, message, labels, found.id, found)
    }
  }
}

async function refuse(
  pass: GmailPass,
  { uid }: Fetched,
  { refused, isOverQuota }: { refused: string; isOverQuota: boolean },
) {
  const { run, job, sourceStanding } = pass
  if (isOverQuota) {
    run.fullStreak = mostFull
    tellOneMore(run, { side: 'target', code: 'over_quota', words: refused })
  }
  await transact(run.ctx, (ctx) =>
    keepRefused(ctx, job.ledger.id, sourceStanding.uidvalidity, [{ uid, reason: refused }]),
  )
}

async function arrive(pass: GmailPass, { uid, size, sha256, flags }: Fetched, id: string) {
  const { into, run, job, tally, labelId, sourceStanding } = pass
  await transact(run.ctx, (ctx) => keepPlaced(ctx, job.ledger.id, sourceStanding.uidvalidity, [{ uid, id }]))
  // Known from now on, whatever becomes of reading it back.
  const copies = [{ flags, label: labelId }]
  remember(into, { sha256, id, targetSha256: null, level: null, reason: null, copies })
  // Gmail answers with the number of an equal message that was there.
  if (into.before.has(id)) return
  tally.arrived.add(uid)
  tally.acknowledged.add(uid)
  tally.bytes += size
}

async function judge(
  pass: GmailPass,
  message: Fetched,
  labels: readonly string[],
  id: string,
  read: Compared | null,
): Promise<void> {
  const { into, run, job, tally, labelId, sourceStanding } = pass
  const { uidvalidity } = sourceStanding
  const { uid, sha256, flags } = message
  const compared = read ?? (await readBack(into.gmail, id, message, run.limits.spoolAbove))
  if (compared === null) {
    await transact(run.ctx, (ctx) => loosen(ctx, job.ledger.id, [{ uidvalidity, uid }]))
    tally.arrived.delete(uid)
    tellOneMore(run, { side: 'target', code: 'copied_again', folder: job.folder.path })
    throw new MailTrouble('target', 'other', 'an acknowledged message is not there')
  }
  const { targetSha256, level, reason, facts } = compared
  await transact(run.ctx, (ctx) => keepJudged(ctx, job.ledger.id, uidvalidity, [{ uid, targetSha256, level, reason }]))
  if (reason !== null) tally.arrived.delete(uid)
  tally.sent.delete(uid)
  tally.acknowledged.delete(uid)
  tellMissing(
    pass,
    labels.filter((label) => !facts.labelIds.includes(label)),
  )
  if (message.receivedAt !== null && !sameSecond(message.receivedAt, facts.receivedAt))
    tellOneMore(run, { side: 'target', code: 'date_differs', folder: job.folder.path })
  remember(into, { sha256, id, targetSha256, level, reason, copies: [{ flags, label: labelId }] })
  run.progress += 1
}

function tellMissing({ run, into, job }: GmailPass, missing: readonly string[]) {
  if (missing.length === 0) return
  const names = missing.map((id) => [...into.labels.values()].find((one) => one.id === id)?.name ?? id)
  const known = run.problems.find(({ code, folder }) => code === 'label_missing' && folder === job.folder.path)
  const words = [...new Set([...(known?.words?.split(', ') ?? []), ...names])].sort().join(', ')
  tell(run, { side: 'target', code: 'label_missing', folder: job.folder.path, words, count: (known?.count ?? 0) + 1 })
}
