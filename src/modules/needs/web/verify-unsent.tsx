import { useDeliveryWords } from './delivery-words.ts'
import type { Lot } from './use-lot.ts'

/** What was found here and is not recorded yet, each with how it fares. */
export function UnsentChecks({ lot }: { lot: Lot }) {
  const { t: all } = useDeliveryWords()
  const t = all.verify
  if (lot.unsent.length === 0) return null
  return (
    <section className="st-site" aria-labelledby="da-inviare">
      <h2 id="da-inviare" className="st-h3">
        {t.unsent} ({lot.unsent.length})
      </h2>
      <ul className="st-list">
        {lot.unsent.map((check) => (
          <li key={check.order}>
            {check.name}
            <br />
            {check.state === 'waiting' ? (
              <span className="st-state st-idle">
                {t.outcomes[check.outcome]}, {t.waiting}
              </span>
            ) : (
              <>
                <span className="st-state st-late">{t[check.state]}</span>
                <p role="alert">{check.reason}</p>
                <p className="mt-2">
                  <button
                    type="button"
                    className="btn st-btn is-plain"
                    aria-label={t.dropOf(check.name)}
                    onClick={() => void lot.drop(check)}
                  >
                    {t.drop}
                  </button>
                </p>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
