import { catalogueJsonLd, catalogueTurtle, openDataTypes } from '../../../platform/open-data.ts'
import { fail, notFound } from '../../../platform/problem.ts'
import { openPage, publicContext } from '../../../web/visit.ts'
import { resultsCatalogue } from '../results-dictionary.ts'

/** The catalogue of published data (DCAT-AP_IT), for the national one to harvest: `.ttl` and `.jsonld`. */
export const loader = openPage(async (visit, { request }) => {
  const url = new URL(request.url)
  const publisher = visit.publisher ?? fail(notFound())
  const catalogue = await resultsCatalogue(publicContext(visit), publisher, url.origin)
  const headers = { 'cache-control': 'public, max-age=300', 'access-control-allow-origin': '*' }
  if (url.pathname.endsWith('.ttl'))
    return new Response(catalogueTurtle(catalogue), { headers: { ...headers, 'content-type': openDataTypes.turtle } })
  return new Response(JSON.stringify(catalogueJsonLd(catalogue), null, 2), {
    headers: { ...headers, 'content-type': openDataTypes.jsonLd },
  })
})
