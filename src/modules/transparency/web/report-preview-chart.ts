import { page } from '../../../web/visit.ts'
import { drawSeries } from '../draw-series.ts'
import { previewEdition } from '../edition-publish.ts'
import { numberIn } from '../edition-view.ts'

/** The drawing of one series of an edition that is not published. */
export const loader = page(async (ctx, { params }) => {
  const { content } = await previewEdition(ctx, { year: numberIn(params.year) })
  return drawSeries(content, params, ctx.language, 'private, no-store')
})
