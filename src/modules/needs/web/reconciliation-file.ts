import { page } from '../../../web/visit.ts'
import { csvHeaders } from '../download.ts'
import { reconciliationCsv } from '../report-file.ts'
import { reconciliationPdf } from '../report-pdf.ts'
import { yearOf } from './plan-address.ts'

/** The yearly verification as a file: .csv or .pdf. */
export const loader = page(async (ctx, { params, request }) => {
  const year = yearOf(params.year)
  if (new URL(request.url).pathname.endsWith('.csv'))
    return new Response(await reconciliationCsv(ctx, year), { headers: csvHeaders(`verifica-${year}`) })
  return new Response(await reconciliationPdf(ctx, year), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="verifica-${year}.pdf"`,
    },
  })
})
