/** The SQL of checks: days of a probe on a scope, each with every single check. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { ProbeRunner } from '../vocabulary.ts'
import type { DayOfChecks, Fresh } from './sample-lines.ts'

/**
 * Which checks of these days are there already, in the order of the days. What the supplier brought earlier never stops
 * what the city brings: a proved check is compared with proved ones, a declared one with all.
 */
export async function selectKnownChecks(ctx: TxContext, days: readonly DayOfChecks[]) {
  const found = await sql<{ place: number; at_ms: number[]; failed_ms: number[] }>`
    select g.place::int, d.at_ms, d.failed_ms
    from unnest(${days.map((of) => of.scopeId)}::uuid[], ${days.map((of) => of.probeId)}::uuid[],
                ${days.map((of) => of.day)}::date[], ${days.map((of) => of.witness)}::text[])
         with ordinality as g (scope_id, probe_id, day, witness, place)
    join probe_day d on d.organisation_id = ${ctx.organisationId} and d.scope_id = g.scope_id and d.probe_id = g.probe_id
      and d.day = g.day and (g.witness = 'I' or d.witness = 'T')`.execute(ctx.db)
  const known = days.map((): { atMs: number[]; failedMs: number[] } => ({ atMs: [], failedMs: [] }))
  for (const { place, at_ms, failed_ms } of found.rows) {
    const of = known[place - 1]
    if (of === undefined) continue
    of.atMs = of.atMs.concat(at_ms)
    of.failedMs = of.failedMs.concat(failed_ms)
  }
  return known
}

/** Adds what is new of some days. */
export async function insertChecks(
  ctx: TxContext,
  importId: string,
  part: number,
  days: readonly (Fresh & Pick<DayOfChecks, 'scopeId' | 'probeId' | 'day' | 'witness'>)[],
) {
  const array = (numbers: readonly number[]) => `{${numbers.join(',')}}`
  await sql`
    insert into probe_day (organisation_id, scope_id, probe_id, day, import_id, part, witness, at_ms, failed_ms, took_ms, longest_gap_ms)
    select ${ctx.organisationId}, scope_id, probe_id, day, ${importId}, ${part}, witness, at_ms::int[], failed_ms::int[], took_ms::int[], gap
    from unnest(${days.map((of) => of.scopeId)}::uuid[], ${days.map((of) => of.probeId)}::uuid[],
                ${days.map((of) => of.day)}::date[], ${days.map((of) => of.witness)}::text[],
                ${days.map((of) => array(of.atMs))}::text[], ${days.map((of) => array(of.failedMs))}::text[],
                ${days.map((of) => (of.tookMs === null ? null : array(of.tookMs)))}::text[], ${days.map((of) => of.longestGapMs)}::int[])
         as g (scope_id, probe_id, day, witness, at_ms, failed_ms, took_ms, gap)`.execute(ctx.db)
}

export type ProvedDay = {
  scopeId: string
  probeId: string
  network: string
  /** Start of the day, epoch milliseconds. */
  startMs: number
  firstMs: number
  lastMs: number
  /** Null when all of the day is good and without a gap: then first and last say everything. */
  atMs: number[] | null
  failedMs: number[]
}

/**
 * The proved checks of the administration's probes on some days (both included), by scope, probe and day. A day that is
 * one stretch of good checks comes without them: of a month of 900,000 checks only those around failures travel.
 */
export async function selectProvedDays(
  ctx: TxContext,
  scopeIds: readonly string[],
  firstDay: string,
  lastDay: string,
): Promise<ProvedDay[]> {
  const found = await sql<ProvedDay>`
    select scope_id as "scopeId", probe_id as "probeId", network, "startMs", at_ms[1] as "firstMs",
           at_ms[cardinality(at_ms)] as "lastMs", case when is_plain then null else at_ms end as "atMs", failed_ms as "failedMs"
    from (
      select d.scope_id, d.probe_id, p.network, d.at_ms, d.failed_ms,
             (d.day - date '1970-01-01')::bigint * 86400000 as "startMs",
             failed_ms = '{}' and longest_gap_ms <= s.interval_s * 2000
               and count(*) over (partition by d.scope_id, d.probe_id, d.day) = 1 as is_plain
      from probe_day d
      join monitored_scope s on s.organisation_id = d.organisation_id and s.id = d.scope_id
      join probe p on p.organisation_id = d.organisation_id and p.id = d.probe_id and p.run_by = 'administration'
      where d.organisation_id = ${ctx.organisationId} and d.day between ${firstDay}::date and ${lastDay}::date
        and d.witness = 'T' and d.scope_id = any (${scopeIds}::uuid[])
    ) as days
    order by scope_id, probe_id, "startMs", at_ms[1]`.execute(ctx.db)
  return found.rows
}

export type CheckRow = {
  at: number
  probe: string
  network: string
  runBy: ProbeRunner
  witness: 'T' | 'I'
  isOk: boolean
  ms: number | null
  importId: string
}

/** Every single check of a scope in some stretches of time, proved and declared, in order of time. */
export async function selectChecks(
  ctx: TxContext,
  scopeId: string,
  stretches: readonly { from: number; until: number }[],
  limit: number,
): Promise<CheckRow[]> {
  const found = await sql<CheckRow>`
    select c.at, p.code as probe, p.network, p.run_by as "runBy", d.witness, c.ms, d.import_id as "importId",
           not c.at_ms = any (d.failed_ms) as "isOk"
    from (select distinct generate_series(floor(f / 86400000.0)::int, floor(u / 86400000.0)::int) as day
          from unnest(${stretches.map(({ from }) => from)}::bigint[], ${stretches.map(({ until }) => until)}::bigint[]) as s (f, u)) as wanted
    join probe_day d on d.organisation_id = ${ctx.organisationId} and d.scope_id = ${scopeId} and d.day = date '1970-01-01' + wanted.day
    join probe p on p.organisation_id = d.organisation_id and p.id = d.probe_id
    cross join lateral (
      select t.at_ms, wanted.day::bigint * 86400000 + t.at_ms as at, t.took as ms from unnest(d.at_ms, d.took_ms) as t (at_ms, took)
    ) as c
    where exists (select from unnest(${stretches.map(({ from }) => from)}::bigint[], ${stretches.map(({ until }) => until)}::bigint[]) as s (f, u)
                  where c.at between s.f and s.u)
    order by c.at, p.code, d.witness desc limit ${limit}`.execute(ctx.db)
  return found.rows
}
