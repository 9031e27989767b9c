import { chartResponse, renderChart } from '../../../platform/chart.ts'
import { fail, notFound } from '../../../platform/problem.ts'
import { page } from '../../../web/visit.ts'
import { previewResults } from '../results.ts'
import { resultsChart } from '../results-chart.ts'

/** The drawing of a quarter that is not published yet, for who may publish it. */
export const loader = page(async (ctx, { params, request }) => {
  const size = /grafico-(largo|stretto)\.svg$/.exec(new URL(request.url).pathname)?.[1] ?? fail(notFound())
  const { result } = await previewResults(ctx, params.period ?? '')
  return chartResponse(
    await renderChart(resultsChart(result, ctx.language, size === 'largo' ? 'wide' : 'narrow')),
    'private, no-store',
  )
})
