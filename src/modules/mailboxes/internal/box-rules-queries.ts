/** The SQL of the rules that findings go by. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'

/** The rules in force; undefined while the administration has adopted none. */
export async function selectRules(ctx: TxContext) {
  const found = await sql<{ number: number; content: unknown; adoptedAt: string }>`
    select number, content, adopted_at as "adoptedAt" from mailbox_rules
    where organisation_id = ${ctx.organisationId} order by number desc limit 1`.execute(ctx.db)
  return found.rows[0]
}

/** Where the administration's people have their mail: its domains, until it says which they are. */
export async function selectOwnDomains(ctx: TxContext): Promise<string[]> {
  const found = await sql<{ domain: string }>`
    select split_part(p.email, '@', 2) as domain
    from person p join party y on y.organisation_id = p.organisation_id and y.id = p.party_id and y.kind = 'administration'
    where p.organisation_id = ${ctx.organisationId} group by 1 order by count(*) desc limit 5`.execute(ctx.db)
  return found.rows.map(({ domain }) => domain)
}

/** Adds a number; false when somebody adopted that number meanwhile. */
export async function insertRules(ctx: TxContext, number: number, content: object): Promise<boolean> {
  const added = await sql`
    insert into mailbox_rules (organisation_id, number, content, adopted_at)
    values (${ctx.organisationId}, ${number}, ${JSON.stringify(content)}, now())
    on conflict do nothing returning number`.execute(ctx.db)
  return added.rows.length > 0
}

/** Puts findings aside or takes them up again. */
export async function insertAside(ctx: TxContext, mailboxId: string, finding: string, about: string, eventId: number) {
  await sql`
    insert into mailbox_finding_aside (organisation_id, mailbox_id, finding, about, event_id)
    values (${ctx.organisationId}, ${mailboxId}, ${finding}, ${about}, ${eventId})`.execute(ctx.db)
}

/** Whether it was aside. */
export async function deleteAside(ctx: TxContext, mailboxId: string, finding: string, about: string): Promise<boolean> {
  const gone = await sql`
    delete from mailbox_finding_aside
    where organisation_id = ${ctx.organisationId} and mailbox_id = ${mailboxId} and finding = ${finding} and about = ${about}
    returning finding`.execute(ctx.db)
  return gone.rows.length > 0
}
