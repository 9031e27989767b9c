/** The SQL of what offices say of what was delivered for them. */
import { type RawBuilder, sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { DeliveryState, OfficeAnswer } from '../vocabulary.ts'

/** What came for an office on a line of the plan, in one delivery, with what the office says of it. */
export type ForOffice = {
  deliveryId: string
  note: string
  deliveredOn: string
  order: string
  plan: number
  supplierName: string
  state: DeliveryState
  officeId: string
  office: string
  lineId: string
  line: number
  description: string
  pieces: number
  models: string[]
  serials: string[]
  answer: OfficeAnswer | null
  answeredAt: string | null
  witness: string | null
  reason: string | null
  version: number
}

/** Serial numbers beyond these are counted, not listed. */
const mostSerials = 50

const forOffices = (filter: RawBuilder<unknown>) => sql<ForOffice>`
  with piece as (
    select i.organisation_id, i.delivery_id, i.office_id, i.line_id, sum(i.quantity)::int as pieces,
           coalesce(array_agg(distinct i.model) filter (where i.model is not null), '{}') as models,
           coalesce((array_agg(i.serial order by i.serial) filter (where i.serial is not null))[1:${sql.lit(mostSerials)}], '{}') as serials
    from delivery_item i where ${filter} and i.line_id is not null and i.office_id is not null
    group by i.organisation_id, i.delivery_id, i.office_id, i.line_id
  )
  select d.id as "deliveryId", d.note, d.delivered_on as "deliveredOn", o.number as "order", p.year as plan,
         y.name as "supplierName", d.state, i.office_id as "officeId", f.name as office, l.id as "lineId", l.number as line,
         l.description, i.pieces, i.models, i.serials, a.answer, a.answered_at as "answeredAt", e.witness,
         x.content::jsonb ->> 'reason' as reason, coalesce(a.version, 0) as version
  from piece i
  join delivery d on d.organisation_id = i.organisation_id and d.id = i.delivery_id
  join needs_order o on o.organisation_id = d.organisation_id and o.id = d.order_id
  join needs_plan p on p.organisation_id = o.organisation_id and p.id = o.plan_id
  join party y on y.organisation_id = o.organisation_id and y.id = o.supplier_id
  join office f on f.organisation_id = i.organisation_id and f.id = i.office_id
  join needs_line l on l.organisation_id = i.organisation_id and l.id = i.line_id
  left join delivery_answer a on a.organisation_id = i.organisation_id and a.delivery_id = i.delivery_id
    and a.office_id = i.office_id and a.line_id = i.line_id
  left join event e on e.organisation_id = a.organisation_id and e.id = a.event_id
  left join event_text x on x.organisation_id = a.organisation_id and x.event_id = a.event_id
  order by d.delivered_on desc, d.note, d.id, f.name, i.office_id, l.number`

const anyOf = (ids: readonly string[]) => sql`any (${[...ids]}::uuid[])`

/** What one delivery has for offices; of these offices only, where they are given. */
export async function selectOfDelivery(
  ctx: TxContext,
  deliveryId: string,
  officeIds: readonly string[] | null,
): Promise<ForOffice[]> {
  const offices = officeIds === null ? sql`true` : sql`i.office_id = ${anyOf(officeIds)}`
  const found = await forOffices(
    sql`i.organisation_id = ${ctx.organisationId} and i.delivery_id = ${deliveryId} and ${offices}`,
  ).execute(ctx.db)
  return found.rows
}

/** What came for these offices in their newest deliveries. */
export async function selectOfOffices(
  ctx: TxContext,
  officeIds: readonly string[],
  limit: number,
): Promise<ForOffice[]> {
  const found = await forOffices(sql`i.organisation_id = ${ctx.organisationId} and i.office_id = ${anyOf(officeIds)}
      and i.delivery_id in (
        select d.id from delivery d
        where d.organisation_id = ${ctx.organisationId}
          and exists (select from delivery_item w where w.organisation_id = d.organisation_id and w.delivery_id = d.id
                      and w.office_id = ${anyOf(officeIds)} and w.line_id is not null)
        order by d.delivered_on desc, d.note, d.id limit ${limit})`).execute(ctx.db)
  return found.rows
}

/** What came on a line and was answered on; of these offices only, where they are given. */
export async function selectAnsweredOfLine(
  ctx: TxContext,
  lineId: string,
  officeIds: readonly string[] | null,
): Promise<ForOffice[]> {
  const offices = officeIds === null ? sql`true` : sql`i.office_id = ${anyOf(officeIds)}`
  const found = await forOffices(sql`i.organisation_id = ${ctx.organisationId} and i.line_id = ${lineId} and ${offices}
      and exists (select from delivery_answer w where w.organisation_id = i.organisation_id and w.delivery_id = i.delivery_id
                  and w.office_id = i.office_id and w.line_id = i.line_id)`).execute(ctx.db)
  return found.rows
}

export type NewAnswer = { officeId: string; lineId: string; answer: OfficeAnswer; version: number }

/** Writes what an office says of some lines: the newest word is the one that counts. */
export async function writeAnswers(
  ctx: TxContext,
  of: { deliveryId: string; eventId: number; at: string },
  rows: readonly NewAnswer[],
): Promise<void> {
  await sql`
    insert into delivery_answer (organisation_id, delivery_id, office_id, line_id, answer, answered_at, event_id, version)
    select ${ctx.organisationId}, ${of.deliveryId}, given."officeId", given."lineId", given.answer, ${of.at}, ${of.eventId},
           given.version
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given ("officeId" uuid, "lineId" uuid, answer text, version int)
    on conflict (organisation_id, delivery_id, office_id, line_id) do update
      set answer = excluded.answer, answered_at = excluded.answered_at, event_id = excluded.event_id, version = excluded.version`.execute(
    ctx.db,
  )
}

/** Who is asked about a delivery: for each office its own contacts; where it has none, those of the nearest office above. */
export async function selectContacts(
  ctx: TxContext,
  deliveryId: string,
): Promise<{ officeId: string; personId: string }[]> {
  const found = await sql<{ officeId: string; personId: string }>`
    with recursive above as (
      select i.office_id as "officeId", i.office_id as id, 0 as far
      from (select distinct office_id from delivery_item where organisation_id = ${ctx.organisationId}
            and delivery_id = ${deliveryId} and office_id is not null and line_id is not null) i
      union all
      select a."officeId", o.parent_id, a.far + 1
      from above a join office o on o.organisation_id = ${ctx.organisationId} and o.id = a.id where o.parent_id is not null
    ), contact as (
      select a."officeId", p.id as "personId", a.far, min(a.far) over (partition by a."officeId") as nearest
      from above a
      join person p on p.organisation_id = ${ctx.organisationId} and p.office_id = a.id
      join person_role r on r.organisation_id = p.organisation_id and r.person_id = p.id and r.role = 'office_contact'
      join party y on y.organisation_id = p.organisation_id and y.id = p.party_id and y.kind = 'administration'
      where p.left_on is null or p.left_on > current_date
    )
    select "officeId", "personId" from contact where far = nearest order by "officeId", "personId"`.execute(ctx.db)
  return found.rows
}

export type AnsweredFor = {
  lineId: string
  officeId: string
  confirmed: number
  contested: number
  /** Accepted although the office says that something is missing or different. */
  contestedAccepted: number
  /** Not found by the verifier although the office says that all arrived. */
  confirmedMissing: number
}

/** What offices say of the pieces of a plan, by line and office. */
export async function selectAnswered(ctx: TxContext, planId: string): Promise<AnsweredFor[]> {
  const found = await sql<AnsweredFor>`
    select a.line_id as "lineId", a.office_id as "officeId",
           coalesce(sum(i.quantity) filter (where a.answer = 'complete'), 0)::int as confirmed,
           coalesce(sum(i.quantity) filter (where a.answer = 'differs'), 0)::int as contested,
           coalesce(sum(i.accepted) filter (where a.answer = 'differs' and d.state = 'verified'), 0)::int as "contestedAccepted",
           coalesce(sum(i.quantity - i.accepted - i.reserved - i.rejected)
             filter (where a.answer = 'complete' and d.state = 'verified'), 0)::int as "confirmedMissing"
    from needs_order o
    join delivery d on d.organisation_id = o.organisation_id and d.order_id = o.id
    join delivery_answer a on a.organisation_id = d.organisation_id and a.delivery_id = d.id
    join delivery_item i on i.organisation_id = a.organisation_id and i.delivery_id = a.delivery_id and i.line_id = a.line_id
      and i.office_id = a.office_id
    where o.organisation_id = ${ctx.organisationId} and o.plan_id = ${planId}
    group by a.line_id, a.office_id order by a.line_id, a.office_id`.execute(ctx.db)
  return found.rows
}
