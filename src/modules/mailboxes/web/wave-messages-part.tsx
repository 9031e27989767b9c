import { Form, useLoaderData } from 'react-router'
import { ActField, ActPanel } from '../../../web/ui/act-panel.tsx'
import { messageTemplates } from '../wave-vocabulary.ts'
import type { loader } from './wave.tsx'
import { useWaveWords } from './wave-words.ts'

/** What users are told: chosen, read as it goes, and sent once to each. */
export function MessagesPart() {
  const { wave, message } = useLoaderData<typeof loader>()
  const { t: all, words, number } = useWaveWords()
  const t = all.messages
  if (message === null) return null
  return (
    <ActPanel label={t.title} act="tell">
      <Form method="get" className="mb-3">
        <label className="st-label" htmlFor="which-mail">
          {t.which}
        </label>
        <div className="st-row">
          <select
            id="which-mail"
            name="avviso"
            className="form-control st-field st-narrow"
            defaultValue={message.template}
          >
            {messageTemplates.map((one) => (
              <option key={one} value={one}>
                {words.templates[one]}
              </option>
            ))}
          </select>
          <button type="submit" className="btn st-btn is-plain">
            {t.show}
          </button>
        </div>
      </Form>
      <p className="st-small st-quiet">{t.hint(number(message.recipients), number(message.told))}</p>
      <p>
        <strong>{message.subject}</strong>
      </p>
      <p className="st-written">{message.text}</p>
      <Form method="post">
        <ActField act="tell" version={wave.version} />
        <input type="hidden" name="template" value={message.template} />
        <button type="submit" className="btn st-btn is-main">
          {t.send}
        </button>
      </Form>
    </ActPanel>
  )
}
