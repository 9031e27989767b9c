import { Form, useLoaderData } from 'react-router'
import { ActField, Panel, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { Once, SelectField, TextField } from '../../../web/ui/form.tsx'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import type { OrderableRow } from '../order-schema.ts'
import { useDeliveryWords } from './delivery-words.ts'
import type { loader } from './orders.tsx'

/** A new order on what is left of the plan. */
export function OrderForm() {
  const { orderable, suppliers, once } = useLoaderData<typeof loader>()
  const { t: all, today } = useDeliveryWords()
  const t = all.orders
  const f = t.fields
  const refused = useRefusedAct('place')
  if (orderable === null) return null
  if (orderable.length === 0) return <p className="st-section">{t.placeNone}</p>
  const field = (name: string) => ({ name, inputId: `place-${name}`, refused })
  return (
    <div className="st-section">
      <Panel label={t.place} refused={refused}>
        <p>{t.placeLead}</p>
        <Form method="post">
          <ActField act="place" />
          <Once token={once.place} />
          <div className="st-pair">
            <TextField {...field('number')} label={f.number} required maxLength={40} />
            <SelectField
              {...field('supplierId')}
              label={f.supplier}
              options={suppliers.map(({ id, name }) => ({ value: id, label: name }))}
            />
            <TextField {...field('orderedOn')} type="date" label={f.orderedOn} initial={today} required />
            <TextField {...field('dueOn')} type="date" label={f.dueOn} isOptional />
            <TextField {...field('deed')} label={f.act} hint={f.actHint} required minLength={3} maxLength={300} />
            <TextField {...field('cig')} label={f.cig} hint={f.cigHint} isOptional maxLength={10} />
            <TextField {...field('offer')} label={f.offer} isOptional maxLength={120} />
          </div>
          <LinesLeft orderable={orderable} />
          <button type="submit" className="btn st-btn is-main mt-3">
            {f.save}
          </button>
        </Form>
      </Panel>
    </div>
  )
}

function LinesLeft({ orderable }: { orderable: OrderableRow[] }) {
  const { t: all } = useDeliveryWords()
  const t = all.orders
  const c = t.leftColumns
  return (
    <ScrollRegion label={t.left}>
      <table className="st-table st-sheet" id="lines">
        <caption>{t.left}</caption>
        <thead>
          <tr>
            <th scope="col">{c.line}</th>
            <th scope="col">{c.what}</th>
            <th scope="col" className="st-num">
              {c.left}
            </th>
            <th scope="col" className="st-num">
              {c.list}
            </th>
            <th scope="col" className="st-num">
              {c.quantity}
            </th>
            <th scope="col" className="st-num">
              {c.price}
            </th>
            <th scope="col" className="st-num">
              {c.reference}
            </th>
            <th scope="col">{c.model}</th>
          </tr>
        </thead>
        <tbody>
          {orderable.map((line) => (
            <LineLeft key={line.number} line={line} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function LineLeft({ line }: { line: OrderableRow }) {
  const { t: all, amount, count, typed } = useDeliveryWords()
  const t = all.orders
  const refused = useRefusedAct('place')
  const input = (name: string, label: string, initial: string, kind = 'st-num') => (
    <td className={kind}>
      <input
        className={`form-control st-field ${kind}`}
        name={`${name}-${line.number}`}
        aria-label={t.of(label, line.number)}
        defaultValue={refused?.values[`${name}-${line.number}`] ?? initial}
        inputMode={name === 'model' ? 'text' : 'decimal'}
        maxLength={120}
        autoComplete="off"
      />
    </td>
  )
  const c = t.leftColumns
  return (
    <tr>
      <th scope="row">{line.number}</th>
      <td className="st-cell">{line.description}</td>
      <td className="st-num">
        {count(line.pieces)}
        <span className="st-sub">{t.leftMoney(amount(line.amount))}</span>
      </td>
      <td className="st-num">{line.listPrice === null ? '–' : amount(line.listPrice)}</td>
      {input('quantity', c.quantity, '')}
      {input('price', c.price, typed(line.unitPrice))}
      {input('reference', c.reference, line.referencePrice === null ? '' : typed(line.referencePrice))}
      {input('model', c.model, '', '')}
    </tr>
  )
}
