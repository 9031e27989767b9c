/** The SQL of what comes to the source after the cut-over. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { Intended } from './item-queries.ts'

/** Messages of a folder that the target refused and nobody has decided on, by number at the source. */
export async function selectUndecided(ctx: TxContext, folderId: string): Promise<number[]> {
  const found = await sql<{ uid: number }>`
    select i.source_uid::float8 as uid from mail_copy_item i
    where i.organisation_id = ${ctx.organisationId} and i.folder_id = ${folderId} and i.state = 'refused' and not i.is_gone
      and not exists (select from mail_copy_choice c
                      where c.organisation_id = i.organisation_id and c.folder_id = i.folder_id
                        and c.source_uidvalidity = i.source_uidvalidity and c.source_uid = i.source_uid)`.execute(
    ctx.db,
  )
  return found.rows.map(({ uid }) => uid)
}

export type Beforehand = {
  folder: string
  uidvalidity: number
  uid: number
  sha256: string
  receivedAt: Date | null
  isGone: boolean
}

/** What was copied with one of these digests, from whatever folder; not what this folder had under earlier numbers. */
export async function selectBeforehand(
  ctx: TxContext,
  copyId: string,
  here: { folderId: string; uidvalidity: number },
  digests: readonly string[],
): Promise<Beforehand[]> {
  if (digests.length === 0) return []
  const found = await sql<Omit<Beforehand, 'receivedAt'> & { receivedAt: string | null }>`
    select f.source_path as folder, i.source_uidvalidity::float8 as uidvalidity, i.source_uid::float8 as uid,
           encode(i.sha256, 'hex') as sha256, i.received_at as "receivedAt", i.is_gone as "isGone"
    from mail_copy_folder f
    join mail_copy_item i on i.organisation_id = f.organisation_id and i.folder_id = f.id
      and i.state in ('stored', 'verified', 'altered') and encode(i.sha256, 'hex') = any (${[...digests]}::text[])
    where f.organisation_id = ${ctx.organisationId} and f.copy_id = ${copyId}
      and (f.id <> ${here.folderId} or i.source_uidvalidity = ${here.uidvalidity})`.execute(ctx.db)
  return found.rows.map(({ receivedAt, ...row }) => ({
    ...row,
    receivedAt: receivedAt === null ? null : new Date(receivedAt),
  }))
}

/** Known here under these numbers, and never to be sent: they were copied from another folder before. */
export async function keepBeforehand(
  ctx: TxContext,
  folderId: string,
  uidvalidity: number,
  items: readonly Intended[],
): Promise<void> {
  await sql`
    insert into mail_copy_item (organisation_id, folder_id, source_uidvalidity, source_uid, size, received_at, flags, sha256, state, is_gone)
    select ${ctx.organisationId}, ${folderId}, ${uidvalidity}, uid, size, received_at, flags, decode(sha256, 'hex'), 'intent', true
    from unnest(${items.map(({ uid }) => uid)}::bigint[], ${items.map(({ size }) => size)}::bigint[],
                ${items.map(({ receivedAt }) => receivedAt?.toISOString() ?? null)}::timestamptz[],
                ${items.map(({ flags }) => flags)}::text[], ${items.map(({ sha256 }) => sha256)}::text[])
      as given (uid, size, received_at, flags, sha256)
    on conflict (organisation_id, folder_id, source_uidvalidity, source_uid) do nothing`.execute(ctx.db)
}

/** What came late in an earlier wave is part of what this one brought: counting begins anew at the cut-over. */
export async function forgetLate(ctx: TxContext, copyId: string): Promise<void> {
  await sql`
    update mail_copy_item i set is_late = false from mail_copy_folder f
    where f.organisation_id = ${ctx.organisationId} and f.copy_id = ${copyId} and i.organisation_id = f.organisation_id
      and i.folder_id = f.id and i.is_late`.execute(ctx.db)
}
