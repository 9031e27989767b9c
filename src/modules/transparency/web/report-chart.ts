import { openPage, publicContext } from '../../../web/visit.ts'
import { drawSeries } from '../draw-series.ts'
import { findPublishedEdition } from '../edition-published.ts'
import { numberIn } from '../edition-view.ts'

/** The drawing of one series of a published version. */
export const loader = openPage(async (visit, { params }) => {
  const key = { year: numberIn(params.year), number: numberIn(params.version) }
  const { content } = await findPublishedEdition(publicContext(visit), key)
  return drawSeries(content, params, visit.language, 'public, max-age=300')
})
