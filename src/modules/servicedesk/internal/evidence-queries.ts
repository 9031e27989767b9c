/** The SQL of evidence: one row a case, kept by the statement that appends its events (migration 0016). */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { Witness } from '../../../platform/events.ts'
import type { CaseEvidence, EvidenceQuery, Witnessed } from '../evidence.ts'
import type { Severity } from '../vocabulary.ts'
import type { CaseKind } from './lifecycle.ts'

const atATime = 5000
let cursors = 0

type Row = {
  case_id: string
  number: number
  opened_kind: CaseKind
  severity: Severity
  office_id: string | null
  is_own: boolean
  is_reserved: boolean
  is_repeated: boolean
  is_typed_later: boolean
  start_ms: number
  start_witness: Witness
  taken_ms: number | null
  taken_witness: Witness | null
  taken_event: number | null
  activity_ms: number | null
  first_promise_given_ms: number | null
  first_promise_due_ms: number | null
  is_first_promise_imported: boolean | null
  last_promise_given_ms: number | null
  last_promise_due_ms: number | null
  is_last_promise_imported: boolean | null
  promised_times: number
  delivered_ms: number | null
  delivered_witness: Witness | null
  received_ms: number | null
  received_witness: Witness | null
  received_event: number | null
  resolved_ms: number | null
  resolved_witness: Witness | null
  resolved_event: number | null
  confirmed_ms: number | null
  confirmed_witness: Witness | null
  reopened_times: number
  cancelled_ms: number | null
}

/** See `readEvidence`. A cursor, so that a million rows never lie in memory at once. */
export async function* streamEvidence(ctx: TxContext, query: EvidenceQuery): AsyncGenerator<CaseEvidence[]> {
  if (query.kinds.length === 0) return
  const cursor = sql.raw(`evidence_${++cursors}`)
  await sql`declare ${cursor} no scroll cursor for ${lived(ctx, query)}`.execute(ctx.db)
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

// What could count in the period: begun before its end, and not over, or over, promised or begun near it.
function lived(ctx: TxContext, { kinds, teamIds, withoutTeamIds, from, until }: EvidenceQuery) {
  return sql`
    select k.case_id, k.number, k.opened_kind, k.severity, k.office_id, y.kind is not distinct from 'supplier' as is_own,
      k.is_reserved, k.is_repeated, k.is_typed_later, k.start_ms, k.start_witness, k.taken_ms, k.taken_witness, k.taken_event,
      k.activity_ms, k.first_promise_given_ms, k.first_promise_due_ms, k.is_first_promise_imported, k.last_promise_given_ms,
      k.last_promise_due_ms, k.is_last_promise_imported, k.promised_times, k.delivered_ms, k.delivered_witness, k.received_ms,
      k.received_witness, k.received_event, k.resolved_ms, k.resolved_witness, k.resolved_event, k.confirmed_ms,
      k.confirmed_witness, k.reopened_times, k.cancelled_ms
    from case_evidence k
    left join person p on p.organisation_id = k.organisation_id and p.id = k.requester_id
    left join party y on y.organisation_id = p.organisation_id and y.id = p.party_id
    where k.organisation_id = ${ctx.organisationId} and k.opened_kind = any (${kinds}::text[]) and not k.is_duplicate
      and k.lived_until_ms >= ${Date.parse(from)} and k.start_ms < ${Date.parse(until)}
      and (cardinality(${teamIds}::uuid[]) = 0 or k.first_team_id = any (${teamIds}::uuid[]))
      and (k.first_team_id is null or k.first_team_id <> all (${withoutTeamIds}::uuid[]))`
}

function evidenceOf(row: Row): CaseEvidence {
  return {
    caseId: row.case_id,
    number: row.number,
    openedKind: row.opened_kind,
    severity: row.severity,
    officeId: row.office_id,
    isOwn: row.is_own,
    isReserved: row.is_reserved,
    isRepeated: row.is_repeated,
    start: { at: row.start_ms, witness: row.start_witness },
    isTypedLater: row.is_typed_later,
    taken: witnessed(row.taken_ms, row.taken_witness),
    activityAt: row.activity_ms,
    firstPromise: promised(row.first_promise_given_ms, row.first_promise_due_ms, row.is_first_promise_imported),
    lastPromise: promised(row.last_promise_given_ms, row.last_promise_due_ms, row.is_last_promise_imported),
    promisedTimes: row.promised_times,
    delivered: witnessed(row.delivered_ms, row.delivered_witness),
    received: witnessed(row.received_ms, row.received_witness),
    resolved: witnessed(row.resolved_ms, row.resolved_witness),
    confirmed: witnessed(row.confirmed_ms, row.confirmed_witness),
    reopenedTimes: row.reopened_times,
    cancelledAt: row.cancelled_ms,
    takenEventId: row.taken_event,
    doneEventId: row.received_event ?? row.resolved_event,
  }
}

function witnessed(at: number | null, witness: Witness | null): Witnessed | null {
  return at === null || witness === null ? null : { at, witness }
}

function promised(givenAt: number | null, dueAt: number | null, isImported: boolean | null) {
  return givenAt === null || dueAt === null ? null : { givenAt, dueAt, isImported: isImported === true }
}

/** See `refreshEvidence`. */
export async function keepEvidence(ctx: TxContext, from: string): Promise<number> {
  // Whoever changes a case locks it first: held here, none gets an event between gathering its evidence and writing it.
  const { rows: cases } = await sql<{ id: string }>`
    select c.id from desk_case c left join case_evidence k on k.organisation_id = c.organisation_id and k.case_id = c.id
    where c.organisation_id = ${ctx.organisationId}
      and (k.case_id is null or k.lived_until_ms >= ${Date.parse(from)} or c.updated_at >= ${from}::timestamptz)
    order by c.id for share of c`.execute(ctx.db)
  const { rows } = await sql<{ changed: number }>`
    select keep_case_evidence(${ctx.organisationId}, ${cases.map(({ id }) => id)}::uuid[]) as changed`.execute(ctx.db)
  return rows[0]?.changed ?? 0
}

/** Numbers and titles of cases; the words of a reserved one stay with those who work on it. */
export async function selectTitles(ctx: TxContext, ids: readonly string[]) {
  const found = await sql<{ id: string; number: number; opened_at: string; title: string }>`
    select id, number, opened_at, case when reserved is null then title else '' end as title
    from desk_case where organisation_id = ${ctx.organisationId} and id = any (${ids}::uuid[])`.execute(ctx.db)
  return found.rows
}
