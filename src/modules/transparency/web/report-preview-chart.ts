import { page } from '../../../web/visit.ts'
import { previewEdition } from '../edition-publish.ts'
import { numberIn } from '../edition-view.ts'
import { drawn } from './report-chart.ts'

/** The drawing of one series of an edition that is not published. */
export const loader = page(async (ctx, { params }) => {
  const { content } = await previewEdition(ctx, { year: numberIn(params.year) })
  return drawn(content, params, ctx.language, 'private, no-store')
})
