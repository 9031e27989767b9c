/** The SQL of relations and of the walks along them. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { ReachedItem, RelationRow } from '../relation-schema.ts'
import type { RelationKind } from '../vocabulary.ts'
import { visibleItems } from './visible.ts'

export type StoredRelation = {
  id: string
  kind: RelationKind
  fromId: string
  toId: string
  redundancyGroup: string | null
  needed: number | null
}

/** One change of what is in what at a time: two that are each right could close a circle together. */
export async function lockContainment(ctx: TxContext): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('item containment ' || ${ctx.organisationId}, 0))`.execute(
    ctx.db,
  )
}

/** Of these pairs (container, content) the places of those that would put a thing into itself: found by walking up. */
export async function selectLoops(
  ctx: TxContext,
  pairs: readonly { fromId: string; toId: string }[],
): Promise<number[]> {
  const found = await sql<{ place: number }>`
    select g.place::int from unnest(${pairs.map(({ fromId }) => fromId)}::uuid[], ${pairs.map(({ toId }) => toId)}::uuid[])
      with ordinality as g (container, content, place)
    where exists (
      with recursive above as (
        select g.container as id
        union
        select r.from_id from item_relation r join above a on a.id = r.to_id
        where r.organisation_id = ${ctx.organisationId} and r.kind = 'contains'
      ) select from above where id = g.content)
    order by g.place limit 1000`.execute(ctx.db)
  return found.rows.map(({ place }) => place - 1)
}

/** What these things are in: the container of each that has one. */
export async function selectContainers(
  ctx: TxContext,
  ids: readonly string[],
): Promise<{ id: string; containerId: string; code: string }[]> {
  const found = await sql<{ id: string; containerId: string; code: string }>`
    select r.to_id as id, r.from_id as "containerId", c.code
    from item_relation r join configuration_item c on c.organisation_id = r.organisation_id and c.id = r.from_id
    where r.organisation_id = ${ctx.organisationId} and r.kind = 'contains' and r.to_id = any (${[...ids]}::uuid[])
    order by r.to_id`.execute(ctx.db)
  return found.rows
}

/** Adds relations; those that are there already are left as they are. The number of those that are new. */
export async function insertRelations(ctx: TxContext, rows: readonly StoredRelation[]): Promise<string[]> {
  const found = await sql<{ id: string }>`
    insert into item_relation (organisation_id, id, kind, from_id, to_id, redundancy_group, needed)
    select ${ctx.organisationId}, id, kind, "fromId", "toId", "redundancyGroup", needed
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as g (id uuid, kind text, "fromId" uuid, "toId" uuid, "redundancyGroup" text, needed int)
    on conflict (organisation_id, kind, from_id, to_id) do nothing
    returning id`.execute(ctx.db)
  return found.rows.map(({ id }) => id)
}

/** How many providers of a dependent's group must be left. */
export type GroupNeed = { dependentId: string; group: string; needed: number }

/** Gives every relation of these groups the number of providers that must be left; those that had another. */
export async function updateNeeded(ctx: TxContext, needs: readonly GroupNeed[]): Promise<StoredRelation[]> {
  const found = await sql<StoredRelation>`
    update item_relation r set needed = g.needed
    from jsonb_to_recordset(${JSON.stringify(needs)}::jsonb) as g ("dependentId" uuid, "group" text, needed int)
    where r.organisation_id = ${ctx.organisationId} and r.dependent_id = g."dependentId"
      and r.redundancy_group = g."group" and r.needed <> g.needed
    returning r.id, r.kind, r.from_id as "fromId", r.to_id as "toId", r.redundancy_group as "redundancyGroup", r.needed`.execute(
    ctx.db,
  )
  return found.rows
}

export async function lockRelation(ctx: TxContext, id: string): Promise<StoredRelation | undefined> {
  const found = await sql<StoredRelation>`
    select id, kind, from_id as "fromId", to_id as "toId", redundancy_group as "redundancyGroup", needed from item_relation
    where organisation_id = ${ctx.organisationId} and id = ${id} for update`.execute(ctx.db)
  return found.rows[0]
}

export async function deleteRelation(ctx: TxContext, id: string): Promise<void> {
  await sql`delete from item_relation where organisation_id = ${ctx.organisationId} and id = ${id}`.execute(ctx.db)
}

/** Takes away every relation of an item, and tells them. */
export async function deleteRelationsOf(ctx: TxContext, itemId: string): Promise<StoredRelation[]> {
  const found = await sql<StoredRelation>`
    delete from item_relation where organisation_id = ${ctx.organisationId} and (from_id = ${itemId} or to_id = ${itemId})
    returning id, kind, from_id as "fromId", to_id as "toId", redundancy_group as "redundancyGroup", needed`.execute(
    ctx.db,
  )
  return found.rows
}

/** The relations of an item, from both ends, with what is at the other; at most 200 of each, those the actor may see. */
export async function selectRelations(ctx: TxContext, itemId: string): Promise<RelationRow[]> {
  const side = (mine: 'from' | 'to') => {
    const [own, other] =
      mine === 'from' ? [sql.ref('r.from_id'), sql.ref('r.to_id')] : [sql.ref('r.to_id'), sql.ref('r.from_id')]
    return sql`(
      select r.id, r.kind, ${mine}::text as side, c.id as "otherId", c.code as "otherCode", c.name as "otherName", c.type as "otherType",
             c.state as "otherState", r.redundancy_group as "redundancyGroup", r.needed
      from item_relation r join configuration_item c on c.organisation_id = r.organisation_id and c.id = ${other}
      where r.organisation_id = ${ctx.organisationId} and ${own} = ${itemId} and ${visibleItems(ctx)}
      order by r.kind, c.code limit 200)`
  }
  const found =
    await sql<RelationRow>`${side('from')} union all ${side('to')} order by side, kind, "otherCode"`.execute(ctx.db)
  return found.rows
}

/** What is reached from an item, nearest first; those the actor may not see come without a name. */
export async function selectReached(
  ctx: TxContext,
  itemId: string,
  direction: 'impact' | 'dependency',
  most: number,
): Promise<(ReachedItem & { isVisible: boolean })[]> {
  const found = await sql<ReachedItem & { isVisible: boolean }>`
    select c.id, c.code, c.name, c.type, c.state, c.office_id as "officeId", o.name as "officeName", w.step, w.via_id as "viaId",
           w.is_lost as "isLost", ${visibleItems(ctx)} as "isVisible"
    from walk_items(${ctx.organisationId}, ${itemId}, ${direction}, ${most}) w
    join configuration_item c on c.organisation_id = ${ctx.organisationId} and c.id = w.id
    left join office o on o.organisation_id = c.organisation_id and o.id = c.office_id
    where c.state <> 'disposed'
    order by w.step, w.is_lost desc, c.code limit ${most + 1}`.execute(ctx.db)
  return found.rows
}
