/** The SQL of inventory campaigns. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { Campaign, CampaignRow, ExpectedItem } from '../campaign-schema.ts'
import type { Finding } from '../vocabulary.ts'

export type NewCampaign = {
  id: string
  name: string
  on: string
  officeIds: string[]
  siteIds: string[]
  types: string[]
}

/** Adds a campaign and what it expects: present things of these places and types. How many. */
export async function insertCampaign(
  ctx: TxContext,
  one: NewCampaign,
  expectedTypes: readonly string[],
): Promise<number> {
  const org = ctx.organisationId
  await sql`
    insert into inventory_campaign (organisation_id, id, name, planned_on, scope)
    values (${org}, ${one.id}, ${one.name}, ${one.on},
            ${JSON.stringify({ officeIds: one.officeIds, siteIds: one.siteIds, types: one.types })}::jsonb)`.execute(
    ctx.db,
  )
  const added = await sql<{ expected: number }>`
    with recursive below as (
      select id from office where organisation_id = ${org} and id = any (${one.officeIds}::uuid[])
      union select o.id from office o join below b on o.parent_id = b.id where o.organisation_id = ${org}
    ), added as (
      insert into campaign_item (organisation_id, campaign_id, item_id, office_id, site_id, room)
      select c.organisation_id, ${one.id}::uuid, c.id, c.office_id, c.site_id, a.room
      from configuration_item c join asset a on a.organisation_id = c.organisation_id and a.item_id = c.id
      where c.organisation_id = ${org} and c.state in ('verified', 'in_stock', 'in_use')
        and c.type = any (${expectedTypes}::text[])
        and (${one.officeIds.length === 0} or c.office_id in (select id from below))
        and (${one.siteIds.length === 0} or c.site_id = any (${one.siteIds}::uuid[]))
      returning item_id
    )
    select count(*)::int as expected from added`.execute(ctx.db)
  return added.rows[0]?.expected ?? 0
}

export type LockedCampaign = { id: string; closedAt: string | null }

/** A campaign, locked so that closing waits for readings and readings for closing. */
export async function lockCampaign(
  ctx: TxContext,
  id: string,
  how: 'read' | 'close',
): Promise<LockedCampaign | undefined> {
  const lock = how === 'close' ? sql`for update` : sql`for share`
  const found = await sql<LockedCampaign>`
    select id, closed_at as "closedAt" from inventory_campaign
    where organisation_id = ${ctx.organisationId} and id = ${id} ${lock}`.execute(ctx.db)
  return found.rows[0]
}

export type NewReading = {
  id: string
  mark: string
  itemId: string | null
  siteId: string | null
  room: string
  readAt: string
}

export async function insertReading(ctx: TxContext, campaignId: string, one: NewReading): Promise<void> {
  await sql`
    insert into campaign_reading (organisation_id, campaign_id, id, mark, item_id, site_id, room, read_at)
    values (${ctx.organisationId}, ${campaignId}, ${one.id}, ${one.mark}, ${one.itemId}::uuid, ${one.siteId}::uuid,
            ${one.room}, ${one.readAt})`.execute(ctx.db)
}

/** A reading that was recorded before. */
export async function selectReading(ctx: TxContext, campaignId: string, id: string): Promise<CampaignRow | undefined> {
  const found = await sql<{ item_id: string | null; mark: string }>`
    select item_id, mark from campaign_reading
    where organisation_id = ${ctx.organisationId} and campaign_id = ${campaignId} and id = ${id}`.execute(ctx.db)
  const one = found.rows[0]
  if (one === undefined) return undefined
  return (await selectRows(ctx, campaignId, 'all', 1, one.item_id ?? `?${one.mark}`))[0]
}

/**
 * What came of each thing: the last reading of it against the place the register had when the campaign was opened, or has
 * now when it was not expected. Read in no place in particular, it is found; not expected at all, it is elsewhere.
 */
const outcomes = (ctx: TxContext, campaignId: string) => sql`
  last as (
    select distinct on (coalesce(r.item_id::text, '?' || upper(r.mark))) r.*
    from campaign_reading r where r.organisation_id = ${ctx.organisationId} and r.campaign_id = ${campaignId}
    order by coalesce(r.item_id::text, '?' || upper(r.mark)), r.read_at desc, r.id desc
  ), outcome as (
    select coalesce(x.item_id, l.item_id) as item_id, l.mark, x.item_id is not null as is_expected,
           case when x.item_id is not null then x.office_id else c.office_id end as office_id,
           case when x.item_id is not null then x.site_id else c.site_id end as site_id,
           case when x.item_id is not null then x.room else coalesce(a.room, '') end as room,
           l.site_id as read_site_id, coalesce(l.room, '') as read_room, l.read_at, coalesce(x.to_verify, false) as to_verify,
           case
             when l.id is null then 'missing'
             when l.item_id is null then 'unknown'
             when x.item_id is null then 'elsewhere'
             when l.site_id is not null and x.site_id is not null and l.site_id <> x.site_id then 'elsewhere'
             when l.room <> '' and x.room <> '' and upper(l.room) <> upper(x.room) then 'elsewhere'
             else 'found'
           end as finding
    from (select * from campaign_item where organisation_id = ${ctx.organisationId} and campaign_id = ${campaignId}) x
    full join last l on l.item_id = x.item_id
    left join configuration_item c on c.organisation_id = ${ctx.organisationId} and c.id = l.item_id
    left join asset a on a.organisation_id = ${ctx.organisationId} and a.item_id = l.item_id
  )`

/** Things of a campaign: the differences, or all of them; `only` is one thing, by id or by "?" and its mark. */
export async function selectRows(
  ctx: TxContext,
  campaignId: string,
  which: 'differences' | 'all',
  limit: number,
  only: string | null = null,
): Promise<CampaignRow[]> {
  const found = await sql<CampaignRow>`
    with ${outcomes(ctx, campaignId)}
    select v.item_id as "itemId", c.code, v.mark, c.name, a.serial, v.finding, v.is_expected as "isExpected",
           o.name as "officeName", s.name as "siteName", v.room, t.name as "readSiteName", v.read_room as "readRoom",
           v.read_at as "readAt", v.to_verify as "toVerify"
    from outcome v
    left join configuration_item c on c.organisation_id = ${ctx.organisationId} and c.id = v.item_id
    left join asset a on a.organisation_id = ${ctx.organisationId} and a.item_id = v.item_id
    left join office o on o.organisation_id = ${ctx.organisationId} and o.id = v.office_id
    left join site s on s.organisation_id = ${ctx.organisationId} and s.id = v.site_id
    left join site t on t.organisation_id = ${ctx.organisationId} and t.id = v.read_site_id
    where ${which === 'all'} and (${only}::text is null or coalesce(v.item_id::text, '?' || v.mark) = ${only}::text)
       or ${which === 'differences'} and v.finding <> 'found'
    order by case v.finding when 'missing' then 1 when 'elsewhere' then 2 when 'unknown' then 3 else 4 end, c.code, v.mark
    limit ${limit}`.execute(ctx.db)
  return found.rows
}

/** Campaigns with their counts, newest first; one when an id is given. */
export async function selectCampaigns(ctx: TxContext, id: string | null = null): Promise<Campaign[]> {
  const found = await sql<Omit<Campaign, Finding | 'expected' | 'toVerify'>>`
    select id, name, planned_on as "on", opened_at as "openedAt", closed_at as "closedAt" from inventory_campaign
    where organisation_id = ${ctx.organisationId} and ${id === null ? sql`true` : sql`id = ${id}`}
    order by opened_at desc, id desc limit 50`.execute(ctx.db)
  const campaigns: Campaign[] = []
  // Few campaigns are ever open at once; each counts its own things.
  for (const one of found.rows) campaigns.push({ ...one, ...(await countOutcomes(ctx, one.id)) })
  return campaigns
}

type Counts = Record<Finding, number> & { expected: number; toVerify: number }

async function countOutcomes(ctx: TxContext, campaignId: string): Promise<Counts> {
  const found = await sql<Counts>`
    with ${outcomes(ctx, campaignId)}
    select count(*) filter (where is_expected)::int as expected, count(*) filter (where to_verify)::int as "toVerify",
           count(*) filter (where finding = 'found')::int as found,
           count(*) filter (where finding = 'missing')::int as missing,
           count(*) filter (where finding = 'elsewhere')::int as elsewhere,
           count(*) filter (where finding = 'unknown')::int as unknown
    from outcome`.execute(ctx.db)
  return found.rows[0] ?? { expected: 0, toVerify: 0, found: 0, missing: 0, elsewhere: 0, unknown: 0 }
}

/** Closes a campaign: what is missing is to be verified; nothing else changes. Ids of what is missing. */
export async function closeCampaignRows(ctx: TxContext, id: string): Promise<string[]> {
  const org = ctx.organisationId
  await sql`
    update inventory_campaign set closed_at = clock_timestamp() where organisation_id = ${org} and id = ${id}`.execute(
    ctx.db,
  )
  const missing = await sql<{ item_id: string }>`
    update campaign_item x set to_verify = true
    where x.organisation_id = ${org} and x.campaign_id = ${id} and not exists (
      select from campaign_reading r
      where r.organisation_id = ${org} and r.campaign_id = ${id} and r.item_id = x.item_id)
    returning x.item_id`.execute(ctx.db)
  return missing.rows.map(({ item_id }) => item_id)
}

/** Takes "to be verified" from one thing; false when it was not. */
export async function settleItem(ctx: TxContext, campaignId: string, itemId: string): Promise<boolean> {
  const settled = await sql`
    update campaign_item set to_verify = false
    where organisation_id = ${ctx.organisationId} and campaign_id = ${campaignId} and item_id = ${itemId} and to_verify
    returning item_id`.execute(ctx.db)
  return settled.rows.length > 0
}

/** The campaigns in which an item is still to be verified. */
export async function selectToVerify(
  ctx: TxContext,
  itemId: string,
): Promise<{ id: string; name: string; on: string }[]> {
  const found = await sql<{ id: string; name: string; on: string }>`
    select i.id, i.name, i.planned_on as "on"
    from campaign_item x join inventory_campaign i on i.organisation_id = x.organisation_id and i.id = x.campaign_id
    where x.organisation_id = ${ctx.organisationId} and x.item_id = ${itemId} and x.to_verify
    order by i.planned_on desc limit 20`.execute(ctx.db)
  return found.rows
}

/** What a phone needs to know to say at once what it reads. */
export async function selectExpected(ctx: TxContext, campaignId: string, limit: number): Promise<ExpectedItem[]> {
  const found = await sql<ExpectedItem>`
    select c.id, c.code, c.name, a.serial, a.tag, x.site_id as "siteId", x.room,
           exists (select from campaign_reading r where r.organisation_id = x.organisation_id
                   and r.campaign_id = x.campaign_id and r.item_id = x.item_id) as "isRead"
    from campaign_item x
    join configuration_item c on c.organisation_id = x.organisation_id and c.id = x.item_id
    join asset a on a.organisation_id = x.organisation_id and a.item_id = x.item_id
    where x.organisation_id = ${ctx.organisationId} and x.campaign_id = ${campaignId}
    order by x.room, c.code limit ${limit}`.execute(ctx.db)
  return found.rows
}
