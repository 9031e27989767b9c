/** Every SQL statement about taking a person's data out of the directory. */
import { sql } from 'kysely'
import type { TxContext } from '../../../../platform/context.ts'

/** Whether a person's data were erased before. */
export async function isErased(ctx: TxContext, id: string): Promise<boolean> {
  const found = await sql`
    select from person where organisation_id = ${ctx.organisationId} and id = ${id} and erased_at is not null`.execute(
    ctx.db,
  )
  return found.rows.length > 0
}

/** The id of the person with an address. */
export async function selectPersonByEmail(ctx: TxContext, email: string): Promise<string | undefined> {
  const found = await sql<{ id: string }>`
    select id from person where organisation_id = ${ctx.organisationId} and email = lower(${email})`.execute(ctx.db)
  return found.rows[0]?.id
}

/** Puts nobody's name in the place of a person's; the id stays, and an address that leads nowhere keeps it unique. */
export async function blankPerson(
  ctx: TxContext,
  id: string,
  name: { given: string; family: string },
  today: string,
): Promise<void> {
  await sql`
    update person set given_name = ${name.given}, family_name = ${name.family},
      email = 'cancellata-' || id || '@sitec.invalid', phone = '', room = '', site_id = null, office_id = null,
      left_on = coalesce(left_on, ${today}::date), erased_at = clock_timestamp(), version = version + 1
    where organisation_id = ${ctx.organisationId} and id = ${id}`.execute(ctx.db)
}

/** Removes account, sessions, keys, roles and teams; answers the ids of accounts and keys, by which events name them. */
export async function deleteAccess(ctx: TxContext, id: string): Promise<string[]> {
  const org = ctx.organisationId
  await sql`
    delete from session s using account a
    where s.organisation_id = ${org} and a.organisation_id = ${org} and a.id = s.account_id and a.person_id = ${id}`.execute(
    ctx.db,
  )
  const gone = await sql<{ id: string }>`
    with accounts as (delete from account where organisation_id = ${org} and person_id = ${id} returning id),
    keys as (delete from api_key where organisation_id = ${org} and person_id = ${id} returning id)
    select id from accounts union all select id from keys`.execute(ctx.db)
  await sql`delete from person_role where organisation_id = ${org} and person_id = ${id}`.execute(ctx.db)
  await sql`delete from team_member where organisation_id = ${org} and person_id = ${id}`.execute(ctx.db)
  return gone.rows.map((row) => row.id)
}

/** The events with words about a person, and about accounts and keys recorded before an instant. */
export async function selectTextsAbout(
  ctx: TxContext,
  personId: string,
  accessIds: readonly string[],
  accessBefore: string,
): Promise<number[]> {
  const found = await sql<{ id: number }>`
    select id from event
    where organisation_id = ${ctx.organisationId} and text_digest is not null
      and (subject_type = 'person' and subject_id = ${personId}
        or subject_type in ('account', 'api_key') and subject_id = any (${accessIds}::uuid[])
          and recorded_at < ${accessBefore}::timestamptz)`.execute(ctx.db)
  return found.rows.map(({ id }) => id)
}

/** How a person signs in and what programs act as them; no secrets. */
export async function selectAccess(ctx: TxContext, personId: string) {
  const org = ctx.organisationId
  const found = await sql<{ accounts: unknown; keys: unknown; events: unknown }>`select
    (select coalesce(jsonb_agg(jsonb_build_object('email', email, 'language', language,
       'hasSecondFactor', totp_confirmed_at is not null, 'disabledAt', disabled_at)), '[]')
     from account where organisation_id = ${org} and person_id = ${personId}) as accounts,
    (select coalesce(jsonb_agg(jsonb_build_object('name', name, 'scopes', scopes, 'createdAt', created_at,
       'expiresAt', expires_at, 'revokedAt', revoked_at) order by created_at), '[]')
     from api_key where organisation_id = ${org} and person_id = ${personId}) as keys,
    (select coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'count', n, 'last', last) order by kind), '[]')
     from (select kind, count(*) as n, max(recorded_at) as last from event
           where organisation_id = ${org} and actor_id = ${personId} group by kind) acts) as events`.execute(ctx.db)
  return found.rows[0]
}

/** What happened on the accounts of administrators between two instants. */
export async function selectAdministratorAccesses(ctx: TxContext, from: string, to: string, limit: number) {
  const found = await sql<{ at: string; name: string; kind: string }>`
    select e.recorded_at as at, p.given_name || ' ' || p.family_name as name, e.kind
    from person_role r
    join person p on p.organisation_id = r.organisation_id and p.id = r.person_id
    join account a on a.organisation_id = p.organisation_id and a.person_id = p.id
    join event e on e.organisation_id = a.organisation_id and e.subject_type = 'account' and e.subject_id = a.id
    where r.organisation_id = ${ctx.organisationId} and r.role = 'administrator'
      and e.recorded_at >= ${from}::timestamptz and e.recorded_at < ${to}::timestamptz
    order by e.id limit ${limit}`.execute(ctx.db)
  return found.rows
}
