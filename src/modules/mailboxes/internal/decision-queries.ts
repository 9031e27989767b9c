/** The SQL that changes decisions: loading what a proposal is held against, writing, locking. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { DecisionKind, DecisionState } from '../decision-vocabulary.ts'
import { openStates } from './decision-lifecycle.ts'
import type { BoxFacts, DecisionValues, OpenDecision } from './decision-rules.ts'

/** One who proposes after the other in an administration, so that what each is held against stays as it was. */
export async function lockProposals(ctx: TxContext): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`mailbox_decision ${ctx.organisationId}`}, 0))`.execute(
    ctx.db,
  )
}

/** Mailboxes by id, as far as proposals go. */
export async function selectBoxes(ctx: TxContext, ids: readonly string[]): Promise<BoxFacts[]> {
  const found = await sql<BoxFacts>`
    select m.id, m.address, m.kind, m.office_id as "officeId", m.gone_since is not null as "isGone",
           (select count(*)::int from mailbox_delegate d
            where d.organisation_id = m.organisation_id and d.mailbox_id = m.id) as delegates
    from mailbox m where m.organisation_id = ${ctx.organisationId} and m.id = any(${ids}::uuid[])`.execute(ctx.db)
  return found.rows
}

/** The ids of mailboxes by their addresses. */
export async function selectByAddress(ctx: TxContext, addresses: readonly string[]) {
  const found = await sql<{ id: string; address: string }>`
    select id, address from mailbox
    where organisation_id = ${ctx.organisationId} and address = any(${addresses}::text[])`.execute(ctx.db)
  return found.rows
}

/** Every open decision of the administration. */
export async function selectOpen(ctx: TxContext): Promise<OpenDecision[]> {
  const found = await sql<OpenDecision>`
    select id, mailbox_id as "mailboxId", kind, into_id as "intoId", new_address as "newAddress" from mailbox_decision
    where organisation_id = ${ctx.organisationId} and state = any(${[...openStates]}::text[])`.execute(ctx.db)
  return found.rows
}

/** Which of these addresses a mailbox or an alias has, and which belong to mailboxes that are nobody's own. */
export async function selectKnownAddresses(ctx: TxContext, addresses: readonly string[]) {
  const found = await sql<{ address: string; isShared: boolean }>`
    select address, kind not in ('personal', 'certified') and gone_since is null as "isShared" from mailbox
    where organisation_id = ${ctx.organisationId} and address = any(${addresses}::text[])
    union all
    select address, false from mailbox_alias
    where organisation_id = ${ctx.organisationId} and address = any(${addresses}::text[])`.execute(ctx.db)
  return found.rows
}

/** The domains of the mailboxes that are not certified. */
export async function selectDomains(ctx: TxContext): Promise<string[]> {
  const found = await sql<{ domain: string }>`
    select distinct substring(address from '[^@]*$') as domain from mailbox
    where organisation_id = ${ctx.organisationId} and kind <> 'certified'`.execute(ctx.db)
  return found.rows.map(({ domain }) => domain)
}

export type NewDecision = DecisionValues & {
  id: string
  mailboxId: string
  mailboxKind: string
  kind: DecisionKind
  answerBy: string
  supersedesId: string | null
}

/** Writes proposals, in one statement. */
export async function insertDecisions(ctx: TxContext, decisions: readonly NewDecision[]): Promise<void> {
  await sql`
    insert into mailbox_decision (organisation_id, id, mailbox_id, mailbox_kind, kind, new_address, alias_until, into_id,
      folder_prefix, keeps_doubles, held_until, kept_until, answer_address, state, supersedes_id, answer_by, proposed_at,
      proposed_by, version)
    select ${ctx.organisationId}, g.id, g."mailboxId", g."mailboxKind", g.kind, g."newAddress", g."aliasUntil", g."intoId",
      g."folderPrefix", g."keepsDoubles", g."heldUntil", g."keptUntil", g."answerAddress", 'proposed', g."supersedesId",
      g."answerBy", clock_timestamp(), ${ctx.actor.personId}, 1
    from jsonb_to_recordset(${JSON.stringify(decisions)}::jsonb) as g (id uuid, "mailboxId" uuid, "mailboxKind" text, kind text,
      "newAddress" text, "aliasUntil" date, "intoId" uuid, "folderPrefix" text, "keepsDoubles" boolean, "heldUntil" date,
      "keptUntil" date, "answerAddress" text, "answerBy" date, "supersedesId" uuid)`.execute(ctx.db)
}

export type StoredDecision = {
  id: string
  mailboxId: string
  address: string
  officeId: string | null
  kind: DecisionKind
  intoId: string | null
  heldUntil: string | null
  state: DecisionState
  answerBy: string
  proposedBy: string
  version: number
}

/** Decisions by id, locked in the order of their ids, with the office and address of their mailbox. */
export async function lockDecisions(ctx: TxContext, ids: readonly string[]): Promise<StoredDecision[]> {
  const found = await sql<StoredDecision>`
    select d.id, d.mailbox_id as "mailboxId", m.address, m.office_id as "officeId", d.kind, d.into_id as "intoId",
           d.held_until::text as "heldUntil", d.state, d.answer_by::text as "answerBy", d.proposed_by as "proposedBy", d.version
    from mailbox_decision d join mailbox m on m.organisation_id = d.organisation_id and m.id = d.mailbox_id
    where d.organisation_id = ${ctx.organisationId} and d.id = any(${ids}::uuid[])
    order by d.id for update of d`.execute(ctx.db)
  return found.rows
}

/** What a step writes besides the state. */
export type Stamp = 'confirmed' | 'contested' | 'approved' | null

/** Moves decisions to a state, with who and when where the table keeps it. */
export async function updateState(ctx: TxContext, ids: readonly string[], state: DecisionState, stamp: Stamp) {
  await sql`
    update mailbox_decision set state = ${state}, version = version + 1,
      confirmed_at = case ${stamp}::text when 'confirmed' then clock_timestamp() when 'contested' then null else confirmed_at end,
      confirmed_by = case ${stamp}::text when 'confirmed' then ${ctx.actor.personId}::uuid when 'contested' then null
                     else confirmed_by end,
      approved_at = case ${stamp}::text when 'approved' then clock_timestamp() else approved_at end,
      approved_by = case ${stamp}::text when 'approved' then ${ctx.actor.personId}::uuid else approved_by end
    where organisation_id = ${ctx.organisationId} and id = any(${ids}::uuid[])`.execute(ctx.db)
}

/** The wave a decision is on its way in, its place there locked; undefined outside of waves. */
export async function lockWave(ctx: TxContext, decisionId: string) {
  const found = await sql<{ waveId: string; number: number; state: string }>`
    select w.wave_id as "waveId", v.number, w.state from wave_mailbox w
    join migration_wave v on v.organisation_id = w.organisation_id and v.id = w.wave_id
    where w.organisation_id = ${ctx.organisationId} and w.decision_id = ${decisionId} and w.state <> 'rolled_back'
    order by v.number desc limit 1 for update of w`.execute(ctx.db)
  return found.rows[0]
}

/** Takes a mailbox out of a wave that has done nothing with it. */
export async function deleteFromWave(ctx: TxContext, waveId: string, mailboxId: string): Promise<void> {
  await sql`
    delete from wave_mailbox
    where organisation_id = ${ctx.organisationId} and wave_id = ${waveId} and mailbox_id = ${mailboxId}`.execute(ctx.db)
}

export type StoredSettings = {
  silenceDays: number
  licenceCents: number | null
  licenceSource: string | null
  version: number
}

export async function selectSettings(ctx: TxContext, isLocked = false): Promise<StoredSettings | undefined> {
  const found = await sql<StoredSettings>`
    select silence_days as "silenceDays", licence_cents as "licenceCents", licence_source as "licenceSource", version
    from mailbox_setting where organisation_id = ${ctx.organisationId} ${isLocked ? sql`for update` : sql``}`.execute(
    ctx.db,
  )
  return found.rows[0]
}

export async function upsertSettings(ctx: TxContext, settings: StoredSettings): Promise<void> {
  const { silenceDays, licenceCents, licenceSource, version } = settings
  await sql`
    insert into mailbox_setting (organisation_id, silence_days, licence_cents, licence_source, version)
    values (${ctx.organisationId}, ${silenceDays}, ${licenceCents}, ${licenceSource}, ${version})
    on conflict (organisation_id) do update set silence_days = excluded.silence_days, licence_cents = excluded.licence_cents,
      licence_source = excluded.licence_source, version = excluded.version`.execute(ctx.db)
}
