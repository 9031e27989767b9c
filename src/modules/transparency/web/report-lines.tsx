import { wholeNumber } from '../../../platform/texts.ts'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import type { EditionContent } from '../edition-schema.ts'
import { priorityStates } from '../report-vocabulary.ts'
import { PriorityMark } from './report-state.tsx'
import { useReportWords } from './report-words.ts'

/** Strategic lines with their guidelines, and where each priority stands. */
export function ReportLines({ lines }: { lines: EditionContent['lines'] }) {
  const { pages: t, language } = useReportWords()
  if (lines.length === 0) return null
  const all = lines.flatMap((line) => line.guidelines.flatMap((guideline) => guideline.priorities))
  const parts = priorityStates.flatMap((state) => {
    const count = all.filter((one) => one.state === state).length
    return count === 0 ? [] : [t.counted[state](wholeNumber(count, language))]
  })
  return (
    <section className="st-section" aria-labelledby="lines">
      <h2 id="lines" className="st-h2">
        {t.linesTitle}
      </h2>
      {parts.length > 0 && <p>{t.linesLead(parts.join(', '))}</p>}
      {lines.map((line) => (
        <div key={line.number} className="mt-4">
          <h3 className="st-h3 mb-2">{t.line(line.number, line.title)}</h3>
          <LineTable line={line} />
        </div>
      ))}
    </section>
  )
}

function LineTable({ line }: { line: EditionContent['lines'][number] }) {
  const { pages: t, dateText } = useReportWords()
  return (
    <ScrollRegion label={t.linesCaption(line.title)}>
      <table className="st-table">
        <caption>{t.linesCaption(line.title)}</caption>
        <thead>
          <tr>
            {(['priority', 'state', 'decided', 'reason'] as const).map((column) => (
              <th key={column} scope="col">
                {t.columns[column]}
              </th>
            ))}
          </tr>
        </thead>
        {line.guidelines.map((guideline) => (
          <tbody key={guideline.number}>
            <tr className="st-group">
              <th scope="rowgroup" colSpan={4}>
                {t.guideline(line.number, guideline.number, guideline.title)}
              </th>
            </tr>
            {guideline.priorities.map((priority) => (
              <tr key={priority.title}>
                <th scope="row">{priority.title}</th>
                <td>
                  <PriorityMark state={priority.state} />
                </td>
                <td>{priority.decidedOn === null ? '–' : dateText(priority.decidedOn)}</td>
                <td>{priority.reason}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </ScrollRegion>
  )
}
