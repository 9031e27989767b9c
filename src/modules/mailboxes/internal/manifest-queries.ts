/** The SQL of manifests. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { ManifestItem } from '../schema.ts'
import type { AsideChoice } from '../wave-vocabulary.ts'

type FolderRow = {
  id: string
  source: string
  target: string
  sourceUidvalidity: number | null
  targetUidvalidity: number | null
}

/** The folders of a copy that have messages, by name. */
export async function selectManifestFolders(ctx: TxContext, copyId: string): Promise<FolderRow[]> {
  const found = await sql<FolderRow>`
    select f.id, f.source_path as source, f.target_path as target, f.target_uidvalidity as "targetUidvalidity",
           (select max(i.source_uidvalidity) from mail_copy_item i
            where i.organisation_id = f.organisation_id and i.folder_id = f.id and not i.is_gone) as "sourceUidvalidity"
    from mail_copy_folder f where f.organisation_id = ${ctx.organisationId} and f.copy_id = ${copyId}
    order by f.source_path`.execute(ctx.db)
  return found.rows
}

type ItemRow = Omit<ManifestItem, 'targetId' | 'isLate' | 'decision'> & {
  targetId: string | null
  isLate: boolean
  choice: AsideChoice | null
  decidedAt: string | null
}

/** What a manifest says of each message of a folder that was at the source at the last run, with what was decided of it. */
export async function selectManifestItems(ctx: TxContext, folderId: string): Promise<ManifestItem[]> {
  const found = await sql<ItemRow>`
    select i.source_uid as uid, i.size, encode(i.sha256, 'hex') as sha256, i.state, i.target_uid as "targetUid", i.target_id as "targetId",
           encode(i.target_sha256, 'hex') as "targetSha256", i.level, i.reason, i.is_late as "isLate",
           case when i.state in ('refused', 'altered') then c.choice end as choice, e.occurred_at as "decidedAt"
    from mail_copy_item i
    left join mail_copy_choice c on c.organisation_id = i.organisation_id and c.folder_id = i.folder_id
      and c.source_uidvalidity = i.source_uidvalidity and c.source_uid = i.source_uid
    left join event e on e.organisation_id = c.organisation_id and e.id = c.event_id
    where i.organisation_id = ${ctx.organisationId} and i.folder_id = ${folderId} and not i.is_gone
    order by i.source_uid`.execute(ctx.db)
  return found.rows.map(({ targetId, isLate, choice, decidedAt, ...item }) => ({
    ...item,
    ...(targetId !== null && { targetId }),
    ...(isLate && { isLate }),
    ...(choice !== null &&
      decidedAt !== null && { decision: { choice, decidedAt: new Date(decidedAt).toISOString() } }),
  }))
}

/** Whether SITEC recorded a manifest with this digest for this copy. */
export async function isRecorded(ctx: TxContext, copyId: string, sha256: string): Promise<boolean> {
  const found = await sql`
    select from event where organisation_id = ${ctx.organisationId} and subject_type = 'mail_copy' and subject_id = ${copyId}
      and kind = 'mailcopy.proved' and payload->>'sha256' = ${sha256} limit 1`.execute(ctx.db)
  return found.rows.length > 0
}
