import { page } from '../../../web/visit.ts'
import { csvHeaders, streamed } from '../download.ts'
import { exportDatabases, exportSecurityInventory } from '../export-catalogues.ts'

/** The two lists that norms ask for, as files. */
export const loader = page(async (ctx, { request }) =>
  new URL(request.url).pathname.includes('banche-dati')
    ? new Response(await exportDatabases(ctx), { headers: csvHeaders('banche-dati') })
    : streamed(exportSecurityInventory(ctx), csvHeaders('inventario-absc')),
)
