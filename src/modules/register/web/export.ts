import { page } from '../../../web/visit.ts'
import { csvHeaders, jsonHeaders, streamed } from '../download.ts'
import { exportItems } from '../export-items.ts'
import { filterOf } from './filter.ts'

/** The items that are chosen as a file: what the import takes, or JSON. */
export const loader = page(async (ctx, { request }) => {
  const { cursor: _, words: __, ...filter } = filterOf(request)
  const isJson = new URL(request.url).pathname.endsWith('.json')
  return streamed(
    exportItems(ctx, filter, isJson ? 'json' : 'csv'),
    isJson ? jsonHeaders('registro') : csvHeaders('registro'),
  )
})
