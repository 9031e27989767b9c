/** Figures beside budgets and baselines, as a table or as JSON. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../src/platform/root.ts'

export type Line = {
  name: string
  unit: 'ms' | '/s' | 's' | 'MiB'
  /** At most, or at least for what is counted per second; null when none is set. */
  budget: number | null
  figure: number
  against: string
  baseline: number
  /** How many times worse than the baseline. */
  ratio: number
  verdict: Verdict
}

/** A budget is missed when the figure is missed and the ratio is worse than the committed one, because machines differ. */
export type Verdict = 'met' | 'missed' | 'slow machine' | 'no budget'

const ratiosPath = join(projectRoot(), 'bench', 'ratios.json')

/** The ratios that were committed, by measure and unit. */
export function committedRatios(): Record<string, number> {
  return JSON.parse(readFileSync(ratiosPath, 'utf8'))
}

export function lineOf(
  { name, unit, budget, figure, against, baseline }: Omit<Line, 'ratio' | 'verdict'>,
  ratios: Record<string, number>,
): Line {
  const moreIsBetter = unit === '/s'
  const ratio = moreIsBetter ? baseline / figure : figure / baseline
  const committed = ratios[keyOf({ name, unit })] ?? 0
  return { name, unit, budget, figure, against, baseline, ratio, verdict: verdictOf() }

  function verdictOf(): Verdict {
    if (budget === null) return 'no budget'
    if (moreIsBetter ? figure >= budget : figure <= budget) return 'met'
    // Memory is the same on any machine: no ratio excuses it.
    return unit === 'MiB' || ratio > committed ? 'missed' : 'slow machine'
  }
}

/** Writes the ratios of this run, with a fifth of slack, as those to be committed. */
export function writeRatios(lines: readonly Line[]): void {
  const ratios = Object.fromEntries(lines.map((line) => [keyOf(line), Number((line.ratio * 1.2).toPrecision(2))]))
  writeFileSync(ratiosPath, `${JSON.stringify(ratios, null, 2)}\n`)
}

function keyOf({ name, unit }: Pick<Line, 'name' | 'unit'>): string {
  return `${name} ${unit}`
}

/** The table. */
export function tableOf(lines: readonly Line[]): string {
  const rows = lines.map((line) => [
    line.name,
    line.budget === null ? '' : `${line.unit === '/s' ? '≥' : '≤'} ${amount(line.budget)} ${line.unit}`,
    `${amount(line.figure)} ${line.unit}`,
    `${amount(line.baseline)} ${line.unit}`,
    line.against,
    line.ratio.toFixed(line.ratio < 10 ? 2 : 1),
    line.verdict,
  ])
  const all = [['measure', 'budget', 'figure', 'baseline', 'which is', 'ratio', 'verdict'], ...rows]
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? []
  const isNumber = (column: number) => [1, 2, 3, 5].includes(column)
  return all
    .map((row) =>
      row
        .map((cell, column) =>
          isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  '),
    )
    .map((text) => text.trimEnd())
    .join('\n')
}

function amount(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 })
}
