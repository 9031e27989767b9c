/** The thread of chart.ts: a checked chart in, its drawing out. */
import { parentPort } from 'node:worker_threads'
import { drawChart } from './chart-drawing.ts'
import type { CheckedChart } from './chart-spec.ts'

parentPort?.on('message', (chart: CheckedChart) => parentPort?.postMessage(drawChart(chart)))
