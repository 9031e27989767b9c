import type { ListCasesInput } from '../schema.ts'

/** The filter in an address; empty fields of the form count as absent. The operation checks the rest. */
export function listFilter(search: URLSearchParams): ListCasesInput {
  const names = ['view', 'words', 'kind', 'severity', 'officeId', 'teamId', 'heldBy', 'sort', 'cursor'] as const
  return Object.fromEntries(
    names.flatMap((name) => (search.get(name) ? [[name, search.get(name)]] : [])),
  ) as ListCasesInput
}
