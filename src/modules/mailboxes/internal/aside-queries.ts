/** The SQL of messages set aside, and of what their owner decided. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { AsideMessage } from '../wave-schema.ts'
import type { AsideChoice } from '../wave-vocabulary.ts'

export type AsideKey = { folderId: string; uidvalidity: number; uid: number }

/** The copies of a mailbox in a wave: that to the new server, and that back from there where the wave was stopped. */
export async function selectBoxCopies(
  ctx: TxContext,
  waveId: string,
  mailboxId: string,
): Promise<{ there: string | null; back: string | null }> {
  return ctx.db
    .selectFrom('wave_mailbox')
    .select(['copy_id as there', 'back_copy_id as back'])
    .where('organisation_id', '=', ctx.organisationId)
    .where('wave_id', '=', waveId)
    .where('mailbox_id', '=', mailboxId)
    .executeTakeFirstOrThrow()
}

/** Folder, size, day and the server's words; nothing of what they say. */
export async function selectAside(ctx: TxContext, copyId: string, limit: number): Promise<AsideMessage[]> {
  const found = await sql<AsideMessage>`
    select i.folder_id as "folderId", g.source_path as folder, i.source_uidvalidity::float8 as uidvalidity, i.source_uid::float8 as uid,
           i.size::float8 as size, i.received_at as "receivedAt", i.state, i.reason, c.choice, c.kept_sha256 is not null as "isKept"
    from mail_copy_folder g
    join mail_copy_item i on i.organisation_id = g.organisation_id and i.folder_id = g.id and not i.is_gone
      and i.state in ('refused', 'altered')
    left join mail_copy_choice c on c.organisation_id = i.organisation_id and c.folder_id = i.folder_id
      and c.source_uidvalidity = i.source_uidvalidity and c.source_uid = i.source_uid
    where g.organisation_id = ${ctx.organisationId} and g.copy_id = ${copyId}
    order by c.choice nulls first, g.source_path, i.source_uid limit ${limit}`.execute(ctx.db)
  return found.rows
}

export async function upsertChoices(
  ctx: TxContext,
  keys: readonly AsideKey[],
  choice: AsideChoice,
  eventId: number,
): Promise<void> {
  await sql`
    insert into mail_copy_choice (organisation_id, folder_id, source_uidvalidity, source_uid, choice, event_id)
    select ${ctx.organisationId}, k."folderId", k.uidvalidity, k.uid, ${choice}, ${eventId}
    from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as k ("folderId" uuid, uidvalidity bigint, uid bigint)
    on conflict (organisation_id, folder_id, source_uidvalidity, source_uid) do update set
      choice = excluded.choice, event_id = excluded.event_id`.execute(ctx.db)
}

/** `sha256`: of its bytes, where they were read before. */
export type ToKeep = AsideKey & { folder: string; size: number; sha256: string | null }

/** The messages of a copy that are to be kept apart, and are not yet. */
export async function selectToKeep(ctx: TxContext, copyId: string): Promise<ToKeep[]> {
  const found = await sql<ToKeep>`
    select c.folder_id as "folderId", g.source_path as folder, c.source_uidvalidity::float8 as uidvalidity, c.source_uid::float8 as uid,
           i.size::float8 as size, encode(i.sha256, 'hex') as sha256
    from mail_copy_folder g
    join mail_copy_choice c on c.organisation_id = g.organisation_id and c.folder_id = g.id and c.choice = 'export' and c.kept_sha256 is null
    join mail_copy_item i on i.organisation_id = c.organisation_id and i.folder_id = c.folder_id
      and i.source_uidvalidity = c.source_uidvalidity and i.source_uid = c.source_uid
    where g.organisation_id = ${ctx.organisationId} and g.copy_id = ${copyId} order by g.source_path, c.source_uid limit 2000`.execute(
    ctx.db,
  )
  return found.rows
}

export async function keepExported(
  ctx: TxContext,
  { folderId, uidvalidity, uid }: AsideKey,
  sha256: string,
): Promise<void> {
  await sql`
    update mail_copy_choice set kept_sha256 = ${sha256} where organisation_id = ${ctx.organisationId} and folder_id = ${folderId}
      and source_uidvalidity = ${uidvalidity} and source_uid = ${uid}`.execute(ctx.db)
}

/** What is kept of these copies, in order. */
export async function selectKept(
  ctx: TxContext,
  copyIds: readonly string[],
): Promise<{ sha256: string; receivedAt: string | null }[]> {
  const found = await sql<{ sha256: string; receivedAt: string | null }>`
    select c.kept_sha256 as sha256, i.received_at as "receivedAt"
    from mail_copy_folder g
    join mail_copy_choice c on c.organisation_id = g.organisation_id and c.folder_id = g.id and c.kept_sha256 is not null
    join mail_copy_item i on i.organisation_id = c.organisation_id and i.folder_id = c.folder_id
      and i.source_uidvalidity = c.source_uidvalidity and i.source_uid = c.source_uid
    where g.organisation_id = ${ctx.organisationId} and g.copy_id = any (${[...copyIds]}::uuid[]) order by g.source_path, c.source_uid limit 2000`.execute(
    ctx.db,
  )
  return found.rows
}
