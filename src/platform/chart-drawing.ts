/** Draws a checked chart with ECharts, without a DOM. Runs in the thread of chart-worker.ts. */
import { createRequire } from 'node:module'
import type { BarSeriesOption, EChartsOption, LineSeriesOption } from 'echarts'
import { plainDrawing } from './chart-plain.ts'
import { axisOf, numberText, textWidth } from './chart-scale.ts'
import type { CheckedChart } from './chart-spec.ts'

// The packed file with bars, lines and lists of series only: a fifth of the time and memory of the whole library.
const { init }: Pick<typeof import('echarts'), 'init'> = createRequire(import.meta.url)(
  'echarts/dist/echarts.common.min.js',
)

const ink = { text: '#17222d', quiet: '#4a5966', grid: '#d5dbe1', axis: '#7a8895', blue: '#0066cc', muted: '#9db3c8' }
const font = "'Titillium Web','Segoe UI',sans-serif"
const halo = { textBorderColor: '#fff', textBorderWidth: 5 }

/** Bars of several series differ by filling and edge; the last bar of a single series is the news, so it is blue. */
const barLooks = [
  { color: ink.muted },
  { color: '#fff', borderColor: '#17324d', borderWidth: 2 },
  { color: '#17324d' },
  { color: '#fff', borderColor: ink.blue, borderWidth: 2, borderType: 'dashed' },
] as const

/** Lines differ by mark and dash; colour comes third. */
const lineLooks = [
  { symbol: 'circle', color: ink.blue, dash: 'solid' },
  { symbol: 'rect', color: '#17324d', dash: 'dashed' },
  { symbol: 'triangle', color: '#5c6f82', dash: 'dotted' },
  { symbol: 'diamond', color: '#a8312f', dash: 'solid' },
  { symbol: 'emptyCircle', color: '#00684f', dash: 'dashed' },
  { symbol: 'emptyRect', color: '#6b3fa0', dash: 'dotted' },
] as const

const dashes: Record<Dash, 'solid' | [number, number]> = { solid: 'solid', dashed: [8, 4], dotted: [2, 4] }

/** The chart as SVG text; the same chart gives the same text. */
export function drawChart(chart: CheckedChart): string {
  const canvas = init(null, null, { renderer: 'svg', ssr: true, width: chart.width, height: chart.height })
  try {
    canvas.setOption(optionOf(chart))
    return plainDrawing(canvas.renderToSVGString(), chart)
  } finally {
    canvas.dispose()
  }
}

type Frame = ReturnType<typeof frameOf>

/** Where things stand: the size of the text, the room around the bars, and what fits into it. */
function frameOf(chart: CheckedChart) {
  const isSmall = chart.width < 480
  const size = isSmall ? 15 : 17
  const axis = axisOf(chart)
  const hasNumbers = !isSmall || chart.kind === 'lines'
  const left = hasNumbers
    ? Math.max(...axis.ticks.map((tick) => textWidth(numberText(tick, chart, axis.decimals), size))) + 14
    : 6
  const labels = chart.series[0]?.points.map(({ label }) => label) ?? []
  const slot = (chart.width - left - 10) / labels.length
  const widest = Math.max(...labels.map((label) => textWidth(label, size)))
  const lines = widest <= slot - 8 || labels.length > 12 ? 1 : Math.min(3, Math.ceil(widest / (slot - 16)))
  const hasUnit = isUnitAbove(chart)
  const legendRows = chart.series.length > 1 ? rowsOf(chart, size) : 0
  const top = (size + 8) * legendRows + (hasUnit ? size + 12 : 0) + size + 10
  return { isSmall, size, axis, hasNumbers, left, labels, slot, widest, lines, hasUnit, legendRows, top }
}

function isUnitAbove({ unit }: CheckedChart): boolean {
  return [...unit].length > 1
}

function rowsOf(chart: CheckedChart, size: number): number {
  let rows = 1
  let used = 0
  for (const { name } of chart.series) {
    const width = textWidth(name, size) + 56
    if (used > 0 && used + width > chart.width) {
      rows += 1
      used = 0
    }
    used += width
  }
  return rows
}

function optionOf(chart: CheckedChart): EChartsOption {
  const frame = frameOf(chart)
  const { size, left, top, lines, axis, labels } = frame
  const text = { fontFamily: font, fontSize: size, color: ink.text }
  return {
    animation: false,
    textStyle: text,
    legend: {
      show: frame.legendRows > 0,
      ...{ left: 0, top: 0, padding: 0, itemGap: 18, itemWidth: 34, selectedMode: false },
      textStyle: text,
    },
    grid: { left, right: 10, top, bottom: lines * (size + 3) + 12, outerBoundsMode: 'none' },
    xAxis: {
      type: 'category',
      data: labels,
      boundaryGap: chart.kind === 'bars' || labels.length === 1,
      silent: true,
      axisTick: { show: false },
      axisLine: { onZero: true, lineStyle: { color: ink.axis, width: 1.5 } },
      axisLabel: { ...text, ...halo, margin: 10, ...categoryLabels(frame, chart) },
    },
    yAxis: {
      type: 'value',
      ...{ min: axis.min, max: axis.max, interval: axis.step, silent: true },
      axisLabel: {
        ...text,
        ...{ color: ink.quiet, show: frame.hasNumbers, margin: 8 },
        formatter: (value: number) => numberText(value, chart, axis.decimals),
      },
      splitLine: { show: frame.hasNumbers, lineStyle: { color: ink.grid } },
      ...(frame.hasUnit && {
        name: chart.unit,
        nameGap: size + 2,
        nameTextStyle: { ...text, color: ink.quiet, align: 'left', padding: [0, 0, 0, -left] },
      }),
    },
    series: seriesOf(chart, frame),
  }
}

// Labels that fit stand whole; a few longer ones break into lines; of many the drawing shows some, the last always.
function categoryLabels({ lines, slot, widest, labels }: Frame, { kind }: CheckedChart) {
  const ends =
    kind === 'lines' && labels.length > 1
      ? ({ alignMinLabel: 'left', alignMaxLabel: 'right', showMaxLabel: true } as const)
      : { showMaxLabel: true }
  if (lines > 1) return { interval: 0, width: slot - 8, overflow: 'break' as const }
  return widest <= slot - 8 ? { interval: 0, ...ends } : { ...ends, hideOverlap: true }
}

function seriesOf(chart: CheckedChart, frame: Frame): (BarSeriesOption | LineSeriesOption)[] {
  return chart.series.map((one, at) => {
    const last = one.points.findLastIndex(({ value }) => value !== null)
    const isLabelled = labelsFit(chart, frame)
    const points = one.points.map(({ value }, index) => ({
      value: value ?? '-',
      label: {
        show: value !== null && (isLabelled || (index === last && chart.series.length === 1)),
        position: value !== null && value < 0 ? ('bottom' as const) : ('top' as const),
        formatter: value === null ? '' : numberText(value, chart).replaceAll('{', '('),
        fontWeight: index === last && chart.series.length === 1 ? ('bold' as const) : ('normal' as const),
        ...(chart.kind === 'lines' && isAtEdge(index, one.points.length)),
      },
      ...(chart.kind === 'bars' && chart.series.length === 1 && index === last && { itemStyle: { color: ink.blue } }),
    }))
    const both = {
      name: one.name,
      silent: true,
      label: { fontSize: frame.size, fontFamily: font, color: ink.text, ...halo },
      ...(at === 0 && chart.threshold && { markLine: thresholdLine(chart, frame, chart.threshold) }),
    }
    return chart.kind === 'bars' ? bar(both, points, at) : line(both, points, at, one.dash)
  })
}

// At the edges of a line the label would leave the picture: it grows inwards.
function isAtEdge(index: number, count: number) {
  if (count > 1 && index === count - 1) return { align: 'right' as const }
  return index === 0 && count > 1 ? { align: 'left' as const } : {}
}

function bar(both: BarSeriesOption, data: BarSeriesOption['data'], at: number): BarSeriesOption {
  const look = barLooks[at % barLooks.length]
  return { ...both, type: 'bar', data, barCategoryGap: '39%', barGap: '8%', itemStyle: { ...look } }
}

type Dash = 'solid' | 'dashed' | 'dotted'

function line(both: LineSeriesOption, data: LineSeriesOption['data'], at: number, dash?: Dash): LineSeriesOption {
  const look = lineLooks[at % lineLooks.length] ?? lineLooks[0]
  const many = (data?.length ?? 0) > 40
  return {
    ...both,
    ...{ type: 'line', data, connectNulls: false, symbol: look.symbol, symbolSize: many ? 5 : 9, showAllSymbol: true },
    lineStyle: { color: look.color, width: 2.5, type: dashes[dash ?? look.dash] },
    itemStyle: { color: look.color },
  }
}

function labelsFit(chart: CheckedChart, { slot, size }: Frame): boolean {
  const values = chart.series.flatMap(({ points }) => points.flatMap(({ value }) => (value === null ? [] : [value])))
  const widest = Math.max(0, ...values.map((value) => textWidth(numberText(value, chart), size)))
  if (chart.kind === 'lines') return chart.series.length === 1 && widest + 10 <= slot
  return widest + 2 <= (slot * (chart.series.length > 1 ? 0.66 : 1)) / chart.series.length
}

// The label stands over the third of the line, first or last, from which the values keep farther away.
function thresholdLine(chart: CheckedChart, { size, labels }: Frame, threshold: { value: number; label: string }) {
  const { value, label } = threshold
  const third = Math.ceil(labels.length / 3)
  const distance = (from: number, to?: number) => {
    const values = chart.series.flatMap(({ points }) => points.slice(from, to).flatMap((point) => point.value ?? []))
    return Math.min(...values.map((one) => Math.abs(one - value)))
  }
  const amount = `${numberText(value, chart)}${isUnitAbove(chart) ? ` ${chart.unit}` : ''}`
  const text = /\d/.test(label) ? label : `${label} ${amount}`
  return {
    ...{ silent: true, symbol: 'none', lineStyle: { color: ink.text, width: 2, type: [6, 4] } },
    data: [{ yAxis: value }],
    label: {
      ...{ fontSize: size, fontFamily: font, fontWeight: 'bold' as const, color: ink.text, ...halo },
      position: distance(0, third) > distance(-third) ? ('insideStartTop' as const) : ('insideEndTop' as const),
      formatter: () => text,
    },
  }
}
