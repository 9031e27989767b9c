import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import type { ReportView, ShownBlock, ShownFigure, ShownObjective } from '../edition-schema.ts'
import { type ProsePart, proseParts } from '../report-prose.ts'
import { ReportSeries } from './report-series.tsx'
import { OutcomeMark } from './report-state.tsx'
import { useReportWords } from './report-words.ts'

type Props = { view: ReportView; code: string; objective: ShownObjective }

/** The blocks of an objective, in order; figures are numbers that the text beside them explains. */
export function ReportBlocks({ view, code, objective }: Props) {
  return objective.blocks.map((block, at) => {
    const id = `b${at + 1}`
    const place = `${code}/${objective.number}`
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: blocks that do not move
      <ReportSection key={at} id={id} heading={block.heading}>
        {block.kind === 'series' ? (
          <ReportSeries
            block={block}
            chart={`${view.charts}/${place}/${at + 1}`}
            csv={view.published === null ? null : `${view.base}/${place}.csv`}
            year={view.year}
          />
        ) : (
          <Block block={block} />
        )}
      </ReportSection>
    )
  })
}

function ReportSection({ id, heading, children }: { id: string; heading: string; children: React.ReactNode }) {
  if (heading === '') return <div className="st-section">{children}</div>
  return (
    <section className="st-section" aria-labelledby={id}>
      <h2 id={id} className="st-h2">
        {heading}
      </h2>
      {children}
    </section>
  )
}

function Block({ block }: { block: Exclude<ShownBlock, { kind: 'series' }> }) {
  switch (block.kind) {
    case 'text':
      return <Prose text={block.body} hasHeading={block.heading !== ''} />
    case 'figures':
      return (
        <dl className="st-figures">
          {block.figures.map((figure) => (
            <FigureItem key={figure.label} figure={figure} />
          ))}
        </dl>
      )
    case 'commitments':
      return <Commitments rows={block.rows} />
  }
}

function FigureItem({ figure }: { figure: ShownFigure }) {
  const { pages: t, figure: shown, dateText } = useReportWords()
  return (
    <div>
      <dt>{figure.label}</dt>
      <dd className="st-big">{shown(figure.value, figure.unit)}</dd>
      <dd className="st-small st-quiet">
        {figure.period === '' ? t.asOf(dateText(figure.date)) : `${figure.period}.`} {t.source(figure.source)}
        {figure.others.map((other) => (
          <span key={other.source} className="d-block">
            {t.otherSource(shown(other.value, other.unit), other.source)}
          </span>
        ))}
      </dd>
    </div>
  )
}

function Prose({ text, hasHeading }: { text: string; hasHeading: boolean }) {
  return (
    <div className="st-prose">
      {proseParts(text).map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a text that does not move
        <Part key={at} part={part} hasHeading={hasHeading} />
      ))}
    </div>
  )
}

function Part({ part, hasHeading }: { part: ProsePart; hasHeading: boolean }) {
  const Heading = hasHeading ? 'h3' : 'h2'
  if (part.what === 'heading') return <Heading className="st-h3 mt-3 mb-2">{part.lines[0]}</Heading>
  if (part.what === 'paragraph') return <p>{part.lines.join('\n')}</p>
  // biome-ignore lint/suspicious/noArrayIndexKey: a text that does not move
  const items = part.lines.map((line, at) => <li key={at}>{line}</li>)
  return part.what === 'steps' ? <ol>{items}</ol> : <ul>{items}</ul>
}

function Commitments({ rows }: { rows: Extract<ShownBlock, { kind: 'commitments' }>['rows'] }) {
  const { pages: t } = useReportWords()
  return (
    <ScrollRegion label={t.commitmentsCaption}>
      <table className="st-table">
        <caption>{t.commitmentsCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{t.commitments.commitment}</th>
            <th scope="col">{t.commitments.outcome}</th>
            <th scope="col">{t.commitments.result}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.commitment}>
              <th scope="row">{row.commitment}</th>
              <td>
                <OutcomeMark outcome={row.outcome} />
              </td>
              <td>{row.result}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
