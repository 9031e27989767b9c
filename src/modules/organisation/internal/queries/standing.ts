/** How the administration stands, counted in one statement. */
import { sql } from 'kysely'
import type { TxContext } from '../../../../platform/context.ts'
import { today } from '../today.ts'

type Named = { id: string; name: string }

export type Standing = {
  offices: number
  people: number
  accounts: number
  teams: number
  hasFirstTier: boolean
  calendar: { name: string; until: string | null; isFollowed: boolean } | null
  withoutOffice: { count: number; first: Named[] }
  withoutTeam: { count: number; first: Named[] }
  passwordOnly: { count: number; first: Named[] }
  emptyTeams: Named[]
  expiringKeys: (Named & { expiresAt: string })[]
}

/** What there is and what is missing. */
export async function selectStanding(ctx: TxContext): Promise<Standing> {
  const date = today(ctx.zone)
  const org = ctx.organisationId
  const group = (where: ReturnType<typeof sql>) => sql`(
    select jsonb_build_object('count', count(*),
      'first', coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name) order by place) filter (where place <= 10), '[]'))
    from (select h.id, h.given_name || ' ' || h.family_name as name, row_number() over (order by h.family_name, h.given_name, h.id) as place
          from here h where ${where}) w)`
  const found = await sql<{ standing: Standing }>`
      with here as (
        select p.*, y.kind as party_kind from person p join party y on y.organisation_id = p.organisation_id and y.id = p.party_id
        where p.organisation_id = ${org} and p.left_on is null
      ), role as (
        select person_id, role from person_role where organisation_id = ${org}
      ), open_account as (
        select person_id, totp_confirmed_at from account where organisation_id = ${org} and disabled_at is null
      ), member as (
        select team_id, person_id from team_member where organisation_id = ${org}
      ), in_force as (
        select c.id, c.name, v.validity from calendar c
        join calendar_version v on v.organisation_id = c.organisation_id and v.calendar_id = c.id
        where c.organisation_id = ${org} and c.is_default and v.validity @> ${date}::date
      )
      select jsonb_build_object(
        'offices', (select count(*) from office where organisation_id = ${org} and closed_on is null),
        'people', (select count(*) from here),
        'accounts', (select count(*) from here h join open_account a on a.person_id = h.id),
        'teams', (select count(*) from team where organisation_id = ${org}),
        'hasFirstTier', exists (select from team t join member m on m.team_id = t.id where t.organisation_id = ${org} and t.tier = 1),
        'calendar', (select jsonb_build_object('name', f.name, 'until', (upper(f.validity) - 1)::text, 'isFollowed', exists (
            select from calendar_version n where n.organisation_id = ${org} and n.calendar_id = f.id and lower(n.validity) = upper(f.validity)))
          from in_force f),
        'withoutOffice', ${group(sql`h.office_id is null and h.party_kind = 'administration'
          and not exists (select from role r where r.person_id = h.id and r.role = 'program')`)},
        'withoutTeam', ${group(sql`exists (select from role r where r.person_id = h.id and r.role in ('agent', 'technician'))
          and not exists (select from member m where m.person_id = h.id)`)},
        'passwordOnly', ${group(sql`exists (select from role r where r.person_id = h.id and r.role = 'administrator')
          and exists (select from open_account a where a.person_id = h.id and a.totp_confirmed_at is null)`)},
        'emptyTeams', (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) order by t.name), '[]') from team t
          where t.organisation_id = ${org} and not exists (select from member m where m.team_id = t.id)),
        'expiringKeys', (select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'name', k.name, 'expiresAt', k.expires_at) order by k.expires_at), '[]')
          from api_key k where k.organisation_id = ${org} and k.revoked_at is null
          and k.expires_at between clock_timestamp() and clock_timestamp() + interval '30 days')
      ) as standing`.execute(ctx.db)
  const row = found.rows[0]
  if (row === undefined) throw new Error('A select without a table answers one row')
  return row.standing
}

/** How many people are assigned to each office that has any. */
export async function selectPeopleByOffice(ctx: TxContext): Promise<Record<string, number>> {
  const found = await sql<{ id: string; people: number }>`
      select office_id as id, count(*)::int as people from person
      where organisation_id = ${ctx.organisationId} and left_on is null and office_id is not null
      group by office_id`.execute(ctx.db)
  return Object.fromEntries(found.rows.map(({ id, people }) => [id, people]))
}
