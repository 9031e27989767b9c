import { chartResponse, renderChart } from '../../../platform/chart.ts'
import { fail, notFound } from '../../../platform/problem.ts'
import type { Language } from '../../../platform/texts.ts'
import { openPage, publicContext } from '../../../web/visit.ts'
import { findPublishedEdition, pickObjective } from '../edition-published.ts'
import type { EditionContent } from '../edition-schema.ts'
import { numberIn } from '../edition-view.ts'
import { seriesChart } from '../report-chart.ts'

type Params = Record<string, string | undefined>

/** The drawing of one series of a published version. */
export const loader = openPage(async (visit, { params }) => {
  const key = { year: numberIn(params.year), number: numberIn(params.version) }
  const { content } = await findPublishedEdition(publicContext(visit), key)
  return drawn(content, params, visit.language, 'public, max-age=300')
})

/** The block that the address names (`3-largo`, `3-stretto`), drawn; or "not found". */
export async function drawn(content: EditionContent, params: Params, language: Language, cacheControl: string) {
  const { objective } = pickObjective(content, params.section ?? '', numberIn(params.objective))
  const [, place, size] = /^(\d{1,2})-(largo|stretto)$/.exec(params.chart ?? '') ?? fail(notFound())
  const block = objective.blocks[Number(place) - 1]
  if (block?.kind !== 'series') throw notFound()
  return chartResponse(
    await renderChart(seriesChart(block, language, size === 'largo' ? 'wide' : 'narrow')),
    cacheControl,
  )
}
