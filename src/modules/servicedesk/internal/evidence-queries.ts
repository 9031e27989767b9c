/** The SQL of evidence: one row a case, gathered from its events in one pass. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { Witness } from '../../../platform/events.ts'
import type { CaseEvidence, EvidenceQuery } from '../evidence.ts'
import type { Severity } from '../vocabulary.ts'
import type { CaseKind, CaseState } from './lifecycle.ts'

const atATime = 5000
let cursors = 0

/** "1764061200123" and what stands behind it: an instant in milliseconds and a word, in one text that sorts by the instant. */
type Stamped = string | null

type Row = {
  id: string
  number: number
  opened_kind: CaseKind
  kind: CaseKind
  severity: Severity
  state: CaseState
  office_id: string | null
  is_own: boolean | null
  is_reserved: boolean
  is_repeated: boolean
  opened: string
  is_typed_later: boolean | null
  corrected: Stamped
  joined: Stamped
  taken: Stamped
  activity: Stamped
  first_promise: Stamped
  last_promise: Stamped
  promises: number
  delivered: Stamped
  received: Stamped
  resolved: Stamped
  confirmed: Stamped
  reopened: Stamped
  reopened_times: number
  cancelled: Stamped
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

const digits = 13
// Thirteen digits from 2001 to 2286, so texts sort as instants do; one aggregate then brings the instant and its witness.
const stamp = (instant: ReturnType<typeof sql>) => sql`(date_part('epoch', ${instant}) * 1000)::bigint::text`
// What the supplier's tool sent later counts from when it reached SITEC: an import never becomes observed (contract-logic §1.2).
const when = sql`case when e.witness = 'I' then e.recorded_at else e.occurred_at end`
const at = stamp(when)
const told = (field: string) => stamp(sql`(e.payload->>${sql.lit(field)})::timestamptz`)
const on = (kind: string) => sql`filter (where e.kind = ${sql.lit(kind)})`
const taking = sql`case when e.kind = 'case.visited' and e.witness <> 'I' then ${told('startedAt')} else ${at} end`
const isActivity = sql`filter (where e.kind in ('case.visited', 'case.asked', 'case.paused', 'case.promised', 'case.delivered',
      'case.estimated', 'case.resolved') or (e.kind = 'case.replied' and not (e.payload->>'isRequester')::boolean))`
const isLastPart = sql`filter (where e.kind = 'case.received' and (e.payload->>'isLast')::boolean)`
// To whom it was entrusted first: handing it over later does not move it to another indicator.
const firstTeam = sql`substr(min(${at} || (e.payload->>'teamId'))
      filter (where e.kind in ('case.assigned', 'case.taken') and e.payload->>'teamId' is not null), ${sql.lit(digits + 1)})::uuid`
const counted = [
  ...[
    'opened',
    'assigned',
    'call_corrected',
    'joined',
    'taken',
    'visited',
    'asked',
    'paused',
    'promised',
    'delivered',
    'estimated',
  ],
  ...['resolved', 'replied', 'received', 'confirmed', 'reopened', 'cancelled', 'refused'],
].map((kind) => `case.${kind}`)

function gathered(ctx: TxContext, { kinds, teamIds, withoutTeamIds, from, until }: EvidenceQuery) {
  return sql`
    select c.id, c.number, c.opened_kind, c.kind, max(e.payload->>'severity') ${on('case.opened')} as severity, c.state, c.office_id,
      bool_or(y.kind = 'supplier') as is_own, c.reserved is not null as is_reserved, c.repeats_id is not null as is_repeated,
      min(${at} || e.witness) ${on('case.opened')} as opened,
      bool_or(e.recorded_at - e.occurred_at > interval '30 minutes') ${on('case.opened')} as is_typed_later,
      max(${told('calledAt')}) ${on('case.call_corrected')} as corrected, min(${told('startedAt')}) ${on('case.joined')} as joined,
      min(${taking} || e.witness || e.id) filter (where e.kind in ('case.taken', 'case.visited')) as taken,
      min(${taking}) ${isActivity} as activity,
      min(${at} || e.witness || (e.payload->>'promisedFor')) ${on('case.promised')} as first_promise,
      max(${at} || e.witness || (e.payload->>'promisedFor')) ${on('case.promised')} as last_promise,
      count(*) ${on('case.promised')} as promises,
      max(${at} || e.witness || e.id) ${on('case.delivered')} as delivered, max(${at} || e.witness || e.id) ${isLastPart} as received,
      max(${at} || e.witness || e.id) ${on('case.resolved')} as resolved, max(${at} || e.witness || e.id) ${on('case.confirmed')} as confirmed,
      max(${at}) ${on('case.reopened')} as reopened, count(*) ${on('case.reopened')} as reopened_times,
      max(${at}) filter (where e.kind in ('case.cancelled', 'case.refused')) as cancelled
    from desk_case c
    join event e on e.organisation_id = c.organisation_id and e.subject_type = 'case' and e.subject_id = c.id
      and e.kind = any (${counted}::text[])
    left join person p on p.organisation_id = c.organisation_id and p.id = c.requester_id
    left join party y on y.organisation_id = p.organisation_id and y.id = p.party_id
    where c.organisation_id = ${ctx.organisationId} and c.opened_kind = any (${kinds}::text[])
      and c.state <> 'duplicate' and ${livedAround(from, until)}
    group by c.organisation_id, c.id
    having (cardinality(${teamIds}::uuid[]) = 0 or ${firstTeam} = any (${teamIds}::uuid[]))
      and (${firstTeam} is null or ${firstTeam} <> all (${withoutTeamIds}::uuid[]))
    order by c.number`
}

// What could count in the period: begun before its end, and not over, or over, promised or begun near it.
function livedAround(from: string, until: string) {
  return sql`c.opened_at < ${until}::timestamptz and (c.closed_at is null or c.closed_at >= ${from}::timestamptz
      or c.resolved_at >= ${from}::timestamptz or c.promised_at >= ${from}::timestamptz or c.first_promised_at >= ${from}::timestamptz
      or c.opened_at >= ${from}::timestamptz - interval '30 days')`
}

function evidenceOf(row: Row): CaseEvidence {
  const [resolved, reopened, joined] = [witnessed(row.resolved), instantOf(row.reopened), instantOf(row.joined)]
  const opened = witnessed(row.opened)
  const corrected = instantOf(row.corrected)
  const asked = corrected ?? opened?.at ?? 0
  return {
    caseId: row.id,
    number: row.number,
    openedKind: row.opened_kind,
    kind: row.kind,
    severity: row.severity,
    state: row.state,
    officeId: row.office_id,
    isOwn: row.is_own === true,
    isReserved: row.is_reserved,
    isRepeated: row.is_repeated,
    // Only its caller corrects the instant of a call.
    start: {
      at: joined === null ? asked : Math.min(joined, asked),
      witness: corrected === null ? (opened?.witness ?? 'S') : 'U',
    },
    isTypedLater: row.is_typed_later === true,
    taken: witnessed(row.taken),
    activityAt: instantOf(row.activity),
    firstPromise: promiseOf(row.first_promise),
    lastPromise: promiseOf(row.last_promise),
    promisedTimes: row.promises,
    delivered: witnessed(row.delivered),
    received: witnessed(row.received),
    resolved: resolved !== null && reopened !== null && reopened > resolved.at ? null : resolved,
    confirmed: witnessed(row.confirmed),
    reopenedTimes: row.reopened_times,
    cancelledAt: instantOf(row.cancelled),
    takenEventId: eventOf(row.taken),
    doneEventId: eventOf(row.received) ?? eventOf(row.resolved),
  }
}

function instantOf(stamped: Stamped): number | null {
  return stamped === null ? null : Number(stamped.slice(0, digits))
}

function witnessed(stamped: Stamped): { at: number; witness: Witness } | null {
  // The letter is a witness: the column's CHECK says so.
  return stamped === null ? null : { at: Number(stamped.slice(0, digits)), witness: stamped.charAt(digits) as Witness }
}

function eventOf(stamped: Stamped): number | null {
  return stamped === null ? null : Number(stamped.slice(digits + 1))
}

function promiseOf(stamped: Stamped): CaseEvidence['firstPromise'] {
  return stamped === null
    ? null
    : {
        givenAt: Number(stamped.slice(0, digits)),
        isImported: stamped.charAt(digits) === 'I',
        dueAt: Date.parse(stamped.slice(digits + 1)),
      }
}

/** Numbers and titles of cases; the words of a reserved one stay with those who work on it. */
export async function selectTitles(ctx: TxContext, ids: readonly string[]) {
  const found = await sql<{ id: string; number: number; opened_at: string; title: string }>`
    select id, number, opened_at, case when reserved is null then title else '' end as title
    from desk_case where organisation_id = ${ctx.organisationId} and id = any (${ids}::uuid[])`.execute(ctx.db)
  return found.rows
}
