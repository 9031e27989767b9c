import { Form, Link } from 'react-router'
import { When } from '../../../web/ui/when.tsx'
import type { KnownOutage } from '../outage-schema.ts'
import { useKnowledgeTexts } from './knowledge-texts.ts'

/** "Lo sappiamo già": each open outage that concerns the reader, with one press to say that it happens to them too. */
export function OutageBanner({ known }: { known: readonly KnownOutage[] }) {
  return known.map((outage) => <Outage key={outage.id} outage={outage} />)
}

function Outage({ outage }: { outage: KnownOutage }) {
  const { knowledge } = useKnowledgeTexts()
  const t = knowledge.known
  return (
    <section className="st-notice is-warn mt-3" aria-labelledby={`outage-${outage.id}`}>
      <h2 id={`outage-${outage.id}`} className="st-h3">
        <span className="st-state st-warn">{t.heading}</span> {outage.title}
      </h2>
      <p className="st-lines">{outage.body}</p>
      <p>
        {t.since} <When at={outage.startedAt} />. {t.work}
        {outage.expectedAt && (
          <>
            {' '}
            {t.expected} <When at={outage.expectedAt} />.
          </>
        )}
      </p>
      {outage.myCase ? (
        <p>
          <span className="st-state st-ok">{t.already}</span>{' '}
          <Link to={`/richieste/${outage.myCase.id}`}>{t.request(outage.myCase.number)}</Link>
        </p>
      ) : (
        <Form method="post" action="/?index">
          <button
            type="submit"
            name="outageId"
            value={outage.id}
            className="btn st-btn is-plain"
            aria-label={t.meTooFor(outage.title)}
          >
            {t.meToo}
          </button>
        </Form>
      )}
    </section>
  )
}
