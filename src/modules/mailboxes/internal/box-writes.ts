/** The SQL that adds and changes mailboxes: many in few statements. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { ActivityBand, BoxKind, BoxSource } from '../box-vocabulary.ts'

/** A mailbox as it is stored, with what leads to and from it. */
export type StoredBox = {
  id: string
  address: string
  name: string
  kind: BoxKind
  officeId: string | null
  holderId: string | null
  registerCode: string | null
  publishedAt: string | null
  serverId: string | null
  login: string | null
  sizeBytes: number | null
  messageCount: number | null
  unreadCount: number | null
  quotaBytes: number | null
  lastReceivedOn: string | null
  lastReadOn: string | null
  lastSentOn: string | null
  activity: ActivityBand | null
  source: BoxSource
  goneSince: string | null
  version: number
  aliases: { address: string; until: string | null }[]
  forwards: { address: string; keepsCopy: boolean }[]
  delegates: string[]
}

const columns = sql`m.id, m.address, m.name, m.kind, m.office_id as "officeId", m.holder_id as "holderId",
  m.register_code as "registerCode", m.published_at as "publishedAt", m.server_id as "serverId", m.login,
  m.size_bytes as "sizeBytes", m.message_count as "messageCount", m.unread_count as "unreadCount",
  m.quota_bytes as "quotaBytes", m.last_received_on as "lastReceivedOn", m.last_read_on as "lastReadOn",
  m.last_sent_on as "lastSentOn", m.activity, m.source, m.gone_since as "goneSince", m.version,
  (select coalesce(json_agg(json_build_object('address', a.address, 'until', a.until) order by a.address), '[]')
   from mailbox_alias a where a.organisation_id = m.organisation_id and a.mailbox_id = m.id) as aliases,
  (select coalesce(json_agg(json_build_object('address', f.address, 'keepsCopy', f.keeps_copy) order by f.address), '[]')
   from mailbox_forward f where f.organisation_id = m.organisation_id and f.mailbox_id = m.id) as forwards,
  (select coalesce(json_agg(d.address order by d.address), '[]')
   from mailbox_delegate d where d.organisation_id = m.organisation_id and d.mailbox_id = m.id) as delegates`

/** One mailbox, held until the transaction ends. */
export async function lockBox(ctx: TxContext, id: string): Promise<StoredBox | undefined> {
  const found = await sql<StoredBox>`
    select ${columns} from mailbox m where m.organisation_id = ${ctx.organisationId} and m.id = ${id} for update of m`.execute(
    ctx.db,
  )
  return found.rows[0]
}

/** Those with these addresses, by address; held. */
export async function lockByAddress(ctx: TxContext, addresses: readonly string[]): Promise<Map<string, StoredBox>> {
  const found = await sql<StoredBox>`
    select ${columns} from mailbox m
    where m.organisation_id = ${ctx.organisationId} and m.address = any (${addresses}::text[])
    order by m.id for update of m`.execute(ctx.db)
  return new Map(found.rows.map((box) => [box.address, box]))
}

const given = sql`(id uuid, address text, name text, kind text, "officeId" uuid, "holderId" uuid, "registerCode" text,
  "publishedAt" text, "serverId" uuid, login text, "sizeBytes" bigint, "messageCount" bigint, "unreadCount" bigint,
  "quotaBytes" bigint, "lastReceivedOn" date, "lastReadOn" date, "lastSentOn" date, activity text, source text)`

/** Adds mailboxes with all that belongs to them. */
export async function insertBoxes(ctx: TxContext, boxes: readonly StoredBox[]): Promise<void> {
  if (boxes.length === 0) return
  await sql`
    insert into mailbox (organisation_id, id, address, name, kind, office_id, holder_id, register_code, published_at, server_id,
                         login, size_bytes, message_count, unread_count, quota_bytes, last_received_on, last_read_on,
                         last_sent_on, activity, source, seen_at, version)
    select ${ctx.organisationId}, g.id, g.address, g.name, g.kind, g."officeId", g."holderId", g."registerCode", g."publishedAt",
           g."serverId", g.login, g."sizeBytes", g."messageCount", g."unreadCount", g."quotaBytes", g."lastReceivedOn",
           g."lastReadOn", g."lastSentOn", g.activity, g.source, now(), 1
    from jsonb_to_recordset(${JSON.stringify(boxes)}::jsonb) as g ${given}`.execute(ctx.db)
  await insertLinks(ctx, boxes)
}

/** Writes mailboxes as they now are; each is a version on. */
export async function updateBoxes(ctx: TxContext, boxes: readonly StoredBox[], isSeen = false): Promise<void> {
  if (boxes.length === 0) return
  const ids = boxes.map(({ id }) => id)
  await dropSketches(
    ctx,
    boxes.filter(({ kind }) => kind === 'personal' || kind === 'certified').map(({ id }) => id),
  )
  await sql`
    update mailbox m set address = g.address, name = g.name, kind = g.kind, office_id = g."officeId", holder_id = g."holderId",
      register_code = g."registerCode", published_at = g."publishedAt", server_id = g."serverId", login = g.login,
      size_bytes = g."sizeBytes", message_count = g."messageCount", unread_count = g."unreadCount",
      quota_bytes = g."quotaBytes", last_received_on = g."lastReceivedOn", last_read_on = g."lastReadOn",
      last_sent_on = g."lastSentOn", activity = g.activity, source = g.source, version = m.version + 1,
      seen_at = case when ${isSeen} then now() else m.seen_at end,
      gone_since = case when ${isSeen} then null else m.gone_since end
    from jsonb_to_recordset(${JSON.stringify(boxes)}::jsonb) as g ${given}
    where m.organisation_id = ${ctx.organisationId} and m.id = g.id`.execute(ctx.db)
  for (const table of ['mailbox_alias', 'mailbox_forward', 'mailbox_delegate'])
    await sql`delete from ${sql.table(table)} where organisation_id = ${ctx.organisationId} and mailbox_id = any (${ids}::uuid[])`.execute(
      ctx.db,
    )
  await insertLinks(ctx, boxes)
}

async function insertLinks(ctx: TxContext, boxes: readonly StoredBox[]) {
  const rows = (of: (box: StoredBox) => readonly object[]) =>
    JSON.stringify(boxes.flatMap((box) => of(box).map((one) => ({ id: box.id, ...one }))))
  await sql`
    insert into mailbox_alias (organisation_id, mailbox_id, address, until)
    select ${ctx.organisationId}, id, address, until
    from jsonb_to_recordset(${rows(({ aliases }) => aliases)}::jsonb) as g (id uuid, address text, until date)`.execute(
    ctx.db,
  )
  await sql`
    insert into mailbox_forward (organisation_id, mailbox_id, address, keeps_copy)
    select ${ctx.organisationId}, id, address, "keepsCopy"
    from jsonb_to_recordset(${rows(({ forwards }) => forwards)}::jsonb) as g (id uuid, address text, "keepsCopy" boolean)`.execute(
    ctx.db,
  )
  await sql`
    insert into mailbox_delegate (organisation_id, mailbox_id, address)
    select ${ctx.organisationId}, id, address
    from jsonb_to_recordset(${rows(({ delegates }) => delegates.map((address) => ({ address })))}::jsonb) as g (id uuid, address text)`.execute(
    ctx.db,
  )
}

async function dropSketches(ctx: TxContext, ids: readonly string[]) {
  if (ids.length === 0) return
  await sql`delete from mailbox_sketch where organisation_id = ${ctx.organisationId} and mailbox_id = any (${ids}::uuid[])`.execute(
    ctx.db,
  )
}

/** Notes that these were seen now, though nothing about them changed. */
export async function markSeen(ctx: TxContext, ids: readonly string[], source: BoxSource): Promise<void> {
  if (ids.length === 0) return
  await sql`
    update mailbox set seen_at = now(), source = ${source}
    where organisation_id = ${ctx.organisationId} and id = any (${ids}::uuid[])`.execute(ctx.db)
}

/** Addresses of those that an earlier reading of this source had, and this one did not. */
export async function selectLeaving(
  ctx: TxContext,
  source: BoxSource,
  serverId: string | null,
  seen: readonly string[],
): Promise<string[]> {
  const found = await sql<{ address: string }>`
    select address from mailbox
    where organisation_id = ${ctx.organisationId} and gone_since is null and source = ${source}
      and ${serverId === null ? sql`true` : sql`server_id = ${serverId}`}
      and not address = any (${seen}::text[])
    order by address`.execute(ctx.db)
  return found.rows.map(({ address }) => address)
}

/** The same are gone from now on; their ids. */
export async function markGone(
  ctx: TxContext,
  source: BoxSource,
  serverId: string | null,
  seen: readonly string[],
): Promise<string[]> {
  const found = await sql<{ id: string }>`
    update mailbox set gone_since = now(), version = version + 1
    where organisation_id = ${ctx.organisationId} and gone_since is null and source = ${source}
      and ${serverId === null ? sql`true` : sql`server_id = ${serverId}`}
      and not address = any (${seen}::text[])
    returning id`.execute(ctx.db)
  return found.rows.map(({ id }) => id)
}

/** One import or census of mailboxes at a time in an administration: the lines of one are judged by what is there. */
export async function lockBoxImports(ctx: TxContext): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`mailboxes ${ctx.organisationId}`}, 0))`.execute(ctx.db)
}

/** Ids of people of the administration by address; with `present`, only of those who have not left. */
export async function selectHolders(ctx: TxContext, emails: readonly string[]): Promise<Map<string, string>> {
  const found = await sql<{ email: string; id: string }>`
    select email, id from person where organisation_id = ${ctx.organisationId} and email = any (${emails}::text[])`.execute(
    ctx.db,
  )
  return new Map(found.rows.map(({ email, id }) => [email, id]))
}

/** Ids of offices by code. */
export async function selectOfficeCodes(ctx: TxContext): Promise<Map<string, string>> {
  const found = await sql<{ code: string; id: string }>`
    select code, id from office where organisation_id = ${ctx.organisationId} order by code limit 20000`.execute(ctx.db)
  return new Map(found.rows.map(({ code, id }) => [code, id]))
}
