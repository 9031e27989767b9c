/** The SQL of the estate: figures of sources, and the register's own count on a date. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { EstateRule } from '../estate-definitions.ts'

export type StoredFigure = {
  id: string
  definition: string
  as_of: string
  source: string
  quantity: number
  unit: string
}

export async function selectFigures(ctx: TxContext, on: string): Promise<StoredFigure[]> {
  const found = await sql<StoredFigure>`
    select id, definition, as_of, source, quantity, unit from estate_figure
    where organisation_id = ${ctx.organisationId} and as_of = ${on}::date order by definition, source limit 10000`.execute(
    ctx.db,
  )
  return found.rows
}

/** The dates of which a source tells, newest first. */
export async function selectDates(ctx: TxContext): Promise<string[]> {
  const found = await sql<{ as_of: string }>`
    select distinct as_of from estate_figure where organisation_id = ${ctx.organisationId} order by as_of desc limit 200`.execute(
    ctx.db,
  )
  return found.rows.map((row) => row.as_of)
}

/** The first instant at which anything of the register happened. */
export async function selectBeginning(ctx: TxContext): Promise<string | null> {
  const found = await sql<{ at: string | null }>`
    select min(occurred_at) as at from event
    where organisation_id = ${ctx.organisationId} and subject_type = 'configuration_item'`.execute(ctx.db)
  return found.rows[0]?.at ?? null
}

const present = sql`('verified', 'in_stock', 'in_use', 'repair')`

/**
 * Counts what was present before an instant, by the last event of each item before it; null counts what is present now, from
 * the items themselves. Attributes and sites are those of today: no event says what they were.
 */
export async function countEstate(
  ctx: TxContext,
  rules: readonly Exclude<EstateRule, null>[],
  before: string | null,
): Promise<number[]> {
  const then = sql`c.id in (
    select subject_id from (
      select distinct on (e.subject_id) e.subject_id, e.payload->>'state' as state from event e
      where e.organisation_id = ${ctx.organisationId} and e.subject_type = 'configuration_item' and e.occurred_at < ${before}::timestamptz
      order by e.subject_id, e.occurred_at desc, e.id desc
    ) last where last.state in ${present})`
  const wanted = rules.map((rule, place) => ({
    place,
    types: rule.types,
    how: rule.how,
    attribute: rule.how === 'sum' ? rule.attribute : '',
  }))
  const found = await sql<{ count: number }>`
    with here as materialized (
      select c.type, c.site_id, c.attributes from configuration_item c
      where c.organisation_id = ${ctx.organisationId} and c.type = any (${[...new Set(rules.flatMap(({ types }) => types))]}::text[])
        and ${before === null ? sql`c.state in ${present}` : then}
    )
    select case w.how
      when 'items' then (select count(*) from here h where w.types ? h.type)
      when 'sites' then (select count(distinct h.site_id) from here h where w.types ? h.type)
      else (select coalesce(sum((h.attributes->>w.attribute)::numeric), 0) from here h where w.types ? h.type)
    end::float8 as count
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w (place int, types jsonb, how text, attribute text)
    order by w.place`.execute(ctx.db)
  return found.rows.map(({ count }) => count)
}

/** Adds figures and puts right those a source tells otherwise now; which of them were known, and how. */
export async function keepFigures(
  ctx: TxContext,
  rows: readonly StoredFigure[],
): Promise<(StoredFigure & { was: number | null })[]> {
  const found = await sql<StoredFigure & { was: number | null }>`
    with given as (
      select g.*, f.id as known_id, f.quantity as was
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (id uuid, definition text, as_of date, source text, quantity bigint, unit text)
      left join estate_figure f on f.organisation_id = ${ctx.organisationId} and f.definition = g.definition and f.as_of = g.as_of and f.source = g.source
    ), kept as (
      insert into estate_figure (organisation_id, id, definition, as_of, source, quantity, unit)
      select ${ctx.organisationId}, id, definition, as_of, source, quantity, unit from given where was is distinct from quantity
      on conflict (organisation_id, definition, as_of, source) do update set quantity = excluded.quantity, unit = excluded.unit, recorded_at = clock_timestamp()
    )
    select coalesce(known_id, id) as id, definition, as_of, source, quantity, unit, was from given where was is distinct from quantity`.execute(
    ctx.db,
  )
  return found.rows
}
