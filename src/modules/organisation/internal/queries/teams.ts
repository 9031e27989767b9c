/** Every SQL statement about parties and teams. */
import { sql } from 'kysely'
import type { TxContext } from '../../../../platform/context.ts'
import type { Party, Team } from '../../schema.ts'
import type { PartyKind } from '../roles.ts'

export async function selectParties(ctx: TxContext): Promise<Party[]> {
  const found = await sql<Party>`
    select id, kind, name from party where organisation_id = ${ctx.organisationId}
    order by kind, name, id limit 1000`.execute(ctx.db)
  return found.rows
}

export async function selectParty(
  ctx: TxContext,
  which: { id: string } | { kind: PartyKind },
): Promise<Party | undefined> {
  const found = await sql<Party>`
    select id, kind, name from party
    where organisation_id = ${ctx.organisationId} and ${'id' in which ? sql`id = ${which.id}` : sql`kind = ${which.kind}`}
    limit 1`.execute(ctx.db)
  return found.rows[0]
}

export async function insertParty(ctx: TxContext, party: Party): Promise<void> {
  await ctx.db
    .insertInto('party')
    .values({ organisation_id: ctx.organisationId, ...party })
    .execute()
}

export async function selectTeams(ctx: TxContext): Promise<Team[]> {
  const found = await sql<Team>`
    select t.id, t.name, t.tier, t.party_id as "partyId", y.name as "partyName", count(m.person_id)::int as members, t.version
    from team t
    join party y on y.organisation_id = t.organisation_id and y.id = t.party_id
    left join team_member m on m.organisation_id = t.organisation_id and m.team_id = t.id
    where t.organisation_id = ${ctx.organisationId}
    group by t.organisation_id, t.id, y.name
    order by t.tier, t.name, t.id limit 1000`.execute(ctx.db)
  return found.rows
}

type TeamFacts = { id: string; name: string; tier: number; partyId: string }

export async function lockTeam(ctx: TxContext, id: string): Promise<(TeamFacts & { version: number }) | undefined> {
  const found = await sql<TeamFacts & { version: number }>`
    select id, name, tier, party_id as "partyId", version from team
    where organisation_id = ${ctx.organisationId} and id = ${id} for update`.execute(ctx.db)
  return found.rows[0]
}

export async function insertTeam(ctx: TxContext, team: TeamFacts): Promise<void> {
  const { partyId, ...columns } = team
  await ctx.db
    .insertInto('team')
    .values({ organisation_id: ctx.organisationId, party_id: partyId, ...columns })
    .execute()
}

export async function updateTeam(ctx: TxContext, team: TeamFacts & { version: number }): Promise<void> {
  const { id, partyId, ...columns } = team
  await ctx.db
    .updateTable('team')
    .set({ party_id: partyId, ...columns })
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .execute()
}

export type Member = { id: string; name: string; partyId: string }

export async function selectMembers(ctx: TxContext, teamId: string): Promise<Member[]> {
  const found = await sql<Member>`
    select p.id, p.given_name || ' ' || p.family_name as name, p.party_id as "partyId"
    from team_member m join person p on p.organisation_id = m.organisation_id and p.id = m.person_id
    where m.organisation_id = ${ctx.organisationId} and m.team_id = ${teamId}
    order by p.family_name, p.given_name, p.id limit 1000`.execute(ctx.db)
  return found.rows
}

/** Of these ids, the people who are here, with the party they belong to; locked, so that none leaves meanwhile. */
export async function lockCandidates(ctx: TxContext, ids: readonly string[]): Promise<Member[]> {
  const found = await sql<Member>`
    select id, given_name || ' ' || family_name as name, party_id as "partyId" from person
    where organisation_id = ${ctx.organisationId} and id = any (${ids}::uuid[]) and left_on is null
    order by id for share`.execute(ctx.db)
  return found.rows
}

export async function replaceMembers(ctx: TxContext, teamId: string, personIds: readonly string[]): Promise<void> {
  await ctx.db
    .deleteFrom('team_member')
    .where('organisation_id', '=', ctx.organisationId)
    .where('team_id', '=', teamId)
    .execute()
  await sql`
    insert into team_member (organisation_id, team_id, person_id)
    select ${ctx.organisationId}, ${teamId}, * from unnest(${personIds}::uuid[])`.execute(ctx.db)
}
