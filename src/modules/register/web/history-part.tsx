import { Link, useLoaderData } from 'react-router'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { When } from '../../../web/ui/when.tsx'
import type { HistoryRow } from '../history-schema.ts'
import type { loader } from './item.tsx'
import { ItemStateMark } from './item-state.tsx'
import { useRegisterTexts } from './texts.ts'

/** What happened to the item, newest first, each with its document. */
export function HistoryPart() {
  const { history } = useLoaderData<typeof loader>()
  const { page } = useRegisterTexts()
  const t = page.item
  const c = t.events
  return (
    <section className="st-section">
      <h2 id="history" className="st-h2">
        {t.history}
      </h2>
      {history.length === 0 ? (
        <p>{t.historyNone}</p>
      ) : (
        <DataTable caption={t.history} columns={[c.at, c.what, c.state, c.where, c.document, c.by]}>
          {history.map((row) => (
            <Happened key={row.id} row={row} />
          ))}
        </DataTable>
      )}
    </section>
  )
}

function Happened({ row }: { row: HistoryRow }) {
  const texts = useRegisterTexts()
  const t = texts.page.item
  const words: Record<string, Record<string, string>> = { kinds: texts.kinds, columns: texts.columns }
  // A day told later: the instant of recording is SITEC's, and stands below.
  const isLate = Date.parse(row.recordedAt) - Date.parse(row.at) > 3_600_000
  return (
    <tr>
      <th scope="row" className="st-nowrap">
        <When at={row.at} isShort />
        {isLate && (
          <span className="st-sub">
            {t.recorded} <When at={row.recordedAt} isShort />
          </span>
        )}
      </th>
      <td>
        {words.kinds?.[row.kind] ?? row.kind}
        {row.otherId !== null && (
          <>
            {' '}
            {t.replacedBy} <Link to={`/registro/${row.otherId}`}>{row.otherCode}</Link>
          </>
        )}
        {row.changed.length > 0 && (
          <span className="st-sub">
            {t.changed(row.changed.map((name) => words.columns?.[name] ?? name).join(', '))}
          </span>
        )}
        {row.note && <span className="st-sub">{row.note}</span>}
      </td>
      <td>{row.state !== null && row.state !== row.before && <ItemStateMark state={row.state} />}</td>
      <td>
        {[row.officeName, row.siteName].filter(Boolean).join(', ')}
        {row.custodianName !== null && <span className="st-sub">{row.custodianName}</span>}
      </td>
      <td>{row.document}</td>
      <td>{row.by === null ? t.byNobody : t.by[row.by]}</td>
    </tr>
  )
}
