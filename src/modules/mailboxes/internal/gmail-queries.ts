/** The SQL of copies into Gmail, beside that of every copy. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { Level } from '../vocabulary.ts'

export type GmailFolder = { id: string; historyId: string | null; labelId: string | null }

/** What a copy's folders became at Gmail. */
export async function selectGmailFolders(ctx: TxContext, copyId: string): Promise<GmailFolder[]> {
  const found = await sql<GmailFolder>`
    select id, target_standing->>'historyId' as "historyId", target_label as "labelId"
    from mail_copy_folder where organisation_id = ${ctx.organisationId} and copy_id = ${copyId}
    order by source_path`.execute(ctx.db)
  return found.rows
}

/** The label that is there now, under the name Gmail took. */
export async function keepLabel(ctx: TxContext, folderId: string, name: string, labelId: string): Promise<void> {
  await ctx.db
    .updateTable('mail_copy_folder')
    .set({ target_path: name, target_label: labelId })
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', folderId)
    .execute()
}

/** How both sides stood when the folder was copied to its end; null: it has to be looked through again. */
export async function keepGmailStanding(
  ctx: TxContext,
  folderId: string,
  standing: { source: unknown; historyId: string } | null,
): Promise<void> {
  await sql`
    update mail_copy_folder set
      source_standing = ${standing && JSON.stringify(standing.source)}::jsonb,
      target_standing = ${standing && JSON.stringify({ historyId: standing.historyId })}::jsonb
    where organisation_id = ${ctx.organisationId} and id = ${folderId}`.execute(ctx.db)
}

/** A message that is at Gmail, by the digest of its source. `flags` of all that are one there, parted by blanks. */
export type Placed = {
  sha256: string
  id: string
  targetSha256: string | null
  level: Level | null
  reason: string | null
  copies: { flags: string; label: string | null }[]
}

/** Every message of a copy that is at Gmail, each once, with those of the source that are one there. */
export async function selectPlaced(ctx: TxContext, copyId: string): Promise<Placed[]> {
  const found = await sql<Placed>`
    select encode(i.sha256, 'hex') as sha256, i.target_id as id, encode(max(i.target_sha256), 'hex') as "targetSha256",
           max(i.level) as level, max(i.reason) as reason,
           jsonb_agg(jsonb_build_object('flags', i.flags, 'label', f.target_label) order by i.source_uid) as copies
    from mail_copy_item i join mail_copy_folder f on f.organisation_id = i.organisation_id and f.id = i.folder_id
    where i.organisation_id = ${ctx.organisationId} and f.copy_id = ${copyId} and i.target_id is not null and i.sha256 is not null
    group by i.sha256, i.target_id order by min(i.source_uid)`.execute(ctx.db)
  return found.rows
}

/** What Gmail answered: its number for each. */
export async function keepPlaced(
  ctx: TxContext,
  folderId: string,
  uidvalidity: number,
  items: readonly { uid: number; id: string }[],
): Promise<void> {
  await sql`
    update mail_copy_item i set state = 'stored', target_id = given.id, reason = null
    from unnest(${items.map(({ uid }) => uid)}::bigint[], ${items.map(({ id }) => id)}::text[]) as given (uid, id)
    where i.organisation_id = ${ctx.organisationId} and i.folder_id = ${folderId} and i.source_uidvalidity = ${uidvalidity}
      and i.source_uid = given.uid and i.state = 'intent'`.execute(ctx.db)
}

/** These messages are no longer at Gmail: to be sought, or sent again. Answers how many of each folder, those left at the source. */
export async function loosenIds(ctx: TxContext, copyId: string, ids: readonly string[]) {
  const found = await sql<{ folder: string; count: number }>`
    with lost as (
      update mail_copy_item i set state = 'intent', target_id = null, target_sha256 = null, level = null, reason = null
      from mail_copy_folder f
      where i.organisation_id = ${ctx.organisationId} and f.organisation_id = i.organisation_id and f.id = i.folder_id
        and f.copy_id = ${copyId} and i.target_id = any(${[...ids]}::text[])
      returning f.source_path as folder, i.is_gone)
    select folder, count(*)::int as count from lost where not is_gone group by folder order by folder`.execute(ctx.db)
  return found.rows
}

/** How many messages of the source are at Gmail, and how many they are there. */
export async function countMerged(ctx: TxContext, copyId: string): Promise<{ present: number; there: number }> {
  const found = await sql<{ present: number; there: number }>`
    select count(*)::int as present, count(distinct i.target_id)::int as there
    from mail_copy_item i join mail_copy_folder f on f.organisation_id = i.organisation_id and f.id = i.folder_id
    where i.organisation_id = ${ctx.organisationId} and f.copy_id = ${copyId} and i.target_id is not null and not i.is_gone
      and i.state in ('stored', 'verified')`.execute(ctx.db)
  return found.rows[0] ?? { present: 0, there: 0 }
}

/** The sets of flags that messages at Gmail have at the source, by folder. */
export async function selectFlagSets(ctx: TxContext, copyId: string) {
  const found = await sql<{ folder: string; label: string; flags: string; count: number }>`
    select f.source_path as folder, f.target_label as label, i.flags, count(*)::int as count
    from mail_copy_item i join mail_copy_folder f on f.organisation_id = i.organisation_id and f.id = i.folder_id
    where i.organisation_id = ${ctx.organisationId} and f.copy_id = ${copyId} and i.target_id is not null and not i.is_gone
      and i.flags <> '' and f.target_label is not null
    group by f.source_path, f.target_label, i.flags order by f.source_path, i.flags`.execute(ctx.db)
  return found.rows
}

/** Gives numbers to messages of Gmail that have none in this copy, in this order; answers with those that were not brought there by us. */
export async function giveNumbers(ctx: TxContext, copyId: string, ids: readonly string[]) {
  await sql`
    insert into mail_copy_number (organisation_id, copy_id, gmail_id, number, is_ours)
    select ${ctx.organisationId}, ${copyId}, given.id,
           row_number() over (order by given.at)
             + coalesce((select max(n.number) from mail_copy_number n where n.organisation_id = ${ctx.organisationId} and n.copy_id = ${copyId}), 0),
           false
    from unnest(${[...ids]}::text[]) with ordinality as given (id, at)
    where not exists (select from mail_copy_number n
                      where n.organisation_id = ${ctx.organisationId} and n.copy_id = ${copyId} and n.gmail_id = given.id)`.execute(
    ctx.db,
  )
  const found = await sql<{ id: string; number: number }>`
    select gmail_id as id, number from mail_copy_number
    where organisation_id = ${ctx.organisationId} and copy_id = ${copyId} and not is_ours and gmail_id = any(${[...ids]}::text[])
    order by number`.execute(ctx.db)
  return found.rows
}

/**
 * Whatever a copy brought to this copy's Gmail mailbox is known on the way back: it is where it came from. Adds what was brought
 * since, for a mailbox that is moved a second time and comes back again.
 */
export async function turnNumbers(ctx: TxContext, copyId: string, backId: string): Promise<void> {
  await sql`
    insert into mail_copy_number (organisation_id, copy_id, gmail_id, number, is_ours)
    select ${ctx.organisationId}, ${backId}, brought.id, row_number() over (order by brought.id)
             + coalesce((select max(n.number) from mail_copy_number n where n.organisation_id = ${ctx.organisationId} and n.copy_id = ${backId}), 0),
           true
    from (
      select distinct i.target_id as id
      from mail_copy this
      join mail_copy c on c.organisation_id = this.organisation_id and c.target_host = this.target_host
        and c.target_port = this.target_port and c.target_user = this.target_user
      join mail_copy_folder f on f.organisation_id = c.organisation_id and f.copy_id = c.id
      join mail_copy_item i on i.organisation_id = f.organisation_id and i.folder_id = f.id
      where this.organisation_id = ${ctx.organisationId} and this.id = ${copyId} and i.target_id is not null
    ) as brought
    where not exists (select from mail_copy_number n where n.organisation_id = ${ctx.organisationId} and n.copy_id = ${backId} and n.gmail_id = brought.id)`.execute(
    ctx.db,
  )
}

/**
 * What went back from Gmail to this copy's source is at Gmail already: known there under the numbers it got at the source, for a
 * mailbox that is moved a second time. With Google's headers in it, nothing else would tell that it came from there.
 */
export async function knowReturned(ctx: TxContext, copyId: string): Promise<void> {
  await sql`
    insert into mail_copy_item (organisation_id, folder_id, source_uidvalidity, source_uid, size, received_at, flags, sha256, state,
                                target_id, target_sha256, level)
    select i.organisation_id, f.id, b.target_uidvalidity, i.target_uid, i.size, i.received_at, i.flags, i.target_sha256, 'verified',
           n.gmail_id, i.sha256, i.level
    from mail_copy this
    join mail_copy back on back.organisation_id = this.organisation_id
      and (back.source_host, back.source_port, back.source_user) = (this.target_host, this.target_port, this.target_user)
      and (back.target_host, back.target_port, back.target_user) = (this.source_host, this.source_port, this.source_user)
    join mail_copy_folder b on b.organisation_id = back.organisation_id and b.copy_id = back.id
    join mail_copy_folder f on f.organisation_id = this.organisation_id and f.copy_id = this.id and f.source_path = b.target_path
    join mail_copy_item i on i.organisation_id = b.organisation_id and i.folder_id = b.id
    join mail_copy_number n on n.organisation_id = back.organisation_id and n.copy_id = back.id and n.number = i.source_uid
    where this.organisation_id = ${ctx.organisationId} and this.id = ${copyId} and not n.is_ours
      and i.state = 'verified' and i.target_uid is not null and b.target_uidvalidity is not null
    on conflict (organisation_id, folder_id, source_uidvalidity, source_uid) do nothing`.execute(ctx.db)
}

/** Whether something that is still at the source was sent to Gmail, and nobody knows what became of it. */
export async function hasUnanswered(ctx: TxContext, copyId: string): Promise<boolean> {
  const found = await sql`
    select from mail_copy_item i join mail_copy_folder f on f.organisation_id = i.organisation_id and f.id = i.folder_id
    where i.organisation_id = ${ctx.organisationId} and f.copy_id = ${copyId} and i.state = 'intent' and i.times_sent > 0 and not i.is_gone
    limit 1`.execute(ctx.db)
  return found.rows.length > 0
}
