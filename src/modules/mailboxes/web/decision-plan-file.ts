import { page } from '../../../web/visit.ts'
import { planCsv } from '../plan.ts'
import { planPdf } from '../plan-pdf.ts'

/** The plan as a file: .csv or .pdf. */
export const loader = page(async (ctx, { request }) => {
  const saved = (type: string, name: string) => ({
    'content-type': type,
    'content-disposition': `attachment; filename="${name}"`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  })
  if (new URL(request.url).pathname.endsWith('.csv'))
    return new Response(await planCsv(ctx), { headers: saved('text/csv; charset=utf-8', 'piano-caselle.csv') })
  return new Response(await planPdf(ctx), { headers: saved('application/pdf', 'piano-caselle.pdf') })
})
