/** The SQL of what a directory recognises, and of what it was seen to hold. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { UnseenItem } from '../directory-schema.ts'
import type { ItemType } from '../item-types.ts'

export type KnownThing = {
  id: string
  code: string
  type: ItemType
  name: string
  serial: string | null
  host: string | null
  room: string
  hasCustodian: boolean
}

/** Items that are not disposed of with one of these serial numbers or host names (their first label, in small letters). */
export async function selectKnown(
  ctx: TxContext,
  serials: readonly string[],
  hosts: readonly string[],
): Promise<KnownThing[]> {
  const found = await sql<KnownThing>`
    select c.id, c.code, c.type, c.name, a.serial, lower(split_part(c.attributes ->> 'hostname', '.', 1)) as host, a.room,
           a.custodian_id is not null as "hasCustodian"
    from configuration_item c join asset a on a.organisation_id = c.organisation_id and a.item_id = c.id
    where c.organisation_id = ${ctx.organisationId} and not a.is_disposed
      and (upper(a.serial) = any (${serials.map((one) => one.toUpperCase())}::text[])
           or lower(split_part(c.attributes ->> 'hostname', '.', 1)) = any (${[...hosts]}::text[]))
    order by c.id`.execute(ctx.db)
  return found.rows
}

/** Notes that a directory was seen to hold these items. */
export async function noteSeen(
  ctx: TxContext,
  source: string,
  rows: readonly { itemId: string; name: string; lastLogonAt: string | null }[],
): Promise<void> {
  await sql`
    insert into directory_item (organisation_id, source, item_id, name, last_seen_at, last_logon_at)
    select ${ctx.organisationId}, ${source}, g."itemId", g.name, now(), g."lastLogonAt"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g ("itemId" uuid, name text, "lastLogonAt" timestamptz)
    on conflict (organisation_id, source, item_id) do update
      set name = excluded.name, last_seen_at = excluded.last_seen_at, last_logon_at = excluded.last_logon_at`.execute(
    ctx.db,
  )
}

const unseen = (filter: ReturnType<typeof sql>) => sql<UnseenItem>`
  select c.id, c.code, c.name, c.state, d.source, d.name as "directoryName", d.last_seen_at as "lastSeenAt",
         d.last_logon_at as "lastLogonAt"
  from directory_item d
  join configuration_item c on c.organisation_id = d.organisation_id and c.id = d.item_id
  where ${filter} and c.state not in ('retired', 'disposed')
  order by d.last_seen_at desc, c.code limit 500`

/** What a source held before and holds no more, beside the items it holds now. */
export async function selectUnseenBeside(
  ctx: TxContext,
  source: string,
  seenIds: readonly string[],
): Promise<UnseenItem[]> {
  const found = await unseen(sql`d.organisation_id = ${ctx.organisationId} and d.source = ${source}
    and not d.item_id = any (${[...seenIds]}::uuid[])`).execute(ctx.db)
  return found.rows
}

/** What any source held before its newest import and not in it. */
export async function selectUnseen(ctx: TxContext): Promise<UnseenItem[]> {
  const found = await unseen(sql`d.organisation_id = ${ctx.organisationId}
    and d.last_seen_at < (select max(n.last_seen_at) from directory_item n
                          where n.organisation_id = d.organisation_id and n.source = d.source)`).execute(ctx.db)
  return found.rows
}
