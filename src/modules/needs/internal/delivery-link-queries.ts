/** The SQL of the links in mails about deliveries. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { tokenDigest } from '../../../platform/auth/secrets.ts'
import type { Services, TxContext } from '../../../platform/context.ts'
import type { OfficeAnswer } from '../vocabulary.ts'

export type NewDeliveryLink = { digest: Buffer; deliveryId: string; personId: string; mailId: string; days: number }

/** Stores a link under the digest of its token. */
export async function insertDeliveryLink(ctx: TxContext, link: NewDeliveryLink): Promise<void> {
  await sql`
    insert into delivery_link (organisation_id, id, token_hash, delivery_id, person_id, mail_id, expires_at)
    values (${ctx.organisationId}, ${randomUUIDv7()}, ${link.digest}, ${link.deliveryId}, ${link.personId}, ${link.mailId},
            clock_timestamp() + make_interval(days => ${link.days}))`.execute(ctx.db)
}

/** Whose a link is, before the administration is known; undefined for a token that is none. */
export async function findDeliveryLink(services: Services, token: string) {
  const found = await sql<{ organisation_id: string; id: string }>`
    select organisation_id, id from delivery_link_of(${tokenDigest(token)})`.execute(services.database.app)
  return found.rows[0]
}

export type DeliveryLink = {
  id: string
  deliveryId: string
  personId: string
  expiresAt: string
  isExpired: boolean
  usedAt: string | null
  usedAnswer: OfficeAnswer | null
}

/** A link; locked to use it, so that of two who press at once the second waits and sees it used. */
export async function selectDeliveryLink(
  ctx: TxContext,
  id: string,
  isToUse: boolean,
): Promise<DeliveryLink | undefined> {
  const found = await sql<DeliveryLink>`
    select id, delivery_id as "deliveryId", person_id as "personId", expires_at as "expiresAt",
           expires_at <= clock_timestamp() as "isExpired", used_at as "usedAt", used_answer as "usedAnswer"
    from delivery_link where organisation_id = ${ctx.organisationId} and id = ${id}
    ${isToUse ? sql`for update` : sql``}`.execute(ctx.db)
  return found.rows[0]
}

/** The link did its one act. */
export async function markDeliveryLinkUsed(ctx: TxContext, id: string, answer: OfficeAnswer): Promise<void> {
  await sql`
    update delivery_link set used_at = clock_timestamp(), used_answer = ${answer}
    where organisation_id = ${ctx.organisationId} and id = ${id}`.execute(ctx.db)
}
