/** Every SQL statement about people and their roles. */
import { sql } from 'kysely'
import type { TxContext } from '../../../../platform/context.ts'
import type { Role } from '../../../../platform/permissions.ts'
import type { FoundPerson, PersonDetail, PersonRow } from '../../schema.ts'
import type { PartyKind } from '../roles.ts'

/** A person as stored, locked until the end of the transaction. */
export type PersonFacts = {
  id: string
  partyId: string
  officeId: string | null
  givenName: string
  familyName: string
  email: string
  phone: string
  siteId: string | null
  room: string
}
export type StoredPerson = PersonFacts & { partyKind: PartyKind; roles: Role[]; leftOn: string | null; version: number }

const facts = sql`
  p.id, p.party_id as "partyId", p.office_id as "officeId", p.given_name as "givenName", p.family_name as "familyName",
  p.email, p.phone, p.site_id as "siteId", p.room, p.left_on as "leftOn", p.version, y.kind as "partyKind",
  array(select r.role from person_role r where r.organisation_id = p.organisation_id and r.person_id = p.id order by r.role) as roles`

export async function lockPerson(ctx: TxContext, id: string): Promise<StoredPerson | undefined> {
  const found = await sql<StoredPerson>`
    select ${facts} from person p join party y on y.organisation_id = p.organisation_id and y.id = p.party_id
    where p.organisation_id = ${ctx.organisationId} and p.id = ${id} for update of p`.execute(ctx.db)
  return found.rows[0]
}

/** The people who have one of these addresses, locked in one order. */
export async function lockPeopleByEmail(ctx: TxContext, emails: readonly string[]): Promise<StoredPerson[]> {
  const found = await sql<StoredPerson>`
    select ${facts} from person p join party y on y.organisation_id = p.organisation_id and y.id = p.party_id
    where p.organisation_id = ${ctx.organisationId} and p.email = any (${emails}::text[])
    order by p.id for update of p`.execute(ctx.db)
  return found.rows
}

export async function insertPeople(ctx: TxContext, people: readonly PersonFacts[]): Promise<void> {
  if (people.length === 0) return
  await sql`
    insert into person (organisation_id, id, party_id, office_id, given_name, family_name, email, phone, site_id, room)
    select ${ctx.organisationId}, * from unnest(
      ${people.map((person) => person.id)}::uuid[], ${people.map((person) => person.partyId)}::uuid[],
      ${people.map((person) => person.officeId)}::uuid[], ${people.map((person) => person.givenName)}::text[],
      ${people.map((person) => person.familyName)}::text[], ${people.map((person) => person.email)}::text[],
      ${people.map((person) => person.phone)}::text[], ${people.map((person) => person.siteId)}::uuid[],
      ${people.map((person) => person.room)}::text[])`.execute(ctx.db)
}

export async function updatePeople(ctx: TxContext, people: readonly PersonFacts[]): Promise<void> {
  if (people.length === 0) return
  await sql`
    update person p
    set office_id = n.office_id, given_name = n.given_name, family_name = n.family_name, email = n.email, phone = n.phone,
        site_id = n.site_id, room = n.room, version = p.version + 1
    from unnest(
      ${people.map((person) => person.id)}::uuid[], ${people.map((person) => person.officeId)}::uuid[],
      ${people.map((person) => person.givenName)}::text[], ${people.map((person) => person.familyName)}::text[],
      ${people.map((person) => person.email)}::text[], ${people.map((person) => person.phone)}::text[],
      ${people.map((person) => person.siteId)}::uuid[], ${people.map((person) => person.room)}::text[]
    ) as n (id, office_id, given_name, family_name, email, phone, site_id, room)
    where p.organisation_id = ${ctx.organisationId} and p.id = n.id`.execute(ctx.db)
}

/** Replaces the roles of people. */
export async function replaceRoles(
  ctx: TxContext,
  people: readonly { id: string; roles: readonly Role[] }[],
): Promise<void> {
  if (people.length === 0) return
  const pairs = people.flatMap(({ id, roles }) => roles.map((role) => ({ id, role })))
  await sql`
    delete from person_role
    where organisation_id = ${ctx.organisationId} and person_id = any (${people.map(({ id }) => id)}::uuid[])`.execute(
    ctx.db,
  )
  await sql`
    insert into person_role (organisation_id, person_id, role)
    select ${ctx.organisationId}, * from unnest(${pairs.map(({ id }) => id)}::uuid[], ${pairs.map(({ role }) => role)}::text[])`.execute(
    ctx.db,
  )
}

/** The next version of a person whose own row stays as it is. */
export async function touchPerson(ctx: TxContext, id: string): Promise<void> {
  await sql`update person set version = version + 1 where organisation_id = ${ctx.organisationId} and id = ${id}`.execute(
    ctx.db,
  )
}

/** Marks a person as gone on a day, or as back (null). */
export async function updateLeftOn(ctx: TxContext, id: string, leftOn: string | null): Promise<void> {
  await sql`
    update person set left_on = ${leftOn}::date, version = version + 1
    where organisation_id = ${ctx.organisationId} and id = ${id}`.execute(ctx.db)
}

/** One change at a time of who administers: two that are each right could together leave nobody. */
export async function lockAdministrators(ctx: TxContext): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('administrators ' || ${ctx.organisationId}, 0))`.execute(
    ctx.db,
  )
}

/** Whether anybody who administers can sign in. */
export async function hasAdministrator(ctx: TxContext): Promise<boolean> {
  const found = await sql`
    select from person_role r
    join person p on p.organisation_id = r.organisation_id and p.id = r.person_id
    join account a on a.organisation_id = p.organisation_id and a.person_id = p.id
    where r.organisation_id = ${ctx.organisationId} and r.role = 'administrator' and p.left_on is null and a.disabled_at is null
    limit 1`.execute(ctx.db)
  return found.rows.length > 0
}

export type PeopleFilter = { words: string; officeId: string | null; partyId: string | null; left: 'without' | 'only' }

const row = sql`
  ${facts}, o.name as "officeName", s.name as "siteName", y.name as "partyName"`
const joins = sql`
  person p
  join party y on y.organisation_id = p.organisation_id and y.id = p.party_id
  left join office o on o.organisation_id = p.organisation_id and o.id = p.office_id
  left join site s on s.organisation_id = p.organisation_id and s.id = coalesce(p.site_id, o.site_id)`

/** A page of people by family name; `after` is the sort tuple of the last row before it. One row more than `limit`. */
export async function selectPeople(
  ctx: TxContext,
  filter: PeopleFilter,
  after: readonly string[] | null,
  limit: number,
): Promise<PersonRow[]> {
  const words = filter.words
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`)
  const found = await sql<PersonRow>`
    select ${row} from ${joins}
    where p.organisation_id = ${ctx.organisationId}
      and (p.left_on is not null) = ${filter.left === 'only'}
      and (${filter.officeId}::uuid is null or p.office_id = ${filter.officeId}::uuid)
      and (${filter.partyId}::uuid is null or p.party_id = ${filter.partyId}::uuid)
      and (p.search_name || ' ' || p.email) like all (${words}::text[])
      and (${after === null} or (p.family_name, p.given_name, p.id) > (${after?.[0] ?? ''}, ${after?.[1] ?? ''}, ${after?.[2] ?? null}::uuid))
    order by p.family_name, p.given_name, p.id limit ${limit + 1}`.execute(ctx.db)
  return found.rows
}

export async function selectPerson(ctx: TxContext, id: string): Promise<PersonDetail | undefined> {
  const found = await sql<PersonDetail>`
    select ${row},
      (select jsonb_build_object('id', a.id, 'email', a.email, 'isDisabled', a.disabled_at is not null, 'hasTotp', a.totp_confirmed_at is not null)
       from account a where a.organisation_id = p.organisation_id and a.person_id = p.id) as account,
      coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) order by t.name)
                from team_member m join team t on t.organisation_id = m.organisation_id and t.id = m.team_id
                where m.organisation_id = p.organisation_id and m.person_id = p.id), '[]') as teams
    from ${joins} where p.organisation_id = ${ctx.organisationId} and p.id = ${id}`.execute(ctx.db)
  return found.rows[0]
}

/** People by name, number or office, best first: found above row security by tenant, joined back under it. */
export async function selectFoundPeople(ctx: TxContext, words: string, limit: number): Promise<FoundPerson[]> {
  const found = await sql<FoundPerson>`
    select p.id, p.given_name || ' ' || p.family_name as name, o.name as "officeName", p.phone, p.room, s.name as "siteName"
    from find_people(${ctx.organisationId}, ${words}, ${limit * 4}) f join ${joins} on p.id = f.id
    where p.organisation_id = ${ctx.organisationId}
    group by p.id, p.given_name, p.family_name, o.name, p.phone, p.room, s.name
    order by max(f.score) desc, p.family_name, p.given_name, p.id limit ${limit}`.execute(ctx.db)
  return found.rows
}

/** Takes a person out of every team; returns the teams. */
export async function deleteMemberships(ctx: TxContext, personId: string): Promise<string[]> {
  const gone = await ctx.db
    .deleteFrom('team_member')
    .where('organisation_id', '=', ctx.organisationId)
    .where('person_id', '=', personId)
    .returning('team_id')
    .execute()
  return gone.map(({ team_id }) => team_id)
}
