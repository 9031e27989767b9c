import { Link } from 'react-router'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import type { ShownSeries } from '../edition-schema.ts'
import { unitWord } from '../figure-words.ts'
import { useReportWords } from './report-words.ts'

type Props = {
  block: ShownSeries
  /** Address of the drawing, without its width and ending. */
  chart: string
  /** Address of the data as a file; null in a preview. */
  csv: string | null
  year: number
}

/** A series as a chart, the same data as a table, where they come from and where sources disagree. */
export function ReportSeries({ block, chart, csv, year }: Props) {
  const { pages: t, dateText } = useReportWords()
  const sources = [...new Set(block.lines.map((line) => line.source))].join('; ')
  return (
    <>
      <figure>
        <figcaption>{block.title}</figcaption>
        <picture>
          <source media="(max-width: 767px)" srcSet={`${chart}-stretto.svg`} />
          <img className="st-chart" src={`${chart}-largo.svg`} width={760} height={300} alt={t.chartAlt(block.title)} />
        </picture>
      </figure>
      <SeriesTable block={block} />
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

function SeriesTable({ block }: Pick<Props, 'block'>) {
  const { pages: t, language, figure } = useReportWords()
  const head = (label: string, unit: string) =>
    unitWord(unit, language) === '' ? label : `${label} (${unitWord(unit, language)})`
  return (
    <ScrollRegion label={t.tableRegion}>
      <table className="st-table mt-3">
        <caption>{t.tableCaption(block.lines.map((line) => line.label).join(', '))}</caption>
        <thead>
          <tr>
            <th scope="col">{t.year}</th>
            {block.lines.map((line) => (
              <th key={line.label} scope="col" className="st-num">
                {head(line.label, line.unit)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row) => (
            <tr key={row.year}>
              <th scope="row">{row.year}</th>
              {block.lines.map((line, column) => (
                <td key={line.label} className="st-num">
                  {row.values[column] == null ? '–' : figure(row.values[column], '')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
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
