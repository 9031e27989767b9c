import type { Difference } from '../edition-schema.ts'
import { useReportWords } from './report-words.ts'

/** What is not as it was in the version before, each at its place. */
export function ReportDifferences({ rows }: { rows: Difference[] }) {
  const { report } = useReportWords()
  return (
    <ul className="mt-2">
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a list that does not move
        <li key={at}>
          {report.where(row.section, row.objective)}:{' '}
          {report.differences[row.what](row.label, row.before ?? '', row.after ?? '')}
        </li>
      ))}
    </ul>
  )
}
