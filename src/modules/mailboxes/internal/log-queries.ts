/** The SQL of what third parties say they have copied. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'

export type LogLine = {
  mailboxId: string
  folder: string
  uid: number
  size: number | null
  sha256: string | null
  targetUid: number | null
  result: 'copied' | 'refused' | 'skipped'
}

/** The number at the target by folder and number at the source, as the log has it. */
export async function selectTold(
  ctx: TxContext,
  waveId: string,
  mailboxId: string,
): Promise<Map<string, number | null>> {
  const found = await sql<{ folder: string; uid: number; targetUid: number | null }>`
    select folder, source_uid as uid, target_uid as "targetUid" from wave_log_line
    where organisation_id = ${ctx.organisationId} and wave_id = ${waveId} and mailbox_id = ${mailboxId}`.execute(ctx.db)
  return new Map(found.rows.map(({ folder, uid, targetUid }) => [`${folder}\0${uid}`, targetUid]))
}

/** The log of mailboxes, in place of an earlier one; answers with those that waited for it. */
export async function replaceLog(ctx: TxContext, waveId: string, lines: readonly LogLine[]): Promise<string[]> {
  const mailboxIds = [...new Set(lines.map(({ mailboxId }) => mailboxId))]
  await sql`
    delete from wave_log_line where organisation_id = ${ctx.organisationId} and wave_id = ${waveId}
      and mailbox_id = any (${mailboxIds}::uuid[])`.execute(ctx.db)
  await sql`
    insert into wave_log_line (organisation_id, wave_id, mailbox_id, folder, source_uid, size, sha256, target_uid, result)
    select ${ctx.organisationId}, ${waveId}, l."mailboxId", l.folder, l.uid, l.size, decode(l.sha256, 'hex'), l."targetUid", l.result
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
      as l ("mailboxId" uuid, folder text, uid bigint, size bigint, sha256 text, "targetUid" bigint, result text)`.execute(
    ctx.db,
  )
  const released = await sql<{ mailboxId: string }>`
    update wave_mailbox set waits_for = null, version = version + 1 where organisation_id = ${ctx.organisationId} and wave_id = ${waveId}
      and mailbox_id = any (${mailboxIds}::uuid[]) and waits_for in ('log', 'incomplete')
    returning mailbox_id as "mailboxId"`.execute(ctx.db)
  return released.rows.map(({ mailboxId }) => mailboxId)
}
