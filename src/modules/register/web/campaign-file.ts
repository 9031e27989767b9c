import { uuidOf } from '../../../web/form-fields.ts'
import { page } from '../../../web/visit.ts'
import { campaignCsv } from '../campaigns.ts'
import { csvHeaders } from '../download.ts'

/** Every thing of a campaign as a file. */
export const loader = page(
  async (ctx, { params }) =>
    new Response(await campaignCsv(ctx, uuidOf(params.id)), { headers: csvHeaders('inventario') }),
)
