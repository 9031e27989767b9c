/** The SQL of copies and their folders. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { Address } from './account.ts'
import type { Standing } from './mail-server.ts'

/** Both ends of a copy, as they are recognised again. */
export type Ends = { from: Address; to: Address }

export async function selectCopy(ctx: TxContext, { from, to }: Ends): Promise<string | undefined> {
  const found = await ctx.db
    .selectFrom('mail_copy')
    .select('id')
    .where('organisation_id', '=', ctx.organisationId)
    .where('source_host', '=', from.host)
    .where('source_port', '=', from.port)
    .where('source_user', '=', from.user)
    .where('target_host', '=', to.host)
    .where('target_port', '=', to.port)
    .where('target_user', '=', to.user)
    .executeTakeFirst()
  return found?.id
}

export async function insertCopy(ctx: TxContext, { from, to }: Ends): Promise<string> {
  const id = randomUUIDv7()
  const source = { source_host: from.host, source_port: from.port, source_user: from.user }
  const target = { target_host: to.host, target_port: to.port, target_user: to.user }
  await ctx.db
    .insertInto('mail_copy')
    .values({ organisation_id: ctx.organisationId, id, ...source, ...target })
    .execute()
  return id
}

/** A folder as the ledger has it; its standings are null until it was copied to its end. */
export type LedgerFolder = {
  id: string
  sourcePath: string
  targetPath: string
  targetUidvalidity: number | null
  sourceStanding: Standing | null
  targetStanding: Standing | null
}

export async function selectFolders(ctx: TxContext, copyId: string): Promise<LedgerFolder[]> {
  const found = await sql<LedgerFolder>`
    select id, source_path as "sourcePath", target_path as "targetPath", target_uidvalidity as "targetUidvalidity",
           source_standing as "sourceStanding", target_standing as "targetStanding"
    from mail_copy_folder where organisation_id = ${ctx.organisationId} and copy_id = ${copyId}
    order by source_path`.execute(ctx.db)
  return found.rows
}

export async function insertFolder(
  ctx: TxContext,
  copyId: string,
  sourcePath: string,
  targetPath: string,
): Promise<LedgerFolder> {
  const id = randomUUIDv7()
  await ctx.db
    .insertInto('mail_copy_folder')
    .values({
      ...{ organisation_id: ctx.organisationId, id, copy_id: copyId },
      ...{ source_path: sourcePath, target_path: targetPath },
    })
    .execute()
  return { id, sourcePath, targetPath, targetUidvalidity: null, sourceStanding: null, targetStanding: null }
}

/** What was in folders that are no longer at the source has gone with them; what was copied of it stays where it is. */
export async function leaveFolders(ctx: TxContext, copyId: string, there: readonly string[]): Promise<void> {
  // A listing without the inbox is not the whole.
  if (!there.some((path) => path.toUpperCase() === 'INBOX')) return
  await sql`
    update mail_copy_item i set is_gone = true from mail_copy_folder f
    where f.organisation_id = ${ctx.organisationId} and f.copy_id = ${copyId} and f.source_path <> all (${[...there]}::text[])
      and i.organisation_id = f.organisation_id and i.folder_id = f.id and not i.is_gone`.execute(ctx.db)
}

/** From now on the target numbers of the folder's items belong to this UIDVALIDITY. */
export async function updateTargetUidvalidity(ctx: TxContext, folderId: string, uidvalidity: number): Promise<void> {
  await ctx.db
    .updateTable('mail_copy_folder')
    .set({ target_uidvalidity: uidvalidity })
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', folderId)
    .execute()
}

/** How both sides stood when the folder was copied to its end; null for both: it has to be looked through again. */
export async function updateStandings(
  ctx: TxContext,
  folderId: string,
  standings: { source: Standing; target: Standing } | null,
): Promise<void> {
  await sql`
    update mail_copy_folder set
      source_standing = ${standings && JSON.stringify(standings.source)}::jsonb,
      target_standing = ${standings && JSON.stringify(standings.target)}::jsonb
    where organisation_id = ${ctx.organisationId} and id = ${folderId}`.execute(ctx.db)
}

/** How both sides stood when the source was last looked at after the cut-over; what is null stays as it was. */
export async function updateLateStandings(
  ctx: TxContext,
  folderId: string,
  source: Standing,
  target: Standing | null,
): Promise<void> {
  await sql`
    update mail_copy_folder set source_standing = ${JSON.stringify(source)}::jsonb,
      target_standing = coalesce(${target && JSON.stringify(target)}::jsonb, target_standing)
    where organisation_id = ${ctx.organisationId} and id = ${folderId}
      and coalesce(${target && JSON.stringify(target)}::jsonb, target_standing) is not null`.execute(ctx.db)
}

export type FolderCount = {
  folderId: string
  present: number
  verified: number
  setAside: number
  open: number
}

/** How many messages of each folder are in which state, those that left the source not counted; of one folder if named. */
export async function countItems(
  ctx: TxContext,
  copyId: string,
  folderId: string | null = null,
): Promise<FolderCount[]> {
  const found = await sql<FolderCount>`
    select i.folder_id as "folderId",
           count(*) filter (where i.state in ('stored', 'verified'))::int as present,
           count(*) filter (where i.state = 'verified')::int as verified,
           count(*) filter (where i.state in ('refused', 'altered'))::int as "setAside",
           count(*) filter (where i.state = 'intent')::int as open
    from mail_copy_item i join mail_copy_folder f on f.organisation_id = i.organisation_id and f.id = i.folder_id
    where i.organisation_id = ${ctx.organisationId} and f.copy_id = ${copyId} and not i.is_gone
      and (${folderId}::uuid is null or f.id = ${folderId}::uuid)
    group by i.folder_id`.execute(ctx.db)
  return found.rows
}
