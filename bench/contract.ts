/** Verifying a quarter of the contract on the cases of the bench: every indicator, from events, with its two quarters before. */
import { sql } from 'kysely'
import { periodBefore, quarterOfDay } from '../src/modules/contract/period-text.ts'
import { verifyPeriod } from '../src/modules/contract/verify-period.ts'
import { systemContextFor } from '../src/platform/auth/actors.ts'
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
  const quarter = periodBefore(quarterOfDay(Temporal.Now.plainDateISO(ctx.zone).toString()))
  const began = performance.now()
  const { indicators } = await verifyPeriod(ctx, quarter)
  const figure = (performance.now() - began) / 1000
  // Minutes of servers and calls are counted by the database; what is reckoned one by one is the work on requests.
  const byCase = indicators.filter(({ measure }) => measure !== 'uptime' && measure !== 'lost_calls')
  const interventions = byCase.reduce((sum, { observed }) => sum + (observed?.total ?? 0), 0)
  const from = performance.now()
  await sql`
    select count(*) from (
      select e.subject_id, min(e.occurred_at), max(e.occurred_at)
      from desk_case c join event e on e.organisation_id = c.organisation_id and e.subject_type = 'case' and e.subject_id = c.id
      where c.organisation_id = ${organisationId} and c.opened_at >= now() - interval '330 days'
      group by e.subject_id) told`.execute(services.database.owner)
  return { figure, baseline: (performance.now() - from) / 1000, interventions }
}
