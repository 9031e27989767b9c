/** The SQL of what offices ask for. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { Decision } from '../vocabulary.ts'

export type StoredRequest = {
  id: string
  planId: string
  officeId: string
  state: 'draft' | 'sent'
  savedAt: string
  version: number
}

/** An open office by id, with how many people it has, its own and of those below. */
export async function selectOffice(ctx: TxContext, id: string): Promise<{ name: string; people: number } | undefined> {
  const found = await sql<{ name: string; people: number }>`
    with recursive below as (
      select id from office where organisation_id = ${ctx.organisationId} and id = ${id}
      union all
      select o.id from below b join office o on o.organisation_id = ${ctx.organisationId} and o.parent_id = b.id
    )
    select o.name, (select count(*)::int from person p where p.organisation_id = ${ctx.organisationId}
                    and p.office_id in (select id from below) and p.left_on is null) as people
    from office o where o.organisation_id = ${ctx.organisationId} and o.id = ${id} and o.closed_on is null`.execute(
    ctx.db,
  )
  return found.rows[0]
}

/** The request of an office in a plan; `isLocked` keeps others from changing it. */
export async function selectRequest(ctx: TxContext, planId: string, officeId: string, isLocked = false) {
  const found = await sql<StoredRequest>`
    select id, plan_id as "planId", office_id as "officeId", state, saved_at as "savedAt", version from needs_request
    where organisation_id = ${ctx.organisationId} and plan_id = ${planId} and office_id = ${officeId}
    ${isLocked ? sql`for update` : sql``}`.execute(ctx.db)
  return found.rows[0]
}

/** Makes the draft of an office, or takes the one that another made at the same time. */
export async function ensureRequest(ctx: TxContext, id: string, planId: string, officeId: string): Promise<void> {
  await sql`
    insert into needs_request (organisation_id, id, plan_id, office_id, state, saved_at, version)
    values (${ctx.organisationId}, ${id}, ${planId}, ${officeId}, 'draft', clock_timestamp(), 0)
    on conflict (organisation_id, plan_id, office_id) do nothing`.execute(ctx.db)
}

export async function updateRequest(ctx: TxContext, id: string, state: 'draft' | 'sent'): Promise<void> {
  await sql`
    update needs_request set state = ${state}, saved_at = clock_timestamp(), version = version + 1,
      sent_at = case when ${state} = 'sent' then clock_timestamp() else sent_at end
    where organisation_id = ${ctx.organisationId} and id = ${id}`.execute(ctx.db)
}

export type StoredRequestLine = {
  id: string
  position: number
  what: string
  quantity: number | null
  forWhom: string
  why: string
  priceCode: string | null
  unitCents: number | null
  fromId: string | null
  lineId: string | null
}

const lineColumns = sql`
  l.id, l.position, l.what, l.quantity, l.for_whom as "forWhom", l.why, l.price_code as "priceCode", l.unit_cents as "unitCents",
  l.from_id as "fromId", l.line_id as "lineId"`

export async function selectRequestLines(ctx: TxContext, requestId: string): Promise<StoredRequestLine[]> {
  const found = await sql<StoredRequestLine>`
    select ${lineColumns} from needs_request_line l
    where l.organisation_id = ${ctx.organisationId} and l.request_id = ${requestId} order by l.position`.execute(ctx.db)
  return found.rows
}

/** Writes the lines of a draft anew, in order. */
export async function writeRequestLines(ctx: TxContext, requestId: string, lines: readonly StoredRequestLine[]) {
  await sql`delete from needs_request_line where organisation_id = ${ctx.organisationId} and request_id = ${requestId}`.execute(
    ctx.db,
  )
  if (lines.length === 0) return
  await ctx.db
    .insertInto('needs_request_line')
    .values(
      lines.map((line) => ({
        organisation_id: ctx.organisationId,
        request_id: requestId,
        ...{ id: line.id, position: line.position, what: line.what, quantity: line.quantity, why: line.why },
        ...{ for_whom: line.forWhom, price_code: line.priceCode, unit_cents: line.unitCents },
        ...{ from_id: line.fromId, line_id: line.lineId },
      })),
    )
    .execute()
}

/** What an office asked for in a year, what the plan decided, and how many came and were verified. */
export async function selectPastLines(ctx: TxContext, year: number, officeId: string) {
  type Past = StoredRequestLine & {
    decision: Decision | null
    decided: number
    verified: number
    reason: string | null
  }
  const found = await sql<Past>`
    select ${lineColumns}, n.decision, x.content::jsonb ->> 'reason' as reason, coalesce(s.quantity, 0)::int as decided,
           least(coalesce(v.verified, 0), coalesce(l.quantity, 0))::int as verified
    from needs_plan p
    join needs_request r on r.organisation_id = p.organisation_id and r.plan_id = p.id and r.office_id = ${officeId} and r.state = 'sent'
    join needs_request_line l on l.organisation_id = r.organisation_id and l.request_id = r.id
    left join needs_line n on n.organisation_id = l.organisation_id and n.id = l.line_id
    left join event_text x on x.organisation_id = n.organisation_id and x.event_id = n.decision_id
    left join needs_line_office s on s.organisation_id = n.organisation_id and s.line_id = n.id and s.office_id = r.office_id
    left join lateral (select sum(d.accepted) as verified from delivery_item d
                       where d.organisation_id = n.organisation_id and d.line_id = n.id and d.office_id = r.office_id) v on true
    where p.organisation_id = ${ctx.organisationId} and p.year = ${year} order by l.position`.execute(ctx.db)
  return found.rows
}

/** The lines that offices sent and that are in no plan line yet, by what is asked, then by office. */
export async function selectCollected(ctx: TxContext, planId: string) {
  const found = await sql<StoredRequestLine & { officeId: string; office: string; officeCode: string }>`
    select ${lineColumns}, r.office_id as "officeId", o.name as office, o.code as "officeCode"
    from needs_request r
    join needs_request_line l on l.organisation_id = r.organisation_id and l.request_id = r.id and l.line_id is null
    join office o on o.organisation_id = r.organisation_id and o.id = r.office_id
    where r.organisation_id = ${ctx.organisationId} and r.plan_id = ${planId} and r.state = 'sent'
    order by l.price_code nulls last, lower(l.what), o.name, l.position limit 10000`.execute(ctx.db)
  return found.rows
}

/** Who asked for a plan line, in which words. */
export async function selectAsked(ctx: TxContext, lineId: string) {
  const found = await sql<StoredRequestLine & { officeId: string; office: string }>`
    select ${lineColumns}, r.office_id as "officeId", o.name as office
    from needs_request_line l
    join needs_request r on r.organisation_id = l.organisation_id and r.id = l.request_id
    join office o on o.organisation_id = r.organisation_id and o.id = r.office_id
    where l.organisation_id = ${ctx.organisationId} and l.line_id = ${lineId} order by o.name, l.position`.execute(
    ctx.db,
  )
  return found.rows
}

/** Notes which plan line these went into. */
export async function joinRequestLines(ctx: TxContext, ids: readonly string[], lineId: string): Promise<void> {
  await sql`
    update needs_request_line set line_id = ${lineId}
    where organisation_id = ${ctx.organisationId} and id = any (${ids}::uuid[])`.execute(ctx.db)
}

/** The open offices among these, with what each has in the open collections: the latest year first, then by office. */
export async function selectOwnRequests(ctx: TxContext, officeIds: readonly string[]) {
  const found = await sql<{
    year: number
    closesOn: string | null
    officeId: string
    office: string
    state: 'draft' | 'sent' | null
    lines: number
    savedAt: string | null
  }>`
    select p.year, p.closes_on as "closesOn", o.id as "officeId", o.name as office, r.state, r.saved_at as "savedAt",
           (select count(*)::int from needs_request_line l where l.organisation_id = r.organisation_id and l.request_id = r.id) as lines
    from needs_plan p
    join office o on o.organisation_id = p.organisation_id and o.id = any (${officeIds}::uuid[]) and o.closed_on is null
    left join needs_request r on r.organisation_id = p.organisation_id and r.plan_id = p.id and r.office_id = o.id
    where p.organisation_id = ${ctx.organisationId} and p.state = 'collecting' order by p.year desc, o.name, o.id limit 2000`.execute(
    ctx.db,
  )
  return found.rows
}

/** Which offices have a request, in which state. */
export async function selectRequests(ctx: TxContext, planId: string) {
  const found = await sql<{
    officeId: string
    office: string
    state: 'draft' | 'sent'
    lines: number
    savedAt: string
  }>`
    select r.office_id as "officeId", o.name as office, r.state, r.saved_at as "savedAt",
           (select count(*)::int from needs_request_line l where l.organisation_id = r.organisation_id and l.request_id = r.id) as lines
    from needs_request r join office o on o.organisation_id = r.organisation_id and o.id = r.office_id
    where r.organisation_id = ${ctx.organisationId} and r.plan_id = ${planId} order by o.name limit 2000`.execute(
    ctx.db,
  )
  return found.rows
}
