import { chartResponse } from '../../../platform/chart.ts'
import { uuidOf } from '../../../web/form-fields.ts'
import { page } from '../../../web/visit.ts'
import { findImpact } from '../impact.ts'
import { drawImpact } from '../internal/impact-drawing.ts'

/** The picture of what stops with an item, or of what it depends on. */
export const loader = page(async (ctx, { params, request }) => {
  const isUp = new URL(request.url).searchParams.get('verso') === 'dipendenze'
  const impact = await findImpact(ctx, uuidOf(params.id), { direction: isUp ? 'dependency' : 'impact' })
  return chartResponse(drawImpact(impact, ctx.language), 'private, no-store')
})
