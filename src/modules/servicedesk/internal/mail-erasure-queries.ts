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

/** The same for several messages. */
export function blankMailOf(ctx: TxContext, ids: readonly string[]): Promise<number[]> {
  return blankMails(ctx, sql`m.id = any(${ids}::uuid[])`)
}

/** The same for the messages that came from a person's address and say so: those that were ever set aside. */
export async function blankMailOfPerson(ctx: TxContext, personId: string): Promise<number[]> {
  const found = await sql<{ id: string }>`
    select m.id from mail_message m
    join event_text x on x.organisation_id = m.organisation_id and x.event_id = m.event_id
    join person p on p.organisation_id = m.organisation_id and p.id = ${personId}
    where m.organisation_id = ${ctx.organisationId} and x.content is not null
      and (lower(x.content::jsonb->>'from') = p.email
           or right(lower(x.content::jsonb->>'from'), length(p.email) + 2) = '<' || p.email || '>')`.execute(ctx.db)
  return blankMailOf(
    ctx,
    found.rows.map((row) => row.id),
  )
}

function dueMails(ctx: TxContext, before: string) {
  return sql`mail_message m
    where m.organisation_id = ${ctx.organisationId} and m.case_id is null and m.decided_at < ${before}::timestamptz
      and (m.file_sha256 is not null or m.state = 'discarded' and exists (
        select from event e join event_text x on x.organisation_id = e.organisation_id and x.event_id = e.id
        where e.organisation_id = m.organisation_id and e.subject_type = 'mail' and e.subject_id = m.id
          and x.content is not null))`
}

/** Messages in no case that were decided on before an instant, oldest first, locked; those somebody holds wait. */
export async function lockDueMails(ctx: TxContext, before: string, limit: number): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select m.id from ${dueMails(ctx, before)} order by m.decided_at, m.id limit ${limit} for update of m skip locked`.execute(
    ctx.db,
  )
  return found.rows.map((row) => row.id)
}

/** How many messages are due, counted up to a thousand. */
export async function countDueMails(ctx: TxContext, before: string): Promise<number> {
  const found = await sql<{ n: number }>`
    select count(*)::int as n from (select from ${dueMails(ctx, before)} limit 1001) as due`.execute(ctx.db)
  return found.rows[0]?.n ?? 0
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
