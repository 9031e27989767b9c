/** What every change of the report shares: its event, and staleness. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import { appendEvent, witnessOf } from '../../../platform/events.ts'
import { partStale } from '../report-problems.ts'

export type ReportSubject =
  | 'edition'
  | 'report_section'
  | 'report_objective'
  | 'strategic_line'
  | 'guideline'
  | 'priority'
  | 'report_series'

/** What happened to one thing. `payload` has ids, states, numbers and digests, `text` what people wrote. */
export type PartHappening = {
  subjectType: ReportSubject
  subjectId: string
  kind: string
  payload?: Record<string, unknown>
  text?: Record<string, string>
}

/** Appends the event and tells open pages; returns its instant. */
export async function recordPart(ctx: TxContext, { payload = {}, ...happening }: PartHappening): Promise<string> {
  const rest = { version: 1, witness: witnessOf(ctx), retention: 'organisation' as const }
  const { occurredAt } = await appendEvent(ctx, { ...happening, ...rest, payload })
  ctx.services.live.announce(ctx)
  return occurredAt
}

/** Goes on if the row is still the one the person saw; throws `stale` with who changed it and when otherwise. */
export async function requireSeenPart(
  ctx: TxContext,
  subjectType: ReportSubject,
  row: { id: string; version: number },
  seen: number,
) {
  if (row.version === seen) return
  const last = await sql<{ at: string; by: string | null }>`
    select e.occurred_at as at, p.given_name || ' ' || p.family_name as by
    from event e left join person p on p.organisation_id = e.organisation_id and p.id = e.actor_id
    where e.organisation_id = ${ctx.organisationId} and e.subject_type = ${subjectType} and e.subject_id = ${row.id}
    order by e.id desc limit 1`.execute(ctx.db)
  const { at, by } = last.rows[0] ?? { at: new Date().toISOString(), by: null }
  throw partStale({ by, at, zone: ctx.zone })
}
