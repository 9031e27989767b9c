import type { TxContext } from '../../../platform/context.ts'
import { appendEvent, witnessOf } from '../../../platform/events.ts'

/** Appends what an item of the list of consumables became. */
export async function recordItemEvent(
  ctx: TxContext,
  id: string,
  item: { code: string; name: string; printerModel: string; isActive: boolean },
): Promise<void> {
  await appendEvent(ctx, {
    subjectType: 'consumable_item',
    subjectId: id,
    kind: 'consumable_item.saved',
    version: 1,
    witness: witnessOf(ctx),
    payload: item,
    retention: 'organisation',
  })
}
