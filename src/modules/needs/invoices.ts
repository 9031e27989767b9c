/** Invoices matched with what was verified: payable is what was verified, at the price of the order. */
import { randomUUIDv7 } from 'node:crypto'
import { type Context, read, transact } from '../../platform/context.ts'
import { invalid, parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { phrasing } from '../../platform/violations.ts'
import { allowBuyer } from './internal/buyer.ts'
import {
  type Invoiced,
  insertInvoice,
  lockInvoice,
  lockOrders,
  selectInvoiced,
  selectInvoices,
  selectOrdered,
  updatePaid,
} from './internal/order-queries.ts'
import { lockPlan } from './internal/plan-queries.ts'
import { record } from './internal/record.ts'
import {
  type AddInvoiceInput,
  addInvoiceInput,
  type InvoiceRow,
  type PayInvoiceInput,
  payInvoiceInput,
} from './order-schema.ts'
import { money, planOf, today } from './plans.ts'
import { conflict, wrong, wrongField } from './problems.ts'
import { type Left, leftKey, leftToPay } from './reconcile.ts'
import { centsOf } from './schema.ts'

/** The invoices of a year with what may still be paid of each; of what is left the earliest takes first. */
export async function listInvoices(ctx: Context, year: number): Promise<InvoiceRow[]> {
  allow(ctx.actor, 'needs.read', {})
  return read(ctx, async (ctx) => {
    const plan = await planOf(ctx, year)
    const lines = Map.groupBy(await selectInvoiced(ctx, plan.id), ({ invoiceId }) => invoiceId)
    const left = await leftToPay(ctx, plan)
    // In the order of their days, as they come.
    const payable = new Map([...lines].map(([id, own]) => [id, own.reduce((sum, line) => sum + take(left, line), 0)]))
    return (await selectInvoices(ctx, plan.id)).map(({ orderId: _, planId: __, ...invoice }) => ({
      ...invoice,
      amount: money((lines.get(invoice.id) ?? []).reduce((sum, { cents }) => sum + cents, 0)),
      payable: money(payable.get(invoice.id) ?? 0),
    }))
  })
}

// What a line that is not paid may have of what is left, which is then less.
function take(left: Left, line: Invoiced): number {
  if (line.isPaid) return 0
  const key = leftKey(line)
  const there = left.get(key) ?? 0
  const taken = Math.min(line.cents, Math.max(0, there))
  left.set(key, there - taken)
  return taken
}

/** Takes an invoice of an order: its lines are lines of the order. */
export async function addInvoice(ctx: Context, input: AddInvoiceInput): Promise<{ id: string }> {
  allowBuyer(ctx, 'needs.order')
  const { order: orderNumber, number, datedOn, lines: given } = parse(addInvoiceInput, input)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const [order = fail(wrong('order', (t) => t.unknownOrder))] = await lockOrders(ctx, [orderNumber])
    const earlier = await claimKey(ctx, 'needs.invoice_add', { orderNumber, number, datedOn, given }, id)
    if (earlier !== null) return { id: earlier }
    const known = new Map(
      (await selectOrdered(ctx, order.planId)).flatMap((one) => (one.orderId === order.id ? [[one.number, one]] : [])),
    )
    const lines = given.map(({ number, quantity, amount }) => {
      const line = known.get(number) ?? fail(invalid([wrongField('lines', (t) => t.notOrdered(number))]))
      return { lineId: line.lineId, quantity, cents: centsOf(amount) }
    })
    if (new Set(lines.map(({ lineId }) => lineId)).size < lines.length) throw wrong('lines', (t) => t.invoiceLineTwice)
    const payload = { orderId: order.id, number, datedOn, lines }
    await record(ctx, { subjectType: 'needs_invoice', subjectId: id, kind: 'needs.invoice_added', payload })
    await phrasing(
      { needs_invoice_organisation_id_order_id_number_key: () => wrong('number', (t) => t.invoiceTaken) },
      () => insertInvoice(ctx, { id, orderId: order.id, number, datedOn }, lines),
    )
    return { id }
  })
}

/** Notes that an invoice was paid. More than was verified is refused without a reason; with one it stays to be checked. */
export async function payInvoice(ctx: Context, id: string, input: PayInvoiceInput) {
  allowBuyer(ctx, 'needs.order')
  const { version, paidOn, reason } = parse(payInvoiceInput, input)
  if (paidOn > today(ctx)) throw wrong('paidOn', (t) => t.inFuture)
  return transact(ctx, async (ctx) => {
    const invoice = (await lockInvoice(ctx, id)) ?? fail(notFound())
    if (version !== undefined && version !== invoice.version) throw conflict('stale', (t) => t.stale)
    if (invoice.paidOn !== null) throw conflict('paid', (t) => t.paidAlready)
    if (paidOn < invoice.datedOn) throw wrong('paidOn', (t) => t.paidBefore)
    const plan = (await lockPlan(ctx, { id: invoice.planId })) ?? fail(notFound())
    const left = await leftToPay(ctx, plan)
    const lines = (await selectInvoiced(ctx, invoice.planId)).filter(({ invoiceId }) => invoiceId === id)
    const over = lines.reduce((sum, line) => sum + line.cents - take(left, line), 0)
    if (over > 0 && reason.length < 3) throw conflict('over_verified', (t) => t.overVerified(money(over)))
    await record(ctx, {
      subjectType: 'needs_invoice',
      subjectId: id,
      kind: 'needs.invoice_paid',
      payload: { paidOn, overCents: over },
      ...(reason !== '' && { text: { reason } }),
    })
    await updatePaid(ctx, id, paidOn)
    return { id, version: invoice.version + 1 }
  })
}
