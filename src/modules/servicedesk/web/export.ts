import { page } from '../../../web/visit.ts'
import { exportCases } from '../cases.ts'
import { csvHeaders, csvStream } from '../download.ts'
import { listFilter } from './filter.ts'

/** The list as the page shows it, as CSV. */
export const loader = page(async (ctx, { request }) => {
  const { cursor: _, ...filter } = listFilter(new URL(request.url).searchParams)
  const lines = exportCases(ctx, filter)
  const first = await lines.next()
  return new Response(csvStream(first.value ?? '', lines), { headers: csvHeaders })
})
