/** The SQL of what a person leaves in cases of others and beside cases: files, notes of their mail, views, an address. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'

/** Takes the files that came with these events out of the cases; bytes that nothing names any more go with the next sweep. */
export async function deleteAttachmentsOf(ctx: TxContext, eventIds: readonly number[]): Promise<number> {
  const gone = await sql<{ sha256: string }>`
    delete from case_attachment where organisation_id = ${ctx.organisationId} and event_id = any(${eventIds}::bigint[])
    returning sha256`.execute(ctx.db)
  await sql`
    delete from file f where f.organisation_id = ${ctx.organisationId}
      and f.sha256 = any(${gone.rows.map((row) => row.sha256)}::text[])
      and not exists (select from case_attachment a where a.organisation_id = f.organisation_id and a.sha256 = f.sha256)
      and not exists (select from mail_message m where m.organisation_id = f.organisation_id and m.file_sha256 = f.sha256)`.execute(
    ctx.db,
  )
  return gone.rows.length
}

/** How the first line of a note of a mail begins, and how it goes on after the sender's address. */
export type NoteLine = { begins: string; goesOn: string }

/**
 * The notes that SITEC wrote of a person's mail in cases, by the address in their first line or because somebody said whose
 * it was, each with the message behind
 * it: of the messages added to the case, the first one routed after the note (the case is locked from one to the other).
 */
export async function selectMailNotes(ctx: TxContext, personId: string, lines: readonly NoteLine[]) {
  const found = await sql<{ id: number; mail_id: string | null }>`
    select n.id, behind.id as mail_id
    from person p
    join event n on n.organisation_id = p.organisation_id and n.subject_type = 'case' and n.kind = 'case.replied'
      and n.actor_id is null and n.door = 'mail' and n.payload->>'visibility' = 'internal'
    join event_text x on x.organisation_id = n.organisation_id and x.event_id = n.id and x.content is not null
    left join lateral (
      select m.id from mail_message m
      join event r on r.organisation_id = m.organisation_id and r.subject_type = 'mail' and r.subject_id = m.id
        and r.kind = 'mail.routed' and r.id > n.id
      where m.organisation_id = n.organisation_id and m.case_id = n.subject_id and m.outcome = 'appended'
      order by r.id limit 1) as behind on true
    where p.organisation_id = ${ctx.organisationId} and p.id = ${personId}
      and (exists (
        select from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as line (begins text, "goesOn" text)
        where starts_with(x.content::jsonb->>'body', line.begins)
          and position(' ' || p.email || line."goesOn" in lower(split_part(x.content::jsonb->>'body', E'\n', 1))) > 0)
        or exists (
        select from event t where t.organisation_id = p.organisation_id and t.subject_type = 'mail'
          and t.subject_id = behind.id and t.kind = 'mail.retried' and t.payload->>'personId' = p.id::text))
    order by n.id`.execute(ctx.db)
  return found.rows
}

/** Takes a person's address off the list of those that are not written to; answers how many there were. */
export async function deleteSuppressedOf(ctx: TxContext, personId: string): Promise<number> {
  const gone = await sql`
    delete from suppressed_address s using person p
    where s.organisation_id = ${ctx.organisationId} and p.organisation_id = s.organisation_id and p.id = ${personId}
      and s.email = p.email`.execute(ctx.db)
  return Number(gone.numAffectedRows ?? 0n)
}

/** Takes a person's saved views away, those shared with a team too; answers the events with their names and filters. */
export async function deleteViewsOf(ctx: TxContext, personId: string): Promise<number[]> {
  await sql`delete from saved_view where organisation_id = ${ctx.organisationId} and owner_id = ${personId}`.execute(
    ctx.db,
  )
  const found = await sql<{ id: number }>`
    select id from event
    where organisation_id = ${ctx.organisationId} and subject_type = 'saved_view' and actor_id = ${personId}
      and text_digest is not null`.execute(ctx.db)
  return found.rows.map((row) => row.id)
}
