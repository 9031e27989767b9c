/** The drawing of a series, wide for pages and narrow for phones. Pure. */
import type { ChartSpec } from '../../platform/chart-spec.ts'
import type { Language } from '../../platform/texts.ts'
import type { ShownSeries } from './edition-schema.ts'
import { figureText, unitWord } from './figure-words.ts'
import { reportTexts } from './report-texts.ts'

const sizes = { wide: { width: 760, height: 300 }, narrow: { width: 343, height: 260 } } as const
export type ChartSize = keyof typeof sizes

/**
 * Columns draw the first series, which is what the sentence above them is about; lines draw every series that has the
 * unit of the first. The table beside the drawing has them all.
 */
export function seriesChart(block: ShownSeries, language: Language, size: ChartSize): ChartSpec {
  const [first] = block.lines
  const drawn = block.lines.flatMap((line, column) =>
    column === 0 || (block.chart === 'line' && line.unit === first?.unit) ? [{ name: line.label, column }] : [],
  )
  return {
    kind: block.chart === 'line' ? 'lines' : 'bars',
    title: block.title,
    description: chartInWords(block, language),
    series: drawn.map(({ name, column }) => ({
      name,
      points: block.rows.map((row) => ({ label: String(row.year), value: row.values[column] ?? null })),
    })),
    unit: unitWord(first?.unit ?? '', language).slice(0, 20),
    language,
    ...sizes[size],
  }
}

/** What the drawing shows, for who does not see it: the values of its first series, at most the last dozen. */
export function chartInWords({ chart, lines, rows }: ShownSeries, language: Language): string {
  const [line] = lines
  const t = reportTexts[language].chart
  const values = rows.flatMap(({ year, values: [value] }) =>
    value == null ? [] : [t.point(figureText(value, line?.unit ?? '', language), year)],
  )
  return t.inWords(t.kinds[chart], line?.label ?? '', values.slice(-12).join(', '))
}
