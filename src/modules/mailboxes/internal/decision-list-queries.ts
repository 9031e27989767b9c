/** The SQL that reads decisions: lists by view, one with its history, mailboxes without a decision. */
import { type RawBuilder, sql } from 'kysely'
import type { Context, TxContext } from '../../../platform/context.ts'
import { scopesOf } from '../../../platform/permissions.ts'
import type { DecisionRow, HistoryRow, ViewCounts } from '../decision-schema.ts'
import { type DecisionView, needsOffice } from '../decision-vocabulary.ts'
import { openStates } from './decision-lifecycle.ts'

/** Whose mailboxes the actor reads: one fragment for lists and single rows, about the mailbox `m`. */
export function readableBox({ actor }: Pick<Context, 'actor'>): RawBuilder<unknown> {
  return scopesOf(actor, 'mailboxes.read').has('all')
    ? sql`true`
    : sql`m.office_id = any(${[...actor.officeIds]}::uuid[])`
}

// The office's time is over and it may be approved without it.
const isSilent = (today: string) => sql`(d.answer_by < ${today}::date and d.kind <> all(${[...needsOffice]}::text[]))`

function inView(view: DecisionView, today: string): RawBuilder<unknown> {
  switch (view) {
    case 'to_confirm':
      return sql`d.state = 'proposed'`
    case 'to_approve':
      return sql`(d.state = 'confirmed' or (d.state = 'proposed' and ${isSilent(today)}))`
    case 'contested':
    case 'approved':
      return sql`d.state = ${view}`
    case 'ended':
      return sql`d.state in ('refused', 'undone', 'superseded', 'carried_out')`
  }
}

const words = (kinds: RawBuilder<unknown>) => sql`
  (select x.content::jsonb ->> 'reason' from event e
   join event_text x on x.organisation_id = e.organisation_id and x.event_id = e.id
   where e.organisation_id = d.organisation_id and e.subject_type = 'mailbox_decision' and e.subject_id = d.id
     and ${kinds} order by e.id desc limit 1)`

const columns = (today: string) => sql`
  d.id, d.version, d.mailbox_id as "mailboxId", m.address, m.name, m.kind as "mailboxKind", m.office_id as "officeId",
  o.name as office, m.size_bytes as "sizeBytes", m.message_count as messages, d.kind, d.new_address as "newAddress",
  d.alias_until::text as "aliasUntil", d.into_id as "intoId", t.address as into, d.folder_prefix as "folderPrefix",
  d.keeps_doubles as "keepsDoubles", d.held_until::text as "heldUntil", d.kept_until::text as "keptUntil",
  d.answer_address as "answerAddress", d.state, d.answer_by::text as "answerBy",
  coalesce((d.state = 'proposed' and d.answer_by < ${today}::date)
    or (d.state in ('approved', 'carried_out') and d.confirmed_at is null), false) as "isSilent",
  d.supersedes_id as "supersedesId", d.proposed_at as "proposedAt", d.proposed_by as "proposedBy",
  p.given_name || ' ' || p.family_name as proposer, d.confirmed_at as "confirmedAt", d.approved_at as "approvedAt",
  ${words(sql`e.kind = 'mailbox_decision.proposed'`)} as reason,
  ${words(sql`e.kind in ('mailbox_decision.contested', 'mailbox_decision.refused', 'mailbox_decision.undone')`)} as answer`

const tables = sql`
  mailbox_decision d
  join mailbox m on m.organisation_id = d.organisation_id and m.id = d.mailbox_id
  join person p on p.organisation_id = d.organisation_id and p.id = d.proposed_by
  left join office o on o.organisation_id = m.organisation_id and o.id = m.office_id
  left join mailbox t on t.organisation_id = d.organisation_id and t.id = d.into_id`

const localDay = ({ zone }: Pick<Context, 'zone'>) => Temporal.Now.plainDateISO(zone).toString()

export type DecisionFilter = { view: DecisionView; officeId?: string | undefined; words?: string | undefined }

/** One page of a view, the oldest proposal first, what is over newest first; and whether there are more. */
export async function selectDecisions(
  ctx: TxContext,
  { view, officeId, words: typed }: DecisionFilter,
  after: { proposedAt: string; id: string } | null,
  limit: number,
): Promise<{ rows: DecisionRow[]; hasMore: boolean }> {
  const today = localDay(ctx)
  const isBack = view === 'ended'
  const beyond =
    after === null
      ? sql`true`
      : isBack
        ? sql`(d.proposed_at, d.id) < (${after.proposedAt}::timestamptz, ${after.id}::uuid)`
        : sql`(d.proposed_at, d.id) > (${after.proposedAt}::timestamptz, ${after.id}::uuid)`
  const found = await sql<DecisionRow>`
    select ${columns(today)} from ${tables}
    where d.organisation_id = ${ctx.organisationId} and ${readableBox(ctx)} and ${inView(view, today)} and ${beyond}
      and ${officeId === undefined ? sql`true` : sql`m.office_id = ${officeId}`} and ${matching(typed)}
    order by ${isBack ? sql`d.proposed_at desc, d.id desc` : sql`d.proposed_at, d.id`} limit ${limit + 1}`.execute(
    ctx.db,
  )
  return { rows: found.rows.slice(0, limit), hasMore: found.rows.length > limit }
}

/** Words of an address or a name, of the mailbox `m`. */
export function matching(typed: string | undefined): RawBuilder<unknown> {
  if (typed === undefined || typed === '') return sql`true`
  const like = `%${typed.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`
  return sql`(m.address like ${like} or lower(m.name) like ${like})`
}

/** Decisions by id, whoever reads; the oldest first. For one that is shown, `selectDecision`. */
export async function selectDecisionsById(ctx: TxContext, ids: readonly string[]): Promise<DecisionRow[]> {
  const found = await sql<DecisionRow>`
    select ${columns(localDay(ctx))} from ${tables}
    where d.organisation_id = ${ctx.organisationId} and d.id = any(${ids}::uuid[])
    order by d.proposed_at, d.id`.execute(ctx.db)
  return found.rows
}

/** The decision that holds about a mailbox which the actor may read. */
export async function selectOpenOf(ctx: TxContext, mailboxId: string): Promise<DecisionRow | undefined> {
  const found = await sql<DecisionRow>`
    select ${columns(localDay(ctx))} from ${tables}
    where d.organisation_id = ${ctx.organisationId} and d.mailbox_id = ${mailboxId} and ${readableBox(ctx)}
      and d.state = any(${[...openStates, 'carried_out']}::text[])
    order by d.proposed_at desc limit 1`.execute(ctx.db)
  return found.rows[0]
}

export type DecisionDetail = DecisionRow & {
  aliases: string[]
  delegates: number
  successorId: string | null
  inWave: number | null
  waveBegan: boolean
}

/** One decision that the actor may read, with what its page shows besides. */
export async function selectDecision(ctx: TxContext, id: string): Promise<DecisionDetail | undefined> {
  const found = await sql<DecisionDetail>`
    select ${columns(localDay(ctx))},
      array(select a.address from mailbox_alias a where a.organisation_id = m.organisation_id and a.mailbox_id = m.id
            order by a.address) as aliases,
      (select count(*)::int from mailbox_delegate g where g.organisation_id = m.organisation_id and g.mailbox_id = m.id) as delegates,
      (select s.id from mailbox_decision s where s.organisation_id = d.organisation_id and s.supersedes_id = d.id
       order by s.proposed_at desc limit 1) as "successorId",
      w.number as "inWave", coalesce(w.began, false) as "waveBegan"
    from ${tables}
    left join lateral (
      select v.number, x.state not in ('surveyed', 'prepared') as began from wave_mailbox x
      join migration_wave v on v.organisation_id = x.organisation_id and v.id = x.wave_id
      where x.organisation_id = d.organisation_id and x.decision_id = d.id and x.state <> 'rolled_back'
      order by v.number desc limit 1) w on true
    where d.organisation_id = ${ctx.organisationId} and d.id = ${id} and ${readableBox(ctx)}`.execute(ctx.db)
  return found.rows[0]
}

/** What happened to the decisions about a mailbox, the newest first. */
export async function selectHistory(ctx: TxContext, mailboxId: string): Promise<HistoryRow[]> {
  const found = await sql<HistoryRow>`
    select e.occurred_at as at, d.id as "decisionId", e.kind, e.witness, p.given_name || ' ' || p.family_name as who,
           case when e.payload ->> 'withoutOffice' = 'true' then e.payload ->> 'answerBy' end as silent,
           coalesce(x.content::jsonb ->> 'reason', x.content::jsonb ->> 'note') as words
    from mailbox_decision d
    join event e on e.organisation_id = d.organisation_id and e.subject_type = 'mailbox_decision' and e.subject_id = d.id
    left join person p on p.organisation_id = e.organisation_id and p.id = e.actor_id
    left join event_text x on x.organisation_id = e.organisation_id and x.event_id = e.id
    where d.organisation_id = ${ctx.organisationId} and d.mailbox_id = ${mailboxId}
    order by e.id desc limit 100`.execute(ctx.db)
  return found.rows
}

/** How many wait in each view, of what the actor reads. */
export async function countViews(ctx: TxContext): Promise<ViewCounts> {
  const today = localDay(ctx)
  const count = (view: DecisionView) => sql`count(*) filter (where ${inView(view, today)})::int`
  const found = await sql<ViewCounts>`
    select ${count('to_confirm')} as to_confirm, ${count('to_approve')} as to_approve, ${count('contested')} as contested,
           ${count('approved')} as approved, ${count('ended')} as ended,
           (select count(*)::int from mailbox m where m.organisation_id = ${ctx.organisationId} and m.gone_since is null
            and ${readableBox(ctx)} and not ${hasOpen}) as to_propose
    from mailbox_decision d join mailbox m on m.organisation_id = d.organisation_id and m.id = d.mailbox_id
    where d.organisation_id = ${ctx.organisationId} and ${readableBox(ctx)}`.execute(ctx.db)
  return found.rows[0] ?? { to_propose: 0, to_confirm: 0, to_approve: 0, contested: 0, approved: 0, ended: 0 }
}

/** Whether the mailbox `m` is spoken for: an open decision, or one that was carried out. */
export const hasOpen = sql`
  exists (select from mailbox_decision q where q.organisation_id = m.organisation_id and q.mailbox_id = m.id
          and q.state = any(${[...openStates, 'carried_out']}::text[]))`
