import { Form, Link } from 'react-router'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import type { CandidateRow } from '../decision-schema.ts'
import { useDecisionTexts } from './decision-page-words.ts'
import { TickAll } from './tick-all.tsx'

// The boxes go to a page about the mailboxes that are ticked: the same without JavaScript.
/** Mailboxes that nothing was decided of, each with what could become of it; one proposal for those that are ticked. */
export function CandidateTable({ rows }: { rows: readonly CandidateRow[] }) {
  const { caption, columns: c, proposeTicked } = useDecisionTexts()
  return (
    <Form action="/caselle/proposte/nuova">
      <div className="st-bulk">
        <button type="submit" className="btn st-btn is-main">
          {proposeTicked}
        </button>
      </div>
      <ScrollRegion label={caption.candidates}>
        <table className="st-table">
          <caption className="visually-hidden">{caption.candidates}</caption>
          <thead>
            <tr>
              <th scope="col">
                <TickAll name="casella" />
              </th>
              <th scope="col">{c.address}</th>
              <th scope="col">{c.suggestion}</th>
              <th scope="col" className="st-num">
                {c.messages}
              </th>
              <th scope="col" className="st-num">
                {c.size}
              </th>
              <th scope="col" className="st-num">
                {c.readers}
              </th>
              <th scope="col">{c.quiet}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.id} row={row} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Form>
  )
}

function Row({ row }: { row: CandidateRow }) {
  const { tick, words, nowhere, none, number, size, quietDays, proposeFor } = useDecisionTexts()
  const { suggestion } = row
  return (
    <tr>
      <td>
        <input type="checkbox" className="st-check" name="casella" value={row.id} aria-label={tick(row.address)} />
      </td>
      <th scope="row">
        <Link to={`/caselle/proposte/nuova?casella=${row.id}`} aria-label={proposeFor(row.address)}>
          {row.address}
        </Link>
        <span className="st-sub">
          {words.boxKinds[row.kind]} · {row.office ?? nowhere}
        </span>
      </th>
      <td>
        {words.kinds[suggestion.kind]}
        <span className="st-sub">
          {words.reasons[suggestion.reason]}
          {suggestion.into !== null && ` (${suggestion.into})`}
        </span>
      </td>
      <td className="st-num">{row.messages === null ? none : number(row.messages)}</td>
      <td className="st-num st-nowrap">{row.sizeBytes === null ? none : size(row.sizeBytes)}</td>
      <td className="st-num">{number(row.delegates)}</td>
      <td className="st-nowrap">{row.quietDays === null ? none : quietDays(row.quietDays, number(row.quietDays))}</td>
    </tr>
  )
}
