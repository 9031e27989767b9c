import { Link, useLoaderData } from 'react-router'
import { DataTable } from '../../../web/ui/data-table.tsx'
import type { loader } from './plan-list.tsx'
import { usePlanTexts } from './plan-words.ts'

type OwnSheet = Awaited<ReturnType<typeof loader>>['sheets'][number]

/** The sheets of a person's offices: their own office's first and as a button, the others below. */
export function OwnSheets() {
  const { sheets } = useLoaderData<typeof loader>()
  const { plans: t, sheet, weekday } = usePlanTexts()
  const [first, ...others] = sheets
  if (first === undefined) return null
  return (
    <section className="st-section">
      <h2 id="own" className="st-h2">
        {t.own}
      </h2>
      <p className="st-row">
        <SheetState sheet={first} />
        {first.closesOn !== null && <span>{sheet.until(weekday(first.closesOn))}</span>}
        <Link className={`btn st-btn ${stateOf(first) === 'sent' ? 'is-plain' : 'is-main'}`} to={addressOf(first)}>
          {stateOf(first) === 'sent' ? t.go.sent : t.write(first.office, first.year)}
        </Link>
      </p>
      {others.length > 0 && (
        <details className="st-unfold">
          <summary>{t.others(others.length)}</summary>
          <OtherSheets sheets={others} />
        </details>
      )}
    </section>
  )
}

const addressOf = ({ year, officeId }: OwnSheet) => `/fabbisogni/${year}/ufficio/${officeId}`

function stateOf({ state, isOpen }: OwnSheet): 'none' | 'draft' | 'sent' | 'closed' {
  if (state === 'sent') return 'sent'
  if (!isOpen) return 'closed'
  return state ?? 'none'
}

function SheetState({ sheet }: { sheet: OwnSheet }) {
  const { plans: t } = usePlanTexts()
  const state = stateOf(sheet)
  const shape = { none: 'st-warn', draft: 'st-run', sent: 'st-ok', closed: 'st-late' }[state]
  return <span className={`st-state ${shape}`}>{t.states[state]}</span>
}

function OtherSheets({ sheets }: { sheets: readonly OwnSheet[] }) {
  const { plans: t, number } = usePlanTexts()
  const c = t.ownColumns
  return (
    <DataTable caption={t.own} columns={[c.office, c.year, c.state, { label: c.lines, isNumber: true }, c.act]}>
      {sheets.map((sheet) => (
        <tr key={`${sheet.year} ${sheet.officeId}`}>
          <th scope="row">{sheet.office}</th>
          <td>{sheet.year}</td>
          <td>
            <SheetState sheet={sheet} />
          </td>
          <td className="st-num">{number(sheet.lines)}</td>
          <td>
            <Link to={addressOf(sheet)} aria-label={`${t.go[stateOf(sheet)]}: ${sheet.office}, ${sheet.year}`}>
              {t.go[stateOf(sheet)]}
            </Link>
          </td>
        </tr>
      ))}
    </DataTable>
  )
}
