import { fail, notFound } from '../../../platform/problem.ts'
import { page } from '../../../web/visit.ts'
import { csvHeaders } from '../../servicedesk/download.ts'
import { isPeriod } from '../period-text.ts'
import { reportCsv, reportPdf } from '../report-file.ts'
import { verifyPeriod } from '../verify-period.ts'

/** A period's report as a file: .csv, .json, .pdf. */
export const loader = page(async (ctx, { params, request }) => {
  const period = isPeriod(params.period) ? params.period : fail(notFound())
  const extension = /\.(csv|json|pdf)$/.exec(new URL(request.url).pathname)?.[1] ?? fail(notFound())
  const name = `verifica-${period}.${extension}`
  const disposition = { 'content-disposition': `attachment; filename="${name}"` }
  if (extension === 'csv')
    return new Response(await reportCsv(ctx, period), { headers: { ...csvHeaders, ...disposition } })
  if (extension === 'json')
    return new Response(JSON.stringify(await verifyPeriod(ctx, period), null, 2), {
      headers: { 'content-type': 'application/json', ...disposition },
    })
  const bytes = await reportPdf(ctx, period)
  return new Response(Buffer.from(bytes), { headers: { 'content-type': 'application/pdf', ...disposition } })
})
