import { Link, useLoaderData } from 'react-router'
import type { Context } from '../../../platform/context.ts'
import { may } from '../../../platform/permissions.ts'
import { page } from '../../../web/visit.ts'
import { reconcilePlan } from '../reconcile.ts'
import { lessOf } from './amounts.ts'
import { useDeliveryWords } from './delivery-words.ts'
import { yearOf } from './plan-address.ts'
import { PlanFrame } from './plan-frame.tsx'
import { ReconciliationTable } from './reconciliation-table.tsx'

export const loader = page(async (ctx, { params }) => {
  const year = yearOf(params.year)
  return { year, found: await reconcilePlan(ctx, year), places: placesOf(ctx) }
})

function placesOf({ actor }: Pick<Context, 'actor'>) {
  return { collect: may(actor, 'needs.manage'), readOrders: may(actor, 'orders.read') }
}

/** From plan to payment: how the year stands, what is to be checked, and every line with the reason of each difference. */
export default function ReconciliationPage() {
  const { year, found, places } = useLoaderData<typeof loader>()
  const { t: all } = useDeliveryWords()
  const t = all.reconciliation
  const toCheck = found.lines.filter(({ findings }) => findings.length > 0).length
  return (
    <PlanFrame
      year={year}
      title={t.title(year)}
      lead={found.lines.length === 0 ? t.empty : t.sentence(found.lines.length, toCheck)}
      may={places}
      actions={
        <>
          <Link className="btn st-btn is-plain" to={`/fabbisogni/${year}/verifica.csv`} reloadDocument>
            {all.csv}
          </Link>
          <Link className="btn st-btn is-plain" to={`/fabbisogni/${year}/verifica.pdf`} reloadDocument>
            {all.pdf}
          </Link>
        </>
      }
    >
      <Totals />
      {found.findings.length > 0 && (
        <div className="st-notice is-warn">
          <p>
            <span className="st-state st-warn">{t.loose}</span> {found.findings.map(({ says }) => says).join('. ')}
          </p>
        </div>
      )}
      <p className="st-quiet">{t.lead}</p>
      <ReconciliationTable />
    </PlanFrame>
  )
}

function Totals() {
  const { found } = useLoaderData<typeof loader>()
  const { t: all, amount } = useDeliveryWords()
  const t = all.reconciliation
  const sums = {
    planned: found.plannedExVat,
    ordered: found.orderedExVat,
    payable: found.payableExVat,
    paid: found.paidExVat,
    toPay: lessOf(found.payableExVat, found.paidExVat),
  }
  return (
    <dl className="st-sum">
      {Object.entries(sums).map(([name, value]) => (
        <div key={name}>
          <dt>{t.sum[name as keyof typeof sums]}</dt>
          <dd>
            {all.euro(amount(value))}
            <small>{t.exVat}</small>
          </dd>
        </div>
      ))}
    </dl>
  )
}
