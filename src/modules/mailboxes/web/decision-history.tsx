import { Link, useLoaderData } from 'react-router'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { When } from '../../../web/ui/when.tsx'
import type { HistoryRow } from '../decision-schema.ts'
import { decisionStates } from '../decision-vocabulary.ts'
import type { loader } from './decision.tsx'
import { useDecisionTexts } from './decision-page-words.ts'

/** What happened to the decisions about this mailbox, the newest first. */
export function DecisionHistory() {
  const { decision } = useLoaderData<typeof loader>()
  const { one: t } = useDecisionTexts()
  const c = t.historyColumns
  return (
    <section className="st-section">
      <h2 className="st-h2">{t.history}</h2>
      <DataTable caption={t.history} columns={[c.when, c.what, c.who, c.words]}>
        {decision.history.map((row) => (
          <Row key={`${row.decisionId} ${row.kind} ${row.at}`} row={row} />
        ))}
      </DataTable>
    </section>
  )
}

function Row({ row }: { row: HistoryRow }) {
  const { decision } = useLoaderData<typeof loader>()
  const { one: t, words, day, none } = useDecisionTexts()
  const state = decisionStates.find((one) => `mailbox_decision.${one}` === row.kind)
  return (
    <tr>
      <td>
        <When at={row.at} isShort />
      </td>
      <td>
        {state === undefined ? row.kind : words.events[state]}
        {row.silent !== null && <span className="st-sub">{words.silence(day(row.silent))}</span>}
        {row.decisionId !== decision.id && (
          <span className="st-sub">
            <Link to={`/caselle/proposte/${row.decisionId}`}>{t.other}</Link>
          </span>
        )}
      </td>
      <td>
        {row.who ?? none}
        {row.witness === 'M' && <span className="st-sub">{words.witness}</span>}
      </td>
      <td>{row.words ?? none}</td>
    </tr>
  )
}
