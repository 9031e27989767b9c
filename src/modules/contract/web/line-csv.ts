import { fail, notFound } from '../../../platform/problem.ts'
import { page } from '../../../web/visit.ts'
import { csvHeaders } from '../../servicedesk/download.ts'
import { isPeriod } from '../period-text.ts'
import { worksheetCsv } from '../worksheet.ts'

/** Every case behind a figure as CSV. */
export const loader = page(async (ctx, { params }) => {
  const period = isPeriod(params.period) ? params.period : fail(notFound())
  const indicator = params.indicator ?? ''
  return new Response(await worksheetCsv(ctx, { period, indicator }), {
    headers: {
      ...csvHeaders,
      'content-disposition': `attachment; filename="${indicator.replace(/[^\w.]/g, '')}-${period}.csv"`,
    },
  })
})
