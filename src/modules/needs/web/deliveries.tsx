import { Form, Link, redirect, useLoaderData, useSearchParams } from 'react-router'
import { may } from '../../../platform/permissions.ts'
import { DoneNotice } from '../../../web/ui/act-panel.tsx'
import { SelectField } from '../../../web/ui/form.tsx'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, page } from '../../../web/visit.ts'
import { deliverFile } from '../deliver-file.ts'
import { listDeliveries } from '../deliveries.ts'
import type { DeliveryRow } from '../order-schema.ts'
import { verifyFile } from '../verify-file.ts'
import { useAnswerWords } from './answer-words.ts'
import { DeclareParts } from './declare-parts.tsx'
import { declareFromForm, fileOf } from './deliveries-form.ts'
import { DeliveryState, DueMark } from './delivery-marks.tsx'
import { useDeliveryWords } from './delivery-words.ts'

export const loader = page(async (ctx, { request }) => {
  const year = new URL(request.url).searchParams.get('anno') || undefined
  const all = await listDeliveries(ctx, {})
  return {
    rows: year === undefined ? all : await listDeliveries(ctx, { year }),
    years: [...new Set(all.map(({ plan }) => plan))].sort((one, other) => other - one),
    year: year ?? '',
    may: { declare: may(ctx.actor, 'needs.deliver'), verify: may(ctx.actor, 'needs.verify') },
  }
})

/** One address, several acts: the button's name says which operation. */
export const action = form(async (ctx, form) => {
  const counted = (names: Record<string, number>) =>
    redirect(`/consegne?${new URLSearchParams(Object.entries(names).map(([name, count]) => [name, String(count)]))}`)
  switch (form.get('act')) {
    case 'upload': {
      const { deliveries, items, unchanged } = await deliverFile(ctx, await fileOf(form))
      return counted({ dichiarate: deliveries, righe: items, note: unchanged })
    }
    case 'verify-file': {
      const { verified, awaitingSecond, unchanged } = await verifyFile(ctx, await fileOf(form))
      return counted({ verificate: verified, aspettano: awaitingSecond, note: unchanged })
    }
    default: {
      const { id, isNew } = await declareFromForm(ctx, form)
      return redirect(`/consegne/${id}?${isNew ? 'dichiarata' : 'nota'}`)
    }
  }
})

/** The deliveries: those waiting for verification first, by their last day. */
export default function DeliveriesPage() {
  const { rows, may } = useLoaderData<typeof loader>()
  const { t: all, daysLeft } = useDeliveryWords()
  const t = all.deliveries
  const waiting = rows.filter(({ state }) => state !== 'verified')
  const late = waiting.filter(({ dueOn }) => daysLeft(dueOn) < 0).length
  return (
    <StaffPage title={t.title}>
      <Done />
      <div className="st-head">
        <div>
          <h1 className="st-title">{t.title}</h1>
          <p className="st-lead mb-0">{t.sentence(waiting.length, late)}</p>
        </div>
      </div>
      <YearChoice />
      {rows.length === 0 ? <p>{t.none}</p> : <DeliveriesTable waiting={waiting} />}
      {rows.length === 500 && <p className="st-small st-quiet">{t.capped}</p>}
      {(may.declare || may.verify) && <DeclareParts />}
    </StaffPage>
  )
}

function Done() {
  const [search] = useSearchParams()
  const { t: all } = useDeliveryWords()
  const t = all.deliveries
  const number = (name: string) => Number(search.get(name)) || 0
  if (search.has('dichiarate'))
    return <DoneNotice>{t.uploaded(number('dichiarate'), number('righe'), number('note'))}</DoneNotice>
  if (search.has('verificate'))
    return <DoneNotice>{t.verified(number('verificate'), number('aspettano'), number('note'))}</DoneNotice>
  return null
}

function YearChoice() {
  const { years, year } = useLoaderData<typeof loader>()
  const { t: all } = useDeliveryWords()
  const t = all.deliveries
  if (years.length < 2) return null
  return (
    <Form className="st-row align-items-end">
      <SelectField
        name="anno"
        label={t.year}
        initial={year}
        options={[
          { value: '', label: t.all },
          ...years.map((value) => ({ value: String(value), label: String(value) })),
        ]}
      />
      <button type="submit" className="btn st-btn is-plain mb-3">
        {t.show}
      </button>
    </Form>
  )
}

function DeliveriesTable({ waiting }: { waiting: DeliveryRow[] }) {
  const { rows } = useLoaderData<typeof loader>()
  const { t: all } = useDeliveryWords()
  const t = all.deliveries
  const c = t.columns
  const done = rows.filter(({ state }) => state === 'verified')
  return (
    <ScrollRegion label={t.list}>
      <table className="st-table">
        <caption className="visually-hidden">{t.list}</caption>
        <thead>
          <tr>
            <th scope="col">{c.note}</th>
            <th scope="col">{c.state}</th>
            <th scope="col">{c.due}</th>
            <th scope="col">{c.supplier}</th>
            <th scope="col">{c.delivered}</th>
            <th scope="col" className="st-num">
              {c.pieces}
            </th>
            <th scope="col" className="st-num">
              {c.amount}
            </th>
          </tr>
        </thead>
        <Group label={t.waiting(waiting.length)} rows={waiting} />
        <Group label={t.done(done.length)} rows={done} />
      </table>
    </ScrollRegion>
  )
}

function Group({ label, rows }: { label: string; rows: DeliveryRow[] }) {
  const { t: all, amount, count, day } = useDeliveryWords()
  const { said } = useAnswerWords()
  const t = all.deliveries
  if (rows.length === 0) return null
  return (
    <tbody>
      <tr className="st-group">
        <th scope="colgroup" colSpan={7}>
          {label}
        </th>
      </tr>
      {rows.map((row) => (
        <tr key={row.id}>
          <th scope="row">
            <Link to={`/consegne/${row.id}`}>{row.note}</Link>
            <span className="st-sub">{t.order(row.order)}</span>
          </th>
          <td>
            <DeliveryState of={row} />
            {row.contested > 0 && (
              <span className="st-sub">
                <span className="st-state st-warn">{said.contested(row.contested)}</span>
              </span>
            )}
            {row.state === 'checking' && <span className="st-sub">{t.checked(row.checked, row.pieces)}</span>}
          </td>
          <td>
            {day(row.dueOn)}
            {row.state !== 'verified' && (
              <span className="st-sub">
                <DueMark on={row.dueOn} />
              </span>
            )}
          </td>
          <td>{row.supplierName}</td>
          <td>{day(row.deliveredOn)}</td>
          <td className="st-num">{count(row.pieces)}</td>
          <td className="st-num">{amount(row.amount)}</td>
        </tr>
      ))}
    </tbody>
  )
}
