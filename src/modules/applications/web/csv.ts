import { page } from '../../../web/visit.ts'
import { csvHeaders } from '../download.ts'
import { exportEntries } from '../person-days-file.ts'

/** The entries of a year as a file. */
export const loader = page(async (ctx, { request }) => {
  const year = new URL(request.url).searchParams.get('anno') ?? Temporal.Now.plainDateISO(ctx.zone).year
  return new Response(await exportEntries(ctx, { year }), { headers: csvHeaders })
})
