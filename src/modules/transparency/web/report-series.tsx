import { Link } from 'react-router'
import { Chart } from '../../../web/ui/chart.tsx'
import type { ShownSeries } from '../edition-schema.ts'
import { unitWord } from '../figure-words.ts'
import { chartInWords } from '../report-chart.ts'
import { useReportWords } from './report-words.ts'

type Props = {
  block: ShownSeries
  /** Address of the drawing, without its size and ending. */
  chart: string
  /** Address of the data as a file; null in a preview. */
  csv: string | null
  year: number
}

/** A series as a chart, the same data as a table, where they come from and where sources disagree. */
export function ReportSeries({ block, chart, csv, year }: Props) {
  const { pages: t, language, figure, dateText } = useReportWords()
  const sources = [...new Set(block.lines.map((line) => line.source))].join('; ')
  const head = block.lines.map(({ label, unit }) => {
    const word = unitWord(unit, language)
    return { number: word === '' ? label : `${label} (${word})` }
  })
  const number = (value: number | null | undefined) => ({ number: value == null ? '–' : figure(value, '') })
  return (
    <>
      <Chart
        src={`${chart}-largo.svg`}
        srcSmall={`${chart}-stretto.svg`}
        alt={chartInWords(block, language)}
        caption={block.title}
        scrollLabel={`${t.tableRegion}: ${block.title}`}
        table={{
          caption: t.tableCaption(block.lines.map((line) => line.label).join(', ')),
          head: [t.year, ...head],
          rows: block.rows.map((row) => [
            String(row.year),
            ...block.lines.map((_, column) => number(row.values[column])),
          ]),
        }}
      />
      {block.disagreements.length > 0 && <Disagreements block={block} />}
      <p className="st-small st-quiet mt-2">
        {t.source(sources)} {t.collected(dateText(block.collectedOn))}{' '}
        {csv && (
          <span className="d-block st-noprint">
            <a href={csv}>{t.csv}</a> · <Link to={`/bilancio-sociale/${year}/versioni`}>{t.verify}</Link>
          </span>
        )}
      </p>
    </>
  )
}

function Disagreements({ block }: Pick<Props, 'block'>) {
  const { pages: t, figure } = useReportWords()
  return (
    <div className="st-notice is-warn mt-3">
      <p className="st-strong">{t.disagreements}</p>
      <ul className="mb-0">
        {block.disagreements.map(({ label, year, value, other }) => (
          <li key={`${label} ${year} ${other.source}`}>
            {t.disagreement(label, year, figure(value, ''), figure(other.value, other.unit), other.source)}
          </li>
        ))}
      </ul>
    </div>
  )
}
