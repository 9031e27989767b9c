/** The SQL of lists of items and of single ones. */
import { type SqlBool, sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import { type ItemType, itemTypeNames, itemTypes } from '../item-types.ts'
import type { ItemDetail, ItemRow, ListItemsInput } from '../schema.ts'
import type { Family } from '../vocabulary.ts'
import { readableOffices, visibleItems } from './visible.ts'
import { beginningsOf } from './words.ts'

const rowColumns = sql`c.id, c.code, c.type, c.name, c.state, c.title, c.office_id as "officeId", o.name as "officeName",
  c.site_id as "siteId", s.name as "siteName", a.tag, a.serial, a.model, c.taken_over_on as "takenOverOn", c.version`
const joins = sql`
  join asset a on a.organisation_id = c.organisation_id and a.item_id = c.id
  left join office o on o.organisation_id = c.organisation_id and o.id = c.office_id
  left join site s on s.organisation_id = c.organisation_id and s.id = c.site_id`

export type ItemFilter = Omit<Required<Pick<ListItemsInput, 'words' | 'state'>> & ListItemsInput, 'cursor' | 'limit'>

/** One page of items by code and the first of the next. */
export async function selectItems(ctx: TxContext, filter: ItemFilter, after: string | null, limit: number) {
  const beginnings = beginningsOf(filter.words)
  const found = beginnings === null ? null : await searched(ctx, beginnings)
  // What words found is sorted afterwards: ordered by the bare column, the planner would walk all codes.
  const code = found === null ? sql`c.code` : sql`c.code || ''`
  const rows = await sql<ItemRow>`
    select ${rowColumns} from (
      select c.* from configuration_item c
      where c.organisation_id = ${ctx.organisationId} and ${visibleItems(ctx)} and ${filtered(ctx, filter)}
        and ${found === null ? sql`true` : sql`c.id = any (${found.ids}::uuid[])`}
        and ${after === null ? sql`true` : sql`${code} > ${after}`}
      order by ${code} limit ${limit + 1}
    ) c ${joins}
    order by c.code`.execute(ctx.db)
  return { rows: rows.rows.slice(0, limit), hasMore: rows.rows.length > limit, isCapped: found?.isCapped ?? false }
}

/** Items by id that the actor may see, by code. */
export async function selectItemsById(ctx: TxContext, ids: readonly string[]): Promise<ItemRow[]> {
  const found = await sql<ItemRow>`
    select ${rowColumns} from configuration_item c ${joins}
    where c.organisation_id = ${ctx.organisationId} and c.id = any (${ids}::uuid[]) and ${visibleItems(ctx)}
    order by c.code`.execute(ctx.db)
  return found.rows
}

async function searched(ctx: TxContext, beginnings: string) {
  const found = await sql<{ id: string; is_capped: boolean }>`
    select id, is_capped from search_items(${ctx.organisationId}, ${beginnings}::tsquery, ${readableOffices(ctx)}::uuid[])`.execute(
    ctx.db,
  )
  return { ids: found.rows.map(({ id }) => id), isCapped: found.rows[0]?.is_capped ?? false }
}

/** The types of a family. */
export function typesOf(family: Family): ItemType[] {
  return itemTypeNames.filter((type) => itemTypes[type].family === family)
}

/** The conditions of a filter on `c`, a configuration item; words are looked for elsewhere. */
export function filtered(ctx: TxContext, { family, type, state, title, officeId, siteId }: ItemFilter) {
  const states = { all: sql`true`, present: sql`c.state not in ('retired', 'disposed')` }
  const conditions = [
    state === 'all' || state === 'present' ? states[state] : sql`c.state = ${state}`,
    ...(type ? [sql`c.type = ${type}`] : []),
    ...(family ? [sql`c.type = any (${typesOf(family)}::text[])`] : []),
    ...(title ? [sql`c.title = ${title}`] : []),
    ...(siteId ? [sql`c.site_id = ${siteId}`] : []),
    ...(officeId ? [sql`c.office_id = any (${officesBelow(ctx, officeId)})`] : []),
  ]
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`
}

// An array, so that it is reckoned once before the items are looked at.
function officesBelow(ctx: TxContext, officeId: string) {
  return sql`array(
    with recursive below as (
      select id from office where organisation_id = ${ctx.organisationId} and id = ${officeId}
      union select o.id from office o join below b on o.parent_id = b.id where o.organisation_id = ${ctx.organisationId}
    ) select id from below)`
}

/** An item as it is read: cents are still numbers. */
export type FoundItem = Omit<ItemDetail, 'cost' | 'residualValue'> & { costCents: number | null }

/** One item with both its records, if the actor may see it. */
export async function selectItem(ctx: TxContext, id: string): Promise<FoundItem | undefined> {
  const found = await sql<FoundItem>`
    select ${rowColumns}, c.attributes, c.acquisition_id as "acquisitionId", a.maker, a.custodian_id as "custodianId",
           p.given_name || ' ' || p.family_name as "custodianName", a.room, a.cost_cents as "costCents",
           a.purchased_on as "purchasedOn", a.warranty_until as "warrantyUntil", a.funding, a.loan_until as "loanUntil",
           a.write_off_on as "writeOffOn", a.write_off_document as "writeOffDocument", c.created_at as "createdAt"
    from configuration_item c ${joins}
    left join person p on p.organisation_id = a.organisation_id and p.id = a.custodian_id
    where c.organisation_id = ${ctx.organisationId} and c.id = ${id} and ${visibleItems(ctx)}`.execute(ctx.db)
  return found.rows[0]
}
