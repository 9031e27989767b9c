/** The SQL of the desk's report: one pass over the cases that lived in a period. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { KindReport } from '../reports.ts'

export type KindCounts = KindReport

/** Counts by kind as it was opened: a case that changed kind stays where the contract counted it. */
export async function selectKindCounts(ctx: TxContext, from: string, until: string) {
  const kinds = await sql<KindCounts>`
    ${livedInPeriod(ctx, from, until)}
    select l.opened_kind as kind,
      count(*) filter (where l.opened_at >= ${from}::timestamptz)::int as opened,
      count(*) filter (where l.resolved_at >= ${from}::timestamptz and l.resolved_at < ${until}::timestamptz)::int as resolved,
      count(*) filter (where l.resolved_at >= ${from}::timestamptz and l.resolved_at < ${until}::timestamptz and l.closed_how = 'confirmed')::int as confirmed,
      count(*) filter (where l.resolved_at >= ${from}::timestamptz and l.resolved_at < ${until}::timestamptz and l.closed_how = 'silence')::int as silent,
      count(*) filter (where l.resolved_at >= ${from}::timestamptz and l.resolved_at < ${until}::timestamptz and l.reopened_times > 0)::int as reopened,
      count(*) filter (where coalesce(l.resolved_at, l.closed_at, 'infinity') > l.seen)::int as open,
      count(*) filter (where coalesce(l.resolved_at, l.closed_at, 'infinity') > l.seen and l.next_due_at < l.seen)::int as overdue,
      coalesce(sum(d.taken), 0)::int as "takenDue", coalesce(sum(d.taken_in), 0)::int as "takenInTime",
      coalesce(sum(d.resolution), 0)::int as "resolutionDue", coalesce(sum(d.resolution_in), 0)::int as "resolutionInTime",
      coalesce(sum(d.promised), 0)::int as "promisesDue", coalesce(sum(d.promised_kept), 0)::int as "promisesKept",
      coalesce(sum(d.promised_moved), 0)::int as "promisesMoved",
      count(*) filter (where o.witness in ('T', 'U', 'M', 'A'))::int as "provedStart",
      count(*) filter (where o.is_typed_later)::int as "typedLater",
      count(*) filter (where l.opened_at >= ${from}::timestamptz and l.resolved_at - l.opened_at < interval '10 minutes')::int as quick,
      count(*) filter (where l.opened_at >= ${from}::timestamptz and l.repeats_id is not null)::int as repeated,
      count(*) filter (where l.opened_at >= ${from}::timestamptz and l.state = 'duplicate')::int as duplicates,
      count(*) filter (where l.opened_at >= ${from}::timestamptz and l.state = 'cancelled')::int as withdrawn,
      count(*) filter (where l.opened_at >= ${from}::timestamptz and l.kind <> l.opened_kind)::int as "kindChanged"
    from lived l left join due d on d.id = l.id left join opening o on o.id = l.id
    group by l.opened_kind`.execute(ctx.db)
  return { kinds: kinds.rows, promises: await selectPromises(ctx, from, until) }
}

// The cases that lived in the period, their clocks that fell due in it, and who witnessed how they began.
function livedInPeriod(ctx: TxContext, from: string, until: string) {
  return sql`
    with lived as (
      select c.*, least(clock_timestamp(), ${until}::timestamptz) as seen
      from desk_case c
      where c.organisation_id = ${ctx.organisationId} and c.opened_at < ${until}::timestamptz
        and c.opened_at >= ${from}::timestamptz - interval '400 days'
        and (c.closed_at is null or c.closed_at >= ${from}::timestamptz)
    ), clock as (
      select l.id, k->>'metric' as metric, (k->>'cycle')::int as cycle,
             to_timestamp((k->>'dueAt')::float8 / 1000) as due, (k->>'isLate')::boolean as is_late,
             k->>'end' as ended, l.seen
      from lived l cross join lateral jsonb_array_elements(l.clocks) k
      where k->>'dueAt' is not null
    ), due as (
      select id,
        count(*) filter (where metric = 'take_in_charge') as taken, count(*) filter (where metric = 'take_in_charge' and is_late is false) as taken_in,
        count(*) filter (where metric = 'resolution') as resolution, count(*) filter (where metric = 'resolution' and is_late is false) as resolution_in,
        count(*) filter (where metric = 'promised' and cycle = 1) as promised,
        count(*) filter (where metric = 'promised' and cycle = 1 and is_late is false and ended = 'done') as promised_kept,
        count(*) filter (where metric = 'promised' and cycle = 1 and ended = 'moved') as promised_moved
      from clock where due >= ${from}::timestamptz and due < ${until}::timestamptz and due <= seen
      group by id
    ), opening as (
      select l.id, e.witness, e.recorded_at - e.occurred_at > interval '30 minutes' as is_typed_later
      from lived l
      join event e on e.organisation_id = ${ctx.organisationId} and e.subject_type = 'case' and e.subject_id = l.id
        and e.kind = 'case.opened'
      where l.opened_at >= ${from}::timestamptz
    )`
}

// A promise given when the work is nearly done is none: told apart (contract-logic §3).
async function selectPromises(ctx: TxContext, from: string, until: string) {
  const found = await sql<{ given: number; medianHours: number | null; late: number }>`
    with given as (
      select (k->>'startedAt')::float8 / 1000 as at, (k->>'dueAt')::float8 / 1000 as due,
             extract(epoch from c.opened_at)::float8 as opened, extract(epoch from c.resolved_at)::float8 as resolved
      from desk_case c cross join lateral jsonb_array_elements(c.clocks) k
      where c.organisation_id = ${ctx.organisationId} and c.promised_times > 0
        and c.opened_at >= ${from}::timestamptz - interval '400 days' and c.opened_at < ${until}::timestamptz
        and k->>'metric' = 'promised' and (k->>'cycle')::int = 1
        and to_timestamp((k->>'startedAt')::float8 / 1000) >= ${from}::timestamptz
        and to_timestamp((k->>'startedAt')::float8 / 1000) < ${until}::timestamptz
    )
    select count(*)::int as given,
      round((percentile_cont(0.5) within group (order by due - at) / 3600)::numeric, 1)::float8 as "medianHours",
      count(*) filter (where resolved is not null and resolved > opened and (at - opened) >= 0.9 * (resolved - opened))::int as late
    from given`.execute(ctx.db)
  return found.rows[0] ?? { given: 0, medianHours: null, late: 0 }
}
