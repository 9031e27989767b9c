/** The SQL of names behind the supplier's work, and of who opened them. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'

/** The people of the supplier behind the events of a case. */
export async function selectNames(ctx: TxContext, caseId: string) {
  const found = await sql<{ eventId: number; kind: string; at: string; name: string; party: string }>`
    select e.id as "eventId", e.kind, e.occurred_at as at, p.given_name || ' ' || p.family_name as name, y.name as party
    from event e
    join person p on p.organisation_id = e.organisation_id and p.id = e.actor_id
    join party y on y.organisation_id = p.organisation_id and y.id = p.party_id and y.kind = 'supplier'
    where e.organisation_id = ${ctx.organisationId} and e.subject_type = 'case' and e.subject_id = ${caseId}
    order by e.id limit 1000`.execute(ctx.db)
  return found.rows
}

/** Who opened names, newest first: of one case, or of all. */
export async function selectNameAccesses(ctx: TxContext, caseId: string | null, limit: number) {
  const found = await sql<{
    event_id: number
    case_id: string
    number: number
    opened_at: string
    at: string
    by: string | null
    reason: string
    content: string | null
  }>`
    select e.id as event_id, c.id as case_id, c.number, c.opened_at, e.recorded_at as at,
           p.given_name || ' ' || p.family_name as by, e.payload->>'reason' as reason, x.content
    from event e
    join desk_case c on c.organisation_id = e.organisation_id and c.id = e.subject_id
    left join person p on p.organisation_id = e.organisation_id and p.id = e.actor_id
    left join event_text x on x.organisation_id = e.organisation_id and x.event_id = e.id
    where e.organisation_id = ${ctx.organisationId} and e.subject_type = 'case_access' and e.kind = 'case.names_opened'
      and (${caseId}::uuid is null or e.subject_id = ${caseId}::uuid)
    order by e.id desc limit ${limit}`.execute(ctx.db)
  return found.rows
}
