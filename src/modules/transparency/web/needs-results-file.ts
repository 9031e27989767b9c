import { openDataTypes } from '../../../platform/open-data.ts'
import { openPage, publicContext } from '../../../web/visit.ts'
import { findPublishedNeeds, provePublishedNeeds } from '../needs-results.ts'
import { needsDictionary } from '../needs-results-dictionary.ts'
import { publicCsv, publicJson } from './public-file.ts'

/** A file of a published year: data, dictionary, proof. For anybody, the same bytes for everybody. */
export const loader = openPage(async (visit, { params, request }) => {
  const ctx = publicContext(visit)
  const year = Number(params.year)
  const { csv } = await findPublishedNeeds(ctx, Number.isInteger(year) ? year : 0)
  const name = new URL(request.url).pathname.split('/').at(-1)
  if (name === 'verifica.csv') return publicCsv(csv, `fabbisogni-${year}-verifica.csv`)
  if (name === 'dizionario.json') return publicJson(needsDictionary(), openDataTypes.csvDictionary)
  return publicJson(await provePublishedNeeds(ctx, year))
})
