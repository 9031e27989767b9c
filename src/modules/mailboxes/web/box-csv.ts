import { page } from '../../../web/visit.ts'
import { exportBoxes } from '../export-mailboxes.ts'
import { exportFindings } from '../findings.ts'
import { csvHeaders } from '../internal/box-routes.ts'
import { boxFilterOf } from './box-filter.ts'

/** The mailboxes chosen, or every finding, as a file. */
export const loader = page(async (ctx, { request }) => {
  if (new URL(request.url).pathname.endsWith('rilievi.csv'))
    return new Response(await exportFindings(ctx), { headers: csvHeaders('rilievi-caselle') })
  const { cursor: _, ...filter } = boxFilterOf(request)
  return new Response(await exportBoxes(ctx, filter), { headers: csvHeaders('caselle') })
})
