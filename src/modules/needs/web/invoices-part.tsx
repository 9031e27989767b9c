import { Form, useLoaderData } from 'react-router'
import { ActField, Panel, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { Once, RefusedNotice, SelectField, TextField } from '../../../web/ui/form.tsx'
import type { Refused } from '../../../web/visit.ts'
import type { InvoiceRow } from '../order-schema.ts'
import { useDeliveryWords } from './delivery-words.ts'
import type { loader } from './orders.tsx'

/** The invoices of the year with what may be paid of each: what is verified. */
export function InvoicesPart() {
  const { invoices, mayOrder, orders } = useLoaderData<typeof loader>()
  const { t: all } = useDeliveryWords()
  const t = all.invoices
  const c = t.columns
  if (invoices === null) return null
  return (
    <section className="st-section">
      <h2 id="fatture" className="st-h2">
        {t.title}
      </h2>
      <p className="st-quiet">{t.lead}</p>
      {invoices.length === 0 ? (
        <p>{t.none}</p>
      ) : (
        <DataTable
          caption={t.title}
          columns={[
            ...[c.number, c.order, c.dated],
            { label: c.amount, isNumber: true },
            { label: c.payable, isNumber: true },
            c.state,
          ]}
        >
          {invoices.map((invoice) => (
            <Invoice key={invoice.id} invoice={invoice} />
          ))}
        </DataTable>
      )}
      {mayOrder && orders.length > 0 && <AddInvoice />}
    </section>
  )
}

function Invoice({ invoice }: { invoice: InvoiceRow }) {
  const { mayOrder } = useLoaderData<typeof loader>()
  const { t: all, amount, day } = useDeliveryWords()
  const t = all.invoices
  const isHeld = Number(invoice.payable) < Number(invoice.amount)
  return (
    <tr>
      <th scope="row">{invoice.number}</th>
      <td>{invoice.order}</td>
      <td className="st-nowrap">{day(invoice.datedOn)}</td>
      <td className="st-num">{amount(invoice.amount)}</td>
      <td className="st-num st-strong">{invoice.paidOn === null ? amount(invoice.payable) : '–'}</td>
      <td>
        {invoice.paidOn === null ? (
          <>
            <span className={`st-state ${isHeld ? 'st-warn' : 'st-ok'}`}>{isHeld ? t.held : t.open}</span>
            {mayOrder && <Pay invoice={invoice} />}
          </>
        ) : (
          <span className="st-state st-ok">{t.paid(day(invoice.paidOn))}</span>
        )}
      </td>
    </tr>
  )
}

function Pay({ invoice }: { invoice: InvoiceRow }) {
  const { t: all, today } = useDeliveryWords()
  const t = all.invoices
  const refused = useRefusedAct('pay', invoice.id)
  const field = (name: string) => ({ name, inputId: `${name}-${invoice.id}`, refused })
  return (
    <details className="st-unfold" open={refused !== undefined || undefined}>
      <summary>
        {t.pay}
        <span className="visually-hidden"> {invoice.number}</span>
      </summary>
      <Form method="post" className="mt-2" preventScrollReset>
        <RefusedNotice refused={refused} />
        <ActField act="pay" part={invoice.id} version={invoice.version} />
        <input type="hidden" name="id" value={invoice.id} />
        <TextField {...field('paidOn')} type="date" label={t.paidOn} initial={today} required />
        <TextField {...field('reason')} label={t.reason} hint={t.reasonHint} isOptional maxLength={1000} />
        <button type="submit" className="btn st-btn is-plain">
          {t.save}
        </button>
      </Form>
    </details>
  )
}

const rows = [1, 2, 3, 4, 5] as const

function AddInvoice() {
  const { orders, once } = useLoaderData<typeof loader>()
  const { t: all, today } = useDeliveryWords()
  const t = all.invoices
  const refused = useRefusedAct('invoice')
  const field = (name: string) => ({ name, inputId: `invoice-${name}`, refused })
  return (
    <div className="mt-3">
      <Panel label={t.add} refused={refused}>
        <Form method="post">
          <ActField act="invoice" />
          <Once token={once.invoice} />
          <div className="st-pair">
            <SelectField
              {...field('order')}
              label={t.order}
              options={orders.map(({ number }) => ({ value: number, label: number }))}
            />
            <TextField {...field('number')} label={t.number} required maxLength={60} />
            <TextField {...field('datedOn')} type="date" label={t.datedOn} initial={today} required />
          </div>
          <fieldset className="st-question" id="lines">
            <legend>{t.lines}</legend>
            {rows.map((row) => (
              <InvoiceLine key={row} row={row} refused={refused} />
            ))}
          </fieldset>
          <button type="submit" className="btn st-btn is-main">
            {t.save}
          </button>
        </Form>
      </Panel>
    </div>
  )
}

function InvoiceLine({ row, refused }: { row: number; refused: Refused | undefined }) {
  const { t: all } = useDeliveryWords()
  const t = all.invoices
  const field = (name: string) => ({ name: `${name}-${row}`, inputId: `invoice-${name}-${row}`, refused })
  return (
    <fieldset className="st-question">
      <legend className="visually-hidden">{t.row(row)}</legend>
      <div className="st-row align-items-end">
        <TextField {...field('line')} label={t.line} inputMode="numeric" maxLength={6} required={row === 1} />
        <TextField {...field('pieces')} label={t.quantity} inputMode="numeric" maxLength={6} required={row === 1} />
        <TextField {...field('amount')} label={t.amount} inputMode="decimal" maxLength={20} required={row === 1} />
      </div>
    </fieldset>
  )
}
