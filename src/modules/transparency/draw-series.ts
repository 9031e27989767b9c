/** The drawing of one series of an edition, by the name its address gives it. */
import { chartResponse, renderChart } from '../../platform/chart.ts'
import { fail, notFound } from '../../platform/problem.ts'
import type { Language } from '../../platform/texts.ts'
import { pickObjective } from './edition-published.ts'
import type { EditionContent } from './edition-schema.ts'
import { numberIn } from './edition-view.ts'
import { seriesChart } from './report-chart.ts'

type Params = Record<string, string | undefined>

/** The block that the address names (`3-largo`, `3-stretto`), drawn; or "not found". */
export async function drawSeries(content: EditionContent, params: Params, language: Language, cacheControl: string) {
  const { objective } = pickObjective(content, params.section ?? '', numberIn(params.objective))
  const [, place, size] = /^(\d{1,2})-(largo|stretto)$/.exec(params.chart ?? '') ?? fail(notFound())
  const block = objective.blocks[Number(place) - 1]
  if (block?.kind !== 'series') throw notFound()
  return chartResponse(
    await renderChart(seriesChart(block, language, size === 'largo' ? 'wide' : 'narrow')),
    cacheControl,
  )
}
