/** The SQL of deliveries and of what was checked. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { Category, DeliveryState, Outcome } from '../vocabulary.ts'

export type StoredDelivery = {
  id: string
  orderId: string
  order: string
  planId: string
  plan: number
  supplierId: string
  supplierName: string
  note: string
  deliveredOn: string
  declaredAt: string
  state: DeliveryState
  outcome: Outcome | null
  sampleSeed: string | null
  sampleSize: number | null
  verifierId: string | null
  verifierName: string | null
  secondName: string | null
  verifiedAt: string | null
  dueOn: string
  twoPersonCents: number
  version: number
  pieces: number
  checked: number
  cents: number
  /** Of all that was declared on its order: a lot is not made small by being declared in parts. */
  orderCents: number
  contested: number
}

const deliveries = (filter: ReturnType<typeof sql>) => sql<StoredDelivery>`
  select d.id, d.order_id as "orderId", o.number as "order", o.plan_id as "planId", p.year as plan, o.supplier_id as "supplierId",
         y.name as "supplierName", d.note, d.delivered_on as "deliveredOn", d.declared_at as "declaredAt", d.state, d.outcome,
         d.sample_seed as "sampleSeed", d.sample_size as "sampleSize", d.verifier_id as "verifierId",
         v.given_name || ' ' || v.family_name as "verifierName", w.given_name || ' ' || w.family_name as "secondName",
         d.verified_at as "verifiedAt", (d.delivered_on + p.verify_days)::date as "dueOn", p.two_person_cents as "twoPersonCents",
         d.version, i.pieces, i.checked, i.cents, s.cents as "orderCents",
         (select count(distinct a.office_id)::int from delivery_answer a where a.organisation_id = d.organisation_id
          and a.delivery_id = d.id and a.answer = 'differs') as contested
  from delivery d
  join needs_order o on o.organisation_id = d.organisation_id and o.id = d.order_id
  join needs_plan p on p.organisation_id = o.organisation_id and p.id = o.plan_id
  join party y on y.organisation_id = o.organisation_id and y.id = o.supplier_id
  left join person v on v.organisation_id = d.organisation_id and v.id = d.verifier_id
  left join person w on w.organisation_id = d.organisation_id and w.id = d.second_id
  cross join lateral (
    select coalesce(sum(i.quantity), 0)::int as pieces, coalesce(sum(i.quantity) filter (where i.is_checked), 0)::int as checked,
           coalesce(sum(i.quantity * t.unit_cents), 0)::bigint as cents
    from delivery_item i
    left join needs_order_line t on t.organisation_id = i.organisation_id and t.order_id = d.order_id and t.line_id = i.line_id
    where i.organisation_id = d.organisation_id and i.delivery_id = d.id) i
  cross join lateral (
    select coalesce(sum(i.quantity * t.unit_cents), 0)::bigint as cents
    from delivery e
    join delivery_item i on i.organisation_id = e.organisation_id and i.delivery_id = e.id
    join needs_order_line t on t.organisation_id = e.organisation_id and t.order_id = e.order_id and t.line_id = i.line_id
    where e.organisation_id = d.organisation_id and e.order_id = d.order_id) s
  where ${filter}`

/** Deliveries, the longest waiting first, then the newest; at most 500. */
export async function selectDeliveries(
  ctx: TxContext,
  of: { year: number | null; isWaiting: boolean; supplierId: string | null },
): Promise<StoredDelivery[]> {
  const found = await sql<StoredDelivery>`
    ${deliveries(sql`d.organisation_id = ${ctx.organisationId} and (${of.year}::int is null or p.year = ${of.year}::int)
      and (not ${of.isWaiting} or d.state <> 'verified') and (${of.supplierId}::uuid is null or o.supplier_id = ${of.supplierId}::uuid)`)}
    order by d.state = 'verified', case when d.state = 'verified' then current_date - d.delivered_on else d.delivered_on - current_date end,
             d.note limit 500`.execute(ctx.db)
  return found.rows
}

export async function selectDelivery(ctx: TxContext, id: string): Promise<StoredDelivery | undefined> {
  const found = await sql<StoredDelivery>`
    ${deliveries(sql`d.organisation_id = ${ctx.organisationId} and d.id = ${id}`)}`.execute(ctx.db)
  return found.rows[0]
}

/** One delivery, locked for a change. */
export async function lockDelivery(ctx: TxContext, id: string): Promise<StoredDelivery | undefined> {
  await sql`select from delivery where organisation_id = ${ctx.organisationId} and id = ${id} for update`.execute(
    ctx.db,
  )
  return selectDelivery(ctx, id)
}

/** The delivery of an order with this note. */
export async function selectByNote(ctx: TxContext, orderId: string, note: string): Promise<{ id: string } | undefined> {
  const found = await sql<{ id: string }>`
    select id from delivery where organisation_id = ${ctx.organisationId} and order_id = ${orderId} and note = ${note}`.execute(
    ctx.db,
  )
  return found.rows[0]
}

export type StoredItem = {
  id: string
  lineId: string | null
  line: number | null
  category: Category | null
  description: string | null
  officeId: string | null
  office: string | null
  officeCode: string | null
  siteId: string | null
  model: string | null
  orderedModel: string | null
  unitCents: number | null
  funding: string | null
  serial: string | null
  quantity: number
  accepted: number
  reserved: number
  rejected: number
  isChecked: boolean
  /** Accepted on the sample, or said to be missing with the rest: nobody looked at it by itself. */
  isSettled: boolean
  isOtherModel: boolean
  seenBefore: 'delivery' | 'register' | null
  itemId: string | null
  reason: string | null
}

/** Every piece of a delivery, in the order of the note. */
export async function selectItems(ctx: TxContext, deliveryId: string): Promise<StoredItem[]> {
  const found = await sql<StoredItem>`
    select i.id, i.line_id as "lineId", l.number as line, l.category, l.description, i.office_id as "officeId", f.name as office,
           f.code as "officeCode", f.site_id as "siteId", i.model, t.model as "orderedModel", t.unit_cents as "unitCents",
           coalesce(l.fund, l.chapter) as funding, i.serial, i.quantity, i.accepted, i.reserved, i.rejected,
           i.is_checked as "isChecked", i.is_settled as "isSettled", i.is_other_model as "isOtherModel", i.seen_before as "seenBefore", i.item_id as "itemId",
           x.content::jsonb ->> 'reason' as reason
    from delivery_item i
    join delivery d on d.organisation_id = i.organisation_id and d.id = i.delivery_id
    left join needs_line l on l.organisation_id = i.organisation_id and l.id = i.line_id
    left join needs_order_line t on t.organisation_id = i.organisation_id and t.order_id = d.order_id and t.line_id = i.line_id
    left join office f on f.organisation_id = i.organisation_id and f.id = i.office_id
    left join event_text x on x.organisation_id = i.organisation_id and x.event_id = i.check_id
    where i.organisation_id = ${ctx.organisationId} and i.delivery_id = ${deliveryId} order by l.number nulls last, i.id`.execute(
    ctx.db,
  )
  return found.rows
}

export async function insertDelivery(
  ctx: TxContext,
  row: { id: string; orderId: string; note: string; deliveredOn: string; declaredAt: string },
): Promise<void> {
  await ctx.db
    .insertInto('delivery')
    .values({
      organisation_id: ctx.organisationId,
      ...{
        id: row.id,
        order_id: row.orderId,
        note: row.note,
        delivered_on: row.deliveredOn,
        declared_at: row.declaredAt,
      },
      ...{ state: 'declared', version: 1 },
    })
    .execute()
}

export type NewItem = {
  id: string
  lineId: string | null
  officeId: string | null
  model: string | null
  serial: string | null
  quantity: number
  isOtherModel: boolean
  seenBefore: 'delivery' | 'register' | null
}

/** The pieces of a delivery, in one statement. */
export async function insertItems(ctx: TxContext, deliveryId: string, items: readonly NewItem[]): Promise<void> {
  await sql`
    insert into delivery_item (organisation_id, delivery_id, id, line_id, office_id, model, serial, quantity, is_other_model, seen_before)
    select ${ctx.organisationId}, ${deliveryId}, given.id, given."lineId", given."officeId", given.model, given.serial, given.quantity,
           given."isOtherModel", given."seenBefore"
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb)
      as given (id uuid, "lineId" uuid, "officeId" uuid, model text, serial text, quantity int, "isOtherModel" boolean, "seenBefore" text)`.execute(
    ctx.db,
  )
}

/** Those of these serials that another delivery has and did not send back; `isTaken` looks at what was accepted alone. */
export async function selectSeenSerials(
  ctx: TxContext,
  serials: readonly string[],
  but: { deliveryId: string; isTaken: boolean },
): Promise<ReadonlySet<string>> {
  const found = await sql<{ serial: string }>`
    select distinct upper(i.serial) as serial from delivery_item i
    where i.organisation_id = ${ctx.organisationId} and upper(i.serial) = any (${serials.map((one) => one.toUpperCase())}::text[])
      and i.delivery_id <> ${but.deliveryId} and i.rejected = 0
      and (not ${but.isTaken} or i.accepted + i.reserved > 0)`.execute(ctx.db)
  return new Set(found.rows.map(({ serial }) => serial))
}

export type Checked = {
  id: string
  accepted: number
  reserved: number
  rejected: number
  isSettled: boolean
  checkId: number | null
}

/** Writes what was found of some pieces, in one statement. */
export async function updateChecked(ctx: TxContext, rows: readonly Checked[]): Promise<void> {
  await sql`
    update delivery_item i set accepted = given.accepted, reserved = given.reserved, rejected = given.rejected, is_checked = true,
           is_settled = given."isSettled", check_id = given."checkId"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given (id uuid, accepted int, reserved int, rejected int, "isSettled" boolean, "checkId" bigint)
    where i.organisation_id = ${ctx.organisationId} and i.id = given.id`.execute(ctx.db)
}

/** Opens again what nobody looked at: the lot comes back to be checked. */
export async function reopenSettled(ctx: TxContext, deliveryId: string): Promise<void> {
  await sql`
    update delivery_item set accepted = 0, reserved = 0, rejected = 0, is_checked = false, is_settled = false
    where organisation_id = ${ctx.organisationId} and delivery_id = ${deliveryId} and is_settled`.execute(ctx.db)
}

export type Part = 'declared' | 'checked'

/** What this person did with a delivery: declared it, or had a hand in checking it. */
export async function selectParts(ctx: TxContext, deliveryId: string, personId: string): Promise<ReadonlySet<Part>> {
  const found = await sql<{ part: Part }>`
    select distinct case kind when 'delivery.declared' then 'declared' else 'checked' end as part from event
    where organisation_id = ${ctx.organisationId} and subject_type = 'delivery' and subject_id = ${deliveryId}
      and actor_id = ${personId}
      and kind in ('delivery.declared', 'delivery.verification_begun', 'delivery.piece_checked', 'delivery.verification_closed')`.execute(
    ctx.db,
  )
  return new Set(found.rows.map(({ part }) => part))
}

/** Notes which items of the register these pieces became. */
export async function updateTakenIn(ctx: TxContext, rows: readonly { id: string; itemId: string }[]): Promise<void> {
  await sql`
    update delivery_item i set item_id = given."itemId"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (id uuid, "itemId" uuid)
    where i.organisation_id = ${ctx.organisationId} and i.id = given.id`.execute(ctx.db)
}

export async function updateDelivery(
  ctx: TxContext,
  id: string,
  row: {
    state: DeliveryState
    outcome?: Outcome
    sampleSeed?: string
    sampleSize?: number
    verifierId?: string
    secondId?: string
  },
): Promise<void> {
  await ctx.db
    .updateTable('delivery')
    .set({
      state: row.state,
      ...(row.outcome !== undefined && { outcome: row.outcome, verified_at: sql<string>`clock_timestamp()` }),
      ...(row.sampleSeed !== undefined && { sample_seed: row.sampleSeed, sample_size: row.sampleSize ?? 0 }),
      ...(row.verifierId !== undefined && { verifier_id: row.verifierId }),
      ...(row.secondId !== undefined && { second_id: row.secondId }),
      version: sql<number>`version + 1`,
    })
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .execute()
}

/** Offices by code: which there are. */
export async function selectOfficesByCode(ctx: TxContext, codes: readonly string[]): Promise<Map<string, string>> {
  const found = await sql<{ code: string; id: string }>`
    select code, id from office where organisation_id = ${ctx.organisationId} and code = any (${codes}::text[])`.execute(
    ctx.db,
  )
  return new Map(found.rows.map(({ code, id }) => [code, id]))
}
