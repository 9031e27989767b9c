/** The SQL of the page of outgoing mail: lists, letting go, addresses that are not written to. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { OutgoingView } from './notices.ts'

const statesOf: Record<OutgoingView, readonly string[]> = {
  stuck: ['failed', 'suppressed'],
  waiting: ['pending'],
  sent: ['sent'],
}

/** One page of mails, newest first, and the first of the next. */
export async function selectOutgoing(ctx: TxContext, view: OutgoingView, after: string | null, limit: number) {
  let query = ctx.db
    .selectFrom('outgoing_mail as m')
    .innerJoin('person as p', (join) =>
      join.onRef('p.organisation_id', '=', 'm.organisation_id').onRef('p.id', '=', 'm.person_id'),
    )
    .leftJoin('desk_case as c', (join) =>
      join.onRef('c.organisation_id', '=', 'm.organisation_id').onRef('c.id', '=', 'm.case_id'),
    )
    .selectAll('m')
    .select([sql<string>`p.given_name || ' ' || p.family_name`.as('person_name'), 'c.number', 'c.opened_at'])
    .where('m.organisation_id', '=', ctx.organisationId)
    .where('m.state', 'in', [...statesOf[view]])
    .orderBy('m.id', 'desc')
    .limit(limit + 1)
  if (after !== null) query = query.where('m.id', '<', after)
  const rows = await query.execute()
  return { rows: rows.slice(0, limit), hasMore: rows.length > limit }
}

/** How sending stands in this administration. */
export async function countOutgoing(ctx: TxContext) {
  const found = await sql<{ waiting: number; stuck: number; sent_today: number }>`
    select (select count(*)::int from outgoing_mail where organisation_id = ${ctx.organisationId} and state = 'pending') as waiting,
           (select count(*)::int from outgoing_mail
            where organisation_id = ${ctx.organisationId} and state in ('failed', 'suppressed')) as stuck,
           (select count(*)::int from outgoing_mail where organisation_id = ${ctx.organisationId} and state = 'sent'
            and sent_at >= date_trunc('day', clock_timestamp(), ${ctx.zone})) as sent_today`.execute(ctx.db)
  return found.rows[0] ?? { waiting: 0, stuck: 0, sent_today: 0 }
}

/** The state of a mail, locked; undefined when there is none. */
export async function lockMail(ctx: TxContext, id: string): Promise<string | undefined> {
  const row = await ctx.db
    .selectFrom('outgoing_mail')
    .select('state')
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row?.state
}

/** Lets a mail go now, counted from the first attempt. */
export async function release(ctx: TxContext, id: string) {
  await ctx.db
    .updateTable('outgoing_mail')
    .set({
      state: 'pending',
      attempts: 0,
      trouble: null,
      last_error: null,
      next_attempt_at: sql`clock_timestamp()`,
      released_at: sql`clock_timestamp()`,
    })
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .execute()
}

/** The address of a person, for a trial. */
export async function selectAddress(ctx: TxContext, personId: string | null) {
  return ctx.db
    .selectFrom('person')
    .select(['email', 'given_name', sql<string>`given_name || ' ' || family_name`.as('name')])
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', personId)
    .executeTakeFirst()
}

/** Addresses that are not written to, newest first. */
export async function selectSuppressed(ctx: TxContext) {
  return ctx.db
    .selectFrom('suppressed_address')
    .select(['email', 'reason', 'since'])
    .where('organisation_id', '=', ctx.organisationId)
    .orderBy('since', 'desc')
    .orderBy('email')
    .limit(500)
    .execute()
}

/** Adds an address; one that is there stays as it is. */
export async function insertSuppressed(ctx: TxContext, email: string, reason: 'bounced' | 'by_hand') {
  await sql`insert into suppressed_address (organisation_id, email, reason)
    values (${ctx.organisationId}, ${email}, ${reason}) on conflict do nothing`.execute(ctx.db)
}

/** Takes an address off; returns whether it was there. */
export async function deleteSuppressed(ctx: TxContext, email: string): Promise<boolean> {
  const gone = await ctx.db
    .deleteFrom('suppressed_address')
    .where('organisation_id', '=', ctx.organisationId)
    .where('email', '=', email)
    .executeTakeFirst()
  return gone.numDeletedRows > 0n
}
