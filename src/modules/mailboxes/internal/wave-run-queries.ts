/** The SQL of running waves: which mailboxes are due, and what became of their copies. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { MovingState, WaitReason } from '../wave-vocabulary.ts'

export type Due = {
  waveId: string
  number: number
  mailboxId: string
  state: MovingState
  mostAtOnce: number
  carriedOutBy: string
}

/** What passes by itself, often at night: asked again after so long. */
const passing: readonly WaitReason[] = ['limit', 'source_unreachable', 'target_unreachable']
const passingSeconds = 3600
/** How often what was copied is looked at again; `late`: after the cut-over, in the first days and then. */
export type Rhythm = { deltaSeconds: number; late: { firstDays: number; firstSeconds: number; thenSeconds: number } }

/**
 * What is to be done next in the waves that go on, in the order in which it is done: what was begun, then what waits; copied
 * ones again after so many seconds for what has come since, and before the closing once more. Not what another process has in hand.
 */
export async function selectDue(ctx: TxContext, { deltaSeconds, late }: Rhythm, aliveSeconds: number): Promise<Due[]> {
  const found = await sql<Due>`
    select w.id as "waveId", w.number, m.mailbox_id as "mailboxId", m.state, w.most_at_once as "mostAtOnce", w.carried_out_by as "carriedOutBy"
    from migration_wave w join wave_mailbox m on m.organisation_id = w.organisation_id and m.wave_id = w.id
    join mailbox b on b.organisation_id = m.organisation_id and b.id = m.mailbox_id
    where w.organisation_id = ${ctx.organisationId} and w.state in ('copying', 'cut_over', 'stopped') and not m.is_held
      and (m.waits_for is null or (m.waits_for = 'holder' and b.holder_id is not null)
        or (m.waits_for = any(${[...passing]}::text[])
            and greatest(m.progressed_at, m.preflight_at) < clock_timestamp() - make_interval(secs => ${passingSeconds})))
      and ((w.state = 'copying' and m.state in ('surveyed', 'prepared', 'copying'))
        or (w.state = 'copying' and m.state = 'delta' and m.progressed_at < clock_timestamp() - make_interval(secs => ${deltaSeconds}))
        or (w.state = 'cut_over' and m.state = 'cut_over')
        or (w.state = 'cut_over' and m.state = 'verified' and (w.closing_at > coalesce(m.late_at, '-infinity')
          or coalesce(m.late_at, w.cut_over_at) < clock_timestamp() - make_interval(
               secs => case when w.cut_over_at > clock_timestamp() - make_interval(days => ${late.firstDays}::int)
                            then ${late.firstSeconds}::float8 else ${late.thenSeconds}::float8 end)))
        or (w.state = 'stopped' and m.state in ('cut_over', 'verified')))
      and (m.speed is null or m.progressed_at < clock_timestamp() - make_interval(secs => ${aliveSeconds}))
    order by w.number, array_position(array['cut_over', 'verified', 'copying', 'prepared', 'surveyed', 'delta'], m.state), b.address
    limit 200`.execute(ctx.db)
  return found.rows
}

/** How many mailboxes of a wave are being copied now, by whatever process. */
export async function countRunning(ctx: TxContext, waveId: string, aliveSeconds: number): Promise<number> {
  const found = await sql<{ n: number }>`
    select count(*)::int as n from wave_mailbox where organisation_id = ${ctx.organisationId} and wave_id = ${waveId}
      and speed is not null and progressed_at > clock_timestamp() - make_interval(secs => ${aliveSeconds})`.execute(
    ctx.db,
  )
  return found.rows[0]?.n ?? 0
}

/** Cut-over waves that were asked to close, and whose mailboxes were all looked at once more since: nothing late is missing, nor what is to be kept apart. */
export async function selectToClose(ctx: TxContext): Promise<number[]> {
  const found = await sql<{ number: number }>`
    select w.number from migration_wave w
    where w.organisation_id = ${ctx.organisationId} and w.state = 'cut_over' and w.closing_at is not null
      and not exists (select from wave_mailbox m
                      where m.organisation_id = w.organisation_id and m.wave_id = w.id and m.state = 'verified'
                        and (m.late_at is null or m.late_at < w.closing_at or m.waits_for is not null or m.late_missing > 0))
      and not exists (select from wave_mailbox m
                      join mail_copy_folder f on f.organisation_id = m.organisation_id and f.copy_id = m.copy_id
                      join mail_copy_item i on i.organisation_id = f.organisation_id and i.folder_id = f.id and not i.is_gone
                        and i.state in ('refused', 'altered')
                      join mail_copy_choice c on c.organisation_id = i.organisation_id and c.folder_id = i.folder_id
                        and c.source_uidvalidity = i.source_uidvalidity and c.source_uid = i.source_uid
                        and c.choice = 'export' and c.kept_sha256 is null
                      where m.organisation_id = w.organisation_id and m.wave_id = w.id and m.state = 'verified')
    order by w.number`.execute(ctx.db)
  return found.rows.map(({ number }) => number)
}

/** Whether a copy under way may go on: its wave still wants it, and nobody holds it. */
export async function mayGoOn(ctx: TxContext, waveId: string, mailboxId: string): Promise<boolean> {
  const found = await sql`
    select from migration_wave w join wave_mailbox m on m.organisation_id = w.organisation_id and m.wave_id = w.id
    where w.organisation_id = ${ctx.organisationId} and w.id = ${waveId} and m.mailbox_id = ${mailboxId} and not m.is_held
      and ((w.state = 'copying' and m.state in ('prepared', 'copying', 'delta')) or (w.state = 'cut_over' and m.state in ('cut_over', 'verified'))
        or (w.state = 'stopped' and m.state in ('cut_over', 'verified')))`.execute(ctx.db)
  return found.rows.length > 0
}

export async function selectHolder(ctx: TxContext, mailboxId: string): Promise<boolean> {
  const found = await sql`
    select from mailbox where organisation_id = ${ctx.organisationId} and id = ${mailboxId} and holder_id is not null`.execute(
    ctx.db,
  )
  return found.rows.length > 0
}

export type CopyCounts = {
  present: number
  verified: number
  setAside: number
  undecided: number
  toKeep: number
  open: number
  bytes: number
  late: number
  lateMissing: number
}

/** What the ledger has of a copy; `undecided`: set aside, and nobody has said what is to become of it; `toKeep`: to be kept
 * apart, and not yet read; `late`: came after the cut-over. */
export async function selectCopyCounts(ctx: TxContext, copyId: string): Promise<CopyCounts> {
  const found = await sql<CopyCounts>`
    select count(*) filter (where i.state in ('stored', 'verified'))::float8 as present,
           count(*) filter (where i.state = 'verified')::float8 as verified,
           count(*) filter (where i.state in ('refused', 'altered'))::float8 as "setAside",
           count(*) filter (where i.state in ('refused', 'altered') and c.choice is null)::float8 as undecided,
           count(*) filter (where i.state in ('refused', 'altered') and c.choice = 'export' and c.kept_sha256 is null)::float8 as "toKeep",
           count(*) filter (where i.state in ('intent', 'stored'))::float8 as open,
           count(*) filter (where i.is_late)::float8 as late,
           count(*) filter (where i.is_late and i.state = 'intent')::float8 as "lateMissing",
           coalesce(sum(i.size) filter (where i.state in ('stored', 'verified')), 0)::float8 as bytes
    from mail_copy_folder g
    join mail_copy_item i on i.organisation_id = g.organisation_id and i.folder_id = g.id and not i.is_gone
    left join mail_copy_choice c on c.organisation_id = i.organisation_id and c.folder_id = i.folder_id
      and c.source_uidvalidity = i.source_uidvalidity and c.source_uid = i.source_uid
    where g.organisation_id = ${ctx.organisationId} and g.copy_id = ${copyId}`.execute(ctx.db)
  return (
    found.rows[0] ?? {
      present: 0,
      verified: 0,
      setAside: 0,
      undecided: 0,
      toKeep: 0,
      open: 0,
      bytes: 0,
      late: 0,
      lateMissing: 0,
    }
  )
}

/** From here on mail goes both ways: whatever is at the other side under no known number is looked through before it is sent. */
export async function forgetStandings(ctx: TxContext, copyIds: readonly string[]): Promise<void> {
  await sql`
    update mail_copy_folder set source_standing = null, target_standing = null
    where organisation_id = ${ctx.organisationId} and copy_id = any (${[...copyIds]}::uuid[])`.execute(ctx.db)
}

/** Folders at the new server that are those of other mailboxes, which were merged into this one below a folder of theirs. */
export async function selectOthersFolders(ctx: TxContext, waveId: string, mailboxId: string): Promise<string[]> {
  const found = await sql<{ path: string }>`
    select distinct f.target_path as path
    from wave_mailbox m
    join migration_wave w on w.organisation_id = m.organisation_id and w.id = m.wave_id
    join migration_wave v on v.organisation_id = w.organisation_id and v.to_server_id = w.to_server_id
    join wave_mailbox o on o.organisation_id = v.organisation_id and o.wave_id = v.id and o.target_login = m.target_login
      and o.mailbox_id <> m.mailbox_id and o.under_folder <> ''
    join mail_copy_folder f on f.organisation_id = o.organisation_id and f.copy_id = o.copy_id
    where m.organisation_id = ${ctx.organisationId} and m.wave_id = ${waveId} and m.mailbox_id = ${mailboxId}`.execute(
    ctx.db,
  )
  return found.rows.map(({ path }) => path)
}

export type Left = { path: string; uidvalidity: number; uids: number[]; seconds: (number | null)[] }

/** What a copy brought and has since left its source, by folder of the target: deleted there before the cut-over, or moved. */
export async function selectLeft(ctx: TxContext, copyId: string): Promise<Left[]> {
  const found = await sql<Left>`
    select f.target_path as path, f.target_uidvalidity::float8 as uidvalidity,
           array_agg(i.target_uid::float8 order by i.target_uid) as uids,
           array_agg(floor(extract(epoch from i.received_at))::float8 order by i.target_uid) as seconds
    from mail_copy_folder f
    join mail_copy_item i on i.organisation_id = f.organisation_id and i.folder_id = f.id and i.is_gone and i.target_uid is not null
    where f.organisation_id = ${ctx.organisationId} and f.copy_id = ${copyId} and f.target_uidvalidity is not null
    group by f.target_path, f.target_uidvalidity`.execute(ctx.db)
  return found.rows
}

/**
 * The ledger of a copy turned round, for the way back: what was brought is known to be at the source, so that only what has
 * come since is brought back. Does nothing where there is one already.
 */
export async function turnLedger(ctx: TxContext, copyId: string, backId: string): Promise<void> {
  await sql`
    with turned as (
      insert into mail_copy_folder (organisation_id, id, copy_id, source_path, target_path, target_label, target_uidvalidity)
      select f.organisation_id, gen_random_uuid(), ${backId}, f.target_path, f.source_path, f.target_label,
             (select max(i.source_uidvalidity) from mail_copy_item i
              where i.organisation_id = f.organisation_id and i.folder_id = f.id and not i.is_gone)
      from mail_copy_folder f
      where f.organisation_id = ${ctx.organisationId} and f.copy_id = ${copyId}
        and not exists (select from mail_copy_folder b where b.organisation_id = f.organisation_id and b.copy_id = ${backId})
      returning organisation_id, id, source_path, target_path, target_uidvalidity
    )
    insert into mail_copy_item (organisation_id, folder_id, source_uidvalidity, source_uid, size, received_at, flags, sha256, state,
                                sent_after, times_sent, target_uid, target_sha256, level)
    select i.organisation_id, t.id, f.target_uidvalidity, i.target_uid, i.size, i.received_at, i.flags, i.target_sha256, 'verified',
           1, 0, i.source_uid, i.sha256, least(i.level, 2)
    from turned t
    join mail_copy_folder f on f.organisation_id = t.organisation_id and f.copy_id = ${copyId} and f.source_path = t.target_path
    join mail_copy_item i on i.organisation_id = f.organisation_id and i.folder_id = f.id and i.source_uidvalidity = t.target_uidvalidity
    where i.target_uid is not null and i.target_sha256 is not null and not i.is_gone and f.target_uidvalidity is not null`.execute(
    ctx.db,
  )
}
