/** Somebody else copied: which message at the target is meant to be which of the source, where the bytes are not the same. */
import { transact } from '../../../platform/context.ts'
import { intend, keepStored } from './item-queries.ts'
import { openMultiset, sameSecond } from './multiset.ts'
import type { Arrived } from './read-back.ts'
import type { Pass, Stray } from './run.ts'
import type { Fetched } from './source.ts'

/** A message of the source of which the target has no copy equal in bytes. */
export type Unpaired = Omit<Fetched, 'content'>

/**
 * Pairs by the number that whoever copied has told, otherwise by the second of arrival where one message alone has it.
 * Everything is written down; what has no pair stays open: it is not at the target. Answers with the pairs, to be compared.
 */
export async function pairUp(pass: Pass, messages: readonly Unpaired[]): Promise<Arrived[]> {
  const { run, job, sourceStanding, targetStanding } = pass
  const strays = pass.strays.left()
  const pairs = messages.flatMap((message) => {
    const stray = strayFor(message, messages, strays, run.told(job.folder.path, message.uid))
    return stray === null ? [] : [{ ...message, targetUid: stray.uid }]
  })
  const used = new Set(pairs.map(({ targetUid }) => targetUid))
  pass.strays = openMultiset(strays.filter(({ uid }) => !used.has(uid)))
  await transact(run.ctx, async (ctx) => {
    const { uidvalidity } = sourceStanding
    await intend(
      ctx,
      job.ledger.id,
      uidvalidity,
      { sentAfter: targetStanding.uidnext, times: 0, isLate: run.isLate },
      messages,
    )
    if (pairs.length > 0) await keepStored(ctx, job.ledger.id, uidvalidity, pairs)
  })
  return pairs
}

function strayFor(
  { receivedAt }: Unpaired,
  messages: readonly Unpaired[],
  strays: readonly Stray[],
  told: number | null,
): Stray | null {
  if (told !== null) return strays.find(({ uid }) => uid === told) ?? null
  if (receivedAt === null) return null
  const then = strays.filter((stray) => sameSecond(stray.receivedAt, receivedAt))
  const ours = messages.filter((message) => sameSecond(message.receivedAt, receivedAt))
  return then.length === 1 && ours.length === 1 ? (then[0] ?? null) : null
}
