import { Link } from 'react-router'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import type { LineTree } from '../report-schema.ts'
import { PriorityMark } from './report-state.tsx'
import { useReportWords } from './report-words.ts'

type Props = { line: LineTree; mayEdit: boolean }

/** The priorities of a line, guideline by guideline, each with the way to record a decision. */
export function PriorityTable({ line, mayEdit }: Props) {
  const { desk: t, pages, dateText } = useReportWords()
  return (
    <ScrollRegion label={pages.linesCaption(line.title)}>
      <table className="st-table">
        <caption>{pages.linesCaption(line.title)}</caption>
        <thead>
          <tr>
            {(['priority', 'state', 'decided', 'reason'] as const).map((column) => (
              <th key={column} scope="col">
                {pages.columns[column]}
              </th>
            ))}
            {mayEdit && <th scope="col">{t.acts}</th>}
          </tr>
        </thead>
        {line.guidelines.map((guideline) => (
          <tbody key={guideline.id}>
            <tr className="st-group">
              <th scope="rowgroup" colSpan={mayEdit ? 5 : 4}>
                {pages.guideline(line.number, guideline.number, guideline.title)}
              </th>
            </tr>
            {guideline.priorities.map((priority) => (
              <tr key={priority.id}>
                <th scope="row">
                  {priority.title}
                  {priority.description !== '' && <span className="st-sub">{priority.description}</span>}
                </th>
                <td>
                  <PriorityMark state={priority.state} />
                </td>
                <td>{priority.decidedOn === null ? '–' : dateText(priority.decidedOn)}</td>
                <td>{priority.reason}</td>
                {mayEdit && (
                  <td>
                    <span className="st-row">
                      <Link to={`?decidi=${priority.id}`}>
                        {t.decide}
                        <span className="visually-hidden"> {priority.title}</span>
                      </Link>
                      <Link to={`?cambia=${priority.id}`}>
                        {t.changePriority}
                        <span className="visually-hidden"> {priority.title}</span>
                      </Link>
                    </span>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </ScrollRegion>
  )
}
