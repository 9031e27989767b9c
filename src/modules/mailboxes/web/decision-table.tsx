import { Link } from 'react-router'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import type { DecisionRow } from '../decision-schema.ts'
import { tickedForm } from './decision-bars.tsx'
import { useDecisionTexts } from './decision-page-words.ts'
import { DecisionSign } from './decision-sign.tsx'
import { TickAll } from './tick-all.tsx'

/** Decisions, one a row: which mailbox, what becomes of it, why, how it stands. */
export function DecisionTable({ rows, canTick }: { rows: readonly DecisionRow[]; canTick: boolean }) {
  const { caption, columns: c } = useDecisionTexts()
  return (
    <ScrollRegion label={caption.proposals}>
      <table className="st-table">
        <caption className="visually-hidden">{caption.proposals}</caption>
        <thead>
          <tr>
            {canTick && (
              <th scope="col">
                <TickAll name="decision" />
              </th>
            )}
            <th scope="col">{c.address}</th>
            <th scope="col">{c.becomes}</th>
            <th scope="col">{c.why}</th>
            <th scope="col">{c.state}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} canTick={canTick} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function Row({ row, canTick }: { row: DecisionRow; canTick: boolean }) {
  const { tick, words, nowhere, becomes, none } = useDecisionTexts()
  return (
    <tr>
      {canTick && (
        <td>
          <input
            type="checkbox"
            className="st-check"
            name="decision"
            form={tickedForm}
            value={`${row.id}:${row.version}`}
            aria-label={tick(row.address)}
          />
        </td>
      )}
      <th scope="row">
        <Link to={`/caselle/proposte/${row.id}`}>{row.address}</Link>
        <span className="st-sub">
          {words.boxKinds[row.mailboxKind]} · {row.office ?? nowhere}
        </span>
        <span className="d-block d-md-none fw-normal">{becomes(row)}</span>
      </th>
      <td>
        {words.kinds[row.kind]}
        {row.kind !== 'keep' && <span className="st-sub">{becomes(row)}</span>}
      </td>
      <td>{row.reason ?? none}</td>
      <td>
        <DecisionSign row={row} />
        {row.answer !== null && <span className="st-sub">«{row.answer}»</span>}
      </td>
    </tr>
  )
}
