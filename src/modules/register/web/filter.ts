/** The choices of the list, as its address has them. Server side only. */
import type { ListItemsInput } from '../schema.ts'

const names = ['words', 'family', 'type', 'state', 'title', 'officeId', 'siteId', 'cursor'] as const

/** The filter of an address; what is empty is absent, what is wrong is refused by the operation. */
export function filterOf(request: Request): ListItemsInput {
  const search = new URL(request.url).searchParams
  // Parsed by the operation.
  return Object.fromEntries(
    names.flatMap((name) => (search.get(name) ? [[name, search.get(name)]] : [])),
  ) as ListItemsInput
}
