/** Verifying a quarter of the contract on the cases of the bench: every indicator, with the two quarters before. */
import { sql } from 'kysely'
import { boundsOf } from '../src/modules/contract/internal/periods.ts'
import { periodBefore, quarterOfDay } from '../src/modules/contract/period-text.ts'
import { verifyPeriod } from '../src/modules/contract/verify-period.ts'
import { systemContextFor } from '../src/platform/auth/actors.ts'
import type { Context } from '../src/platform/context.ts'
import type { OpenServices } from '../src/platform/services.ts'
import type { Single } from './upkeep.ts'

/**
 * Seconds to verify the last whole quarter, and how many interventions it counts; against reading the events of as many
 * cases and grouping them, without reckoning.
 */
export async function measureContract(
  services: OpenServices,
  organisationId: string,
): Promise<Single & { interventions: number }> {
  const ctx = await systemContextFor(services, organisationId, 'Misura')
  const { seconds, interventions } = await verifyLast(ctx)
  const from = performance.now()
  await sql`
    select count(*) from (
      select e.subject_id, min(e.occurred_at), max(e.occurred_at)
      from desk_case c join event e on e.organisation_id = c.organisation_id and e.subject_type = 'case' and e.subject_id = c.id
      where c.organisation_id = ${organisationId} and c.opened_at >= now() - interval '330 days'
      group by e.subject_id) told`.execute(services.database.owner)
  return { figure: seconds, baseline: (performance.now() - from) / 1000, interventions }
}

const million = 1_000_000

/**
 * The same of a quarter with a million interventions: the evidence of the quarter's cases copied as often as that takes,
 * as if as many cases more had been worked, and taken away again. Against reading the same rows.
 */
export async function measureMillion(
  services: OpenServices,
  organisationId: string,
): Promise<Single & { interventions: number }> {
  const ctx = await systemContextFor(services, organisationId, 'Misura')
  const { owner } = services.database
  const one = await verifyLast(ctx)
  const { from, until } = boundsOf(lastQuarter(ctx.zone), ctx.zone)
  const columns = await sql<{ names: string }>`
    select string_agg(column_name, ', ' order by ordinal_position) as names from information_schema.columns
    where table_name = 'case_evidence' and column_name not in ('organisation_id', 'case_id')`.execute(owner)
  const names = sql.raw(columns.rows[0]?.names ?? '')
  const ofQuarter = sql`organisation_id = ${organisationId} and lived_until_ms >= ${Date.parse(from)} and start_ms < ${Date.parse(until)}`
  const copies = Math.ceil(million / one.interventions)
  try {
    await sql`
      insert into case_evidence (organisation_id, case_id, ${names})
      select organisation_id, gen_random_uuid(), ${names} from case_evidence, generate_series(2, ${copies}::int)
      where ${ofQuarter}`.execute(owner)
    await sql`vacuum (analyze) case_evidence`.execute(owner)
    const { seconds, interventions } = await verifyLast(ctx)
    const began = performance.now()
    await sql`select count(*), max(start_ms), max(resolved_ms) from case_evidence where ${ofQuarter}`.execute(owner)
    return { figure: seconds, baseline: (performance.now() - began) / 1000, interventions }
  } finally {
    await sql`
      delete from case_evidence k where not exists (
        select from desk_case c where c.organisation_id = k.organisation_id and c.id = k.case_id)`.execute(owner)
    await sql`vacuum (analyze) case_evidence`.execute(owner)
  }
}

const lastQuarter = (zone: string) => periodBefore(quarterOfDay(Temporal.Now.plainDateISO(zone).toString()))

// Minutes of servers and calls are counted by the database; what is reckoned one by one is the work on requests.
async function verifyLast(ctx: Context): Promise<{ seconds: number; interventions: number }> {
  const began = performance.now()
  const { indicators } = await verifyPeriod(ctx, lastQuarter(ctx.zone))
  const seconds = (performance.now() - began) / 1000
  const byCase = indicators.filter(({ measure }) => measure !== 'uptime' && measure !== 'lost_calls')
  return { seconds, interventions: byCase.reduce((sum, { observed }) => sum + (observed?.total ?? 0), 0) }
}
