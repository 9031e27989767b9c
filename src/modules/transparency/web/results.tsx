import { Link, useLoaderData } from 'react-router'
import { CitizenPage } from '../../../web/ui/citizen-page.tsx'
import { openPage, publicContext } from '../../../web/visit.ts'
import { findResults } from '../results.ts'
import { ResultsContent } from './results-content.tsx'
import { useResultsWords } from './results-words.ts'

export const loader = openPage((visit, { params }) => findResults(publicContext(visit), params.period ?? ''))

/** A published quarter: one sentence, three figures, every value with its proof. */
export default function ResultsPublicPage() {
  const page = useLoaderData<typeof loader>()
  const { t, period, dayText } = useResultsWords()
  const title = t.page.title(period(page.period))
  return (
    <CitizenPage title={title} clarity>
      <nav aria-label={t.index.title} className="breadcrumb-container">
        <ol className="breadcrumb">
          <li className="breadcrumb-item">
            <Link to="/trasparenza">{t.index.title}</Link>
            <span className="separator">/</span>
          </li>
          <li className="breadcrumb-item active" aria-current="page">
            {period(page.period)}
          </li>
        </ol>
      </nav>
      <ResultsContent page={page} base={`/trasparenza/livelli/${page.period}`} />
      <p className="st-small st-quiet st-section">
        {t.page.approved}: {dayText(page.approvedAt)}. {t.page.published}: {dayText(page.publishedAt)}.
      </p>
      <p>
        <Link to="/trasparenza">{t.page.back}</Link>
      </p>
    </CitizenPage>
  )
}
