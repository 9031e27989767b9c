/** The SQL of censuses: what was asked, how far they are, what came of them. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { BoxKind } from '../box-vocabulary.ts'
import type { Census, CensusDetail } from '../census-schema.ts'
import { recordBox } from './box-record.ts'
import type { Sketched, SketchOverlap } from './sketch.ts'

export type NewCensus = {
  id: string
  source: Census['source']
  serverId: string | null
  asked: number
  isComplete: boolean
  withPersonal: boolean
  assessment: string | null
  agreement: string | null
}

/** Begins a census, with its event. */
export async function insertCensus(ctx: TxContext, one: NewCensus): Promise<void> {
  const { id, source, serverId, asked, isComplete, withPersonal, assessment, agreement } = one
  await sql`
    insert into mail_census (organisation_id, id, source, server_id, with_personal, assessment, agreement, state, asked, is_complete, begun_at)
    values (${ctx.organisationId}, ${id}, ${source}, ${serverId}, ${withPersonal}, ${assessment}, ${agreement}, 'running',
            ${asked}, ${isComplete}, clock_timestamp())`.execute(ctx.db)
  await recordBox(ctx, {
    ...{ subjectType: 'mail_census', subjectId: id, kind: 'mail_census.begun' },
    payload: { source, serverId, asked, isComplete, withPersonal },
    text: { assessment: assessment ?? '', agreement: agreement ?? '' },
  })
}

export type CensusEnd = Pick<Census, 'seen' | 'added' | 'changed' | 'gone'> & {
  state: 'done' | 'stopped' | 'failed'
  trouble?: string | null
}

/** Ends a census, with its event. */
export async function endCensus(ctx: TxContext, id: string, end: CensusEnd): Promise<void> {
  const { state, seen, added, changed, gone, trouble = null } = end
  await sql`
    update mail_census set state = ${state}, seen = ${seen}, added = ${added}, changed = ${changed}, gone = ${gone},
      trouble = ${trouble}, ended_at = clock_timestamp()
    where organisation_id = ${ctx.organisationId} and id = ${id}`.execute(ctx.db)
  await recordBox(ctx, {
    ...{ subjectType: 'mail_census', subjectId: id, kind: 'mail_census.ended' },
    payload: { state, seen, added, changed, gone, trouble },
  })
}

const columns = sql`c.id, c.source, c.server_id as "serverId", s.name as "serverName", c.with_personal as "withPersonal",
  c.assessment, c.agreement, c.state, c.asked, c.seen, c.added, c.changed, c.gone, c.failed, c.left_out as "leftOut",
  c.is_complete as "isComplete", c.trouble, c.begun_at as "begunAt", c.ended_at as "endedAt",
  c.stop_asked_at as "stopAskedAt"`
const joins = sql`left join mail_server s on s.organisation_id = c.organisation_id and s.id = c.server_id`

/** The newest censuses. */
export async function selectCensuses(ctx: TxContext, limit: number): Promise<Census[]> {
  const found = await sql<Census>`
    select ${columns} from mail_census c ${joins}
    where c.organisation_id = ${ctx.organisationId} order by c.begun_at desc limit ${limit}`.execute(ctx.db)
  return found.rows
}

export async function selectCensus(ctx: TxContext, id: string): Promise<Census | undefined> {
  const found = await sql<Census>`
    select ${columns} from mail_census c ${joins}
    where c.organisation_id = ${ctx.organisationId} and c.id = ${id}`.execute(ctx.db)
  return found.rows[0]
}

export async function lockCensus(ctx: TxContext, id: string): Promise<Census | undefined> {
  const found = await sql<Census>`
    select ${columns} from mail_census c ${joins}
    where c.organisation_id = ${ctx.organisationId} and c.id = ${id} for update of c`.execute(ctx.db)
  return found.rows[0]
}

export type CensusAccount = {
  address: string
  login: string
  kind: 'office' | 'service' | 'project' | 'application' | 'list' | 'personal'
  secret: Buffer | null
  state: 'waiting' | 'left_out'
}

/** Notes who is to be looked at, and who is left out from the start. */
export async function insertAccounts(
  ctx: TxContext,
  censusId: string,
  accounts: readonly CensusAccount[],
): Promise<void> {
  const rows = accounts.map(({ secret, ...rest }) => ({ ...rest, secret: secret?.toString('hex') ?? null }))
  await sql`
    insert into mail_census_account (organisation_id, census_id, address, login, kind, secret, state)
    select ${ctx.organisationId}, ${censusId}, address, login, kind, decode(secret, 'hex'), state
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (address text, login text, kind text, secret text, state text)`.execute(
    ctx.db,
  )
  await sql`
    update mail_census set left_out = ${accounts.filter(({ state }) => state === 'left_out').length}
    where organisation_id = ${ctx.organisationId} and id = ${censusId}`.execute(ctx.db)
}

/** Some of those that still wait, by address. */
export async function selectWaiting(ctx: TxContext, censusId: string, limit: number): Promise<CensusAccount[]> {
  const found = await sql<CensusAccount>`
    select address, login, kind, secret, state from mail_census_account
    where organisation_id = ${ctx.organisationId} and census_id = ${censusId} and state = 'waiting'
    order by address limit ${limit}`.execute(ctx.db)
  return found.rows
}

/** Notes what became of one; its secret goes. */
export async function settleAccount(
  ctx: TxContext,
  censusId: string,
  address: string,
  how: { state: 'done'; outcome: 'added' | 'changed' | 'same' } | { state: 'failed'; trouble: string },
): Promise<void> {
  const trouble = how.state === 'failed' ? how.trouble : null
  await sql`
    update mail_census_account set state = ${how.state}, secret = null, trouble = ${trouble}
    where organisation_id = ${ctx.organisationId} and census_id = ${censusId} and address = ${address}`.execute(ctx.db)
  const is = (name: string) => (how.state === 'done' && how.outcome === name ? 1 : 0)
  await sql`
    update mail_census set seen = seen + ${how.state === 'done' ? 1 : 0}, failed = failed + ${how.state === 'failed' ? 1 : 0},
      added = added + ${is('added')}, changed = changed + ${is('changed')}
    where organisation_id = ${ctx.organisationId} and id = ${censusId}`.execute(ctx.db)
}

/** Those that will not be looked at any more keep no secret. */
export async function forgetSecrets(ctx: TxContext, censusId: string): Promise<void> {
  await sql`
    update mail_census_account set secret = null, state = 'left_out', trouble = 'stopped'
    where organisation_id = ${ctx.organisationId} and census_id = ${censusId} and state = 'waiting'`.execute(ctx.db)
}

export async function selectTroubles(ctx: TxContext, censusId: string): Promise<CensusDetail['troubles']> {
  const found = await sql<CensusDetail['troubles'][number]>`
    select address, state, trouble from mail_census_account
    where organisation_id = ${ctx.organisationId} and census_id = ${censusId} and state in ('failed', 'left_out')
    order by state, address limit 100`.execute(ctx.db)
  return found.rows
}

/** Every address of a census that was asked, whatever became of it: it is there. */
export async function selectAsked(ctx: TxContext, censusId: string): Promise<string[]> {
  const found = await sql<{ address: string }>`
    select address from mail_census_account where organisation_id = ${ctx.organisationId} and census_id = ${censusId}
    order by address limit 100000`.execute(ctx.db)
  return found.rows.map(({ address }) => address)
}

export async function askStop(ctx: TxContext, id: string): Promise<void> {
  await sql`
    update mail_census set stop_asked_at = clock_timestamp()
    where organisation_id = ${ctx.organisationId} and id = ${id} and stop_asked_at is null`.execute(ctx.db)
}

/** Censuses over IMAP that are under way. */
export async function selectRunning(ctx: TxContext): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select id from mail_census where organisation_id = ${ctx.organisationId} and state = 'running' and source = 'imap'
    order by begun_at limit 100`.execute(ctx.db)
  return found.rows.map(({ id }) => id)
}

/** Mailboxes of the register on a server, as they would be asked. */
export async function selectOnServer(ctx: TxContext, serverId: string) {
  const found = await sql<{ address: string; login: string | null; kind: BoxKind }>`
    select address, login, kind from mailbox
    where organisation_id = ${ctx.organisationId} and server_id = ${serverId} and gone_since is null and kind <> 'certified'
    order by address limit 100000`.execute(ctx.db)
  return found.rows
}

/** Keeps what a mailbox is compared by in place of what there was. */
export async function putSketch(
  ctx: TxContext,
  mailboxId: string,
  kind: BoxKind,
  { messages, sketch }: { messages: number; sketch: Buffer },
): Promise<void> {
  await sql`
    insert into mailbox_sketch (organisation_id, mailbox_id, kind, messages, sketch, made_at)
    values (${ctx.organisationId}, ${mailboxId}, ${kind}, ${messages}, ${sketch}, clock_timestamp())
    on conflict (organisation_id, mailbox_id) do update
      set messages = excluded.messages, sketch = excluded.sketch, made_at = excluded.made_at`.execute(ctx.db)
}

export async function selectSketches(ctx: TxContext): Promise<Sketched[]> {
  const found = await sql<Sketched>`
    select k.mailbox_id as id, k.messages, k.sketch from mailbox_sketch k
    join mailbox m on m.organisation_id = k.organisation_id and m.id = k.mailbox_id and m.gone_since is null
    where k.organisation_id = ${ctx.organisationId} order by k.mailbox_id limit 20000`.execute(ctx.db)
  return found.rows
}

/** Puts the overlaps there are in place of those there were. */
export async function replaceOverlaps(ctx: TxContext, overlaps: readonly SketchOverlap[]): Promise<void> {
  await sql`delete from mailbox_overlap where organisation_id = ${ctx.organisationId}`.execute(ctx.db)
  await sql`
    insert into mailbox_overlap (organisation_id, one_id, other_id, shared, compared)
    select ${ctx.organisationId}, "oneId", "otherId", shared, compared
    from jsonb_to_recordset(${JSON.stringify(overlaps)}::jsonb) as g ("oneId" uuid, "otherId" uuid, shared int, compared int)`.execute(
    ctx.db,
  )
}
