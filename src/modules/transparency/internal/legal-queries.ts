/** Every SQL statement about what the public pages say of the administration. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { PublicationSettings } from '../legal-schema.ts'

/** The settings in force; undefined before anybody set them. */
export async function selectSettings(ctx: TxContext): Promise<PublicationSettings | undefined> {
  const found = await sql<PublicationSettings>`
    select s.version, s.declaration_url as "declarationUrl", s.dpo, s.office, coalesce(p.email, '') as "barrierEmail"
    from publication_settings s
    left join person p on p.organisation_id = s.organisation_id and p.id = s.barrier_person_id
    where s.organisation_id = ${ctx.organisationId} order by s.version desc limit 1`.execute(ctx.db)
  return found.rows[0]
}

type NewSettings = Omit<PublicationSettings, 'barrierEmail'> & { barrierPersonId: string | null }

/** Whether the version was free: false when somebody else wrote it a moment ago. */
export async function insertSettings(ctx: TxContext, one: NewSettings): Promise<boolean> {
  const inserted = await sql`
    insert into publication_settings (organisation_id, version, declaration_url, dpo, office, barrier_person_id)
    values (${ctx.organisationId}, ${one.version}, ${one.declarationUrl}, ${one.dpo}, ${one.office}, ${one.barrierPersonId})
    on conflict do nothing returning version`.execute(ctx.db)
  return inserted.rows.length > 0
}

/** A person of the administration who is still there, by address. */
export async function selectPersonByEmail(ctx: TxContext, email: string): Promise<string | undefined> {
  const found = await sql<{ id: string }>`
    select p.id from person p join party y on y.organisation_id = p.organisation_id and y.id = p.party_id
    where p.organisation_id = ${ctx.organisationId} and p.email = ${email} and p.left_on is null
      and y.kind = 'administration'`.execute(ctx.db)
  return found.rows[0]?.id
}

/** Who follows a report of a barrier: whom the settings name, else the head of ICT, else an administrator. */
export async function selectBarrierPerson(ctx: TxContext): Promise<string | undefined> {
  const found = await sql<{ id: string }>`
    select p.id from person p
    left join person_role r on r.organisation_id = p.organisation_id and r.person_id = p.id
      and r.role in ('head_of_ict', 'administrator')
    where p.organisation_id = ${ctx.organisationId} and p.left_on is null
      and (r.role is not null or p.id = (select barrier_person_id from publication_settings s
             where s.organisation_id = ${ctx.organisationId} order by s.version desc limit 1))
    order by p.id = (select barrier_person_id from publication_settings s
             where s.organisation_id = ${ctx.organisationId} order by s.version desc limit 1) desc nulls last,
      r.role = 'head_of_ict' desc nulls last, p.id limit 1`.execute(ctx.db)
  return found.rows[0]?.id
}
