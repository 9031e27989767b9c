/** A message that was sent again because its first sending was never answered, and whose first sending arrived after all. */
import { read, transact } from '../../../platform/context.ts'
import { sequenceSet } from './imap-text.ts'
import { keepWithdrawn, selectResent, selectTargetUids } from './item-queries.ts'
import { readStrays, targetUids } from './look-through.ts'
import { examine, select } from './mail-server.ts'
import { openMultiset } from './multiset.ts'
import { type Pass, tell } from './run.ts'

/**
 * Takes back what we ourselves brought twice: only messages that came after we began to send, that the ledger knows under
 * no number, and that are byte for byte, second for second, one that was sent more than once. Nothing else is ever removed.
 */
export async function withdrawDoubles(pass: Pass): Promise<void> {
  const { run, job, target } = pass
  const resent = await read(run.ctx, (ctx) => selectResent(ctx, job.ledger.id))
  if (resent.length === 0) return
  const floor = Math.min(...resent.map(({ sentAfter }) => sentAfter ?? Number.POSITIVE_INFINITY))
  const known = new Set(await read(run.ctx, (ctx) => selectTargetUids(ctx, job.ledger.id)))
  const unknown = (await targetUids(pass)).filter((uid) => uid >= floor && !known.has(uid))
  if (unknown.length === 0) return
  const possible = openMultiset(
    resent.flatMap((item) => {
      const again = { ...item, sha256: inItsSecond(item.targetSha256 ?? item.sha256 ?? '', item.receivedAt) }
      return Array.from({ length: item.timesSent - 1 }, () => again)
    }),
  )
  const doubles = (await readStrays(pass, unknown)).flatMap(({ uid, sha256, receivedAt }) => {
    const item = possible.take(inItsSecond(sha256, receivedAt), receivedAt)
    return item === null ? [] : [{ uid, item }]
  })
  if (doubles.length === 0) return
  const uids = sequenceSet(doubles.map(({ uid }) => uid).sort((a, b) => a - b))
  const folder = job.folder.path
  const [writer] = target.writers
  if (writer === undefined || !target.can('UIDPLUS')) {
    tell(run, { side: 'target', code: 'withdrawn_double', folder, count: 0, words: uids })
    return
  }
  await select(writer, job.mapped.target)
  await writer.send([`UID STORE ${uids} +FLAGS.SILENT (\\Deleted)`])
  await writer.send([`UID EXPUNGE ${uids}`])
  await examine(writer, job.mapped.target)
  const withdrawn = doubles.map(({ item }) => item)
  await transact(run.ctx, (ctx) => keepWithdrawn(ctx, job.ledger.id, withdrawn))
  tell(run, { side: 'target', code: 'withdrawn_double', folder, count: doubles.length })
}

// An equal message of another second is somebody else's: of a mailbox that is merged into the same one, or of its user.
const inItsSecond = (sha256: string, receivedAt: Date | null) =>
  `${sha256} ${receivedAt === null ? '' : Math.floor(receivedAt.getTime() / 1000)}`
