import { fail, notFound } from '../../../platform/problem.ts'
import { page } from '../../../web/visit.ts'
import { csvHeaders } from '../download.ts'
import { exportReconciliation } from '../reconcile-cases.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** One comparison as CSV. */
export const loader = page(async (ctx, { params }) => {
  const id = uuid.test(params.id ?? '') ? String(params.id) : fail(notFound())
  return new Response(await exportReconciliation(ctx, id), {
    headers: { ...csvHeaders, 'content-disposition': 'attachment; filename="confronto.csv"' },
  })
})
