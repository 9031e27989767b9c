/** The SQL of single messages in the ledger; all of it in sets. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { ItemState, Level } from '../vocabulary.ts'

/** A message in the ledger. `uid` holds under `uidvalidity` of the source. */
export type Item = {
  uidvalidity: number
  uid: number
  size: number
  receivedAt: Date | null
  flags: string
  sha256: string | null
  state: ItemState
  sentAfter: number | null
  timesSent: number
  targetUid: number | null
  /** Gmail's number, which is a word; of several messages the same where they are one there. */
  targetId: string | null
  targetSha256: string | null
  level: Level | null
  reason: string | null
  isGone: boolean
}

const columns = sql`
  source_uidvalidity as uidvalidity, source_uid as uid, size, received_at as "receivedAt", flags, encode(sha256, 'hex') as sha256, state,
  sent_after as "sentAfter", times_sent as "timesSent", target_uid as "targetUid", target_id as "targetId", encode(target_sha256, 'hex') as "targetSha256",
  level, reason, is_gone as "isGone"`

type Row = Omit<Item, 'receivedAt'> & { receivedAt: string | null }

// Equal digests are one string: there may be a hundred thousand of them.
function toItem({ targetSha256, ...row }: Row): Item {
  const receivedAt = row.receivedAt === null ? null : new Date(row.receivedAt)
  return { ...row, receivedAt, targetSha256: targetSha256 === row.sha256 ? row.sha256 : targetSha256 }
}

/** The messages of a folder after one of them, in the order of their numbers at the source. */
export async function selectItems(
  ctx: TxContext,
  folderId: string,
  after: Pick<Item, 'uidvalidity' | 'uid'>,
  limit: number,
): Promise<Item[]> {
  const found = await sql<Row>`
    select ${columns} from mail_copy_item where organisation_id = ${ctx.organisationId} and folder_id = ${folderId}
      and (source_uidvalidity, source_uid) > (${after.uidvalidity}, ${after.uid})
    order by source_uidvalidity, source_uid limit ${limit}`.execute(ctx.db)
  return found.rows.map(toItem)
}

/** Those that were sent more than once and are at the target. */
export async function selectResent(ctx: TxContext, folderId: string): Promise<Item[]> {
  const found = await sql<Row>`
    select ${columns} from mail_copy_item where organisation_id = ${ctx.organisationId} and folder_id = ${folderId}
      and times_sent > 1 and target_uid is not null`.execute(ctx.db)
  return found.rows.map(toItem)
}

/** One sending less of each of these: what it brought was taken back. */
export async function keepWithdrawn(
  ctx: TxContext,
  folderId: string,
  items: readonly Pick<Item, 'uidvalidity' | 'uid'>[],
): Promise<void> {
  await sql`
    update mail_copy_item i set times_sent = i.times_sent - given.times
    from (select uidvalidity, uid, count(*)::int as times
          from unnest(${items.map((one) => one.uidvalidity)}::bigint[], ${items.map(({ uid }) => uid)}::bigint[]) as one (uidvalidity, uid)
          group by uidvalidity, uid) as given
    where i.organisation_id = ${ctx.organisationId} and i.folder_id = ${folderId} and i.source_uidvalidity = given.uidvalidity
      and i.source_uid = given.uid`.execute(ctx.db)
}

/** All numbers at the target that the ledger knows in a folder. */
export async function selectTargetUids(ctx: TxContext, folderId: string): Promise<number[]> {
  const found = await sql<{ uids: number[] | null }>`
    select array_agg(target_uid::float8) as uids from mail_copy_item
    where organisation_id = ${ctx.organisationId} and folder_id = ${folderId} and target_uid is not null`.execute(
    ctx.db,
  )
  return found.rows[0]?.uids ?? []
}

/** The messages of a copy that are set aside, and those that are not at the target, by folder and number. */
export async function selectSetAside(ctx: TxContext, copyId: string, limit: number) {
  const found = await sql<{
    folder: string
    uid: number
    state: ItemState
    level: Level | null
    reason: string | null
  }>`
    select f.source_path as folder, i.source_uid as uid, i.state, i.level, i.reason
    from mail_copy_item i join mail_copy_folder f on f.organisation_id = i.organisation_id and f.id = i.folder_id
    where i.organisation_id = ${ctx.organisationId} and f.copy_id = ${copyId} and i.state <> 'verified' and not i.is_gone
    order by f.source_path, i.source_uid limit ${limit}`.execute(ctx.db)
  return found.rows
}

export type Intended = Pick<Item, 'uid' | 'size' | 'receivedAt' | 'flags'> & { sha256: string }

/**
 * `sentAfter`: UIDNEXT of the target, kept from the first sending. `times` is 0 for what was found there and need not be sent.
 * `isLate`: it came to the source after the cut-over.
 */
export type Sending = { sentAfter: number; times: 0 | 1; isLate: boolean }

/** What is about to be sent; committed before it is. */
export async function intend(
  ctx: TxContext,
  folderId: string,
  uidvalidity: number,
  { sentAfter, times, isLate }: Sending,
  items: readonly Intended[],
): Promise<void> {
  await sql`
    insert into mail_copy_item as i (organisation_id, folder_id, source_uidvalidity, source_uid, size, received_at, flags, sha256, state,
                                     sent_after, times_sent, is_late)
    select ${ctx.organisationId}, ${folderId}, ${uidvalidity}, uid, size, received_at, flags, decode(sha256, 'hex'), 'intent', ${sentAfter}, ${times},
           ${isLate}
    from unnest(${items.map(({ uid }) => uid)}::bigint[], ${items.map(({ size }) => size)}::bigint[],
                ${items.map(({ receivedAt }) => receivedAt?.toISOString() ?? null)}::timestamptz[],
                ${items.map(({ flags }) => flags)}::text[], ${items.map(({ sha256 }) => sha256)}::text[])
      as given (uid, size, received_at, flags, sha256)
    on conflict (organisation_id, folder_id, source_uidvalidity, source_uid) do update set
      (size, received_at, flags, sha256, state, reason, sent_after, times_sent, is_gone)
      = (excluded.size, excluded.received_at, excluded.flags, excluded.sha256, 'intent', null,
         coalesce(i.sent_after, excluded.sent_after), i.times_sent + ${times}, false)
    where i.target_uid is null and i.target_id is null`.execute(ctx.db)
}

/** What the target answered: its number for each. */
export async function keepStored(
  ctx: TxContext,
  folderId: string,
  uidvalidity: number,
  items: readonly { uid: number; targetUid: number }[],
): Promise<void> {
  await sql`
    update mail_copy_item i set state = 'stored', target_uid = given.target_uid, reason = null
    from unnest(${items.map(({ uid }) => uid)}::bigint[], ${items.map(({ targetUid }) => targetUid)}::bigint[]) as given (uid, target_uid)
    where i.organisation_id = ${ctx.organisationId} and i.folder_id = ${folderId} and i.source_uidvalidity = ${uidvalidity}
      and i.source_uid = given.uid and i.state = 'intent'`.execute(ctx.db)
}

export type Judged = { uid: number; targetSha256: string; level: Level; reason: string | null }

/** What reading back showed: equal enough, or altered with the reason. */
export async function keepJudged(
  ctx: TxContext,
  folderId: string,
  uidvalidity: number,
  items: readonly Judged[],
): Promise<void> {
  await sql`
    update mail_copy_item i set state = case when given.reason is null then 'verified' else 'altered' end,
      target_sha256 = decode(given.sha256, 'hex'), level = given.level, reason = given.reason
    from unnest(${items.map(({ uid }) => uid)}::bigint[], ${items.map((one) => one.targetSha256)}::text[],
                ${items.map(({ level }) => level)}::smallint[], ${items.map(({ reason }) => reason)}::text[]) as given (uid, sha256, level, reason)
    where i.organisation_id = ${ctx.organisationId} and i.folder_id = ${folderId} and i.source_uidvalidity = ${uidvalidity}
      and i.source_uid = given.uid and i.state in ('stored', 'verified', 'altered')`.execute(ctx.db)
}

/** What the target refused, with its words. */
export async function keepRefused(
  ctx: TxContext,
  folderId: string,
  uidvalidity: number,
  items: readonly { uid: number; reason: string }[],
): Promise<void> {
  await sql`
    update mail_copy_item i set state = 'refused', reason = given.reason
    from unnest(${items.map(({ uid }) => uid)}::bigint[], ${items.map(({ reason }) => reason)}::text[]) as given (uid, reason)
    where i.organisation_id = ${ctx.organisationId} and i.folder_id = ${folderId} and i.source_uidvalidity = ${uidvalidity}
      and i.source_uid = given.uid and i.state = 'intent'`.execute(ctx.db)
}

/** These are no longer at the target under the number that was told: to be found again, or sent again. */
export async function loosen(
  ctx: TxContext,
  folderId: string,
  items: readonly Pick<Item, 'uidvalidity' | 'uid'>[],
): Promise<void> {
  await sql`
    update mail_copy_item i set state = 'intent', target_uid = null, target_id = null, target_sha256 = null, level = null, reason = null
    from unnest(${items.map((one) => one.uidvalidity)}::bigint[], ${items.map(({ uid }) => uid)}::bigint[]) as given (uidvalidity, uid)
    where i.organisation_id = ${ctx.organisationId} and i.folder_id = ${folderId} and i.source_uidvalidity = given.uidvalidity
      and i.source_uid = given.uid`.execute(ctx.db)
}

/** The same messages under the numbers the source gives them now. */
export async function renumber(
  ctx: TxContext,
  folderId: string,
  uidvalidity: number,
  items: readonly { before: Pick<Item, 'uidvalidity' | 'uid'>; uid: number }[],
): Promise<void> {
  await sql`
    update mail_copy_item i set source_uidvalidity = ${uidvalidity}, source_uid = given.uid, is_gone = false
    from unnest(${items.map(({ before }) => before.uidvalidity)}::bigint[], ${items.map(({ before }) => before.uid)}::bigint[],
                ${items.map(({ uid }) => uid)}::bigint[]) as given (before_uidvalidity, before_uid, uid)
    where i.organisation_id = ${ctx.organisationId} and i.folder_id = ${folderId}
      and i.source_uidvalidity = given.before_uidvalidity and i.source_uid = given.before_uid`.execute(ctx.db)
}

/** Flags as they are on both sides now. */
export async function keepFlags(
  ctx: TxContext,
  folderId: string,
  uidvalidity: number,
  items: readonly Pick<Item, 'uid' | 'flags'>[],
): Promise<void> {
  await sql`
    update mail_copy_item i set flags = given.flags
    from unnest(${items.map(({ uid }) => uid)}::bigint[], ${items.map(({ flags }) => flags)}::text[]) as given (uid, flags)
    where i.organisation_id = ${ctx.organisationId} and i.folder_id = ${folderId} and i.source_uidvalidity = ${uidvalidity}
      and i.source_uid = given.uid`.execute(ctx.db)
}

/** Those that left the source; what was copied of them stays where it is. */
export async function keepGone(
  ctx: TxContext,
  folderId: string,
  items: readonly Pick<Item, 'uidvalidity' | 'uid'>[],
): Promise<void> {
  await sql`
    update mail_copy_item i set is_gone = true
    from unnest(${items.map((one) => one.uidvalidity)}::bigint[], ${items.map(({ uid }) => uid)}::bigint[]) as given (uidvalidity, uid)
    where i.organisation_id = ${ctx.organisationId} and i.folder_id = ${folderId} and i.source_uidvalidity = given.uidvalidity
      and i.source_uid = given.uid`.execute(ctx.db)
}

/** Those that were taken for gone, and that the source lists again. */
export async function keepBack(
  ctx: TxContext,
  folderId: string,
  uidvalidity: number,
  uids: readonly number[],
): Promise<void> {
  await sql`
    update mail_copy_item set is_gone = false where organisation_id = ${ctx.organisationId} and folder_id = ${folderId}
      and source_uidvalidity = ${uidvalidity} and source_uid = any (${[...uids]}::bigint[])`.execute(ctx.db)
}

/** What has gone from the source has no number at a target that numbers anew: it may be another message's now. */
export async function loosenGone(ctx: TxContext, folderId: string): Promise<void> {
  await sql`
    update mail_copy_item set state = 'intent', target_uid = null, target_sha256 = null, level = null, reason = null
    where organisation_id = ${ctx.organisationId} and folder_id = ${folderId} and is_gone and target_uid is not null`.execute(
    ctx.db,
  )
}

/** What is not sent at all, or not again, because the target says beforehand that it would not take it. */
export async function keepUnsent(
  ctx: TxContext,
  folderId: string,
  uidvalidity: number,
  items: readonly (Pick<Item, 'uid' | 'size' | 'flags'> & { reason: string })[],
  isLate: boolean,
): Promise<void> {
  await sql`
    insert into mail_copy_item as i (organisation_id, folder_id, source_uidvalidity, source_uid, size, flags, state, reason, is_late)
    select ${ctx.organisationId}, ${folderId}, ${uidvalidity}, uid, size, flags, 'refused', reason, ${isLate}
    from unnest(${items.map(({ uid }) => uid)}::bigint[], ${items.map(({ size }) => size)}::bigint[],
                ${items.map(({ flags }) => flags)}::text[], ${items.map(({ reason }) => reason)}::text[]) as given (uid, size, flags, reason)
    on conflict (organisation_id, folder_id, source_uidvalidity, source_uid) do update set (state, reason) = ('refused', excluded.reason)
    where i.state = 'intent' and i.target_uid is null and i.target_id is null`.execute(ctx.db)
}
