import { useCampaignTexts } from './campaign-texts.ts'
import type { Count } from './use-count.ts'

const mostListed = 50

/** What is expected and was not read yet, by room; a tap says that it is here. */
export function ToRead({ count, onHere }: { count: Count; onHere: (code: string) => void }) {
  const t = useCampaignTexts().phone
  const { toRead } = count
  return (
    <section className="st-section">
      <h2 className="st-h2">{t.toRead}</h2>
      {toRead.length === 0 && <p>{t.allRead}</p>}
      <ul className="st-list">
        {toRead.slice(0, mostListed).map((item) => (
          <li key={item.id} className="st-row st-between flex-nowrap">
            <span>
              <strong>{item.code}</strong> {item.name}
              <span className="st-small st-quiet d-block">{[item.room, item.serial].filter(Boolean).join(' · ')}</span>
            </span>
            <button
              type="button"
              className="btn st-btn is-plain"
              aria-label={t.hereLabel(item.code)}
              onClick={() => onHere(item.code)}
            >
              {t.here}
            </button>
          </li>
        ))}
      </ul>
      {toRead.length > mostListed && <p className="st-quiet">{t.toReadMore(toRead.length - mostListed)}</p>}
    </section>
  )
}

/** Readings that the server has not taken: those that wait, and those it refused, with the reason. */
export function UnsentCounts({ count }: { count: Count }) {
  const t = useCampaignTexts().phone
  const { unsent, outbox } = count
  if (unsent.length === 0) return null
  return (
    <section className="st-section">
      <h2 className="st-h2">{t.unsent}</h2>
      <ul className="st-list">
        {unsent.map((one) => (
          <li key={one.key} className="st-row st-between">
            <span>
              {one.mark}
              <span className="st-small st-quiet d-block">{one.state === 'waiting' ? t.waiting : one.reason}</span>
            </span>
            {one.state !== 'waiting' && (
              <button
                type="button"
                className="btn st-btn is-plain"
                aria-label={t.dropLabel(one.mark)}
                onClick={() => void outbox.take(one)}
              >
                {t.drop}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
