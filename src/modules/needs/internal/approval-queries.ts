/** The SQL of approvals, and of the items of the register that leave. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { Totals } from './plan-lines.ts'

/** A line as it was approved. */
export type ApprovedLine = Totals & { lineId: string; number: number; quantity: number; unitCents: number }

export type Approval = Totals & {
  planId: string
  variation: number
  act: string
  approvedAt: string
  eventId: number
  digest: string
}

/** Writes what was approved, as it is. */
export async function insertApproval(ctx: TxContext, approval: Approval, lines: readonly ApprovedLine[]) {
  const { planId, variation, act, approvedAt, eventId, digest, exCents, incCents } = approval
  const of = { organisation_id: ctx.organisationId, plan_id: planId, variation }
  await ctx.db
    .insertInto('needs_approval')
    .values({
      ...of,
      ...{ act, approved_at: approvedAt, event_id: eventId, digest },
      ...{ total_ex_cents: exCents, total_inc_cents: incCents },
    })
    .execute()
  const rows = lines.map((line) => ({
    ...of,
    ...{ line_id: line.lineId, number: line.number, quantity: line.quantity, unit_cents: line.unitCents },
    ...{ total_ex_cents: line.exCents, total_inc_cents: line.incCents },
  }))
  for (let from = 0; from < rows.length; from += 2000)
    await ctx.db
      .insertInto('needs_approved_line')
      .values(rows.slice(from, from + 2000))
      .execute()
}

/** Every approval of a plan with its reason, the plan itself first. */
export async function selectApprovals(ctx: TxContext, planId: string) {
  const found = await sql<Approval & { reason: string | null }>`
    select a.plan_id as "planId", a.variation, a.act, a.approved_at as "approvedAt", a.event_id as "eventId", a.digest,
           a.total_ex_cents as "exCents", a.total_inc_cents as "incCents", x.content::jsonb ->> 'reason' as reason
    from needs_approval a left join event_text x on x.organisation_id = a.organisation_id and x.event_id = a.event_id
    where a.organisation_id = ${ctx.organisationId} and a.plan_id = ${planId} order by a.variation`.execute(ctx.db)
  return found.rows
}

/** What the newest approval says of each line, by line. */
export async function selectApproved(ctx: TxContext, planId: string, variation: number): Promise<ApprovedLine[]> {
  const found = await sql<ApprovedLine>`
    select line_id as "lineId", number, quantity, unit_cents as "unitCents", total_ex_cents as "exCents", total_inc_cents as "incCents"
    from needs_approved_line
    where organisation_id = ${ctx.organisationId} and plan_id = ${planId} and variation = ${variation} order by number`.execute(
    ctx.db,
  )
  return found.rows
}

/** The items that leave for the lines of a plan. */
export async function selectReplaced(ctx: TxContext, planId: string): Promise<{ lineId: string; itemId: string }[]> {
  const found = await sql<{ lineId: string; itemId: string }>`
    select r.line_id as "lineId", r.item_id as "itemId" from needs_line l
    join needs_line_replaces r on r.organisation_id = l.organisation_id and r.line_id = l.id
    where l.organisation_id = ${ctx.organisationId} and l.plan_id = ${planId} order by l.number, r.item_id`.execute(
    ctx.db,
  )
  return found.rows
}

/** The items that leave for one line. */
export async function selectReplacedBy(ctx: TxContext, lineId: string): Promise<string[]> {
  const found = await sql<{ itemId: string }>`
    select item_id as "itemId" from needs_line_replaces
    where organisation_id = ${ctx.organisationId} and line_id = ${lineId} order by item_id`.execute(ctx.db)
  return found.rows.map(({ itemId }) => itemId)
}

/** Writes anew which items leave for a line. */
export async function writeReplaced(ctx: TxContext, lineId: string, itemIds: readonly string[]): Promise<void> {
  await sql`delete from needs_line_replaces where organisation_id = ${ctx.organisationId} and line_id = ${lineId}`.execute(
    ctx.db,
  )
  await sql`insert into needs_line_replaces (organisation_id, line_id, item_id)
    select ${ctx.organisationId}, ${lineId}, item from unnest(${itemIds}::uuid[]) as given (item)`.execute(ctx.db)
}
