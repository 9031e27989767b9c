/** The SQL of outgoing mail: what is to be told, taking it, settling it. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Services, TxContext } from '../../../platform/context.ts'
import type { Language } from '../../../platform/texts.ts'
import type { CaseNotice, DayNotice, Notice, SubjectNotice } from './notices.ts'

/** Notes that somebody is to be told of an event; noted again, nothing more. */
export async function insertOutgoing(
  ctx: TxContext,
  mail: { notice: CaseNotice; caseId: string; eventId: number; personId: string },
) {
  await sql`
    insert into outgoing_mail (organisation_id, id, notice, case_id, event_id, person_id)
    values (${ctx.organisationId}, ${randomUUIDv7()}, ${mail.notice}, ${mail.caseId}, ${mail.eventId}, ${mail.personId})
    on conflict do nothing`.execute(ctx.db)
}

/** Notes that people are to be told of an event that is no case's; noted again, nothing more. */
export async function insertOutgoingOf(
  ctx: TxContext,
  mail: { notice: SubjectNotice; subjectId: string; eventId: number; personIds: readonly string[] },
) {
  const rows = mail.personIds.map((personId) => ({ id: randomUUIDv7(), personId }))
  await sql`
    insert into outgoing_mail (organisation_id, id, notice, subject_id, event_id, person_id)
    select ${ctx.organisationId}, given.id, ${mail.notice}, ${mail.subjectId}, ${mail.eventId}, given."personId"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (id uuid, "personId" uuid)
    on conflict do nothing`.execute(ctx.db)
}

/** Who was told of a subject already, sent or waiting, whatever event it was for. */
export async function selectTold(ctx: TxContext, notice: SubjectNotice, subjectId: string): Promise<string[]> {
  const found = await sql<{ personId: string }>`
    select distinct person_id as "personId" from outgoing_mail
    where organisation_id = ${ctx.organisationId} and subject_id = ${subjectId} and notice = ${notice}`.execute(ctx.db)
  return found.rows.map(({ personId }) => personId)
}

/** Notes a mail of a day for each of these people, to go at an instant; the same day and notice again, nothing more. */
export async function insertDayMails(
  ctx: TxContext,
  mail: { notice: DayNotice; day: string; goesAt: string; personIds: readonly string[] },
) {
  const given = mail.personIds.map((personId) => ({ id: randomUUIDv7(), personId }))
  await sql`
    insert into outgoing_mail (organisation_id, id, notice, day, person_id, next_attempt_at)
    select ${ctx.organisationId}, given.id, ${mail.notice}, ${mail.day}::date, given."personId", ${mail.goesAt}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given (id uuid, "personId" uuid)
    on conflict do nothing`.execute(ctx.db)
}

/** One mail taken for sending. */
export type Claimed = { organisation_id: string; id: string }

/** Takes up to so many that are due, for so many minutes; no two workers take the same. */
export async function claimDue(services: Services, howMany: number, minutes: number): Promise<Claimed[]> {
  const found = await sql<Claimed>`
    select organisation_id, id from claim_outgoing_mail(${howMany}, make_interval(mins => ${minutes}))`.execute(
    services.database.app,
  )
  return found.rows
}

export type MailToSend = {
  id: string
  notice: Notice
  attempts: number
  created_at: string
  released_at: string | null
  message_id: string | null
  case_id: string | null
  subject_id: string | null
  event_id: number | null
  day: string | null
  seal_number: number | null
  person_id: string
  given_name: string
  name: string
  email: string
  has_left: boolean
  is_suppressed: boolean
  sent_lately: number
  language: Language
}

/** A mail that still waits, with whom it is for; undefined when it was settled meanwhile. */
export async function selectMailToSend(ctx: TxContext, id: string): Promise<MailToSend | undefined> {
  const found = await sql<MailToSend>`
    select m.id, m.notice, m.attempts, m.created_at, m.released_at, m.message_id, m.case_id, m.subject_id, m.event_id,
           m.day::text as day, m.seal_number, m.person_id, p.given_name, p.given_name || ' ' || p.family_name as name, p.email,
           coalesce(p.left_on <= current_date, false) as has_left,
           exists (select from suppressed_address s
                   where s.organisation_id = m.organisation_id and s.email = p.email) as is_suppressed,
           (select count(*)::int from outgoing_mail o
            where o.organisation_id = m.organisation_id and o.person_id = m.person_id and o.state = 'sent'
              and o.sent_at > clock_timestamp() - interval '10 minutes') as sent_lately,
           coalesce((select a.language from account a
                     where a.organisation_id = m.organisation_id and a.person_id = m.person_id), 'it') as language
    from outgoing_mail m join person p on p.organisation_id = m.organisation_id and p.id = m.person_id
    where m.organisation_id = ${ctx.organisationId} and m.id = ${id} and m.state = 'pending'
    for update of m`.execute(ctx.db)
  return found.rows[0]
}

export type ToldEvent = {
  number: number
  opened_at: string
  title: string
  is_reserved: boolean
  closes_at: string | null
  channel: string
  occurred_at: string
  payload: { promisedFor?: string; closesAt?: string; ofCaseId?: string; channel?: string }
  content: string | null
  is_erased: boolean
  promised_before: string | null
  other_number: number | null
  other_opened_at: string | null
}

/** The event a mail tells of, as it stands now, with its case. */
export async function selectToldEvent(ctx: TxContext, caseId: string, eventId: number): Promise<ToldEvent | undefined> {
  const found = await sql<ToldEvent>`
    select c.number, c.opened_at, c.title, c.closes_at, c.channel, e.occurred_at, e.payload, x.content,
           c.reserved is not null as is_reserved,
           coalesce(x.erased_at is not null, false) as is_erased,
           (select b.payload ->> 'promisedFor' from event b
            where b.organisation_id = e.organisation_id and b.subject_type = 'case' and b.subject_id = e.subject_id
              and b.kind = 'case.promised' and b.id < e.id order by b.id desc limit 1) as promised_before,
           o.number as other_number, o.opened_at as other_opened_at
    from event e
    join desk_case c on c.organisation_id = e.organisation_id and c.id = e.subject_id
    left join event_text x on x.organisation_id = e.organisation_id and x.event_id = e.id
    left join desk_case o on o.organisation_id = e.organisation_id and o.id = (e.payload ->> 'ofCaseId')::uuid
    where e.organisation_id = ${ctx.organisationId} and e.id = ${eventId} and e.subject_type = 'case' and e.subject_id = ${caseId}`.execute(
    ctx.db,
  )
  return found.rows[0]
}

/** The Message-ID of the first mail this person had about the case, before this one. */
export async function selectFirstMessageId(ctx: TxContext, mail: MailToSend): Promise<string | null> {
  const row = await ctx.db
    .selectFrom('outgoing_mail')
    .select('message_id')
    .where('organisation_id', '=', ctx.organisationId)
    .where('case_id', '=', mail.case_id)
    .where('person_id', '=', mail.person_id)
    .where('event_id', '<', mail.event_id)
    .where('state', '=', 'sent')
    .orderBy('event_id')
    .limit(1)
    .executeTakeFirst()
  return row?.message_id ?? null
}

/** Those of these addresses to which a mail of one of these Message-IDs was sent. */
export async function selectReturned(ctx: TxContext, messageIds: readonly string[], addresses: readonly string[]) {
  const found = await sql<{ email: string }>`
    select distinct p.email from person p
    join outgoing_mail m on m.organisation_id = p.organisation_id and m.person_id = p.id
    where p.organisation_id = ${ctx.organisationId} and p.email = any(${addresses}::text[])
      and m.state = 'sent' and m.message_id = any(${messageIds}::text[])
    order by p.email`.execute(ctx.db)
  return found.rows.map((row) => row.email)
}

/** A seal by its number. */
export async function selectSeal(ctx: TxContext, number: number) {
  const found = await sql<{ number: number; sealed_at: string; head: string }>`
    select number, sealed_at, head from seal_of(${number})`.execute(ctx.db)
  return found.rows[0]
}

/** Keeps the Message-ID under which a mail goes, from the first attempt on. */
export async function keepMessageId(ctx: TxContext, id: string, messageId: string) {
  await updateMail(ctx, id, { message_id: messageId })
}

/** The mail server took it. */
export async function settleSent(ctx: TxContext, id: string) {
  await sql`
    update outgoing_mail set state = 'sent', sent_at = clock_timestamp(), attempts = attempts + 1, trouble = null, last_error = null
    where organisation_id = ${ctx.organisationId} and id = ${id} and state = 'pending'`.execute(ctx.db)
}

/** It goes no more, or not until an administrator says so. */
export async function settleStopped(
  ctx: TxContext,
  id: string,
  stopped: { state: 'failed' | 'suppressed'; trouble: string; attempts: number; said: string | null },
) {
  const { state, trouble, attempts, said } = stopped
  await updateMail(ctx, id, { state, trouble, attempts, last_error: said })
}

/** It is tried again in so many seconds. */
export async function settleLater(
  ctx: TxContext,
  id: string,
  later: { seconds: number; trouble: string; attempts: number; said: string },
) {
  await sql`
    update outgoing_mail set attempts = ${later.attempts}, trouble = ${later.trouble}, last_error = ${later.said},
      next_attempt_at = clock_timestamp() + make_interval(secs => ${later.seconds})
    where organisation_id = ${ctx.organisationId} and id = ${id} and state = 'pending'`.execute(ctx.db)
}

/** Gives back a mail that was taken and not tried. */
export async function giveBack(ctx: TxContext, id: string) {
  await sql`
    update outgoing_mail set next_attempt_at = clock_timestamp()
    where organisation_id = ${ctx.organisationId} and id = ${id} and state = 'pending'`.execute(ctx.db)
}

async function updateMail(
  ctx: TxContext,
  id: string,
  columns: { message_id?: string; state?: string; trouble?: string; attempts?: number; last_error?: string | null },
) {
  await ctx.db
    .updateTable('outgoing_mail')
    .set(columns)
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .where('state', '=', 'pending')
    .execute()
}
