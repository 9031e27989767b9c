/** What rests on what: relations are added and taken away, and read from both ends. */
import { randomUUIDv7 } from 'node:crypto'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { phrasing } from '../../platform/violations.ts'
import { selectByCode } from './internal/acquired-queries.ts'
import { selectItem } from './internal/list-queries.ts'
import { record } from './internal/record.ts'
import { relationEvent } from './internal/relation-event.ts'
import {
  deleteRelation,
  type GroupNeed,
  insertRelations,
  lockContainment,
  lockRelation,
  type StoredRelation,
  selectLoops,
  selectRelations,
  updateNeeded,
} from './internal/relation-queries.ts'
import { conflict, wrong } from './problems.ts'
import { type AddRelationInput, addRelationInput, type RelationRow } from './relation-schema.ts'

/** The relations of an item the actor may see, with what is at the other end. */
export async function listRelations(ctx: Context, itemId: string): Promise<RelationRow[]> {
  allow(ctx.actor, 'register.read')
  return read(ctx, async (ctx) => {
    if ((await selectItem(ctx, itemId)) === undefined) throw notFound()
    return selectRelations(ctx, itemId)
  })
}

/**
 * Says that one item rests on another, or contains it. Refused when it is said already, when a thing would be in two
 * others, or in itself through others.
 */
export async function addRelation(ctx: Context, input: AddRelationInput): Promise<{ id: string }> {
  allow(ctx.actor, 'register.manage')
  const { from, to, kind, redundancyGroup, needed } = parse(addRelationInput, input)
  if (from === to) throw wrong('to', (t) => t.relationSelf)
  if ((redundancyGroup === null) !== (needed === null)) throw wrong('needed', (t) => t.groupHalf)
  if (redundancyGroup !== null && kind === 'backed_up_by') throw wrong('redundancyGroup', (t) => t.groupBackup)
  return transact(ctx, async (ctx) => {
    const found = new Map((await selectByCode(ctx, [from, to])).map(({ code, itemId }) => [code, itemId]))
    const fromId = found.get(from) ?? fail(wrong('from', (t) => t.unknownItem))
    const toId = found.get(to) ?? fail(wrong('to', (t) => t.unknownItem))
    const relation = { id: randomUUIDv7(), kind, fromId, toId, redundancyGroup, needed }
    if (kind === 'contains') await refuseLoop(ctx, relation)
    const added = await phrasing(
      { item_relation_container: () => conflict('contained_already', (t) => t.containedAlready) },
      () => insertRelations(ctx, [relation]),
    )
    if (added.length === 0) throw conflict('related_already', (t) => t.relatedAlready)
    await alignGroups(ctx, [relation])
    await record(ctx, relationEvent(relation, 'relation.added'))
    return { id: relation.id }
  })
}

async function refuseLoop(ctx: TxContext, relation: StoredRelation): Promise<void> {
  await lockContainment(ctx)
  if ((await selectLoops(ctx, [relation])).length > 0) throw conflict('containment_loop', (t) => t.loop)
}

/** The last word on how many of a group must be left counts for all of it; answers the relations that said otherwise. */
export async function alignGroups(ctx: TxContext, relations: readonly StoredRelation[]): Promise<StoredRelation[]> {
  const last = new Map<string, GroupNeed>()
  for (const { kind, fromId, toId, redundancyGroup: group, needed } of relations) {
    if (group === null || needed === null) continue
    const dependentId = kind === 'contains' ? toId : fromId
    last.set(`${dependentId} ${group}`, { dependentId, group, needed })
  }
  return updateNeeded(ctx, [...last.values()])
}

/** Says that a relation does not hold any more. */
export async function removeRelation(ctx: Context, id: string): Promise<{ id: string }> {
  allow(ctx.actor, 'register.manage')
  return transact(ctx, async (ctx) => {
    const found = (await lockRelation(ctx, id)) ?? fail(notFound())
    await deleteRelation(ctx, id)
    await record(ctx, relationEvent(found, 'relation.removed'))
    return { id }
  })
}
