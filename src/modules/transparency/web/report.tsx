import { useLoaderData } from 'react-router'
import { openPage, publicContext } from '../../../web/visit.ts'
import { findPublishedEdition } from '../edition-published.ts'
import { numberIn, publishedView } from '../edition-view.ts'
import { ReportContent } from './report-content.tsx'

/** An edition, a section or an objective as it was published; with a version in the address, an older one. */
export const loader = openPage(async (visit, { params }) => {
  const number = params.version === undefined ? null : numberIn(params.version)
  const found = await findPublishedEdition(publicContext(visit), { year: numberIn(params.year), number })
  return publishedView(found, number !== null, params)
})

export default function PublishedReportPage() {
  return <ReportContent view={useLoaderData<typeof loader>()} />
}
