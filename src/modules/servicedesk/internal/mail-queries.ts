/** The SQL of messages: storing them, deciding on them, looking at them. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { KeptFile } from '../../../platform/files.ts'

export type NewMail = {
  id: string
  channelId: string | null
  uidvalidity: number | null
  uid: number | null
  bytes: number
  messageId: string
  kind: string
  file: KeptFile
}

/** Writes files and messages in one statement; returns the ids of those that were not known yet. */
export async function insertMails(ctx: TxContext, mails: readonly NewMail[]): Promise<ReadonlySet<string>> {
  const given = mails
    .map(({ file, ...mail }) => ({ ...mail, sha256: file.sha256, kept: file.bytes, mediaType: file.mediaType }))
    // Two batches that hold the same messages meet them in the same order.
    .sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1))
  const made = await sql<{ id: string }>`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
        as given (id uuid, "channelId" uuid, uidvalidity bigint, uid bigint, bytes bigint, "messageId" text, kind text,
                  sha256 text, kept bigint, "mediaType" text)
    ), kept as (
      insert into file (organisation_id, sha256, bytes, media_type)
      select ${ctx.organisationId}, sha256, kept, "mediaType" from given on conflict do nothing
    )
    insert into mail_message (organisation_id, id, channel_id, uidvalidity, uid, sha256, file_sha256, bytes, message_id, kind)
    select ${ctx.organisationId}, id, "channelId", uidvalidity, uid, sha256, sha256, bytes, "messageId", kind from given
    on conflict do nothing returning id`.execute(ctx.db)
  return new Set(made.rows.map((row) => row.id))
}

export type KnownMail = {
  id: string
  sha256: string
  state: string
  case_number: number | null
  opened_at: string | null
}

/** The message with these bytes, or else the one of this place in the mailbox. */
export async function selectKnownMail(ctx: TxContext, mail: NewMail): Promise<KnownMail | undefined> {
  const found = await sql<KnownMail>`
    select m.id, m.sha256, m.state, c.number as case_number, c.opened_at
    from mail_message m
    left join desk_case c on c.organisation_id = m.organisation_id and c.id = m.case_id
    where m.organisation_id = ${ctx.organisationId}
      and (m.message_id = ${mail.messageId} and m.sha256 = ${mail.file.sha256}
           or m.channel_id = ${mail.channelId} and m.uidvalidity = ${mail.uidvalidity} and m.uid = ${mail.uid})
    order by m.sha256 = ${mail.file.sha256} desc limit 1`.execute(ctx.db)
  return found.rows[0]
}

/** The message, locked until the end of the transaction. */
export async function lockMail(ctx: TxContext, id: string) {
  return ctx.db
    .selectFrom('mail_message')
    .selectAll()
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}
export type LockedMail = NonNullable<Awaited<ReturnType<typeof lockMail>>>

/** Who is behind an address: as little as asking as an employee takes. Nulls when nobody is. */
export type Asker = {
  person_id: string | null
  person_name: string | null
  person_email: string | null
  office_id: string | null
  party_id: string | null
  party_kind: 'administration' | 'supplier' | null
  is_employee: boolean
}

export type Wanted = { id: string; address: string; personId: string | null; likeness: Buffer }

/** The message, locked, with who is behind the address or the person's id, and where another copy of its words went. */
export async function lockMailWithSender(ctx: TxContext, { id, address, personId, likeness }: Wanted) {
  const found = await sql<LockedMail & Asker & { twin_case_id: string | null }>`
    select m.*, p.id as person_id, p.given_name || ' ' || p.family_name as person_name,
      p.email as person_email, p.office_id, p.party_id,
      (select y.kind from party y where y.organisation_id = p.organisation_id and y.id = p.party_id) as party_kind,
      exists (select from person_role r
              where r.organisation_id = p.organisation_id and r.person_id = p.id and r.role = 'employee') as is_employee,
      (select t.case_id from mail_message t
       where t.organisation_id = m.organisation_id and t.message_id = m.message_id and m.message_id <> ''
         and t.likeness = ${likeness} and t.state = 'routed' and t.id <> m.id) as twin_case_id
    from mail_message m
    left join person p on p.organisation_id = m.organisation_id and p.left_on is null
      and ${personId === null ? sql`p.email = ${address}` : sql`p.id = ${personId}`}
    where m.organisation_id = ${ctx.organisationId} and m.id = ${id}
    for update of m`.execute(ctx.db)
  return found.rows[0]
}

/** Those of these cases that are reserved, with the ones who may read their words. */
export async function selectReserved(ctx: TxContext, caseIds: readonly string[]) {
  if (caseIds.length === 0) return []
  return ctx.db
    .selectFrom('desk_case')
    .select(['reserved', 'requester_id', 'holder_id', 'team_id'])
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', 'in', [...caseIds])
    .where('reserved', 'is not', null)
    .execute()
}

/** Of a message that came through a mailbox: the mailbox's own address, and how much its sender opened in ten minutes. */
export async function selectArrival(ctx: TxContext, channelId: string, personId: string | null) {
  const found = await sql<{ address: string; opened: number }>`
    select h.address,
      (select count(*)::int from (
         select c.channel, c.opened_at from desk_case c
         where c.organisation_id = h.organisation_id and c.requester_id = ${personId}
         order by c.number desc limit 100) as latest
       where latest.channel = 'mail' and latest.opened_at > clock_timestamp() - interval '10 minutes') as opened
    from mail_channel h where h.organisation_id = ${ctx.organisationId} and h.id = ${channelId}`.execute(ctx.db)
  return found.rows[0]
}

/** How many messages were added to a case in the last ten minutes. */
export async function countAppended(ctx: TxContext, caseId: string): Promise<number> {
  const found = await sql<{ n: number }>`
    select count(*)::int as n from mail_message m
    where m.organisation_id = ${ctx.organisationId} and m.case_id = ${caseId} and m.outcome = 'appended'
      and m.decided_at > clock_timestamp() - interval '10 minutes'`.execute(ctx.db)
  return found.rows[0]?.n ?? 0
}

export type Decision = {
  state: 'routed' | 'ignored' | 'quarantined' | 'discarded'
  outcome?: 'opened' | 'appended' | null
  reason?: string | null
  caseId?: string | null
  followsCaseId?: string | null
  eventId?: number | null
  likeness?: Buffer | null
}

/** Writes what became of a message. */
export async function updateMail(ctx: TxContext, id: string, decision: Decision) {
  await ctx.db
    .updateTable('mail_message')
    .set({
      state: decision.state,
      outcome: decision.outcome ?? null,
      reason: decision.reason ?? null,
      case_id: decision.caseId ?? null,
      follows_case_id: decision.followsCaseId ?? null,
      ...(decision.eventId !== undefined && { event_id: decision.eventId }),
      likeness: decision.likeness ?? null,
      decided_at: sql`clock_timestamp()`,
      version: sql`version + 1`,
    })
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .execute()
}

/** Counts one more attempt that failed; returns how many there were. */
export async function countAttempt(ctx: TxContext, id: string): Promise<number> {
  const found = await ctx.db
    .updateTable('mail_message')
    .set({ attempts: sql`attempts + 1` })
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .returning('attempts')
    .executeTakeFirstOrThrow()
  return found.attempts
}

/** Where the bytes of a message are; undefined when there is none, or when they were erased. */
export async function selectMailFile(ctx: TxContext, id: string): Promise<string | undefined> {
  const found = await ctx.db
    .selectFrom('mail_message')
    .select('file_sha256')
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .executeTakeFirst()
  return found?.file_sha256 ?? undefined
}

export type MailRowColumns = {
  id: string
  state: string
  reason: string | null
  outcome: string | null
  received_at: string
  bytes: number
  version: number
  file_sha256: string | null
  case_id: string | null
  case_number: number | null
  case_opened_at: string | null
  channel_name: string | null
  content: string | null
}

const mailColumns = sql`
  m.id, m.state, m.reason, m.outcome, m.received_at, m.bytes, m.version, m.file_sha256, m.case_id,
  c.number as case_number, c.opened_at as case_opened_at, h.name as channel_name, x.content
  from mail_message m
  left join desk_case c on c.organisation_id = m.organisation_id and c.id = m.case_id
  left join mail_channel h on h.organisation_id = m.organisation_id and h.id = m.channel_id
  left join event_text x on x.organisation_id = m.organisation_id and x.event_id = m.event_id`

/** One page of messages in a state, the newest first, and one more. */
export async function selectMails(ctx: TxContext, state: string, after: [string, string] | null, limit: number) {
  const beyond = after === null ? sql`` : sql`and (m.received_at, m.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
  const found = await sql<MailRowColumns>`
    select ${mailColumns}
    where m.organisation_id = ${ctx.organisationId} and m.state = ${state} ${beyond}
    order by m.received_at desc, m.id desc limit ${limit + 1}`.execute(ctx.db)
  return { rows: found.rows.slice(0, limit), hasMore: found.rows.length > limit }
}

/** One message. */
export async function selectMail(ctx: TxContext, id: string): Promise<MailRowColumns | undefined> {
  const found = await sql<MailRowColumns>`
    select ${mailColumns} where m.organisation_id = ${ctx.organisationId} and m.id = ${id}`.execute(ctx.db)
  return found.rows[0]
}

/** How many messages wait for a person, counted up to 1,000. */
export async function countToLookAt(ctx: TxContext): Promise<number> {
  const found = await sql<{ n: number }>`
    select count(*)::int as n from (
      select from mail_message where organisation_id = ${ctx.organisationId} and state = 'quarantined' limit 1001) as counted`.execute(
    ctx.db,
  )
  return found.rows[0]?.n ?? 0
}

/** What happened to a message, oldest first, with the words beside it; the supplier's people are named to each other only. */
export async function selectMailHistory(ctx: TxContext, id: string) {
  const found = await sql<{
    kind: string
    at: string
    author: string | null
    reason: string | null
    content: string | null
  }>`
    select e.kind, e.occurred_at as at, e.payload->>'reason' as reason, x.content,
           case when y.kind = 'supplier' and ${ctx.actor.partyKind !== 'supplier'} then y.name
                else p.given_name || ' ' || p.family_name end as author
    from event e
    left join event_text x on x.organisation_id = e.organisation_id and x.event_id = e.id
    left join person p on p.organisation_id = e.organisation_id and p.id = e.actor_id
    left join party y on y.organisation_id = e.organisation_id and y.id = e.party_id
    where e.organisation_id = ${ctx.organisationId} and e.subject_type = 'mail' and e.subject_id = ${id}
    order by e.id limit 100`.execute(ctx.db)
  return found.rows
}

/** Whether somebody of this id is there and has not left. */
export async function personIsThere(ctx: TxContext, id: string): Promise<boolean> {
  const found = await ctx.db
    .selectFrom('person')
    .select('id')
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .where('left_on', 'is', null)
    .executeTakeFirst()
  return found !== undefined
}
