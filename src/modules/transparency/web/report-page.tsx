import type { ReactNode } from 'react'
import { Link, useLocation } from 'react-router'
import { CitizenPage } from '../../../web/ui/citizen-page.tsx'
import type { ReportView } from '../edition-schema.ts'
import { ReportRating } from './report-rating.tsx'
import { useReportWords } from './report-words.ts'

export type Crumb = { to?: string; label: string }

type Props = {
  view: ReportView
  /** Of the window; the heading is among the children. */
  title: string
  crumbs: Crumb[]
  /** The headings of the page, by their anchors. */
  index: { id: string; label: string }[]
  /** More facts beside the text. */
  facts?: ReactNode
  back: { to: string; label: string }
  /** Address of the page as PDF, when it has one. */
  pdf?: string
  children: ReactNode
}

/** The frame of every page of an edition: path, text, and beside it when it was published, updated and by whom. */
export function ReportPage({ view, title, crumbs, index, facts, back, pdf, children }: Props) {
  const { pages: t } = useReportWords()
  const { pathname } = useLocation()
  const { published } = view
  return (
    <CitizenPage title={title}>
      <Standing view={view} />
      <Crumbs crumbs={crumbs} />
      <div className="row">
        <div className="col-12 col-lg-9">
          {children}
          <p className="st-section st-noprint">
            <Link to={back.to}>{back.label}</Link>
            {pdf !== undefined && view.published !== null && (
              <>
                {' · '}
                <a href={pdf}>{t.pdf}</a>
              </>
            )}
          </p>
        </div>
        <ReportAside view={view} index={index} facts={facts} />
      </div>
      {published?.isNewest && <ReportRating page={pathname.replace(/\/$/, '')} version={published.number} />}
    </CitizenPage>
  )
}

function Standing({ view: { published, year } }: Pick<Props, 'view'>) {
  const { pages: t } = useReportWords()
  if (published === null)
    return (
      <div className="st-notice is-warn" role="status">
        <p>
          {t.preview} <Link to={`/redazione/${year}`}>{t.previewBack}</Link>
        </p>
      </div>
    )
  if (published.isNewest) return null
  return (
    <div className="st-notice is-warn">
      <p>
        {t.oldVersion(published.number)} <Link to={`/bilancio-sociale/${year}`}>{t.newestVersion}</Link>
      </p>
    </div>
  )
}

/** The way to this page, from the first. */
export function Crumbs({ crumbs }: { crumbs: Crumb[] }) {
  const { pages: t } = useReportWords()
  return (
    <nav aria-label={t.home} className="breadcrumb-container st-noprint">
      <ol className="breadcrumb">
        {[{ to: '/', label: t.home }, ...crumbs].map(({ to, label }) => (
          <li key={label} className="breadcrumb-item" aria-current={to === undefined ? 'page' : undefined}>
            {to === undefined ? (
              label
            ) : (
              <>
                <Link to={to}>{label}</Link>
                <span className="separator">/</span>
              </>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}

function ReportAside({ view, index, facts }: Pick<Props, 'view' | 'index' | 'facts'>) {
  const { pages: t, dayText } = useReportWords()
  const { published, year, office } = view
  return (
    <aside className="col-12 col-lg-3 st-small" aria-label={t.aside}>
      {index.length > 1 && (
        <nav aria-labelledby="index" className="d-none d-lg-block mb-4 st-noprint">
          <h2 id="index" className="st-h3 mb-2">
            {t.inPage}
          </h2>
          <ul className="st-list">
            {index.map(({ id, label }) => (
              <li key={id}>
                <a href={`#${id}`}>{label}</a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <dl>
        {facts}
        {published && (
          <>
            <dt>{t.published}</dt>
            <dd>{dayText(published.firstPublishedAt)}</dd>
            {published.number > 1 && (
              <>
                <dt>{t.updated}</dt>
                <dd>
                  {dayText(published.publishedAt)}: {published.changeNote.replace(/\.$/, '')}
                </dd>
              </>
            )}
            <dt>{t.versions}</dt>
            <dd>
              <Link to={`/bilancio-sociale/${year}/versioni`}>{t.version(published.number)}</Link>
            </dd>
          </>
        )}
        <dt>{t.office}</dt>
        <dd>{office}</dd>
      </dl>
    </aside>
  )
}
