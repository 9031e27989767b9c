/** Mailboxes that a file or a directory tells of, laid beside those that are there, and written. */
import type { TxContext } from '../../../platform/context.ts'
import type { BoxImport } from '../box-schema.ts'
import type { BoxSource } from '../box-vocabulary.ts'
import { addedBox, changedBoxEvent } from '../mailboxes.ts'
import { changedColumns, described } from './box-facts.ts'
import { recordBoxes } from './box-record.ts'
import { insertBoxes, markGone, markSeen, type StoredBox, updateBoxes } from './box-writes.ts'

const mostDifferences = 500

export type Planned = { line: number; before: StoredBox | undefined; after: StoredBox }

const measures = ['sizeBytes', 'messageCount', 'lastReceivedOn', 'lastReadOn', 'lastSentOn', 'activity'] as const

/** Whether anything about it differs, what is measured too, or it was gone. */
function differs({ before, after }: Planned): boolean {
  return (
    before !== undefined &&
    (before.goneSince !== null ||
      changedColumns(before, after).length > 0 ||
      measures.some((name) => before[name] !== after[name]))
  )
}

/** What comes of a plan, with the differences a person would look at. */
export function outcomeOf(planned: readonly Planned[], isTrial: boolean): BoxImport {
  const changed = planned.filter(differs)
  const added = planned.filter(({ before }) => before === undefined).length
  const differences = changed.flatMap(({ line, before, after }) => {
    if (before === undefined) return []
    const [was, is] = [described(before), described(after)]
    return changedColumns(before, after).map((column) => ({
      ...{ line, address: after.address, column, before: was[column], after: is[column] },
    }))
  })
  return {
    ...{ lines: planned.length, added, changed: changed.length, gone: 0, isTrial },
    unchanged: planned.length - added - changed.length,
    differences: differences.slice(0, mostDifferences),
    isCapped: differences.length > mostDifferences,
  }
}

/** Writes a plan, each mailbox with its event where what is said of it changed. */
export async function writePlan(ctx: TxContext, planned: readonly Planned[], source: BoxSource): Promise<void> {
  const added = planned.filter(({ before }) => before === undefined).map(({ after }) => after)
  const changed = planned.filter(differs)
  const same = planned.filter((one) => one.before !== undefined && !differs(one))
  await insertBoxes(ctx, added)
  await updateBoxes(
    ctx,
    changed.map(({ after }) => after),
    true,
  )
  await markSeen(
    ctx,
    same.map(({ after }) => after.id),
    source,
  )
  await recordBoxes(ctx, [
    ...added.map(addedBox),
    ...changed.flatMap(({ before, after }) => (before && changedBoxEvent(before, after)) ?? []),
  ])
}

/** Those that this source had and has no more are gone; how many. */
export async function leaveOthers(
  ctx: TxContext,
  planned: readonly Planned[],
  source: BoxSource,
  serverId: string | null,
): Promise<number> {
  const addresses = planned.map(({ after }) => after.address)
  const ids = await markGone(ctx, source, serverId, addresses)
  await recordBoxes(
    ctx,
    ids.map((id) => ({ subjectType: 'mailbox', subjectId: id, kind: 'mailbox.gone', payload: {} })),
  )
  return ids.length
}
