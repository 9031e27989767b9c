/** The SQL of taking the words out of messages. */
import { type RawBuilder, sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'

/** Takes the bytes of a case's messages out of what is kept; returns their events with text. Ids and states stay. */
export function blankMailOfCase(ctx: TxContext, caseId: string): Promise<number[]> {
  return blankMails(ctx, sql`m.case_id = ${caseId}`)
}

/** The same for one message. */
export function blankMail(ctx: TxContext, id: string): Promise<number[]> {
  return blankMails(ctx, sql`m.id = ${id}`)
}

/** The same for the messages from a person's address that are in no case. */
export function blankMailOfPerson(ctx: TxContext, personId: string): Promise<number[]> {
  return blankMails(
    ctx,
    sql`m.case_id is null and exists (
      select from event_text x join person p on p.organisation_id = x.organisation_id and p.id = ${personId}
      where x.organisation_id = m.organisation_id and x.event_id = m.event_id and position(p.email in lower(x.content)) > 0)`,
  )
}

async function blankMails(ctx: TxContext, which: RawBuilder<unknown>): Promise<number[]> {
  const kept = await sql<{ sha256: string }>`
    select distinct m.file_sha256 as sha256 from mail_message m
    where m.organisation_id = ${ctx.organisationId} and ${which} and m.file_sha256 is not null`.execute(ctx.db)
  await sql`update mail_message m set file_sha256 = null
    where m.organisation_id = ${ctx.organisationId} and ${which}`.execute(ctx.db)
  await forgetFiles(
    ctx,
    kept.rows.map((row) => row.sha256),
  )
  const events = await sql<{ id: number }>`
    select e.id from event e join mail_message m on m.organisation_id = e.organisation_id and m.id = e.subject_id
    where e.organisation_id = ${ctx.organisationId} and ${which} and e.subject_type = 'mail'
      and e.text_digest is not null`.execute(ctx.db)
  return events.rows.map((event) => event.id)
}

// The bytes go with the next sweep, unless somebody else still has them.
async function forgetFiles(ctx: TxContext, digests: readonly string[]) {
  await sql`
    delete from file f where f.organisation_id = ${ctx.organisationId} and f.sha256 = any(${digests}::text[])
      and not exists (select from mail_message m where m.organisation_id = f.organisation_id and m.file_sha256 = f.sha256)
      and not exists (select from case_attachment a where a.organisation_id = f.organisation_id and a.sha256 = f.sha256)`.execute(
    ctx.db,
  )
}
