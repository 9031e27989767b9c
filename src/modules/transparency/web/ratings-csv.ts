import { page } from '../../../web/visit.ts'
import { exportRatings } from '../rating-results.ts'

const headers = {
  'content-type': 'text/csv; charset=utf-8',
  'content-disposition': 'attachment; filename="valutazioni.csv"',
  'x-content-type-options': 'nosniff',
  'cache-control': 'private, no-store',
}

/** What the page of ratings shows, as CSV. */
export const loader = page(async (ctx) => new Response(await exportRatings(ctx), { headers }))
