/** The SQL of series: figures by year, each under its source. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { SeriesRow } from '../report-schema.ts'

export type SeriesValue = { figure: string; year: number; source: string; value: number; unit: string }

/** The series of these figures, or all; a year in which another source says something else is named in `disagrees`. */
export async function selectSeries(ctx: TxContext, figures: readonly string[] | null): Promise<SeriesRow[]> {
  const found = await sql<SeriesRow>`
    select v.figure, v.source, min(v.unit) as unit, max(v.imported_at) as "importedAt",
      jsonb_agg(jsonb_build_object('year', v.year, 'value', v.value) order by v.year) as values,
      coalesce(array_agg(v.year order by v.year) filter (where exists (
        select from report_series_value o where o.organisation_id = v.organisation_id and o.figure = v.figure
          and o.year = v.year and o.source <> v.source and o.value <> v.value)), '{}') as disagrees
    from report_series_value v
    where v.organisation_id = ${ctx.organisationId}
      and (${figures === null} or v.figure = any(${[...(figures ?? [])]}::text[]))
    group by v.figure, v.source order by v.figure, v.source limit 2000`.execute(ctx.db)
  return found.rows
}

/** What is known already of these figures, so that a file says the same or is refused. Locks out another import. */
export async function lockSeriesValues(ctx: TxContext, figures: readonly string[]): Promise<SeriesValue[]> {
  await sql`select pg_advisory_xact_lock(hashtext('report_series ' || ${ctx.organisationId}))`.execute(ctx.db)
  const rows = await ctx.db
    .selectFrom('report_series_value')
    .select(['figure', 'year', 'source', 'value', 'unit'])
    .where('organisation_id', '=', ctx.organisationId)
    .where('figure', 'in', [...figures, ''])
    .execute()
  return rows.map((row) => ({ ...row, value: Number(row.value) }))
}

export async function insertSeriesValues(ctx: TxContext, values: readonly SeriesValue[], at: string) {
  await sql`
    insert into report_series_value (organisation_id, figure, year, source, value, unit, imported_at)
    select ${ctx.organisationId}, given.figure, given.year, given.source, given.value, given.unit, ${at}
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
      as given (figure text, year smallint, source text, value numeric, unit text)`.execute(ctx.db)
}
