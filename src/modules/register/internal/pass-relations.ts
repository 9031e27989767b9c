/** What rested on a thing that is replaced rests on the one that takes its place. */
import { randomUUIDv7 } from 'node:crypto'
import type { TxContext } from '../../../platform/context.ts'
import { conflict } from '../problems.ts'
import { recordAll } from './record.ts'
import { relationEvent } from './relation-event.ts'
import {
  deleteRelationsOf,
  insertRelations,
  lockContainment,
  selectContainers,
  selectLoops,
} from './relation-queries.ts'

/**
 * Takes every relation from the old item and gives it to the new one, each with its event. What the new one has already
 * stays as it is: its own container, the same relation; a relation between the two ends. Refused when the new one would be
 * in itself.
 */
export async function passRelations(ctx: TxContext, oldId: string, newId: string): Promise<void> {
  await lockContainment(ctx)
  const left = await deleteRelationsOf(ctx, oldId)
  const hasContainer = (await selectContainers(ctx, [newId])).length > 0
  const end = (id: string) => (id === oldId ? newId : id)
  const passed = left
    .map((one) => ({ ...one, id: randomUUIDv7(), fromId: end(one.fromId), toId: end(one.toId) }))
    .filter(({ fromId, toId }) => fromId !== toId)
    .filter(({ kind, toId }) => !(hasContainer && kind === 'contains' && toId === newId))
  const added = new Set(await insertRelations(ctx, passed))
  const inside = passed.filter(({ kind }) => kind === 'contains')
  if ((await selectLoops(ctx, inside)).length > 0) throw conflict('containment_loop', (t) => t.loop)
  await recordAll(ctx, [
    ...left.map((one) => relationEvent(one, 'relation.removed')),
    ...passed.filter(({ id }) => added.has(id)).map((one) => relationEvent(one, 'relation.added')),
  ])
}
