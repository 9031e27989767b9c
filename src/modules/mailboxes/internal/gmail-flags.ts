/** Flags that changed at the source since the last time: read and starred, brought to Gmail unless they were changed there too. */
import { transact } from '../../../platform/context.ts'
import { marksOf } from './gmail-marks.ts'
import type { GmailPass, Known } from './gmail-run.ts'
import { sameFlags } from './imap-text.ts'
import { type Item, keepFlags } from './item-queries.ts'
import { tellOneMore } from './run.ts'
import type { Listed } from './source.ts'

type Change = { item: Item; flags: string }

/** Three-way, as between IMAP servers; of messages that are one at Gmail, one that is read or starred makes it so. */
export async function followGmailFlags(pass: GmailPass, listed: readonly Listed[]): Promise<void> {
  const { run, job, sourceStanding, items } = pass
  for (const { uid, flags } of listed) {
    const item = items.get(uid)
    if (item === undefined || item.targetId === null || sameFlags(item.flags, flags)) continue
    await follow(pass, { item, flags })
    await transact(run.ctx, (ctx) => keepFlags(ctx, job.ledger.id, sourceStanding.uidvalidity, [{ uid, flags }]))
    item.flags = flags
    run.progress += 1
  }
}

async function follow({ into, run, job, labelId }: GmailPass, { item, flags }: Change) {
  const known = into.known.get(item.sha256 ?? '')
  if (known === undefined || known.id !== item.targetId || known.isDraft) return
  const before = { isRead: known.isRead, isStarred: known.isStarred }
  change(known, { item, flags }, labelId)
  const { isRead, isStarred } = known
  if (isRead === before.isRead && isStarred === before.isStarred) return
  const facts = await into.gmail.facts(known.id)
  if (facts === null) return
  const there = { isRead: !facts.labelIds.includes('UNREAD'), isStarred: facts.labelIds.includes('STARRED') }
  if (there.isRead === isRead && there.isStarred === isStarred) return
  if (there.isRead !== before.isRead || there.isStarred !== before.isStarred)
    return tellOneMore(run, { side: 'target', code: 'flags_kept', folder: job.folder.path })
  const add = [...(isRead ? [] : ['UNREAD']), ...(isStarred ? ['STARRED'] : [])]
  const remove = [...(isRead ? ['UNREAD'] : []), ...(isStarred ? [] : ['STARRED'])]
  await into.gmail.relabel(known.id, add, remove)
}

// One of its copies has other flags now.
function change(known: Known, { item, flags }: Change, labelId: string) {
  const index = known.copies.findIndex((one) => one.label === labelId && one.flags === item.flags)
  known.copies = known.copies.map((one, at) => (at === index ? { ...one, flags } : one))
  const marks = known.copies.map((one) => marksOf(one.flags, one.label ?? ''))
  known.isRead = marks.some(({ isRead }) => isRead)
  known.isStarred = marks.some(({ isStarred }) => isStarred)
}
