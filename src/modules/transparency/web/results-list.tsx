import { Link, useLoaderData } from 'react-router'
import { CitizenPage } from '../../../web/ui/citizen-page.tsx'
import { openPage, publicContext } from '../../../web/visit.ts'
import { listPublishedNeeds } from '../needs-results.ts'
import { needsResultsTexts } from '../needs-results-texts.ts'
import { listPublishedCorrections, listResults } from '../results.ts'
import { useResultsWords } from './results-words.ts'

export const loader = openPage(async (visit) => {
  const ctx = publicContext(visit)
  const published = (await listResults(ctx)).map(({ period, publishedAt }) => ({ period, publishedAt }))
  const all = await listPublishedNeeds(ctx)
  const needs = all.filter((one, at) => all.findIndex(({ year }) => year === one.year) === at)
  return {
    published,
    needs: needs.map(({ year, publishedAt }) => ({ year, publishedAt })),
    corrections: await listPublishedCorrections(ctx),
  }
})

/** Everything the city publishes about its ICT services. */
export default function TransparencyPage() {
  const { published, corrections } = useLoaderData<typeof loader>()
  const { t, period, dayText, amount } = useResultsWords()
  return (
    <CitizenPage title={t.index.title} clarity>
      <h1 className="st-title">{t.index.title}</h1>
      <p className="st-lead mt-3">{t.index.lead}</p>
      <section className="st-section">
        <h2 className="st-h2">{t.index.levels}</h2>
        {published.length === 0 && <p>{t.index.none}</p>}
        <ul className="st-list">
          {published.map((one) => (
            <li key={one.period}>
              <Link to={`/trasparenza/livelli/${one.period}`}>{period(one.period)}</Link>{' '}
              <span className="st-small st-quiet">{t.index.published(dayText(one.publishedAt))}</span>
            </li>
          ))}
        </ul>
      </section>
      <NeedsYears />
      <section className="st-section">
        <h2 className="st-h2">{t.index.corrections}</h2>
        {corrections.length === 0 ? (
          <p>{t.index.noCorrections}</p>
        ) : (
          <ul>
            {corrections.map((one) => (
              <li key={one.id}>
                <Link to={`/trasparenza/livelli/${one.period}`}>
                  {one.indicator} {one.service}, {period(one.period)}
                </Link>
                : {amount(one.delta)} €. {one.reason}
              </li>
            ))}
          </ul>
        )}
      </section>
      <section className="st-section">
        <h2 className="st-h2">{t.index.report}</h2>
        <p>
          {t.index.reportLead} <Link to="/bilancio-sociale">{t.index.report}</Link>
        </p>
      </section>
      <section className="st-section">
        <h2 className="st-h2">{t.index.data}</h2>
        <p>{t.index.dataLead}</p>
        <ul>
          <li>
            <a href="/catalogo.ttl">{t.index.catalogue}</a>
          </li>
          <li>
            <a href="/catalogo.jsonld">{t.index.catalogueJson}</a>
          </li>
        </ul>
      </section>
    </CitizenPage>
  )
}

function NeedsYears() {
  const { needs } = useLoaderData<typeof loader>()
  const { language, dayText } = useResultsWords()
  const n = needsResultsTexts[language]
  return (
    <section className="st-section">
      <h2 className="st-h2">{n.index}</h2>
      {needs.length === 0 && <p>{n.none}</p>}
      <ul className="st-list">
        {needs.map((one) => (
          <li key={one.year}>
            <Link to={`/trasparenza/fabbisogni/${one.year}`}>{one.year}</Link>{' '}
            <span className="st-small st-quiet">{n.published(dayText(one.publishedAt))}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
