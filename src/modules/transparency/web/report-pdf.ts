import { openPage, publicContext } from '../../../web/visit.ts'
import { findPublishedEdition } from '../edition-published.ts'
import { numberIn } from '../edition-view.ts'
import { publishedPdf } from '../report-pdf.ts'

/** A published edition, or one of its objectives, as PDF. */
export const loader = openPage(async (visit, { params }) => {
  const number = params.version === undefined ? null : numberIn(params.version)
  const found = await findPublishedEdition(publicContext(visit), { year: numberIn(params.year), number })
  const place = [params.section, params.objective].flatMap((part) => part ?? [])
  const name = ['bilancio-sociale', found.year, ...place, `versione-${found.number}`].join('-')
  return new Response(await publishedPdf(found, params, visit.language), {
    headers: { 'content-type': 'application/pdf', 'content-disposition': `inline; filename="${name}.pdf"` },
  })
})
