/** The SQL of waves and the mailboxes in them. */
import { type RawBuilder, sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import { scopesOf } from '../../../platform/permissions.ts'
import type { PreflightFinding, WaveRow } from '../wave-schema.ts'
import type { MovingState, WaitReason, WaveState } from '../wave-vocabulary.ts'

/** Which mailboxes the actor may see: all, or those of their offices. `b` is the mailbox. */
export function visibleInWaves(ctx: TxContext): RawBuilder<boolean> {
  if (scopesOf(ctx.actor, 'mailboxes.read').has('all')) return sql<boolean>`true`
  return sql<boolean>`b.office_id = any (${[...ctx.actor.officeIds]}::uuid[])`
}

/** A copy that wrote how far it is within so many seconds is under way. */
const aliveSeconds = 10

const waveColumns = (ctx: TxContext) => sql`
  w.id, w.number, w.name, w.is_pilot as "isPilot", w.state, f.name as "fromServer", t.name as "toServer",
  w.carried_out_by as "carriedOutBy", w.third_party as "thirdParty", w.most_at_once as "mostAtOnce", w.cut_over_at as "cutOverAt",
  w.support_until::text as "supportUntil", w.closing_at as "closingAt", w.version, s.*
from migration_wave w
join mail_server f on f.organisation_id = w.organisation_id and f.id = w.from_server_id
join mail_server t on t.organisation_id = w.organisation_id and t.id = w.to_server_id
cross join lateral (
  select count(*)::int as mailboxes, count(*) filter (where m.state in ('delta', 'cut_over', 'verified', 'closed'))::int as proved,
         count(*) filter (where m.waits_for is not null and m.state <> 'rolled_back')::int as waiting,
         coalesce(sum(m.messages), 0)::float8 as messages, coalesce(sum(m.late_messages), 0)::float8 as "lateMessages",
         coalesce(sum(least(m.done_messages, m.messages)), 0)::float8 as "doneMessages", coalesce(sum(m.bytes), 0)::float8 as bytes
  from wave_mailbox m join mailbox b on b.organisation_id = m.organisation_id and b.id = m.mailbox_id
  where m.organisation_id = w.organisation_id and m.wave_id = w.id and ${visibleInWaves(ctx)}
) s`

export async function selectWaves(ctx: TxContext): Promise<WaveRow[]> {
  const found = await sql<WaveRow>`
    select ${waveColumns(ctx)} where w.organisation_id = ${ctx.organisationId} order by w.number limit 500`.execute(
    ctx.db,
  )
  return found.rows
}

export async function selectWave(ctx: TxContext, number: number): Promise<WaveRow | undefined> {
  const found = await sql<WaveRow>`
    select ${waveColumns(ctx)} where w.organisation_id = ${ctx.organisationId} and w.number = ${number}`.execute(ctx.db)
  return found.rows[0]
}

export type LockedWave = {
  id: string
  number: number
  name: string
  isPilot: boolean
  state: WaveState
  fromServerId: string
  toServerId: string
  carriedOutBy: 'sitec' | 'third_party'
  cutOverAt: string | null
  closingAt: string | null
  version: number
}

const lockedColumns = sql`
  id, number, name, is_pilot as "isPilot", state, from_server_id as "fromServerId", to_server_id as "toServerId",
  carried_out_by as "carriedOutBy", cut_over_at as "cutOverAt", closing_at as "closingAt", version`

export async function lockWave(ctx: TxContext, number: number): Promise<LockedWave | undefined> {
  const found = await sql<LockedWave>`
    select ${lockedColumns} from migration_wave
    where organisation_id = ${ctx.organisationId} and number = ${number} for update`.execute(ctx.db)
  return found.rows[0]
}

export async function countWaves(ctx: TxContext): Promise<number> {
  const found = await sql<{ n: number }>`
    select count(*)::int as n from migration_wave where organisation_id = ${ctx.organisationId}`.execute(ctx.db)
  return found.rows[0]?.n ?? 0
}

/** The next free number; whoever plans at the same time waits. */
export async function nextNumber(ctx: TxContext): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`waves ${ctx.organisationId}`}, 0))`.execute(ctx.db)
  const found = await sql<{ n: number }>`
    select coalesce(max(number), 0) + 1 as n from migration_wave where organisation_id = ${ctx.organisationId}`.execute(
    ctx.db,
  )
  return found.rows[0]?.n ?? 1
}

export async function insertWave(
  ctx: TxContext,
  wave: Omit<LockedWave, 'state' | 'version' | 'closingAt'> & { thirdParty: string | null; mostAtOnce: number },
): Promise<void> {
  await ctx.db
    .insertInto('migration_wave')
    .values({
      ...{
        organisation_id: ctx.organisationId,
        id: wave.id,
        number: wave.number,
        name: wave.name,
        is_pilot: wave.isPilot,
      },
      ...{ from_server_id: wave.fromServerId, to_server_id: wave.toServerId, carried_out_by: wave.carriedOutBy },
      ...{ third_party: wave.thirdParty, most_at_once: wave.mostAtOnce, cut_over_at: wave.cutOverAt },
      ...{ state: 'planned', version: 1 },
    })
    .execute()
}

export async function updateWave(
  ctx: TxContext,
  id: string,
  changes: Partial<{
    state: WaveState
    name: string
    most_at_once: number
    cut_over_at: string | null
    support_until: string | null
    closing_at: string | null
  }>,
): Promise<number> {
  const row = await ctx.db
    .updateTable('migration_wave')
    .set((eb) => ({ ...changes, version: eb('version', '+', 1) }))
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirstOrThrow()
  return row.version
}

/** Whether a pilot was brought to its end. */
export async function hasClosedPilot(ctx: TxContext): Promise<boolean> {
  const found = await sql`
    select from migration_wave where organisation_id = ${ctx.organisationId} and is_pilot and state = 'closed' limit 1`.execute(
    ctx.db,
  )
  return found.rows.length > 0
}

export type BoxRow = {
  mailboxId: string
  address: string
  kind: string
  office: string | null
  state: MovingState
  isHeld: boolean
  waitsFor: WaitReason | null
  sourceLogin: string
  targetLogin: string
  underFolder: string
  copyId: string | null
  preflight: PreflightFinding[] | null
  preflightAt: string | null
  messages: number
  bytes: number
  doneMessages: number
  doneBytes: number
  setAside: number
  undecided: number
  speed: number | null
  isRunning: boolean
  proofSha256: string | null
  lateMessages: number
  lateMissing: number
  lateAt: string | null
  version: number
}

const boxColumns = sql`
  m.mailbox_id as "mailboxId", b.address, b.kind, o.name as office, m.state, m.is_held as "isHeld", m.waits_for as "waitsFor",
  m.source_login as "sourceLogin", m.target_login as "targetLogin", m.under_folder as "underFolder", m.copy_id as "copyId", m.preflight,
  m.preflight_at as "preflightAt", m.messages::float8 as messages, m.bytes::float8 as bytes, m.done_messages::float8 as "doneMessages",
  m.done_bytes::float8 as "doneBytes", m.set_aside::float8 as "setAside", m.speed::float8 as speed,
  encode(m.proof_sha256, 'hex') as "proofSha256", m.late_messages::float8 as "lateMessages", m.late_missing::float8 as "lateMissing",
  m.late_at as "lateAt", m.version,
  m.speed is not null and m.progressed_at > clock_timestamp() - make_interval(secs => ${aliveSeconds}) as "isRunning",
  case when m.set_aside = 0 then 0 else (
    select count(*)::int from mail_copy_folder g
    join mail_copy_item i on i.organisation_id = g.organisation_id and i.folder_id = g.id
    left join mail_copy_choice c on c.organisation_id = i.organisation_id and c.folder_id = i.folder_id
      and c.source_uidvalidity = i.source_uidvalidity and c.source_uid = i.source_uid
    where g.organisation_id = m.organisation_id and g.copy_id = coalesce(m.back_copy_id, m.copy_id)
      and i.state in ('refused', 'altered') and not i.is_gone
      and c.choice is null) end as undecided
from wave_mailbox m
join mailbox b on b.organisation_id = m.organisation_id and b.id = m.mailbox_id
left join office o on o.organisation_id = b.organisation_id and o.id = b.office_id`

/** The mailboxes of a wave, by address. */
export async function selectBoxes(ctx: TxContext, waveId: string): Promise<BoxRow[]> {
  const found = await sql<BoxRow>`
    select ${boxColumns} where m.organisation_id = ${ctx.organisationId} and m.wave_id = ${waveId} and ${visibleInWaves(ctx)}
    order by b.address limit 2000`.execute(ctx.db)
  return found.rows
}

export async function selectBox(ctx: TxContext, waveId: string, mailboxId: string): Promise<BoxRow | undefined> {
  const found = await sql<BoxRow>`
    select ${boxColumns} where m.organisation_id = ${ctx.organisationId} and m.wave_id = ${waveId} and m.mailbox_id = ${mailboxId}
      and ${visibleInWaves(ctx)}`.execute(ctx.db)
  return found.rows[0]
}

export async function lockBox(ctx: TxContext, waveId: string, mailboxId: string): Promise<BoxRow | undefined> {
  await sql`
    select from wave_mailbox where organisation_id = ${ctx.organisationId} and wave_id = ${waveId} and mailbox_id = ${mailboxId}
    for update`.execute(ctx.db)
  return selectBox(ctx, waveId, mailboxId)
}

export type NewBox = {
  mailboxId: string
  decisionId: string
  sourceLogin: string
  targetLogin: string
  underFolder: string
  messages: number
  bytes: number
}

export async function insertBoxes(ctx: TxContext, waveId: string, boxes: readonly NewBox[]): Promise<void> {
  await ctx.db
    .insertInto('wave_mailbox')
    .values(
      boxes.map((box) => ({
        ...{
          organisation_id: ctx.organisationId,
          wave_id: waveId,
          mailbox_id: box.mailboxId,
          decision_id: box.decisionId,
        },
        ...{ source_login: box.sourceLogin, target_login: box.targetLogin, under_folder: box.underFolder },
        ...{ messages: box.messages, bytes: box.bytes, state: 'surveyed', version: 1 },
      })),
    )
    .execute()
}

export async function deleteBox(ctx: TxContext, waveId: string, mailboxId: string): Promise<void> {
  await sql`
    delete from wave_log_line where organisation_id = ${ctx.organisationId} and wave_id = ${waveId} and mailbox_id = ${mailboxId}`.execute(
    ctx.db,
  )
  await ctx.db
    .deleteFrom('wave_mailbox')
    .where('organisation_id', '=', ctx.organisationId)
    .where('wave_id', '=', waveId)
    .where('mailbox_id', '=', mailboxId)
    .execute()
}

export type BoxChanges = Partial<{
  state: MovingState
  is_held: boolean
  waits_for: WaitReason | null
  copy_id: string
  back_copy_id: string
  preflight: string
  preflight_at: string | null
  messages: number
  bytes: number
  done_messages: number
  done_bytes: number
  set_aside: number
  speed: string | null
  progressed_at: string
  proof_sha256: Buffer
  proof_file: string
  late_messages: number
  late_missing: number
  late_at: string
}>

/** Changes a mailbox of a wave; what a copy writes while it goes on is no new version: a form stays good. */
export async function updateBox(
  ctx: TxContext,
  waveId: string,
  mailboxId: string,
  changes: BoxChanges,
  isProgress = false,
) {
  await ctx.db
    .updateTable('wave_mailbox')
    .set((eb) => ({ ...changes, ...(isProgress ? {} : { version: eb('version', '+', 1) }) }))
    .where('organisation_id', '=', ctx.organisationId)
    .where('wave_id', '=', waveId)
    .where('mailbox_id', '=', mailboxId)
    .execute()
}
