import { useState } from 'react'
import { When } from '../../../web/ui/when.tsx'
import type { FieldDay } from '../field-day.ts'
import { CorrectionForm } from './field-card.tsx'
import { clockNow } from './field-clock.ts'
import type { Closing } from './outbox.ts'
import { useFieldTexts } from './topic-texts.ts'
import type { Outbox } from './use-outbox.ts'

/** What was closed here and is not recorded yet, each with how it fares. */
export function Unsent({ outbox }: { outbox: Outbox }) {
  const t = useFieldTexts()
  if (outbox.closings.length === 0) return null
  return (
    <section className="st-site" aria-labelledby="da-inviare">
      <h2 id="da-inviare" className="st-h3">
        {t.offline.list}
      </h2>
      <ul className="st-list">
        {outbox.closings.map((closing) => (
          <li key={closing.order}>
            <UnsentLine closing={closing} outbox={outbox} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function UnsentLine({ closing, outbox }: { closing: Closing; outbox: Outbox }) {
  const t = useFieldTexts()
  const [isOpen, setIsOpen] = useState(false)
  const { state, number, reason } = closing
  const time = clockNow(Date.parse(closing.endedAt))
  return (
    <>
      {closing.title || t.page.empty} <span className="st-quiet">· {number}</span>
      <br />
      {state === 'waiting' && <span className="st-state st-idle">{t.offline.outcome[closing.outcome](time)}</span>}
      {state !== 'waiting' && (
        <>
          <span className="st-state st-late">{t.offline[state]}</span>
          <p>{reason}</p>
          <p className="st-row mt-2">
            {state === 'refused' && (
              <button
                type="button"
                className="btn st-btn is-plain"
                aria-label={t.offline.fixOf(number)}
                aria-expanded={isOpen}
                onClick={() => setIsOpen(!isOpen)}
              >
                {t.offline.fix}
              </button>
            )}
            {state === 'stale' && (
              <a className="btn st-btn is-plain" href={`/richieste/${closing.caseId}`}>
                {t.page.open}
              </a>
            )}
            <button
              type="button"
              className="btn st-btn is-plain"
              aria-label={t.offline.dropOf(number)}
              onClick={() => void outbox.take(closing)}
            >
              {t.offline.drop}
            </button>
          </p>
        </>
      )}
      {state === 'stale' && <p className="st-small st-quiet">{closing.note}</p>}
      {isOpen && (
        <CorrectionForm
          closing={closing}
          onClose={async (told) => {
            setIsOpen(false)
            return outbox.resend(closing, { ...closing, ...told, key: crypto.randomUUID() })
          }}
        />
      )}
    </>
  )
}

/** What the technician resolved today, as the server knows it. */
export function ClosedToday({ rows }: { rows: FieldDay['closed'] }) {
  const t = useFieldTexts().page
  if (rows.length === 0) return null
  return (
    <section className="st-site" aria-labelledby="chiusi">
      <h2 id="chiusi" className="st-h3">
        {t.closedToday}
      </h2>
      <ul className="st-list">
        {rows.map((row) => (
          <li key={row.id}>
            {row.title || t.empty} <span className="st-quiet">· {row.number}</span>
            <br />
            <span className="st-state st-ok">
              <When at={row.at} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
