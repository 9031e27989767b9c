import { Link, redirect, useLoaderData, useSearchParams } from 'react-router'
import { may } from '../../../platform/permissions.ts'
import { Crumb, DoneNotice } from '../../../web/ui/act-panel.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, onceToken, page } from '../../../web/visit.ts'
import { listParties } from '../../organisation/parties.ts'
import { listInvoices } from '../invoices.ts'
import { listOrderable } from '../orderable.ts'
import { listOrders } from '../orders.ts'
import { sumOf } from './amounts.ts'
import { useDeliveryWords } from './delivery-words.ts'
import { InvoicesPart } from './invoices-part.tsx'
import { OrderForm } from './order-form.tsx'
import { actOnOrders } from './orders-form.ts'
import { OrdersTable } from './orders-table.tsx'
import { yearOf } from './plan-address.ts'
import { PlanPlaces } from './plan-places.tsx'

export const loader = page(async (ctx, { params }) => {
  const year = yearOf(params.year)
  const mayOrder = may(ctx.actor, 'needs.order')
  const mayRead = may(ctx.actor, 'needs.read', {})
  const orders = await listOrders(ctx, year)
  return {
    ...{ year, orders },
    invoices: mayRead ? await listInvoices(ctx, year) : null,
    orderable: mayOrder ? await listOrderable(ctx, year) : null,
    suppliers: mayOrder ? (await listParties(ctx)).filter(({ kind }) => kind === 'supplier') : [],
    // Two forms, two tokens.
    once: { place: onceToken(), invoice: onceToken() },
    mayOrder,
    places: { collect: may(ctx.actor, 'needs.manage'), readOrders: true, readPlan: may(ctx.actor, 'needs.read') },
  }
})

/** One address, several acts: the button's name says which operation. */
export const action = form(async (ctx, form, { params }) => {
  const year = yearOf(params.year)
  return redirect(`/fabbisogni/${year}/ordini${await actOnOrders(ctx, year, form)}`)
})

/** The orders of a year, and their invoices; who works for a supplier sees its own orders. */
export default function OrdersPage() {
  const { year, orders, invoices, places } = useLoaderData<typeof loader>()
  const { t: all, amount } = useDeliveryWords()
  const t = all.orders
  const payable = sumOf((invoices ?? []).map((invoice) => invoice.payable))
  return (
    <StaffPage title={t.title(year)}>
      <Done />
      <PlanPlaces year={year} may={places} />
      <Crumb to="/consegne" label={all.deliveries.title} title={t.title(year)} />
      <div className="st-head">
        <div>
          <h1 className="st-title">{t.title(year)}</h1>
          <p className="st-lead mb-0">
            {t.sentence(orders.length, amount(sumOf(orders.map((order) => order.amount))))}
            {payable !== '0.00' && t.payable(amount(payable))}
          </p>
        </div>
        <p className="mb-0">
          <Link to={`/consegne?anno=${year}`}>{all.reconciliation.deliveries}</Link>
        </p>
      </div>
      <OrdersTable />
      <OrderForm />
      <InvoicesPart />
    </StaffPage>
  )
}

function Done() {
  const [search] = useSearchParams()
  const { t } = useDeliveryWords()
  const said = [
    ['registrato', t.orders.placed],
    ['fattura', t.invoices.added],
    ['pagata', t.invoices.paidNotice],
  ].find(([name]) => search.has(name ?? ''))
  return said === undefined ? null : <DoneNotice>{said[1]}</DoneNotice>
}
