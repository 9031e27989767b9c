import type { SuggestedArticle } from '../article-schema.ts'
import type { KnownOutage } from '../outage-schema.ts'
import { useKnowledgeTexts } from './knowledge-texts.ts'
import { OutageBanner } from './outage-banner.tsx'

export type Offer = { articles: SuggestedArticle[]; outages: KnownOutage[] }

/** Whether there is anything to look at before asking. */
export function isOffer(offer: Offer | undefined): offer is Offer {
  return offer !== undefined && offer.articles.length + offer.outages.length > 0
}

/**
 * What may spare a request, under the words that were typed. Its buttons belong to the form `formId`, so that Enter in
 * a field of the request still sends the request.
 */
export function ArticleOffer({ offer, formId, isStep }: { offer: Offer; formId: string; isStep: boolean }) {
  const { offer: t, known } = useKnowledgeTexts().knowledge
  return (
    <section className="st-notice mb-3" aria-labelledby="offer">
      <h2 id="offer" className="st-h3">
        {isStep ? t.title : t.live}
      </h2>
      {isStep && <p>{t.hint}</p>}
      {offer.outages.map((outage) => (
        <p key={outage.id}>
          <span className="st-state st-warn">{known.heading}</span> <a href={`#outage-${outage.id}`}>{outage.title}</a>
        </p>
      ))}
      {offer.articles.length > 0 && (
        <ul className="st-list" aria-label={t.articles}>
          {offer.articles.map((article) => (
            <li key={article.id} className="st-row st-between">
              <a href={`/articoli/${article.id}`} target="_blank" rel="noreferrer">
                {article.title} <span className="visually-hidden">({t.opens})</span>
              </a>
              <button
                type="submit"
                form={formId}
                name="solved"
                value={article.id}
                className="st-linklike st-link"
                aria-label={t.solvedWith(article.title)}
              >
                {t.solved}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** Outages that the words name and that the page does not show already; outside the form, because they have their own. */
export function OfferedOutages({ offer, shown }: { offer: Offer; shown: readonly KnownOutage[] }) {
  const more = offer.outages.filter((outage) => !shown.some((one) => one.id === outage.id))
  return <OutageBanner known={more} />
}
