/** The chart of a published quarter: declared beside observed, for the indicators that are shares. Pure. */
import type { ChartSpec } from '../../platform/chart.ts'
import type { Language } from '../../platform/texts.ts'
import type { Verification, VerifiedIndicator } from '../contract/schema.ts'
import { resultsTexts } from './results-texts.ts'

/** What the chart draws: one line an indicator, the last month of those that are monthly. Shares only, in percent. */
export function chartedLines({ indicators }: Verification): VerifiedIndicator[] {
  const shares = indicators.filter(
    (line) => line.measure !== 'mean_days' && line.measure !== 'lost_calls' && !line.isSubset && line.scope === '',
  )
  const groups = Map.groupBy(shares, ({ code }) => code)
  return [...groups.values()].flatMap((ofOne) => ofOne.at(-1) ?? []).filter((line) => line.declared ?? line.observed)
}

const percent = (text: string | null | undefined) => (text == null ? null : Number(text))

/** The drawing, wide for a desk and narrow for a phone. */
export function resultsChart(verification: Verification, language: Language, size: 'wide' | 'narrow'): ChartSpec {
  const t = resultsTexts[language].page
  const lines = chartedLines(verification)
  const series = (name: string, of: (line: VerifiedIndicator) => number | null) => ({
    name,
    points: lines.map((line) => ({ label: line.code, value: of(line) })),
  })
  return {
    kind: 'bars',
    title: t.chartTitle,
    description: chartWords(verification, language),
    series: [
      series(t.columns.declared, ({ declared }) => percent(declared?.value)),
      series(t.columns.observed, ({ observed }) => percent(observed?.value)),
    ],
    unit: '%',
    language,
    width: size === 'wide' ? 760 : 340,
    height: size === 'wide' ? 320 : 300,
  }
}

/** The chart in words. */
export function chartWords(verification: Verification, language: Language): string {
  const t = resultsTexts[language].page
  const said = (text: string | null | undefined) =>
    text == null ? t.notThere : `${language === 'it' ? text.replace('.', ',') : text} %`
  return t.chartAlt(
    `${chartedLines(verification)
      .map(({ code, declared, observed }) => t.chartPoint(code, said(declared?.value), said(observed?.value)))
      .join('; ')}.`,
  )
}
