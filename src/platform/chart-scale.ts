/** The numbers of a chart: how the axis is divided and how a value is written. */
import type { CheckedChart } from './chart-spec.ts'

const locales = { it: 'it-IT', en: 'en-GB' } as const

/**
 * A value with at most two decimals (or so many), grouped as the administration writes numbers, and its unit when that
 * is one character.
 */
export function numberText(
  value: number,
  { language, unit }: Pick<CheckedChart, 'language' | 'unit'>,
  maximumFractionDigits = 2,
): string {
  const text = new Intl.NumberFormat(locales[language], { useGrouping: 'always', maximumFractionDigits }).format(value)
  return [...unit].length === 1 ? `${text}\u00a0${unit}` : text
}

/** About how wide a text is, in pixels: no font can be measured here, so every letter counts as a wide one. */
export function textWidth(text: string, size: number): number {
  return [...text].length * size * 0.54
}

/** The vertical axis: its ends, the step between its numbers, the numbers, and the decimals that tell them apart. */
export function axisOf(chart: Pick<CheckedChart, 'kind' | 'series' | 'threshold'>) {
  const values = chart.series.flatMap(({ points }) => points.flatMap(({ value }) => (value === null ? [] : [value])))
  const all = chart.threshold ? [...values, chart.threshold.value] : values
  const [low, high] = all.length === 0 ? [0, 1] : [Math.min(...all), Math.max(...all)]
  // Bars begin at nought, or they would lie; a line far from nought may show its own range.
  const fromNought = chart.kind === 'bars' || low === high || low <= 0 || high >= 0 === low < 0 || high - low > high / 4
  const [bottom, end] = fromNought ? [Math.min(0, low), Math.max(0, high)] : [low, high]
  const top = end === bottom ? bottom + 1 : end
  const step = niceStep(top - bottom)
  const min = tidy(Math.floor(bottom / step) * step)
  const steps = Math.max(1, Math.ceil((top - min) / step - 1e-9))
  const ticks = Array.from({ length: steps + 1 }, (_, index) => tidy(min + index * step))
  const decimals = Math.min(12, Math.max(2, 1 - Math.floor(Math.log10(step))))
  return { min, max: ticks.at(-1) ?? tidy(min + step), step, ticks, decimals }
}

// The smallest of 1, 2, 2.5, 5, 10 times a power of ten that needs at most five steps.
function niceStep(range: number): number {
  const rough = range / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  return tidy([1, 2, 2.5, 5].map((factor) => factor * power).find((step) => step >= rough * 0.9999) ?? 10 * power)
}

// 0.1 + 0.2 is 0.3 on an axis.
function tidy(value: number): number {
  return Number(value.toPrecision(12))
}
