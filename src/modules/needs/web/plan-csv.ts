import { page } from '../../../web/visit.ts'
import { csvHeaders } from '../download.ts'
import { exportPlan } from '../export-plan.ts'
import { yearOf } from './plan-address.ts'

/** The lines of a plan as a file, in the form that the import takes. */
export const loader = page(async (ctx, { params }) => {
  const year = yearOf(params.year)
  return new Response(await exportPlan(ctx, year), { headers: csvHeaders(`piano-dei-fabbisogni-${year}`) })
})
