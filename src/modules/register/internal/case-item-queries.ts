/** The SQL of cases on items. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { CaseItem, Concerned } from '../case-item-schema.ts'
import { visibleItems } from './visible.ts'

/** Links; false when it was linked already. */
export async function insertCaseItem(ctx: TxContext, caseId: string, itemId: string): Promise<boolean> {
  const added = await sql`
    insert into case_item (organisation_id, case_id, item_id) values (${ctx.organisationId}, ${caseId}, ${itemId})
    on conflict do nothing returning item_id`.execute(ctx.db)
  return added.rows.length > 0
}

/** Takes a link away; false when there was none. */
export async function deleteCaseItem(ctx: TxContext, caseId: string, itemId: string): Promise<boolean> {
  const gone = await sql`
    delete from case_item
    where organisation_id = ${ctx.organisationId} and case_id = ${caseId} and item_id = ${itemId}
    returning item_id`.execute(ctx.db)
  return gone.rows.length > 0
}

/** The items of a case that the actor may see, by code. */
export async function selectCaseItems(ctx: TxContext, caseId: string): Promise<CaseItem[]> {
  const found = await sql<CaseItem>`
    select c.id, c.code, c.name, c.type, c.state, o.name as "officeName"
    from case_item k
    join configuration_item c on c.organisation_id = k.organisation_id and c.id = k.item_id
    left join office o on o.organisation_id = c.organisation_id and o.id = c.office_id
    where k.organisation_id = ${ctx.organisationId} and k.case_id = ${caseId} and ${visibleItems(ctx)}
    order by c.code limit 200`.execute(ctx.db)
  return found.rows
}

/** The cases of an item, newest link first. */
export async function selectCasesOf(ctx: TxContext, itemId: string): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select case_id as id from case_item where organisation_id = ${ctx.organisationId} and item_id = ${itemId}
    order by linked_at desc limit 200`.execute(ctx.db)
  return found.rows.map(({ id }) => id)
}

const mostConcerned = 50

/** Whose hands these things are in, and the contacts of the offices that have them or of one above; each person once. */
export async function selectConcerned(ctx: TxContext, itemIds: readonly string[]): Promise<Concerned[]> {
  const org = ctx.organisationId
  const found = await sql<Concerned>`
    with recursive affected as (
      select c.office_id, a.custodian_id
      from configuration_item c join asset a on a.organisation_id = c.organisation_id and a.item_id = c.id
      where c.organisation_id = ${org} and c.id = any (${itemIds}::uuid[])
    ), above as (
      select distinct office_id as id from affected where office_id is not null
      union
      select o.parent_id from office o join above b on o.id = b.id
      where o.organisation_id = ${org} and o.parent_id is not null
    ), named as (
      select custodian_id as id, 'custodian' as why from affected where custodian_id is not null
      union
      select p.id, 'contact' from person p
      join above b on b.id = p.office_id
      join person_role r on r.organisation_id = p.organisation_id and r.person_id = p.id and r.role = 'office_contact'
      where p.organisation_id = ${org}
    )
    select p.id as "personId", p.given_name || ' ' || p.family_name as name, min(n.why) as why, o.name as "officeName"
    from named n
    join person p on p.organisation_id = ${org} and p.id = n.id and p.left_on is null
    left join office o on o.organisation_id = p.organisation_id and o.id = p.office_id
    group by p.id, p.given_name, p.family_name, o.name
    order by min(n.why), p.family_name, p.given_name, p.id limit ${mostConcerned}`.execute(ctx.db)
  return found.rows
}
