/** The SQL of evidence: one row a case, gathered from its events in one pass. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { Witness } from '../../../platform/events.ts'
import type { CaseEvidence, EvidenceQuery } from '../evidence.ts'
import type { Severity } from '../vocabulary.ts'
import type { CaseKind, CaseState } from './lifecycle.ts'

const atATime = 5000
let cursors = 0

type Row = {
  id: string
  number: number
  opened_kind: CaseKind
  kind: CaseKind
  severity: Severity
  state: CaseState
  office_id: string | null
  is_own: boolean
  is_reserved: boolean
  is_repeated: boolean
  opened: number
  opened_witness: Witness
  is_typed_later: boolean | null
  corrected: number | null
  joined: number | null
  taken: number | null
  taken_witness: Witness | null
  activity: number | null
  first_given: number | null
  first_due: number | null
  last_given: number | null
  last_due: number | null
  promises: number
  delivered: number | null
  delivered_witness: Witness | null
  received: number | null
  received_witness: Witness | null
  resolved: number | null
  resolved_witness: Witness | null
  resolved_event: number | null
  received_event: number | null
  taken_event: number | null
  confirmed: number | null
  confirmed_witness: Witness | null
  reopened: number | null
  reopened_times: number
  cancelled: number | null
}

/** See `readEvidence`. One statement behind a cursor: the planner chooses between many probes and one pass. */
export async function* streamEvidence(ctx: TxContext, query: EvidenceQuery): AsyncGenerator<CaseEvidence[]> {
  if (query.kinds.length === 0) return
  const cursor = sql.raw(`evidence_${++cursors}`)
  await sql`declare ${cursor} no scroll cursor for ${gathered(ctx, query)}`.execute(ctx.db)
  try {
    for (;;) {
      const { rows } = await sql<Row>`fetch ${sql.raw(String(atATime))} from ${cursor}`.execute(ctx.db)
      if (rows.length > 0) yield rows.map(evidenceOf)
      if (rows.length < atATime) return
    }
  } finally {
    await sql`close ${cursor}`.execute(ctx.db)
  }
}

/** Milliseconds as a number: the driver would otherwise spell a text for each instant. */
const ms = (expression: ReturnType<typeof sql>) => sql`(extract(epoch from ${expression}) * 1000)::float8`
const on = (kind: string) => sql`filter (where e.kind = ${sql.lit(kind)})`

/** The instant of an event, or the one its payload tells. */
const startedAt = sql`case when e.kind = 'case.visited' then (e.payload->>'startedAt')::timestamptz else e.occurred_at end`
const isTaking = sql`filter (where e.kind in ('case.taken', 'case.visited'))`
const isActivity = sql`filter (where e.kind in ('case.visited', 'case.asked', 'case.paused', 'case.promised', 'case.delivered',
      'case.estimated', 'case.resolved') or (e.kind = 'case.replied' and not (e.payload->>'isRequester')::boolean))`
const isLastPart = sql`filter (where e.kind = 'case.received' and (e.payload->>'isLast')::boolean)`

function gathered(ctx: TxContext, { kinds, teamIds, withoutTeamIds, from, until }: EvidenceQuery) {
  return sql`
    select c.id, c.number, c.opened_kind, c.kind, c.severity, c.state, c.office_id,
      bool_or(y.kind = 'supplier') as is_own, c.reserved is not null as is_reserved, c.repeats_id is not null as is_repeated,
      ${ms(sql`min(e.occurred_at) ${on('case.opened')}`)} as opened, max(e.witness) ${on('case.opened')} as opened_witness,
      bool_or(e.recorded_at - e.occurred_at > interval '30 minutes') ${on('case.opened')} as is_typed_later,
      ${ms(sql`max((e.payload->>'calledAt')::timestamptz) ${on('case.call_corrected')}`)} as corrected,
      ${ms(sql`min((e.payload->>'startedAt')::timestamptz) ${on('case.joined')}`)} as joined,
      ${ms(sql`min(${startedAt}) ${isTaking}`)} as taken, (array_agg(e.witness order by ${startedAt}) ${isTaking})[1] as taken_witness,
      (array_agg(e.id order by ${startedAt}) ${isTaking})[1] as taken_event,
      ${ms(sql`min(${startedAt}) ${isActivity}`)} as activity,
      count(*) ${on('case.promised')} as promises,
      ${ms(sql`min(e.occurred_at) ${on('case.promised')}`)} as first_given, ${ms(sql`max(e.occurred_at) ${on('case.promised')}`)} as last_given,
      ${ms(sql`((array_agg(e.payload->>'promisedFor' order by e.id) ${on('case.promised')})[1])::timestamptz`)} as first_due,
      ${ms(sql`((array_agg(e.payload->>'promisedFor' order by e.id desc) ${on('case.promised')})[1])::timestamptz`)} as last_due,
      ${ms(sql`max(e.occurred_at) ${on('case.delivered')}`)} as delivered, max(e.witness) ${on('case.delivered')} as delivered_witness,
      ${ms(sql`max(e.occurred_at) ${isLastPart}`)} as received, max(e.witness) ${isLastPart} as received_witness,
      max(e.id) ${isLastPart} as received_event,
      ${ms(sql`max(e.occurred_at) ${on('case.resolved')}`)} as resolved, max(e.witness) ${on('case.resolved')} as resolved_witness,
      max(e.id) ${on('case.resolved')} as resolved_event,
      ${ms(sql`max(e.occurred_at) ${on('case.confirmed')}`)} as confirmed, max(e.witness) ${on('case.confirmed')} as confirmed_witness,
      ${ms(sql`max(e.occurred_at) ${on('case.reopened')}`)} as reopened, count(*) ${on('case.reopened')} as reopened_times,
      ${ms(sql`max(e.occurred_at) filter (where e.kind in ('case.cancelled', 'case.refused'))`)} as cancelled
    from desk_case c
    join event e on e.organisation_id = c.organisation_id and e.subject_type = 'case' and e.subject_id = c.id
    left join person p on p.organisation_id = c.organisation_id and p.id = c.requester_id
    left join party y on y.organisation_id = p.organisation_id and y.id = p.party_id
    where c.organisation_id = ${ctx.organisationId} and c.opened_kind = any (${kinds}::text[])
      and (cardinality(${teamIds}::uuid[]) = 0 or c.team_id = any (${teamIds}::uuid[]))
      and (c.team_id is null or c.team_id <> all (${withoutTeamIds}::uuid[]))
      and c.state <> 'duplicate' and ${livedAround(from, until)}
    group by c.organisation_id, c.id
    order by c.number`
}

// What could count in the period: begun before its end, and not over, or over, promised or begun near it.
function livedAround(from: string, until: string) {
  return sql`c.opened_at < ${until}::timestamptz and (c.closed_at is null or c.closed_at >= ${from}::timestamptz
      or c.resolved_at >= ${from}::timestamptz or c.promised_at >= ${from}::timestamptz or c.first_promised_at >= ${from}::timestamptz
      or c.opened_at >= ${from}::timestamptz - interval '30 days')`
}

function evidenceOf(row: Row): CaseEvidence {
  const isReopenedSince = row.reopened !== null && row.resolved !== null && row.reopened > row.resolved
  const witnessed = (at: number | null, witness: Witness | null) =>
    at === null || witness === null ? null : { at, witness }
  const asked = row.corrected ?? row.opened
  const isEarlier = row.joined !== null && row.joined < asked
  return {
    caseId: row.id,
    number: row.number,
    openedKind: row.opened_kind,
    kind: row.kind,
    severity: row.severity,
    state: row.state,
    officeId: row.office_id,
    isOwn: row.is_own,
    isReserved: row.is_reserved,
    isRepeated: row.is_repeated,
    // Only its caller corrects the instant of a call.
    start: {
      at: isEarlier ? (row.joined ?? asked) : asked,
      witness: row.corrected === null ? row.opened_witness : 'U',
    },
    isTypedLater: row.is_typed_later === true,
    taken: witnessed(row.taken, row.taken_witness),
    activityAt: row.activity,
    firstPromise: promise(row.first_given, row.first_due),
    lastPromise: promise(row.last_given, row.last_due),
    promisedTimes: Number(row.promises),
    delivered: witnessed(row.delivered, row.delivered_witness),
    received: witnessed(row.received, row.received_witness),
    resolved: isReopenedSince ? null : witnessed(row.resolved, row.resolved_witness),
    confirmed: witnessed(row.confirmed, row.confirmed_witness),
    reopenedTimes: Number(row.reopened_times),
    cancelledAt: row.cancelled,
    endEventId: row.received_event ?? row.resolved_event ?? row.taken_event,
  }
}

function promise(givenAt: number | null, dueAt: number | null) {
  return givenAt === null || dueAt === null ? null : { givenAt, dueAt }
}

/** Numbers and titles of cases; the words of a reserved one stay with those who work on it. */
export async function selectTitles(ctx: TxContext, ids: readonly string[]) {
  const found = await sql<{ id: string; number: number; opened_at: string; title: string }>`
    select id, number, opened_at, case when reserved is null then title else '' end as title
    from desk_case where organisation_id = ${ctx.organisationId} and id = any (${ids}::uuid[])`.execute(ctx.db)
  return found.rows
}
