import { useLoaderData } from 'react-router'
import { DataTable } from '../../../web/ui/data-table.tsx'
import type { OrderRow } from '../order-schema.ts'
import { useDeliveryWords } from './delivery-words.ts'
import type { loader } from './orders.tsx'

/** Every order with its lines, the newest first. */
export function OrdersTable() {
  const { orders } = useLoaderData<typeof loader>()
  const { t: all } = useDeliveryWords()
  const t = all.orders
  const c = t.columns
  if (orders.length === 0) return <p>{t.none}</p>
  return (
    <DataTable
      caption={t.list}
      columns={[c.number, c.supplier, c.ordered, c.due, c.act, c.lines, { label: c.amount, isNumber: true }]}
    >
      {orders.map((order) => (
        <Order key={order.id} order={order} />
      ))}
    </DataTable>
  )
}

function Order({ order }: { order: OrderRow }) {
  const { t: all, amount, day } = useDeliveryWords()
  const t = all.orders
  return (
    <tr id={`ordine-${order.number}`}>
      <th scope="row">{order.number}</th>
      <td>{order.supplierName}</td>
      <td className="st-nowrap">{day(order.orderedOn)}</td>
      <td className="st-nowrap">{order.dueOn === null ? '–' : day(order.dueOn)}</td>
      <td>
        {order.act}
        {order.cig !== null && (
          <span className="st-sub">
            {t.fields.cig} {order.cig}
          </span>
        )}
        {order.offer !== null && <span className="st-sub">{order.offer}</span>}
      </td>
      <td>
        <details className="st-unfold">
          <summary>
            {t.open(order.lines.length)}
            <span className="visually-hidden"> {order.number}</span>
          </summary>
          <ul className="st-list">
            {order.lines.map((line) => (
              <li key={line.lineId}>
                {t.line(line.number, line.quantity, amount(line.unitPrice))}
                <span className="st-sub">{[line.description, line.model].filter(Boolean).join(' · ')}</span>
                {line.referencePrice !== null && isAbove(line.unitPrice, line.referencePrice) && (
                  <span className="st-state st-warn st-wrap">{t.above(amount(line.referencePrice))}</span>
                )}
              </li>
            ))}
          </ul>
        </details>
      </td>
      <td className="st-num">{amount(order.amount)}</td>
    </tr>
  )
}

const isAbove = (price: string, reference: string) => Number(price) > Number(reference)
