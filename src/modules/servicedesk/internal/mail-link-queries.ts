/** The SQL of links in mails. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { tokenDigest } from '../../../platform/auth/secrets.ts'
import type { Services, TxContext } from '../../../platform/context.ts'
import type { CaseKind, CaseState } from './lifecycle.ts'
import type { LinkPurpose } from './notices.ts'

export const linkActs = ['confirmed', 'partly', 'no', 'replied', 'call_confirmed', 'call_corrected'] as const
/** What was done with a link. */
export type LinkAct = (typeof linkActs)[number]

export type NewLink = {
  digest: Buffer
  purpose: LinkPurpose
  caseId: string
  personId: string
  eventId: number
  mailId: string
  expiresAt: string
}

/** Stores a link under the digest of its token. */
export async function insertLink(ctx: TxContext, link: NewLink) {
  await ctx.db
    .insertInto('mail_link')
    .values({
      organisation_id: ctx.organisationId,
      id: randomUUIDv7(),
      token_hash: link.digest,
      purpose: link.purpose,
      case_id: link.caseId,
      person_id: link.personId,
      event_id: link.eventId,
      mail_id: link.mailId,
      expires_at: link.expiresAt,
    })
    .execute()
}

/** Forgets the links of a mail that certainly was not taken: the next attempt has one of its own. */
export async function deleteUnusedLinks(ctx: TxContext, mailId: string) {
  await ctx.db
    .deleteFrom('mail_link')
    .where('organisation_id', '=', ctx.organisationId)
    .where('mail_id', '=', mailId)
    .where('used_at', 'is', null)
    .execute()
}

/** Whose a link is, before the administration is known; undefined for a token that is none. */
export async function findLink(services: Services, token: string) {
  const found = await sql<{ organisation_id: string; id: string }>`
    select organisation_id, id from mail_link_of(${tokenDigest(token)})`.execute(services.database.app)
  return found.rows[0]
}

export type LinkRow = {
  id: string
  purpose: LinkPurpose
  case_id: string
  person_id: string
  event_id: number
  expires_at: string
  is_expired: boolean
  used_at: string | null
  used_act: LinkAct | null
  number: number
  opened_at: string
  title: string
  kind: CaseKind
  state: CaseState
  waiting_for: string | null
  closed_how: string | null
  is_reserved: boolean
  called_at: string
  content: string | null
  is_newest: boolean
}

/** A link with what its page shows; locked alone, so that of two who press at once the second waits and sees it used. */
export async function selectLink(ctx: TxContext, id: string, isToUse: boolean): Promise<LinkRow | undefined> {
  if (isToUse)
    await sql`select from mail_link where organisation_id = ${ctx.organisationId} and id = ${id} for update`.execute(
      ctx.db,
    )
  const found = await sql<LinkRow>`
    select l.id, l.purpose, l.case_id, l.person_id, l.event_id, l.expires_at, l.expires_at <= clock_timestamp() as is_expired,
           l.used_at, l.used_act, c.number, c.opened_at, c.title, c.kind, c.state, c.waiting_for, c.closed_how,
           c.reserved is not null as is_reserved, c.opened_at as called_at, x.content,
           not exists (select from event n
                       where n.organisation_id = e.organisation_id and n.subject_type = 'case' and n.subject_id = e.subject_id
                         and n.kind = e.kind and n.id > e.id) as is_newest
    from mail_link l
    join desk_case c on c.organisation_id = l.organisation_id and c.id = l.case_id
    join event e on e.organisation_id = l.organisation_id and e.id = l.event_id
    left join event_text x on x.organisation_id = e.organisation_id and x.event_id = e.id
    where l.organisation_id = ${ctx.organisationId} and l.id = ${id}`.execute(ctx.db)
  return found.rows[0]
}

/** The link did its one act. */
export async function markUsed(ctx: TxContext, id: string, act: LinkAct) {
  await ctx.db
    .updateTable('mail_link')
    .set({ used_at: sql`clock_timestamp()`, used_act: act })
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .execute()
}
