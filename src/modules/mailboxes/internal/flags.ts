/** Flags that changed at the source since the last time, brought to the target; what was changed at the target stays. */
import { transact } from '../../../platform/context.ts'
import { sameFlags, sequenceSet } from './imap-text.ts'
import { type Item, keepFlags } from './item-queries.ts'
import { examine, readMessages, select } from './mail-server.ts'
import { type Pass, tell } from './run.ts'
import type { Listed } from './source.ts'
import { MailTrouble } from './trouble.ts'

const together = 500

/** Three-way: what was synchronised last, the source, the target. Only where the target still has the first it gets the second. */
export async function followFlags(pass: Pass, listed: readonly Listed[]): Promise<void> {
  const changed = listed.flatMap((one) => {
    const item = pass.items.get(one.uid)
    return item !== undefined && item.targetUid !== null && !sameFlags(item.flags, one.flags)
      ? [{ item, flags: one.flags }]
      : []
  })
  for (let at = 0; at < changed.length; at += together) await follow(pass, changed.slice(at, at + together))
}

async function follow(pass: Pass, changed: readonly { item: Item; flags: string }[]) {
  const { run, job, target, sourceStanding } = pass
  await examine(target.checker, job.mapped.target)
  const now = new Map<number, string>()
  const uids = changed.flatMap(({ item }) => item.targetUid ?? []).sort((a, b) => a - b)
  await readMessages(target.checker, uids, 'sizes', ({ uid, flags }) => now.set(uid, flags))
  const untouched = changed.filter(({ item }) => sameFlags(now.get(item.targetUid ?? 0) ?? '?', item.flags))
  await store(pass, untouched)
  const kept = changed.map(({ item, flags }) => ({ uid: item.uid, flags }))
  await transact(run.ctx, (ctx) => keepFlags(ctx, job.ledger.id, sourceStanding.uidvalidity, kept))
  const others = changed.filter(({ item, flags }) => {
    const there = now.get(item.targetUid ?? 0) ?? ''
    return !sameFlags(there, item.flags) && !sameFlags(there, flags)
  })
  if (others.length > 0)
    tell(run, { side: 'target', code: 'flags_kept', folder: job.folder.path, count: others.length })
}

async function store({ target, job }: Pass, changed: readonly { item: Item; flags: string }[]) {
  const [writer] = target.writers
  if (writer === undefined || changed.length === 0) return
  await select(writer, job.mapped.target)
  for (const [flags, some] of Map.groupBy(changed, (one) => one.flags)) {
    const uids = some.flatMap(({ item }) => item.targetUid ?? []).sort((a, b) => a - b)
    const done = await writer.send([`UID STORE ${sequenceSet(uids)} FLAGS.SILENT (${flags})`])
    if (done.status !== 'OK') throw new MailTrouble('target', 'refused', done.words)
  }
  // Leaves the folder without expunging what is marked as deleted, as CLOSE would.
  await examine(writer, job.mapped.target)
}
