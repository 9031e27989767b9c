import { Form, Link } from 'react-router'
import { ActField } from '../../../web/ui/act-panel.tsx'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import { When } from '../../../web/ui/when.tsx'
import type { OutageDetail } from '../outage-schema.ts'
import { useKnowledgeTexts } from './knowledge-texts.ts'
import { CaseStateMark } from './state.tsx'

/** The cases an outage groups; while it is open, one that was something else can be taken out. */
export function JoinedCases({ found }: { found: OutageDetail }) {
  const t = useKnowledgeTexts().knowledge.outages
  return (
    <section aria-labelledby="cases" className="st-section">
      <h2 id="cases" className="st-h2">
        {t.cases}
      </h2>
      {found.joined.length === 0 ? <p className="st-quiet">{t.noCases}</p> : <JoinedTable found={found} />}
    </section>
  )
}

function JoinedTable({ found }: { found: OutageDetail }) {
  const { knowledge, work } = useKnowledgeTexts()
  const t = knowledge.outages
  const { columns } = work.homes
  return (
    <ScrollRegion label={t.casesCaption(found.joined.length, found.cases)}>
      <table className="st-table">
        <caption>{t.casesCaption(found.joined.length, found.cases)}</caption>
        <thead>
          <tr>
            {(['number', 'title', 'state', 'office', 'opened'] as const).map((column) => (
              <th key={column} scope="col">
                {columns[column]}
              </th>
            ))}
            <th scope="col">{t.how}</th>
          </tr>
        </thead>
        <tbody>
          {found.joined.map((row) => (
            <tr key={row.id}>
              <td className="st-nowrap">
                <Link to={`/richieste/${row.id}`}>{row.number}</Link>
              </td>
              <th scope="row">{row.title || '–'}</th>
              <td>
                <CaseStateMark state={row.state} waitingFor={row.waitingFor} />
              </td>
              <td>{row.officeName}</td>
              <td className="st-nowrap">
                <When at={row.openedAt} isShort />
              </td>
              <td>
                {t.joinedHow[row.joinedHow]}
                {found.may.change && <Separate row={row} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function Separate({ row }: { row: OutageDetail['joined'][number] }) {
  const t = useKnowledgeTexts().knowledge.outages
  return (
    <Form method="post" className="d-inline ms-2">
      <ActField act="separate" />
      <input type="hidden" name="caseId" value={row.id} />
      <button type="submit" className="st-linklike st-link" aria-label={t.separateCase(row.number)}>
        {t.separate}
      </button>
    </Form>
  )
}
