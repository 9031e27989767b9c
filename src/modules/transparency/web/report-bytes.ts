import { openPage, publicContext } from '../../../web/visit.ts'
import { publishedBytes } from '../edition-published.ts'
import { numberIn } from '../edition-view.ts'

/** The exact bytes of a published version: their SHA-256 is the digest under the seal. */
export const loader = openPage(async (visit, { params }) => {
  const [year, number] = [numberIn(params.year), numberIn(params.version)]
  const name = `bilancio-sociale-${year}-versione-${number}.json`
  return new Response(await publishedBytes(publicContext(visit), year, number), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
    },
  })
})
