import { page } from '../../../web/visit.ts'
import { csvHeaders } from '../download.ts'
import { reportCsv } from '../reports.ts'

/** The report of a period as a file. */
export const loader = page(async (ctx, { request }) => {
  const period = new URL(request.url).searchParams.get('periodo') ?? ''
  return new Response(await reportCsv(ctx, { period }), {
    headers: { ...csvHeaders, 'content-disposition': 'attachment; filename="rapporto.csv"' },
  })
})
