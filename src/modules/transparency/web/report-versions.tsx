import { Link, useLoaderData } from 'react-router'
import { CitizenPage } from '../../../web/ui/citizen-page.tsx'
import { openPage, publicContext } from '../../../web/visit.ts'
import { findEditionHistory } from '../edition-published.ts'
import type { EditionHistory } from '../edition-schema.ts'
import { numberIn } from '../edition-view.ts'
import { ReportDifferences } from './report-differences.tsx'
import { Crumbs } from './report-page.tsx'
import { useReportWords } from './report-words.ts'

export const loader = openPage((visit, { params }) => findEditionHistory(publicContext(visit), numberIn(params.year)))

/** Every version of an edition: when, why, what changed, and how to check that it is what was published. */
export default function ReportVersionsPage() {
  const { year, title, versions } = useLoaderData<typeof loader>()
  const { pages: t } = useReportWords()
  return (
    <CitizenPage title={t.versionsTitle(title)}>
      <Crumbs
        crumbs={[
          { to: '/bilancio-sociale', label: t.editionsTitle },
          { to: `/bilancio-sociale/${year}`, label: title },
          { label: t.versions },
        ]}
      />
      <h1 className="st-title">{t.versionsTitle(title)}</h1>
      <p className="st-lead mt-3">{t.versionsLead(versions.length)}</p>
      <p>
        {t.verifyHow} <Link to="/integrita">{t.seals}</Link>
      </p>
      {versions.map((version) => (
        <Version key={version.number} version={version} year={year} />
      ))}
      <p className="st-section st-noprint">
        <Link to={`/bilancio-sociale/${year}`}>{t.backTo.edition(title)}</Link>
      </p>
    </CitizenPage>
  )
}

function Version({ version, year }: { version: EditionHistory['versions'][number]; year: number }) {
  const { pages: t, dayText } = useReportWords()
  const { number, publishedAt, changeNote, digest, differences } = version
  const address = `/bilancio-sociale/${year}/versioni/${number}`
  return (
    <section className="st-section" aria-labelledby={`v${number}`}>
      <h2 id={`v${number}`} className="st-h2">
        {t.version(number)}
      </h2>
      <p>
        {t.versionOf(dayText(publishedAt))}: {number === 1 ? t.firstVersion : `${changeNote.replace(/\.$/, '')}.`}
      </p>
      {differences.length > 0 && (
        <>
          <h3 className="st-h3 mt-3">{t.changed}</h3>
          <ReportDifferences rows={differences} />
        </>
      )}
      <p>
        <Link to={address}>{t.readVersion(number)}</Link> · <a href={`${address}.json`}>{t.download}</a>
      </p>
      <p className="st-small st-quiet mb-0">{t.digest}</p>
      <p className="st-hash">{digest}</p>
    </section>
  )
}
