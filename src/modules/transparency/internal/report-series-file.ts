/** Reads a file of series: `figure`, one column a year, `unit`, `source`. Pure. */
import { readCsv } from '../../../platform/csv.ts'
import type { FieldProblem } from '../../../platform/problem.ts'
import { say } from '../../../platform/texts.ts'
import { sayCsv } from '../report-problems.ts'
import { type ReportTexts, reportTexts } from '../report-texts.ts'
import type { SeriesValue } from './report-series-queries.ts'

const mostRows = 2000
const years = Array.from({ length: 251 }, (_, index) => String(1950 + index))

type Reading = { values: (SeriesValue & { line: number })[]; findings: FieldProblem[] }

/** The values of the file, one a figure and year, and everything that is wrong with it. An empty cell is no value. */
export function readSeriesFile(bytes: Uint8Array): Reading {
  const { rows, problems } = readCsv(bytes, ['figure', 'unit', 'source'], years, mostRows)
  const findings: FieldProblem[] = problems.map((one) => ({ path: placed(one.line, one.column), say: sayCsv(one) }))
  const find = (line: number, column: string | null, pick: (t: ReportTexts['problems']['import']) => string) => {
    findings.push({ path: placed(line, column), say: say(reportTexts, (t) => pick(t.problems.import)) })
  }
  const columns = years.filter((year) => rows[0] !== undefined && year in rows[0].values)
  if (rows[0] !== undefined && columns.length === 0) find(1, null, (t) => t.no_year)
  const seen = new Map<string, number>()
  const values = rows.flatMap(({ line, values: cells }) => {
    const [figure = '', unit = '', source = ''] = [cells.figure, cells.unit, cells.source]
    if (!/^[a-z][a-z0-9_]{0,79}$/.test(figure)) find(line, 'figure', (t) => t.name)
    if (source.length < 3 || source.length > 200) find(line, 'source', (t) => t.source)
    const before = seen.get(`${figure}\n${source}`)
    if (before !== undefined) find(line, null, (t) => t.repeated(before))
    seen.set(`${figure}\n${source}`, before ?? line)
    return columns.flatMap((year) => {
      const cell = cells[year] ?? ''
      const value = numberIn(cell)
      if (cell === '') return []
      if (typeof value === 'string') {
        find(line, year, (t) => t[value])
        return []
      }
      return [{ line, figure, year: Number(year), source, value, unit: unit.slice(0, 30) }]
    })
  })
  return { values, findings }
}

/** The number, or what is wrong: "4.689" may be four thousand or four and something, so nobody guesses. */
function numberIn(cell: string): number | 'number' | 'ambiguous' {
  const text = cell.replace(/[\s\u00a0]/g, '')
  if (/^-?\d{1,3}(\.\d{3})+$/.test(text)) return 'ambiguous'
  if (!/^-?\d{1,12}([.,]\d{1,6})?$/.test(text)) return 'number'
  return Number(text.replace(',', '.'))
}

function placed(line: number, column: string | null): string {
  return column === null ? `line ${line}` : `line ${line}, column ${column}`
}
