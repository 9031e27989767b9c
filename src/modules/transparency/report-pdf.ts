/** A published edition, or one objective of it, as a PDF: the same words, figures, charts and tables as the pages. */
import { renderChart } from '../../platform/chart.ts'
import { type PdfBlock, type PdfDocument, renderPdf } from '../../platform/pdf.ts'
import { fail, notFound } from '../../platform/problem.ts'
import type { Language } from '../../platform/texts.ts'
import { pickObjective } from './edition-published.ts'
import type {
  EditionContent,
  PublishedEdition,
  ShownBlock,
  ShownFigure,
  ShownObjective,
  ShownSection,
  ShownSeries,
} from './edition-schema.ts'
import { numberIn, type Place } from './edition-view.ts'
import { figureText, longDate, unitWord } from './figure-words.ts'
import { chartInWords, seriesChart } from './report-chart.ts'
import { proseParts } from './report-prose.ts'
import { reportTexts } from './report-texts.ts'

/** The bytes of the PDF; with a section and an objective that page alone. A section has none of its own. */
export async function publishedPdf(
  found: PublishedEdition,
  place: Place,
  language: Language,
): Promise<Uint8Array<ArrayBuffer>> {
  const { content, number, publishedAt, digest } = found
  const t = reportTexts[language]
  const whole = place.section === undefined
  if (!whole && place.objective === undefined) return fail(notFound())
  const chosen = whole ? null : pickObjective(content, place.section ?? '', numberIn(place.objective))
  const title = chosen
    ? `${content.title}, ${t.sectionShort(chosen.section.code)}, ${t.objectiveShort(chosen.objective.number)}`
    : content.title
  const document: PdfDocument = {
    ...{ title, language, date: publishedAt.slice(0, 10), testData: content.isDemo, header: content.organisation },
    subject: chosen?.objective.title ?? content.title,
    footer: t.pdf.footer(title, number, longDate(publishedAt.slice(0, 10), language), digest.slice(0, 12)),
    blocks: [
      ...(chosen
        ? [heading(1, chosen.objective.title), ...(await objectiveBlocks(chosen.objective, 2, language))]
        : await editionBlocks(content, language)),
      { kind: 'facts', rows: [[t.pdf.office, content.office]] },
    ],
  }
  return renderPdf(document)
}

type Level = 1 | 2 | 3
const heading = (level: Level, text: string): PdfBlock => ({ kind: 'heading', level, text })
const paragraph = (text: string): PdfBlock => ({ kind: 'paragraph', text })

async function editionBlocks(content: EditionContent, language: Language): Promise<PdfBlock[]> {
  const blocks: PdfBlock[] = content.summary === '' ? [] : [paragraph(content.summary)]
  for (const section of content.sections) blocks.push(...(await sectionBlocks(section, language)))
  return [...blocks, ...content.lines.flatMap((line) => lineBlocks(line, language))]
}

async function sectionBlocks({ code, title, intro, objectives }: ShownSection, language: Language) {
  const t = reportTexts[language]
  const blocks = [heading(1, `${t.sectionShort(code)} · ${title}`), ...(intro === '' ? [] : [paragraph(intro)])]
  for (const objective of objectives) {
    blocks.push(heading(2, `${t.objectiveShort(objective.number)}. ${objective.title}`))
    blocks.push(...(await objectiveBlocks(objective, 3, language)))
  }
  return blocks
}

async function objectiveBlocks(objective: ShownObjective, level: 2 | 3, language: Language): Promise<PdfBlock[]> {
  const t = reportTexts[language]
  const blocks: PdfBlock[] = objective.lead === '' ? [] : [paragraph(objective.lead)]
  if (objective.priority) {
    const { title, state, reason } = objective.priority
    blocks.push({
      kind: 'facts',
      rows: [[t.pdf.priority, [title, t.priorityStates[state], reason].filter(Boolean).join(' · ')]],
    })
  }
  for (const block of objective.blocks) {
    if (block.heading !== '') blocks.push(heading(level, block.heading))
    blocks.push(...(await blockBlocks(block, language)))
  }
  return blocks
}

async function blockBlocks(block: ShownBlock, language: Language): Promise<PdfBlock[]> {
  const t = reportTexts[language]
  switch (block.kind) {
    case 'text':
      return proseParts(block.body).map(({ what, lines }) =>
        what === 'bullets' || what === 'steps' ? { kind: 'list', items: lines } : paragraph(lines.join('\n')),
      )
    case 'figures':
      return [{ kind: 'facts', rows: block.figures.map((figure) => [figure.label, figureFact(figure, language)]) }]
    case 'commitments':
      return [
        {
          ...{ kind: 'table', caption: t.pdf.commitments },
          columns: [t.pdf.commitment, t.pdf.outcome, t.pdf.result].map((title) => ({
            title,
            align: 'left' as const,
            width: 1,
          })),
          rows: block.rows.map((row) => [row.commitment, t.outcomes[row.outcome], row.result]),
        },
      ]
    case 'series':
      return seriesBlocks(block, language)
  }
}

function figureFact(figure: ShownFigure, language: Language): string {
  const t = reportTexts[language].pdf
  const when = figure.period === '' ? t.asOf(longDate(figure.date, language)) : `${figure.period}.`
  const others = figure.others.map((other) => t.other(figureText(other.value, other.unit, language), other.source))
  return [`${figureText(figure.value, figure.unit, language)}.`, when, t.source(figure.source), ...others].join(' ')
}

async function seriesBlocks(block: ShownSeries, language: Language): Promise<PdfBlock[]> {
  const t = reportTexts[language].pdf
  const number = (value: number | null | undefined) => (value == null ? '–' : figureText(value, '', language))
  const head = block.lines.map(({ label, unit }) => {
    const word = unitWord(unit, language)
    return word === '' ? label : `${label} (${word})`
  })
  const others = block.disagreements.map(({ label, year, value, other }) =>
    t.disagreement(label, year, number(value), figureText(other.value, other.unit, language), other.source),
  )
  return [
    {
      ...{ kind: 'chart', svg: await renderChart(seriesChart(block, language, 'wide')) },
      ...{ alt: chartInWords(block, language).slice(0, 1000), caption: block.title },
    },
    {
      ...{ kind: 'table', caption: block.title },
      columns: [{ title: t.year, align: 'left' }, ...head.map((title) => ({ title, align: 'right' as const }))],
      rows: block.rows.map((row) => [String(row.year), ...block.lines.map((_, column) => number(row.values[column]))]),
    },
    paragraph(t.source([...new Set(block.lines.map((line) => line.source))].join('; '))),
    ...(others.length > 0 ? [{ kind: 'list' as const, items: others }] : []),
  ]
}

function lineBlocks(line: EditionContent['lines'][number], language: Language): PdfBlock[] {
  const t = reportTexts[language]
  const rows = line.guidelines.flatMap((guideline) =>
    guideline.priorities.map((one) => [
      `${line.number}.${guideline.number} ${guideline.title}`,
      one.title,
      t.priorityStates[one.state],
      one.reason,
    ]),
  )
  const title = t.pdf.line(line.number, line.title)
  if (rows.length === 0) return [heading(1, title)]
  const columns = [t.pdf.guideline, t.pdf.priority, t.pdf.state, t.pdf.reason]
  return [
    heading(1, title),
    {
      ...{ kind: 'table', caption: title, rows },
      columns: columns.map((title) => ({ title, align: 'left' as const, width: 1 })),
    },
  ]
}
