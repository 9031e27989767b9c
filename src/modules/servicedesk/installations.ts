/** Installations that the desk resolved, with the serial numbers of what was put in: for whoever keeps the register. */
import { sql } from 'kysely'
import type { TxContext } from '../../platform/context.ts'
import { caseNumber } from './internal/number.ts'

export type Installation = {
  /** The event of the resolution. */
  eventId: number
  caseId: string
  number: string
  officeId: string | null
  /** The day of the resolution, in the administration's zone. */
  on: string
  /** As they were recorded on site, before the resolution. */
  serials: string[]
}

const atATime = 500

/**
 * How far the record is read for good. It stays ten minutes behind: an event may be recorded after another of a higher
 * number, so what is above this mark is told again, and whoever listens does each once. With `atOnce`, the very end.
 */
export async function deskMark(ctx: TxContext, after: number, atOnce = false): Promise<number> {
  const found = await sql<{ last: number | null }>`
    select max(id) as last from event
    where organisation_id = ${ctx.organisationId} and id > ${after}
      and (${atOnce} or recorded_at < clock_timestamp() - interval '10 minutes')`.execute(ctx.db)
  return found.rows[0]?.last ?? after
}

/** The resolutions of installations after an event, in the order of the record, some hundreds at a time. */
export async function* readInstallations(ctx: TxContext, after: number): AsyncGenerator<Installation[]> {
  for (let from = after; ; ) {
    const page = await selectInstallations(ctx, from)
    yield page
    if (page.length < atATime) return
    from = page.at(-1)?.eventId ?? from
  }
}

async function selectInstallations(ctx: TxContext, after: number): Promise<Installation[]> {
  const found = await sql<{
    event_id: number
    case_id: string
    number: number
    opened_at: string
    office_id: string | null
    at: string
    serials: string[]
  }>`
    select e.id as event_id, c.id as case_id, c.number, c.opened_at, c.office_id, e.occurred_at as at,
           array(select t.content::jsonb->>'serial'
                 from event v join event_text t on t.organisation_id = v.organisation_id and t.event_id = v.id
                 where v.organisation_id = e.organisation_id and v.subject_type = 'case' and v.subject_id = c.id
                   and v.kind = 'case.visited' and v.id < e.id and t.content::jsonb ? 'serial'
                 order by v.id) as serials
    from event e
    join desk_case c on c.organisation_id = e.organisation_id and c.id = e.subject_id
    where e.organisation_id = ${ctx.organisationId} and e.id > ${after} and e.subject_type = 'case'
      and e.kind = 'case.resolved' and c.kind = 'service_request' and c.details->>'requestType' = 'install'
    order by e.id limit ${atATime}`.execute(ctx.db)
  return found.rows.map((row) => ({
    ...{ eventId: row.event_id, caseId: row.case_id, officeId: row.office_id },
    number: caseNumber(row.number, row.opened_at, ctx.zone),
    on: Temporal.Instant.from(row.at).toZonedDateTimeISO(ctx.zone).toPlainDate().toString(),
    serials: [...new Set(row.serials.flatMap((text) => text.split(/[,;\n]+/)).map((one) => one.trim()))].filter(
      (one) => one !== '',
    ),
  }))
}
