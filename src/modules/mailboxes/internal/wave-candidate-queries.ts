/** The SQL of which mailboxes may go into a wave. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'

export type CandidateRow = {
  mailboxId: string
  address: string
  kind: string
  office: string | null
  decisionId: string
  decision: string
  intoId: string | null
  login: string | null
  newAddress: string | null
  folderPrefix: string | null
  messages: number
  bytes: number
  isTaken: boolean
}

/**
 * The mailboxes of a server with an approved decision that leads to another mailbox, `isTaken` where a wave has them already.
 * A certified mailbox never, a personal one because its decision says so.
 */
export async function selectCandidates(ctx: TxContext, fromServerId: string): Promise<CandidateRow[]> {
  const found = await sql<CandidateRow>`
    select b.id as "mailboxId", b.address, b.kind, o.name as office, d.id as "decisionId", d.kind as decision, d.into_id as "intoId",
           b.login, d.new_address as "newAddress", d.folder_prefix as "folderPrefix",
           coalesce(b.message_count, 0)::float8 as messages, coalesce(b.size_bytes, 0)::float8 as bytes,
           exists (select from wave_mailbox m where m.organisation_id = b.organisation_id and m.mailbox_id = b.id
                   and m.state <> 'rolled_back') as "isTaken"
    from mailbox b
    join mailbox_decision d on d.organisation_id = b.organisation_id and d.mailbox_id = b.id and d.state = 'approved'
      and d.kind in ('keep', 'rename', 'merge', 'delegate')
    left join office o on o.organisation_id = b.organisation_id and o.id = b.office_id
    where b.organisation_id = ${ctx.organisationId} and b.server_id = ${fromServerId} and b.kind <> 'certified' and b.gone_since is null
    order by o.name nulls last, b.address limit 5000`.execute(ctx.db)
  return found.rows
}

/** A wave, and the server its mailboxes leave. */
export async function selectWaveEnds(
  ctx: TxContext,
  number: number,
): Promise<{ id: string; fromServerId: string } | undefined> {
  return ctx.db
    .selectFrom('migration_wave')
    .select(['id', 'from_server_id as fromServerId'])
    .where('organisation_id', '=', ctx.organisationId)
    .where('number', '=', number)
    .executeTakeFirst()
}

/** What addresses mailboxes have that others are merged into, for a sentence about those that are not among the candidates. */
export async function selectAddresses(ctx: TxContext, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const found = await sql<{ id: string; address: string }>`
    select id, address from mailbox where organisation_id = ${ctx.organisationId} and id = any (${[...ids]}::uuid[])`.execute(
    ctx.db,
  )
  return new Map(found.rows.map(({ id, address }) => [id, address]))
}

/** A closed wave carried out what was decided: the mailboxes are at the new server, under their new addresses. */
export async function carryOut(ctx: TxContext, waveId: string, toServerId: string): Promise<string[]> {
  const done = await sql<{ id: string }>`
    update mailbox_decision d set state = 'carried_out', version = d.version + 1
    from wave_mailbox m
    where m.organisation_id = ${ctx.organisationId} and m.wave_id = ${waveId} and m.state = 'closed'
      and d.organisation_id = m.organisation_id and d.id = m.decision_id and d.state = 'approved'
    returning d.id`.execute(ctx.db)
  await sql`
    update mailbox b set server_id = ${toServerId}, login = m.target_login, version = b.version + 1
    from wave_mailbox m
    where m.organisation_id = ${ctx.organisationId} and m.wave_id = ${waveId} and m.state = 'closed'
      and b.organisation_id = m.organisation_id and b.id = m.mailbox_id`.execute(ctx.db)
  return done.rows.map(({ id }) => id)
}
