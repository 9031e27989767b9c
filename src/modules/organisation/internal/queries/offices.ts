/** Every SQL statement about offices and sites. */
import { sql } from 'kysely'
import type { TxContext } from '../../../../platform/context.ts'
import type { Office, Site } from '../../schema.ts'
import type { OfficeKind } from '../tree.ts'

/** An office as it is stored. The CHECK of the table holds `kind` to its type. */
export type OfficeFacts = {
  id: string
  kind: OfficeKind
  code: string
  ipaCode: string | null
  name: string
  parentId: string | null
  siteId: string | null
}
export type StoredOffice = OfficeFacts & { closedOn: string | null; version: number }

/** One change of the chart at a time: two moves that are each right could close a circle together. */
export async function lockTree(ctx: TxContext): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('office tree ' || ${ctx.organisationId}, 0))`.execute(ctx.db)
}

/** Every office of the administration, open and closed. */
export async function selectTree(ctx: TxContext): Promise<StoredOffice[]> {
  const found = await sql<StoredOffice>`
    select id, kind, code, ipa_code as "ipaCode", name, parent_id as "parentId", site_id as "siteId",
           closed_on as "closedOn", version
    from office where organisation_id = ${ctx.organisationId}`.execute(ctx.db)
  return found.rows
}

/** The chart from the top down, each office after the one above it, by name among its equals. */
export async function selectOffices(ctx: TxContext, withClosed: boolean): Promise<Office[]> {
  const found = await sql<Office>`
    with recursive chart as (
      select o.*, 0 as depth, array[lower(o.name) || ' ' || o.code] as path from office o
      where o.organisation_id = ${ctx.organisationId} and o.parent_id is null
      union all
      select o.*, c.depth + 1, c.path || (lower(o.name) || ' ' || o.code) from office o
      join chart c on c.organisation_id = o.organisation_id and c.id = o.parent_id
      where o.organisation_id = ${ctx.organisationId}
    )
    select c.id, c.kind, c.code, c.ipa_code as "ipaCode", c.name, c.parent_id as "parentId", c.site_id as "siteId",
           s.name as "siteName", c.closed_on as "closedOn", c.depth, c.version
    from chart c left join site s on s.organisation_id = c.organisation_id and s.id = c.site_id
    where c.closed_on is null or ${withClosed}
    order by c.path limit 50000`.execute(ctx.db)
  return found.rows
}

/** One office with its depth. */
export async function selectOffice(ctx: TxContext, id: string): Promise<Office | undefined> {
  const found = await sql<Office>`
    with recursive above as (
      select o.id, o.parent_id from office o where o.organisation_id = ${ctx.organisationId} and o.id = ${id}
      union all
      select o.id, o.parent_id from office o join above a on o.id = a.parent_id where o.organisation_id = ${ctx.organisationId}
    )
    select o.id, o.kind, o.code, o.ipa_code as "ipaCode", o.name, o.parent_id as "parentId", o.site_id as "siteId",
           s.name as "siteName", o.closed_on as "closedOn", (select count(*)::int - 1 from above) as depth, o.version
    from office o left join site s on s.organisation_id = o.organisation_id and s.id = o.site_id
    where o.organisation_id = ${ctx.organisationId} and o.id = ${id}`.execute(ctx.db)
  return found.rows[0]
}

/** Whether an office is open, kept so until the end of the transaction: `share` for those who put somebody in it. */
export async function lockOffice(
  ctx: TxContext,
  id: string,
  how: 'share' | 'update',
): Promise<{ isOpen: boolean } | undefined> {
  const found = await sql<{ isOpen: boolean }>`
    select closed_on is null as "isOpen" from office
    where organisation_id = ${ctx.organisationId} and id = ${id} ${how === 'share' ? sql`for share` : sql`for update`}`.execute(
    ctx.db,
  )
  return found.rows[0]
}

/** The open office that has a code. */
export async function selectOfficeByCode(ctx: TxContext, code: string): Promise<{ id: string } | undefined> {
  return ctx.db
    .selectFrom('office')
    .select('id')
    .where('organisation_id', '=', ctx.organisationId)
    .where('code', '=', code)
    .where('closed_on', 'is', null)
    .executeTakeFirst()
}

export async function insertOffices(ctx: TxContext, offices: readonly OfficeFacts[]): Promise<void> {
  if (offices.length === 0) return
  await sql`
    insert into office (organisation_id, id, parent_id, kind, code, ipa_code, name, site_id)
    select ${ctx.organisationId}, * from unnest(
      ${offices.map((office) => office.id)}::uuid[], ${offices.map((office) => office.parentId)}::uuid[],
      ${offices.map((office) => office.kind)}::text[], ${offices.map((office) => office.code)}::text[],
      ${offices.map((office) => office.ipaCode)}::text[], ${offices.map((office) => office.name)}::text[],
      ${offices.map((office) => office.siteId)}::uuid[])`.execute(ctx.db)
}

export async function updateOffices(ctx: TxContext, offices: readonly OfficeFacts[]): Promise<void> {
  if (offices.length === 0) return
  await sql`
    update office o
    set parent_id = n.parent_id, kind = n.kind, code = n.code, ipa_code = n.ipa_code, name = n.name, site_id = n.site_id,
        version = o.version + 1
    from unnest(
      ${offices.map((office) => office.id)}::uuid[], ${offices.map((office) => office.parentId)}::uuid[],
      ${offices.map((office) => office.kind)}::text[], ${offices.map((office) => office.code)}::text[],
      ${offices.map((office) => office.ipaCode)}::text[], ${offices.map((office) => office.name)}::text[],
      ${offices.map((office) => office.siteId)}::uuid[]) as n (id, parent_id, kind, code, ipa_code, name, site_id)
    where o.organisation_id = ${ctx.organisationId} and o.id = n.id`.execute(ctx.db)
}

/** Frees the IPA codes of offices about to get others: unique indexes look at every single row. */
export async function clearIpaCodes(ctx: TxContext, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`update office set ipa_code = null where organisation_id = ${ctx.organisationId} and id = any (${ids}::uuid[])`.execute(
    ctx.db,
  )
}

/** Closes an office on a day, or opens it again (null). */
export async function updateClosedOn(ctx: TxContext, id: string, closedOn: string | null): Promise<void> {
  await sql`
    update office set closed_on = ${closedOn}::date, version = version + 1
    where organisation_id = ${ctx.organisationId} and id = ${id}`.execute(ctx.db)
}

export async function hasPeople(ctx: TxContext, officeId: string): Promise<boolean> {
  const found = await ctx.db
    .selectFrom('person')
    .select('id')
    .where('organisation_id', '=', ctx.organisationId)
    .where('office_id', '=', officeId)
    .where('left_on', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

export async function selectSites(ctx: TxContext): Promise<Site[]> {
  return ctx.db
    .selectFrom('site')
    .select(['id', 'code', 'name', 'address', 'version'])
    .where('organisation_id', '=', ctx.organisationId)
    .orderBy('name')
    .orderBy('id')
    .limit(20_000)
    .execute()
}

export async function lockSite(ctx: TxContext, id: string): Promise<Site | undefined> {
  return ctx.db
    .selectFrom('site')
    .select(['id', 'code', 'name', 'address', 'version'])
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

type SiteFacts = { id: string; code: string; name: string; address: string }

export async function insertSite(ctx: TxContext, site: SiteFacts): Promise<void> {
  await ctx.db
    .insertInto('site')
    .values({ organisation_id: ctx.organisationId, ...site })
    .execute()
}

export async function updateSite(ctx: TxContext, { id, ...columns }: SiteFacts, version: number): Promise<void> {
  await ctx.db
    .updateTable('site')
    .set({ ...columns, version })
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .execute()
}
