/** The SQL of the reconciliation: everything that was delivered on the lines of a plan, in one pass. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { Delivered } from './findings.ts'

/** What came for an office on a line; no line, no office where the note had none. */
export type DeliveredFor = Delivered & { lineId: string | null; officeId: string | null; orderId: string }

/**
 * The pieces of a plan's deliveries by order, line and office. One scan of the pieces, summed by delivery first. `today`: a lot not verified by its day is late.
 */
export async function selectDelivered(ctx: TxContext, planId: string, today: string): Promise<DeliveredFor[]> {
  const found = await sql<DeliveredFor>`
    with lot as (
      select d.id, d.order_id, d.state = 'verified' as is_verified,
             d.state <> 'verified' and d.delivered_on + p.verify_days < ${today}::date as is_late
      from needs_plan p
      join needs_order o on o.organisation_id = p.organisation_id and o.plan_id = p.id
      join delivery d on d.organisation_id = o.organisation_id and d.order_id = o.id
      where p.organisation_id = ${ctx.organisationId} and p.id = ${planId}
    ), piece as (
      select i.delivery_id, i.line_id, i.office_id, sum(i.quantity) as declared, sum(i.accepted) as accepted,
             sum(i.reserved) as reserved, sum(i.rejected) as rejected,
             sum(i.accepted + i.reserved) filter (where i.serial is not null) as numbered,
             sum(i.quantity) filter (where i.is_other_model) as other_model,
             sum(i.rejected) filter (where i.is_other_model) as other_model_rejected,
             sum(i.quantity) filter (where i.seen_before is not null) as repeated,
             sum(i.rejected) filter (where i.seen_before is not null) as repeated_rejected
      from lot join delivery_item i on i.organisation_id = ${ctx.organisationId} and i.delivery_id = lot.id
      group by i.delivery_id, i.line_id, i.office_id
    ), summed as (
      select piece.line_id, piece.office_id, lot.order_id, sum(piece.declared) as declared,
             sum(piece.accepted) filter (where lot.is_verified) as accepted,
             sum(piece.reserved) filter (where lot.is_verified) as reserved,
             sum(piece.rejected) filter (where lot.is_verified) as rejected,
             sum(piece.declared - piece.accepted - piece.reserved - piece.rejected) filter (where lot.is_verified) as missing,
             sum(piece.numbered) filter (where lot.is_verified) as numbered,
             sum(piece.other_model) as other_model,
             sum(piece.other_model_rejected) filter (where lot.is_verified) as other_model_rejected,
             sum(piece.repeated) as repeated,
             sum(piece.repeated_rejected) filter (where lot.is_verified) as repeated_rejected,
             sum(piece.declared) filter (where lot.is_late) as late
      from piece join lot on lot.id = piece.delivery_id
      group by piece.line_id, piece.office_id, lot.order_id
    )
    select s.line_id as "lineId", s.office_id as "officeId", s.order_id as "orderId", s.declared::int,
           coalesce(s.accepted, 0)::int as accepted, coalesce(s.reserved, 0)::int as reserved,
           coalesce(s.rejected, 0)::int as rejected, coalesce(s.missing, 0)::int as missing,
           coalesce(s.numbered, 0)::int as numbered,
           coalesce(s.other_model, 0)::int - coalesce(s.other_model_rejected, 0)::int as "otherModel",
           coalesce(s.other_model_rejected, 0)::int as "otherModelRejected",
           coalesce(s.repeated, 0)::int - coalesce(s.repeated_rejected, 0)::int as repeated,
           coalesce(s.repeated_rejected, 0)::int as "repeatedRejected", coalesce(s.late, 0)::int as late
    from summed s
    order by s.line_id, s.office_id, s.order_id`.execute(ctx.db)
  return found.rows
}
