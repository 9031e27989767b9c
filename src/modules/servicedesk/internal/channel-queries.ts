/** The SQL of mailboxes: the channels of mail that comes in. */
import { sql } from 'kysely'
import type { Services, TxContext } from '../../../platform/context.ts'
import type { ImapPlace } from '../../../platform/mail/imap.ts'

/** Everything of a channel but its password, which is sealed. */
export async function selectChannels(ctx: TxContext) {
  return ctx.db
    .selectFrom('mail_channel')
    .selectAll()
    .where('organisation_id', '=', ctx.organisationId)
    .orderBy('name')
    .limit(100)
    .execute()
}
export type ChannelRow = Awaited<ReturnType<typeof selectChannels>>[number]

/** One channel. */
export async function selectChannel(ctx: TxContext, id: string): Promise<ChannelRow | undefined> {
  return ctx.db
    .selectFrom('mail_channel')
    .selectAll()
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** One channel, locked until the end of the transaction. */
export async function lockChannel(ctx: TxContext, id: string): Promise<ChannelRow | undefined> {
  return ctx.db
    .selectFrom('mail_channel')
    .selectAll()
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

type Columns = Pick<
  ChannelRow,
  | 'name'
  | 'address'
  | 'host'
  | 'port'
  | 'security'
  | 'username'
  | 'password'
  | 'folder'
  | 'done_folder'
  | 'kind'
  | 'is_active'
>

export async function insertChannel(ctx: TxContext, id: string, columns: Columns) {
  await ctx.db
    .insertInto('mail_channel')
    .values({ organisation_id: ctx.organisationId, id, ...columns })
    .execute()
}

/** `isElsewhere`: another mailbox now, read from its beginning. What went wrong before says nothing of it. */
export async function updateChannel(ctx: TxContext, id: string, columns: Columns, isElsewhere: boolean) {
  await ctx.db
    .updateTable('mail_channel')
    .set({
      ...columns,
      version: sql`version + 1`,
      last_error: null,
      last_error_at: null,
      ...(isElsewhere && { uidvalidity: null, last_uid: 0 }),
    })
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .execute()
}

/** Up to where the mailbox was read, and whether something came. */
export async function updatePlace(ctx: TxContext, id: string, place: ImapPlace, hasSeen: boolean) {
  await ctx.db
    .updateTable('mail_channel')
    .set({
      uidvalidity: place.uidvalidity,
      last_uid: place.lastUid,
      ...(hasSeen && { last_seen_at: sql<string>`clock_timestamp()` }),
    })
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .execute()
}

/** How the last reading ended: well, or with a code. */
export async function updateCondition(ctx: TxContext, id: string, error: string | null) {
  await ctx.db
    .updateTable('mail_channel')
    .set(
      error === null
        ? { last_checked_at: sql<string>`clock_timestamp()`, last_error: null, last_error_at: null }
        : { last_error: error, last_error_at: sql<string>`clock_timestamp()` },
    )
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .execute()
}

/** The active channels of every administration. */
export async function selectToFetch(services: Services) {
  const found = await sql<{ organisation_id: string; channel_id: string }>`select * from mail_to_fetch()`.execute(
    services.database.app,
  )
  return found.rows
}

/** Messages that were stored and not decided on for a minute, of every administration. */
export async function selectToRoute(services: Services) {
  const found = await sql<{ organisation_id: string; mail_id: string }>`select * from mail_to_route()`.execute(
    services.database.app,
  )
  return found.rows
}

/** How channels and waiting messages stand, as numbers; also for who asks without our connections. */
export const standingStatement = 'select * from mail_standing()'
/** Whether this database knows mail yet. */
export const standingIsThere = "select to_regprocedure('mail_standing()') is not null as is"
