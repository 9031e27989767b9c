/** What every change of articles, templates, outages, links and views shares: its event, and staleness. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import { appendEvent, type NewEvent, witnessOf } from '../../../platform/events.ts'
import { rowStale } from '../knowledge-problems.ts'

export type KnowledgeSubject = 'article' | 'template' | 'outage' | 'case_link' | 'saved_view'

/** What happened to one row. `payload` has ids, states and numbers, `text` what people wrote. */
export type Happening = {
  subjectType: KnowledgeSubject
  subjectId: string
  kind: string
  payload: Record<string, unknown>
  text?: Record<string, string>
}

/** Appends the event and tells open pages; returns its instant. */
export async function recordHappening(
  ctx: TxContext,
  happening: Happening,
  retention: NewEvent['retention'] = 'organisation',
): Promise<string> {
  const { occurredAt } = await appendEvent(ctx, { ...happening, version: 1, witness: witnessOf(ctx), retention })
  ctx.services.live.announce(ctx)
  return occurredAt
}

/** Goes on if the row is still the one the person saw; throws `stale` with who changed it and when otherwise. */
export async function requireSeen(
  ctx: TxContext,
  subjectType: KnowledgeSubject,
  row: { id: string; version: number },
  seen: number | undefined,
) {
  if (seen === undefined || row.version === seen) return
  const last = (await selectHappenings(ctx, subjectType, row.id, 1))[0]
  throw rowStale({ by: last?.by ?? null, at: last?.at ?? new Date().toISOString(), zone: ctx.zone })
}

/** What happened to a row, newest first; the supplier's people are named to each other only, others read their party. */
export async function selectHappenings(ctx: TxContext, subjectType: KnowledgeSubject, id: string, limit: number) {
  const found = await sql<{
    id: number
    at: string
    kind: string
    by: string | null
    payload: Record<string, unknown>
    content: string | null
  }>`
    select e.id, e.occurred_at as at, e.kind, e.payload, x.content,
           case when y.kind = 'supplier' and ${ctx.actor.partyKind !== 'supplier'} then y.name
                else p.given_name || ' ' || p.family_name end as by
    from event e
    left join event_text x on x.organisation_id = e.organisation_id and x.event_id = e.id
    left join person p on p.organisation_id = e.organisation_id and p.id = e.actor_id
    left join party y on y.organisation_id = e.organisation_id and y.id = e.party_id
    where e.organisation_id = ${ctx.organisationId} and e.subject_type = ${subjectType} and e.subject_id = ${id}
    order by e.id desc limit ${limit}`.execute(ctx.db)
  return found.rows
}
