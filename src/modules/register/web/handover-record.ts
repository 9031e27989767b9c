import { uuidOf } from '../../../web/form-fields.ts'
import { page } from '../../../web/visit.ts'
import { pdfResponse } from '../download.ts'
import { handoverPdf } from '../handover-record.ts'

/** The handover record as a file. */
export const loader = page(async (ctx, { params }) => {
  const id = uuidOf(params.id)
  return pdfResponse(await handoverPdf(ctx, id), `verbale-${id}`)
})
