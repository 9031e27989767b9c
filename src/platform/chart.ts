/**
 * Charts as SVG text, drawn by ECharts in a thread of its own. The same chart always gives the same bytes. A drawing
 * holds no script, no style sheet, no `style` attribute and nothing fetched from elsewhere, so it also shows under
 * `default-src 'none'`. Pages show it in `<img>` with the same data as a table: `web/ui/chart.tsx`.
 */
import { createHash } from 'node:crypto'
import { type ChartSpec, checkChart } from './chart-spec.ts'
import { Problem } from './problem.ts'
import { platformTexts, say } from './texts.ts'
import { openWorkerPool } from './worker-pool.ts'

export type { ChartSpec } from './chart-spec.ts'

const pool = openWorkerPool<ChartSpec, string>({
  entry: 'src/platform/chart-worker.ts',
  threads: 1,
  timeLimitMs: 5_000,
  idleMs: 30_000,
  memoryMb: 96,
  waitingLimit: 100,
})

/** Drawings are kept while they are asked for: at most 100 of at most 40,000 characters. */
const kept = new Map<string, Promise<string>>()
const keptLimits = { drawings: 100, characters: 40_000 }

/**
 * Draws a chart as SVG text.
 * @throws Problem `invalid_chart` (422) for more than 500 points, values that are no numbers, series that do not match;
 * `chart_unavailable` (503) when it was not drawn within five seconds or too many wait.
 */
export async function renderChart(spec: ChartSpec): Promise<string> {
  const chart = checkChart(spec)
  const key = createHash('sha256').update(JSON.stringify(chart)).digest('base64url')
  const drawing = kept.get(key) ?? draw(chart)
  // The newest is last, so the first is the one not asked for longest.
  kept.delete(key)
  kept.set(key, drawing)
  const [oldest] = kept.keys()
  if (kept.size > keptLimits.drawings && oldest !== undefined) kept.delete(oldest)
  const forget = () => kept.get(key) === drawing && kept.delete(key)
  const svg = await drawing.catch((error) => {
    forget()
    throw error
  })
  if (svg.length > keptLimits.characters) forget()
  return svg
}

async function draw(chart: ChartSpec): Promise<string> {
  const outcome = await pool.run(chart)
  if (outcome.is === 'answer') return outcome.answer
  throw new Problem(
    'unavailable',
    'chart_unavailable',
    say(platformTexts, (t) => t.problems.chartUnavailable),
    [],
    { cause: outcome.is },
  )
}

/** The answer of a route that serves a drawing; `cacheControl` is for the route to know. */
export function chartResponse(svg: string, cacheControl: string): Response {
  return new Response(svg, {
    headers: {
      'content-type': 'image/svg+xml; charset=utf-8',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': cacheControl,
    },
  })
}

/** Ends the thread if it has nothing to do; it starts again with the next chart. */
export function closeCharts(): Promise<void> {
  return pool.close()
}
