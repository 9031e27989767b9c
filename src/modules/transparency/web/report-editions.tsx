import { Link, useLoaderData } from 'react-router'
import { CitizenPage } from '../../../web/ui/citizen-page.tsx'
import { openPage, publicContext } from '../../../web/visit.ts'
import { listPublishedEditions } from '../edition-published.ts'
import { Crumbs } from './report-page.tsx'
import { useReportWords } from './report-words.ts'

export const loader = openPage((visit) => listPublishedEditions(publicContext(visit)))

/** The published editions, the newest year first. */
export default function ReportEditionsPage() {
  const editions = useLoaderData<typeof loader>()
  const { pages: t, dayText } = useReportWords()
  return (
    <CitizenPage title={t.editionsTitle}>
      <Crumbs crumbs={[{ label: t.editionsTitle }]} />
      <h1 className="st-title">{t.editionsTitle}</h1>
      <p className="st-lead mt-3">{t.editionsLead}</p>
      {editions.length === 0 && <p>{t.noEditions}</p>}
      <ul className="st-list st-section">
        {editions.map((edition) => (
          <li key={edition.year}>
            <h2 className="st-h3">
              <Link to={`/bilancio-sociale/${edition.year}`}>{edition.title}</Link>
            </h2>
            {edition.summary !== '' && <p>{edition.summary}</p>}
            <p className="st-small st-quiet">{t.editionFacts(dayText(edition.publishedAt), edition.number)}</p>
          </li>
        ))}
      </ul>
    </CitizenPage>
  )
}
