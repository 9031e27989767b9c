/** The choices of the list, as its address has them. Server side only. */
import type { ListBoxesInput } from '../box-schema.ts'

const names = ['words', 'officeId', 'kind', 'finding', 'state', 'cursor'] as const

/** The filter of an address; what is empty is absent, what is wrong is refused by the operation. */
export function boxFilterOf(request: Request): ListBoxesInput {
  const search = new URL(request.url).searchParams
  // Parsed by the operation.
  return Object.fromEntries(
    names.flatMap((name) => (search.get(name) ? [[name, search.get(name)]] : [])),
  ) as ListBoxesInput
}
