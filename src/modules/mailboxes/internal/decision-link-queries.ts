/** The SQL of the mail to the offices and of its link. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { tokenDigest } from '../../../platform/auth/secrets.ts'
import type { Services, TxContext } from '../../../platform/context.ts'

/**
 * Who answers for offices: the contacts of the office itself, or of the nearest one above it that has any. Rows of
 * (office_id, person_id), of the offices given.
 */
const contactsOf = (ctx: TxContext, officeIds: readonly string[]) => sql`
  with recursive up as (
    select o.id as office_id, o.id as at, o.parent_id, 0 as height from office o
    where o.organisation_id = ${ctx.organisationId} and o.id = any(${officeIds}::uuid[])
    union all
    select up.office_id, o.id, o.parent_id, up.height + 1 from up
    join office o on o.organisation_id = ${ctx.organisationId} and o.id = up.parent_id
  ), contact as (
    select up.office_id, up.height, p.id as person_id from up
    join person p on p.organisation_id = ${ctx.organisationId} and p.office_id = up.at and p.left_on is null
    join person_role r on r.organisation_id = p.organisation_id and r.person_id = p.id and r.role = 'office_contact'
  ), nearest as (
    select office_id, person_id from contact c
    where c.height = (select min(n.height) from contact n where n.office_id = c.office_id)
  )`

/** The people who are asked about the mailboxes of these offices. */
export async function selectContacts(ctx: TxContext, officeIds: readonly string[]): Promise<string[]> {
  const found = await sql<{ personId: string }>`
    ${contactsOf(ctx, officeIds)}
    select distinct person_id as "personId" from nearest order by 1`.execute(ctx.db)
  return found.rows.map(({ personId }) => personId)
}

/** The proposals that wait for this person: those of the offices whose nearest contact they are, the oldest first. */
export async function selectAskedOf(ctx: TxContext, personId: string): Promise<{ id: string; answerBy: string }[]> {
  const waiting = await sql<{ id: string }>`
    select distinct m.office_id as id from mailbox_decision d
    join mailbox m on m.organisation_id = d.organisation_id and m.id = d.mailbox_id
    where d.organisation_id = ${ctx.organisationId} and d.state = 'proposed' and m.office_id is not null`.execute(
    ctx.db,
  )
  const offices = waiting.rows.map(({ id }) => id)
  const found = await sql<{ id: string; answerBy: string }>`
    ${contactsOf(ctx, offices)}
    select d.id, d.answer_by::text as "answerBy" from mailbox_decision d
    join mailbox m on m.organisation_id = d.organisation_id and m.id = d.mailbox_id
    join nearest n on n.office_id = m.office_id and n.person_id = ${personId}
    where d.organisation_id = ${ctx.organisationId} and d.state = 'proposed'
    order by d.proposed_at, d.id limit 200`.execute(ctx.db)
  return found.rows
}

export type NewDecisionLink = {
  digest: Buffer
  personId: string
  mailId: string
  expiresAt: string
  decisionIds: readonly string[]
}

/** Stores a link under the digest of its token, with the proposals it answers. */
export async function insertDecisionLink(ctx: TxContext, link: NewDecisionLink): Promise<void> {
  const id = randomUUIDv7()
  await ctx.db
    .insertInto('decision_link')
    .values({
      organisation_id: ctx.organisationId,
      id,
      token_hash: link.digest,
      person_id: link.personId,
      mail_id: link.mailId,
      expires_at: link.expiresAt,
    })
    .execute()
  await sql`
    insert into decision_link_item (organisation_id, link_id, decision_id)
    select ${ctx.organisationId}, ${id}, unnest(${link.decisionIds}::uuid[])`.execute(ctx.db)
}

/** Whose a link is, before the administration is known; undefined for a token that is none. */
export async function findDecisionLink(services: Services, token: string) {
  const found = await sql<{ organisation_id: string; id: string }>`
    select organisation_id, id from decision_link_of(${tokenDigest(token)})`.execute(services.database.app)
  return found.rows[0]
}

export type DecisionLinkRow = {
  id: string
  personId: string
  expiresAt: string
  isExpired: boolean
  usedAt: string | null
  decisionIds: string[]
}

/** A link; locked, so that of two who press at once the second waits and sees it used. */
export async function selectDecisionLink(ctx: TxContext, id: string, isToUse: boolean) {
  if (isToUse)
    await sql`select from decision_link where organisation_id = ${ctx.organisationId} and id = ${id} for update`.execute(
      ctx.db,
    )
  const found = await sql<DecisionLinkRow>`
    select l.id, l.person_id as "personId", l.expires_at as "expiresAt", l.expires_at <= clock_timestamp() as "isExpired",
           l.used_at as "usedAt",
           array(select i.decision_id::text from decision_link_item i
                 where i.organisation_id = l.organisation_id and i.link_id = l.id order by 1) as "decisionIds"
    from decision_link l where l.organisation_id = ${ctx.organisationId} and l.id = ${id}`.execute(ctx.db)
  return found.rows[0]
}

/** The link did its one act. */
export async function markDecisionLink(ctx: TxContext, id: string): Promise<void> {
  await sql`
    update decision_link set used_at = clock_timestamp()
    where organisation_id = ${ctx.organisationId} and id = ${id}`.execute(ctx.db)
}
