/** The SQL of what leaves as a file. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { AttributeValues, ItemType } from '../item-types.ts'
import type { ItemState, ItemTitle } from '../vocabulary.ts'
import { filtered, type ItemFilter } from './list-queries.ts'
import { visibleItems } from './visible.ts'

export type ExportedItem = {
  id: string
  code: string
  type: ItemType
  name: string
  state: ItemState
  title: ItemTitle
  office: string | null
  site: string | null
  custodian: string | null
  room: string
  takenOverOn: string | null
  tag: string | null
  serial: string | null
  maker: string
  model: string
  costCents: number | null
  purchasedOn: string | null
  warrantyUntil: string | null
  funding: string
  attributes: AttributeValues
}

/** Items after a code, in the order of codes, with codes and addresses in place of ids. */
export async function selectExported(
  ctx: TxContext,
  filter: ItemFilter,
  after: string,
  limit: number,
): Promise<ExportedItem[]> {
  const found = await sql<ExportedItem>`
    select c.id, c.code, c.type, c.name, c.state, c.title, o.code as office, s.code as site, p.email as custodian, a.room,
           c.taken_over_on as "takenOverOn", a.tag, a.serial, a.maker, a.model, a.cost_cents as "costCents",
           a.purchased_on as "purchasedOn", a.warranty_until as "warrantyUntil", a.funding, c.attributes
    from (
      select c.* from configuration_item c
      where c.organisation_id = ${ctx.organisationId} and c.code > ${after} and ${visibleItems(ctx)} and ${filtered(ctx, filter)}
      order by c.code limit ${limit}
    ) c
    join asset a on a.organisation_id = c.organisation_id and a.item_id = c.id
    left join office o on o.organisation_id = c.organisation_id and o.id = c.office_id
    left join site s on s.organisation_id = c.organisation_id and s.id = c.site_id
    left join person p on p.organisation_id = a.organisation_id and p.id = a.custodian_id
    order by c.code`.execute(ctx.db)
  return found.rows
}

/** The administration's code in the index of public administrations. */
export async function selectIpaCode(ctx: TxContext): Promise<string | null> {
  const found = await sql<{ code: string | null }>`
    select ipa_code as code from organisation where id = ${ctx.organisationId}`.execute(ctx.db)
  return found.rows[0]?.code ?? null
}

export type CataloguedDatabase = {
  code: string
  name: string
  office: string | null
  steward: string | null
  applications: string | null
  hosts: string | null
  attributes: AttributeValues
}

/** The databases that are in use or about to be, with who uses them and where they run. */
export async function selectDatabases(ctx: TxContext): Promise<CataloguedDatabase[]> {
  const related = (kind: string, own: 'from_id' | 'to_id', other: 'from_id' | 'to_id') => sql`(
    select string_agg(d.name, ' | ' order by d.code) from item_relation r
    join configuration_item d on d.organisation_id = r.organisation_id and d.id = ${sql.ref(`r.${other}`)}
    where r.organisation_id = c.organisation_id and r.kind = ${kind} and ${sql.ref(`r.${own}`)} = c.id
      and d.state not in ('retired', 'disposed'))`
  const found = await sql<CataloguedDatabase>`
    select c.code, c.name, o.name as office, t.name as steward, c.attributes,
           ${related('uses_data_of', 'to_id', 'from_id')} as applications, ${related('runs_on', 'from_id', 'to_id')} as hosts
    from configuration_item c
    left join office o on o.organisation_id = c.organisation_id and o.id = c.office_id
    left join office t on t.organisation_id = c.organisation_id and t.id = (c.attributes->>'steward_office')::uuid
    where c.organisation_id = ${ctx.organisationId} and c.type = 'database' and c.state not in ('retired', 'disposed')
      and ${visibleItems(ctx)}
    order by c.code limit 10000`.execute(ctx.db)
  return found.rows
}

export type InventoryRow = {
  code: string
  type: ItemType
  name: string
  state: ItemState
  office: string | null
  custodian: string | null
  takenOverOn: string | null
  attributes: AttributeValues
}

/** Items of some types after a code, with who answers for them: what the minimum security measures list. */
export async function selectInventory(
  ctx: TxContext,
  types: readonly ItemType[],
  after: string,
  limit: number,
): Promise<InventoryRow[]> {
  const found = await sql<InventoryRow>`
    select c.code, c.type, c.name, c.state, o.name as office, p.given_name || ' ' || p.family_name as custodian,
           c.taken_over_on as "takenOverOn", c.attributes
    from configuration_item c
    join asset a on a.organisation_id = c.organisation_id and a.item_id = c.id
    left join office o on o.organisation_id = c.organisation_id and o.id = c.office_id
    left join person p on p.organisation_id = a.organisation_id and p.id = a.custodian_id
    where c.organisation_id = ${ctx.organisationId} and c.type = any (${types}::text[]) and c.code > ${after}
      and c.state not in ('retired', 'disposed') and ${visibleItems(ctx)}
    order by c.code limit ${limit}`.execute(ctx.db)
  return found.rows
}
