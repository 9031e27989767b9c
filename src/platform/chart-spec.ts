/** What a chart is: plain data, the same on both sides of the worker thread, and what it may have at most. */
import { z } from 'zod'
import { Problem } from './problem.ts'
import { platformTexts, say } from './texts.ts'

/** What a chart may have at most: beyond it no eye reads it. */
export const chartLimits = {
  points: 500,
  /** Series differ by shape besides colour; there are so many shapes. */
  series: { bars: 4, lines: 6 },
  value: 1e15,
  width: [200, 2000],
  height: [120, 1500],
} as const

// A drawing is XML: control characters and half characters have no place in it, and a label is one line.
const line = (most: number) =>
  z
    .string()
    .max(most)
    .transform((text) =>
      text
        .toWellFormed()
        .replace(/[\p{Cc}\ufffe\uffff]+/gu, ' ')
        .trim(),
    )

const value = z.number().min(-chartLimits.value).max(chartLimits.value)

const series = z.strictObject({
  name: line(80).pipe(z.string().min(1)),
  points: z.array(z.strictObject({ label: line(80), value: value.nullable() })).min(1),
  dash: z.enum(['solid', 'dashed', 'dotted']).optional(),
})

const shape = z
  .strictObject({
    kind: z.enum(['bars', 'lines']),
    title: line(300).pipe(z.string().min(1)),
    description: line(3000).pipe(z.string().min(1)),
    series: z.array(series).min(1),
    unit: line(20),
    language: z.enum(['it', 'en']),
    threshold: z.strictObject({ value, label: line(80).pipe(z.string().min(1)) }).optional(),
    width: z.int().min(chartLimits.width[0]).max(chartLimits.width[1]),
    height: z.int().min(chartLimits.height[0]).max(chartLimits.height[1]),
  })
  .refine(({ kind, series }) => series.length <= chartLimits.series[kind])
  .refine(({ series }) => series.reduce((sum, { points }) => sum + points.length, 0) <= chartLimits.points)
  .refine(({ series }) => {
    const labels = (points: { label: string }[] = []) => JSON.stringify(points.map(({ label }) => label))
    return series.every(({ points }) => labels(points) === labels(series[0]?.points))
  })

/**
 * A bar or line chart. All series have the same labels in the same order; `null` is a value that is not there, drawn
 * as a gap. `unit` is written after each number when it is short (`%`, `€`), else once above the axis; empty for plain
 * counts. `title` and `description` are read out where the file is opened by itself. `width` and `height` in pixels:
 * below 480 the text is smaller and the axis has no numbers.
 */
export type ChartSpec = z.input<typeof shape>

/** A chart as checked: texts cleaned, keys in one order. */
export type CheckedChart = z.output<typeof shape>

/** The chart as it will be drawn, or a Problem `invalid_chart` (422) for one that cannot be. */
export function checkChart(spec: ChartSpec): CheckedChart {
  const found = shape.safeParse(spec)
  if (found.success) return found.data
  throw new Problem(
    'invalid',
    'invalid_chart',
    say(platformTexts, (t) => t.problems.invalidChart),
    [],
    { cause: found.error },
  )
}
