import { Form, useLoaderData } from 'react-router'
import { ActField, ActPanel } from '../../../web/ui/act-panel.tsx'
import type { loader } from './wave.tsx'
import { useWaveWords } from './wave-words.ts'

/** Mailboxes that may go into the wave, by office. */
export function AddPart() {
  const { wave, candidates } = useLoaderData<typeof loader>()
  const { t: all, number } = useWaveWords()
  const t = all.add
  if (candidates === null) return null
  const offices = [...Map.groupBy(candidates, ({ office }) => office ?? t.noOffice)]
  return (
    <ActPanel label={t.title} act="add">
      <p className="st-small st-quiet">{t.hint}</p>
      {candidates.length === 0 && <p>{t.none}</p>}
      {candidates.length > 0 && (
        <Form method="post">
          <ActField act="add" version={wave.version} />
          {offices.map(([office, boxes]) => (
            <fieldset key={office} className="st-ticks">
              <legend className="st-label">{office}</legend>
              {boxes.map(({ mailboxId, address, messages, together, delegates }) => (
                <label key={mailboxId} className="st-tick">
                  <input type="checkbox" name="mailboxIds" value={mailboxId} className="st-check" />
                  <span>
                    {address}
                    <span className="st-sub">
                      {all.sums.messages(number(messages))}
                      {together.length > 0 && `, ${t.together(together.join(', '))}`}
                      {delegates.length > 0 && `, ${t.delegates(delegates.join(', '))}`}
                    </span>
                  </span>
                </label>
              ))}
            </fieldset>
          ))}
          <button type="submit" className="btn st-btn is-main">
            {t.button}
          </button>
        </Form>
      )}
    </ActPanel>
  )
}
