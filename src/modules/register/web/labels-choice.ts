/** Which items labels are asked for: ticked ones (`id`, several) or a filter. Server side only. */
import type { LabelsInput } from '../bulk-schema.ts'
import { filterOf } from './filter.ts'

/** The choice of an address; what is wrong is refused by the operation. */
export function labelsChoice(request: Request): LabelsInput {
  const search = new URL(request.url).searchParams
  const ids = [...search.getAll('id'), ...(search.get('ids')?.split(',') ?? [])].filter((one) => one !== '')
  const { cursor: _, ...filter } = filterOf(request)
  const skip = search.get('skip')
  return { ...(ids.length > 0 ? { ids: ids.join(',') } : filter), ...(skip && { skip }) }
}
