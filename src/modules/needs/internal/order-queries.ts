/** The SQL of orders and invoices. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'

export type StoredOrder = {
  id: string
  planId: string
  year: number
  number: string
  supplierId: string
  supplierName: string
  orderedOn: string
  dueOn: string | null
  act: string
  cig: string | null
  offer: string | null
}

const orderColumns = sql`
  o.id, o.plan_id as "planId", p.year, o.number, o.supplier_id as "supplierId", y.name as "supplierName",
  o.ordered_on as "orderedOn", o.due_on as "dueOn", o.act, o.cig, o.offer`
const orderFrom = sql`
  needs_order o join needs_plan p on p.organisation_id = o.organisation_id and p.id = o.plan_id
  join party y on y.organisation_id = o.organisation_id and y.id = o.supplier_id`

/** The orders of a plan, the newest first; `supplierId` takes those of one party. */
export async function selectOrders(ctx: TxContext, planId: string, supplierId: string | null): Promise<StoredOrder[]> {
  const found = await sql<StoredOrder>`
    select ${orderColumns} from ${orderFrom}
    where o.organisation_id = ${ctx.organisationId} and o.plan_id = ${planId}
      and (${supplierId}::uuid is null or o.supplier_id = ${supplierId}::uuid)
    order by o.ordered_on desc, o.number limit 1000`.execute(ctx.db)
  return found.rows
}

/** Orders by number, their plans locked: what is delivered in a year comes one after the other, and sees the others' serials. */
export async function lockOrders(ctx: TxContext, numbers: readonly string[]): Promise<StoredOrder[]> {
  const found = await sql<StoredOrder>`
    select ${orderColumns} from ${orderFrom}
    where o.organisation_id = ${ctx.organisationId} and o.number = any (${numbers}::text[]) order by o.id for update of p`.execute(
    ctx.db,
  )
  return found.rows
}

export type OrderLine = {
  lineId: string
  quantity: number
  unitCents: number
  model: string | null
  referenceCents: number | null
}

export async function insertOrder(
  ctx: TxContext,
  order: Omit<StoredOrder, 'year' | 'supplierName'>,
  lines: readonly OrderLine[],
): Promise<void> {
  await ctx.db
    .insertInto('needs_order')
    .values({
      organisation_id: ctx.organisationId,
      ...{ id: order.id, plan_id: order.planId, number: order.number, supplier_id: order.supplierId },
      ...{ ordered_on: order.orderedOn, due_on: order.dueOn, act: order.act, cig: order.cig, offer: order.offer },
    })
    .execute()
  await ctx.db
    .insertInto('needs_order_line')
    .values(
      lines.map((line) => ({
        organisation_id: ctx.organisationId,
        ...{ order_id: order.id, line_id: line.lineId, quantity: line.quantity, unit_cents: line.unitCents },
        ...{ model: line.model, reference_cents: line.referenceCents },
      })),
    )
    .execute()
}

/** The lines of every order of a plan. */
export async function selectOrdered(ctx: TxContext, planId: string) {
  const found = await sql<OrderLine & { orderId: string; number: number; description: string; dueOn: string | null }>`
    select t.order_id as "orderId", t.line_id as "lineId", t.quantity, t.unit_cents as "unitCents", t.model,
           t.reference_cents as "referenceCents", l.number, l.description, o.due_on as "dueOn"
    from needs_order o
    join needs_order_line t on t.organisation_id = o.organisation_id and t.order_id = o.id
    join needs_line l on l.organisation_id = t.organisation_id and l.id = t.line_id
    where o.organisation_id = ${ctx.organisationId} and o.plan_id = ${planId} order by o.ordered_on, o.number, l.number`.execute(
    ctx.db,
  )
  return found.rows
}

export type StoredInvoice = {
  id: string
  orderId: string
  planId: string
  order: string
  number: string
  datedOn: string
  paidOn: string | null
  version: number
}
export type InvoiceLine = { invoiceId: string; lineId: string; quantity: number; cents: number }
export type Invoiced = InvoiceLine & { orderId: string; isPaid: boolean }

const invoiceRows = sql`
  select i.id, i.order_id as "orderId", o.plan_id as "planId", o.number as "order", i.number, i.dated_on as "datedOn",
         i.paid_on as "paidOn", i.version
  from needs_invoice i join needs_order o on o.organisation_id = i.organisation_id and o.id = i.order_id`

export async function selectInvoices(ctx: TxContext, planId: string): Promise<StoredInvoice[]> {
  const found = await sql<StoredInvoice>`
    ${invoiceRows} where i.organisation_id = ${ctx.organisationId} and o.plan_id = ${planId}
    order by i.dated_on desc, i.number limit 1000`.execute(ctx.db)
  return found.rows
}

export async function lockInvoice(ctx: TxContext, id: string): Promise<StoredInvoice | undefined> {
  const found = await sql<StoredInvoice>`
    ${invoiceRows} where i.organisation_id = ${ctx.organisationId} and i.id = ${id} for update of i`.execute(ctx.db)
  return found.rows[0]
}

/** The lines of the invoices of a plan with their order, and whether they are paid; the earliest first. */
export async function selectInvoiced(ctx: TxContext, planId: string) {
  const found = await sql<Invoiced>`
    select o.id as "orderId", t.invoice_id as "invoiceId", t.line_id as "lineId", t.quantity, t.cents, i.paid_on is not null as "isPaid"
    from needs_order o
    join needs_invoice i on i.organisation_id = o.organisation_id and i.order_id = o.id
    join needs_invoice_line t on t.organisation_id = i.organisation_id and t.invoice_id = i.id
    where o.organisation_id = ${ctx.organisationId} and o.plan_id = ${planId} order by i.dated_on, i.number, i.id`.execute(
    ctx.db,
  )
  return found.rows
}

export async function insertInvoice(
  ctx: TxContext,
  invoice: { id: string; orderId: string; number: string; datedOn: string },
  lines: readonly Omit<InvoiceLine, 'invoiceId'>[],
): Promise<void> {
  await ctx.db
    .insertInto('needs_invoice')
    .values({
      organisation_id: ctx.organisationId,
      ...{ id: invoice.id, order_id: invoice.orderId, number: invoice.number, dated_on: invoice.datedOn },
      ...{ paid_on: null, version: 1 },
    })
    .execute()
  await ctx.db
    .insertInto('needs_invoice_line')
    .values(
      lines.map(({ lineId, quantity, cents }) => ({
        organisation_id: ctx.organisationId,
        ...{ invoice_id: invoice.id, line_id: lineId, quantity, cents },
      })),
    )
    .execute()
}

export async function updatePaid(ctx: TxContext, id: string, day: string): Promise<void> {
  await sql`
    update needs_invoice set paid_on = ${day}, version = version + 1
    where organisation_id = ${ctx.organisationId} and id = ${id}`.execute(ctx.db)
}
