import { Form, useLoaderData } from 'react-router'
import { Problem } from '../../../platform/problem.ts'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import { page } from '../../../web/visit.ts'
import { localDay } from '../contracts.ts'
import { listInstalments } from '../instalments.ts'
import type { InstalmentYear } from '../schema.ts'
import { ContractPage } from './contract-page.tsx'
import { useContractTexts } from './words.ts'

export const loader = page(async (ctx, { request }) => {
  const asked = Number(new URL(request.url).searchParams.get('anno'))
  const year = Number.isInteger(asked) && asked >= 2000 && asked <= 2100 ? asked : Number(localDay(ctx).slice(0, 4))
  const money = await listInstalments(ctx, year).catch((error) => {
    if (error instanceof Problem && error.kind === 'conflict') return null
    throw error
  })
  return { year, money }
})

/** What is invoiced, what is due, what is held and released. */
export default function MoneyPage() {
  const { year, money } = useLoaderData<typeof loader>()
  const { pages, amount } = useContractTexts()
  const t = pages.money
  return (
    <ContractPage
      title={t.title(String(year))}
      above={money?.contract ?? ''}
      lead={money === null ? t.none : t.lead(amount(money.retained))}
      actions={
        <Form method="get" className="st-row">
          <label className="st-label mb-0" htmlFor="anno">
            {t.year}
          </label>
          <input
            className="form-control st-field st-short"
            id="anno"
            name="anno"
            inputMode="numeric"
            defaultValue={year}
          />
          <button className="btn st-btn is-plain" type="submit">
            {t.show}
          </button>
        </Form>
      }
    >
      {money !== null && (
        <>
          <Instalments money={money} />
          <Held money={money} />
        </>
      )}
    </ContractPage>
  )
}

function Instalments({ money }: { money: InstalmentYear }) {
  const { pages, amount, period, date } = useContractTexts()
  const t = pages.money
  return (
    <section>
      <h2 id="rate" className="st-h2">
        {t.instalments}
      </h2>
      <ScrollRegion label={t.caption}>
        <table className="st-table">
          <caption className="visually-hidden">{t.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{t.columns.month}</th>
              <th scope="col">{t.columns.on}</th>
              {(['invoiced', 'due', 'adjustment'] as const).map((column) => (
                <th key={column} scope="col" className="st-num">
                  {t.columns[column]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {money.instalments.map((one) => (
              <tr key={one.month}>
                <th scope="row">{period(one.month)}</th>
                <td>{date(one.invoicedOn)}</td>
                <td className="st-num">{amount(one.invoiced)}</td>
                <td className="st-num">{amount(one.due)}</td>
                <td className="st-num">{one.adjustment === '0.00' ? '—' : amount(one.adjustment)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={4}>
                {t.adjustments}
              </th>
              <td className="st-num">{amount(money.adjustmentTotal)}</td>
            </tr>
          </tfoot>
        </table>
      </ScrollRegion>
    </section>
  )
}

function Held({ money }: { money: InstalmentYear }) {
  const { pages, amount, period } = useContractTexts()
  const t = pages.money
  const vat = money.quarters.filter(({ reductionVat }) => reductionVat !== '0.00')
  return (
    <section className="st-section">
      <h2 id="saldo" className="st-h2">
        {t.held}
      </h2>
      <ScrollRegion label={t.heldCaption}>
        <table className="st-table">
          <caption className="visually-hidden">{t.heldCaption}</caption>
          <thead>
            <tr>
              <th scope="col">{t.heldColumns.period}</th>
              {(['held', 'penalties', 'reductions', 'taken', 'credit', 'released'] as const).map((column) => (
                <th key={column} scope="col" className="st-num">
                  {t.heldColumns[column]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {money.quarters.map((one) => (
              <tr key={one.period}>
                <th scope="row">{period(one.period)}</th>
                {[one.held, one.penalties, one.reductions, one.taken, one.creditNote].map((text, index) => (
                  <td key={String(index)} className="st-num">
                    {amount(text)}
                  </td>
                ))}
                <td className="st-num">
                  {one.isApproved ? amount(one.released) : <span className="st-quiet">{t.waiting}</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {vat.map((one) => (
        <p key={one.period} className="st-small st-quiet">
          {period(one.period)}. {t.vat(amount(one.reductionVat))}
        </p>
      ))}
    </section>
  )
}
