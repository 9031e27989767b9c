/** Every SQL statement about citizens, their sessions, registrations and mails. */
import { sql } from 'kysely'
import type { Services, TxContext } from '../../../platform/context.ts'
import type { Language } from '../../../platform/texts.ts'

export async function insertSession(ctx: TxContext, citizenId: string, digest: Buffer, hours: number): Promise<void> {
  await sql`
    insert into citizen_session (organisation_id, token_hash, citizen_id, expires_at)
    values (${ctx.organisationId}, ${digest}, ${citizenId}, clock_timestamp() + make_interval(hours => ${hours}))`.execute(
    ctx.db,
  )
}

export async function touchSession(ctx: TxContext, digest: Buffer): Promise<void> {
  await sql`
    update citizen_session set seen_at = clock_timestamp()
    where organisation_id = ${ctx.organisationId} and token_hash = ${digest}`.execute(ctx.db)
}

export async function deleteSession(ctx: TxContext, digest: Buffer): Promise<void> {
  await sql`
    delete from citizen_session where organisation_id = ${ctx.organisationId} and token_hash = ${digest}`.execute(
    ctx.db,
  )
}

/** Ends every session of a citizen but one. */
export async function deleteOtherSessions(ctx: TxContext, citizenId: string, kept: Buffer): Promise<void> {
  await sql`
    delete from citizen_session
    where organisation_id = ${ctx.organisationId} and citizen_id = ${citizenId} and token_hash <> ${kept}`.execute(
    ctx.db,
  )
}

export type StoredCitizen = { id: string; email: string; password_hash: string }

/** The citizen, locked until the end of the transaction; undefined when the account was deleted meanwhile. */
export async function lockCitizen(ctx: TxContext, id: string): Promise<StoredCitizen | undefined> {
  const found = await sql<StoredCitizen>`
    select id, email, password_hash from citizen
    where organisation_id = ${ctx.organisationId} and id = ${id} for update`.execute(ctx.db)
  return found.rows[0]
}

/** Whether the row was new: false when the address is somebody's already. */
export async function insertCitizen(
  ctx: TxContext,
  citizen: { id: string; email: string; passwordHash: string },
): Promise<boolean> {
  const inserted = await sql`
    insert into citizen (organisation_id, id, email, password_hash)
    values (${ctx.organisationId}, ${citizen.id}, ${citizen.email}, ${citizen.passwordHash})
    on conflict do nothing returning id`.execute(ctx.db)
  return inserted.rows.length > 0
}

export async function updatePassword(ctx: TxContext, id: string, passwordHash: string): Promise<void> {
  await sql`
    update citizen set password_hash = ${passwordHash}
    where organisation_id = ${ctx.organisationId} and id = ${id}`.execute(ctx.db)
}

/** The citizen and what is kept under the address; sessions go with the row. */
export async function deleteCitizen(ctx: TxContext, id: string, email: string): Promise<void> {
  await sql`delete from citizen_mail where organisation_id = ${ctx.organisationId} and address = ${email} and notice <> 'barrier'`.execute(
    ctx.db,
  )
  await deleteRegistrations(ctx, email)
  await sql`delete from citizen where organisation_id = ${ctx.organisationId} and id = ${id}`.execute(ctx.db)
}

export async function isAddressKnown(ctx: TxContext, email: string): Promise<boolean> {
  const found = await sql<{ known: boolean }>`select is_address_known(${email}) as known`.execute(ctx.db)
  return found.rows[0]?.known === true
}

export async function insertRegistration(
  ctx: TxContext,
  one: { id: string; email: string; passwordHash: string; returnTo: string },
): Promise<void> {
  await sql`
    insert into citizen_registration (organisation_id, id, email, password_hash, return_to)
    values (${ctx.organisationId}, ${one.id}, ${one.email}, ${one.passwordHash}, ${one.returnTo})`.execute(ctx.db)
}

export async function deleteRegistrations(ctx: TxContext, email: string): Promise<void> {
  await sql`delete from citizen_registration where organisation_id = ${ctx.organisationId} and email = ${email}`.execute(
    ctx.db,
  )
}

export type Registration = {
  organisation_id: string
  id: string
  email: string
  password_hash: string
  return_to: string
  is_expired: boolean
}

export async function selectRegistration(services: Services, digest: Buffer): Promise<Registration | undefined> {
  const found = await sql<Registration>`select * from registration_of(${digest})`.execute(services.database.app)
  return found.rows[0]
}

/** Binds the link of a mail to a registration; an earlier link of the same one opens nothing any more. */
export async function bindLink(ctx: TxContext, id: string, digest: Buffer, hours: number): Promise<void> {
  await sql`
    update citizen_registration
    set token_hash = ${digest}, token_expires_at = clock_timestamp() + make_interval(hours => ${hours})
    where organisation_id = ${ctx.organisationId} and id = ${id}`.execute(ctx.db)
}

export type NewMail = {
  id: string
  notice: 'confirm' | 'known' | 'barrier' | 'answer'
  address: string
  language: Language
  registrationId?: string
  number?: string
  dueOn?: string
  caseId?: string
}

export async function insertMail(ctx: TxContext, mail: NewMail): Promise<void> {
  await sql`
    insert into citizen_mail (organisation_id, id, notice, address, language, registration_id, number, due_on, case_id)
    values (${ctx.organisationId}, ${mail.id}, ${mail.notice}, ${mail.address}, ${mail.language},
            ${mail.registrationId ?? null}, ${mail.number ?? null}, ${mail.dueOn ?? null}::date, ${mail.caseId ?? null})`.execute(
    ctx.db,
  )
}

export type StoredMail = {
  notice: NewMail['notice']
  address: string
  language: Language
  registration_id: string | null
  number: string | null
  due_on: string | null
  case_id: string | null
  attempts: number
}

export async function lockMail(ctx: TxContext, id: string): Promise<StoredMail | undefined> {
  const found = await sql<StoredMail>`
    select notice, address, language, registration_id, number, due_on::text, case_id, attempts from citizen_mail
    where organisation_id = ${ctx.organisationId} and id = ${id} for update`.execute(ctx.db)
  return found.rows[0]
}

type Barrier = { caseId: string; number: string; address: string; language: Language; dueOn: string }

/** Who waits for an answer; the same case again changes nothing. */
export async function insertBarrier(ctx: TxContext, one: Barrier): Promise<void> {
  await sql`
    insert into barrier_report (organisation_id, case_id, number, address, language, due_on)
    values (${ctx.organisationId}, ${one.caseId}, ${one.number}, ${one.address}, ${one.language}, ${one.dueOn}::date)
    on conflict do nothing`.execute(ctx.db)
}

/** Takes those whose case is over: they are answered from here on, and not known any more. */
export async function takeAnswered(ctx: TxContext): Promise<Omit<Barrier, 'dueOn'>[]> {
  const taken = await sql<Omit<Barrier, 'dueOn'>>`
    delete from barrier_report b using desk_case c
    where b.organisation_id = ${ctx.organisationId} and c.organisation_id = b.organisation_id and c.id = b.case_id
      and c.state in ('closed', 'cancelled', 'rejected', 'duplicate')
    returning b.case_id as "caseId", b.number, b.address, b.language`.execute(ctx.db)
  return taken.rows
}

/** What staff wrote when they ended a case; empty when it was erased, or there is none. */
export async function selectEndWords(ctx: TxContext, caseId: string): Promise<string> {
  const found = await sql<{ words: string | null }>`
    select t.content::jsonb ->> 'body' as words from event e
    join event_text t on t.organisation_id = e.organisation_id and t.event_id = e.id
    where e.organisation_id = ${ctx.organisationId} and e.subject_type = 'case' and e.subject_id = ${caseId}
      and e.kind in ('case.resolved', 'case.cancelled', 'case.refused')
    order by e.id desc limit 1`.execute(ctx.db)
  return found.rows[0]?.words ?? ''
}

export async function claimMails(services: Services, howMany: number, minutes: number) {
  const found = await sql<{ organisation_id: string; id: string }>`
    select organisation_id, id from claim_citizen_mail(${howMany}, make_interval(mins => ${minutes}))`.execute(
    services.database.app,
  )
  return found.rows
}

export async function deleteMail(ctx: TxContext, id: string): Promise<void> {
  await sql`delete from citizen_mail where organisation_id = ${ctx.organisationId} and id = ${id}`.execute(ctx.db)
}

export async function postponeMail(ctx: TxContext, id: string, minutes: number): Promise<void> {
  await sql`
    update citizen_mail
    set attempts = attempts + 1, next_attempt_at = clock_timestamp() + make_interval(mins => ${minutes})
    where organisation_id = ${ctx.organisationId} and id = ${id}`.execute(ctx.db)
}
