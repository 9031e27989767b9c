import { Link, useLoaderData } from 'react-router'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import { page } from '../../../web/visit.ts'
import { listQuarters } from '../list-quarters.ts'
import { ContractPage } from './contract-page.tsx'
import { useContractTexts } from './words.ts'

export const loader = page(async (ctx) => ({ quarters: await listQuarters(ctx) }))

const marks = { running: 'st-run', waiting: 'st-idle', open: 'st-warn', approved: 'st-ok' } as const

/** Quarters, the newest first: what runs, what waits, what is done. */
export default function QuartersPage() {
  const { quarters } = useLoaderData<typeof loader>()
  const { pages, amount, period, date } = useContractTexts()
  const t = pages.quarters
  const open = quarters.filter(({ state }) => state === 'open').length
  return (
    <ContractPage title={t.title} lead={open === 0 ? t.leadNone : t.lead(open)}>
      <ScrollRegion label={t.caption}>
        <table className="st-table">
          <caption className="visually-hidden">{t.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{t.columns.period}</th>
              <th scope="col">{t.columns.state}</th>
              <th scope="col">{t.columns.report}</th>
              <th scope="col" className="st-num">
                {t.columns.penalties}
              </th>
            </tr>
          </thead>
          <tbody>
            {quarters.map((one) => (
              <tr key={one.period}>
                <th scope="row">
                  <Link to={`/contratto/${one.period}`}>{period(one.period)}</Link>
                </th>
                <td>
                  <span className={`st-state ${marks[one.state]}`}>{t.states[one.state]}</span>
                </td>
                <td>{one.report === null ? '—' : `${one.report.protocol}, ${date(one.report.receivedOn)}`}</td>
                <td className="st-num">{one.penalties === null ? '—' : amount(one.penalties)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </ContractPage>
  )
}
