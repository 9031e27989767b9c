import { Link } from 'react-router'
import { DataTable } from '../../../web/ui/data-table.tsx'
import type { Handover } from '../handover-schema.ts'
import { HandoverMark } from './handover-mark.tsx'
import { useHandsTexts } from './hands-texts.ts'
import { useFigures } from './texts.ts'

const mostNamed = 3

/** Handovers, each with its record as a file. */
export function HandoverTable({ caption, rows }: { caption: string; rows: Handover[] }) {
  const t = useHandsTexts()
  const c = t.list.columns
  return (
    <DataTable caption={caption} columns={[c.number, c.on, c.items, c.receiver, c.answer]}>
      {rows.map((row) => (
        <HandoverLine key={row.id} row={row} />
      ))}
    </DataTable>
  )
}

function HandoverLine({ row }: { row: Handover }) {
  const t = useHandsTexts()
  const { day } = useFigures()
  const named = row.lines.slice(0, mostNamed)
  return (
    <tr>
      <th scope="row">
        <a href={`/registro/verbali/${row.id}.pdf`} aria-label={t.list.pdf(row.number)}>
          {row.number}
        </a>
        <span className="st-sub">{t.records[row.act]}</span>
      </th>
      <td className="st-nowrap">{day(row.on)}</td>
      <td>
        {named.map(({ itemId, code, name }) => (
          <span key={itemId} className="d-block">
            <Link to={`/registro/${itemId}`}>{code}</Link> {name}
          </span>
        ))}
        {row.lines.length > mostNamed && <span className="st-sub">{t.list.others(row.lines.length - mostNamed)}</span>}
      </td>
      <td>
        {row.receiverName}
        <span className="st-sub">{[row.officeName, row.room].filter(Boolean).join(', ')}</span>
      </td>
      <td>
        <HandoverMark answer={row.answer} />
        {row.answerNote && <span className="st-sub">{row.answerNote}</span>}
      </td>
    </tr>
  )
}
