import { page } from '../../../web/visit.ts'
import { itemsCsvHeaders } from '../download.ts'
import { exportItems } from '../import-items.ts'

/** The list of consumables as a file, to be changed and loaded again. */
export const loader = page(async (ctx) => new Response(await exportItems(ctx), { headers: itemsCsvHeaders }))
