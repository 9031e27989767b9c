import { Form, useActionData, useLoaderData } from 'react-router'
import { TextField } from '../../../web/ui/form.tsx'
import type { Refused } from '../../../web/visit.ts'
import type { loader } from './mail-message.tsx'
import { useMailTexts } from './mail-texts.ts'

/** Try again, open for somebody else, discard: each also without JavaScript. */
export function MailActions() {
  const { found } = useLoaderData<typeof loader>()
  const t = useMailTexts().page
  if (!['quarantined', 'ignored', 'stored'].includes(found.state)) return null
  return (
    <section aria-labelledby="act">
      <h2 id="act" className="st-h2">
        {t.what}
      </h2>
      <div className="st-actions">
        <Form method="post">
          <Hidden act="retry" />
          <button type="submit" className="btn st-btn is-main w-100">
            {t.retry}
          </button>
          <p className="st-small st-quiet mt-1">{t.retryHint}</p>
        </Form>
        <AskerAction />
        <DiscardAction />
      </div>
    </section>
  )
}

function Hidden({ act }: { act: string }) {
  const { found } = useLoaderData<typeof loader>()
  return (
    <>
      <input type="hidden" name="act" value={act} />
      <input type="hidden" name="version" value={found.version} />
    </>
  )
}

function AskerAction() {
  const { words, people } = useLoaderData<typeof loader>()
  const t = useMailTexts().page
  return (
    <details open={words !== '' || undefined}>
      <summary>{t.asker}</summary>
      <div className="mt-2">
        <p className="st-small st-quiet">{t.askerHint}</p>
        <Form role="search" aria-label={t.findLabel} className="mb-3">
          <label className="st-label" htmlFor="chi">
            {t.findLabel}
          </label>
          <input
            id="chi"
            name="chi"
            type="search"
            className="form-control st-field"
            maxLength={200}
            autoComplete="off"
            placeholder={t.findHint}
            defaultValue={words}
            key={words}
          />
          <button type="submit" className="btn st-btn is-plain mt-2">
            {t.find}
          </button>
        </Form>
        {words.length >= 3 && people.length === 0 && <p role="status">{t.nobody}</p>}
        {people.length > 0 && <Choose />}
      </div>
    </details>
  )
}

function Choose() {
  const { people } = useLoaderData<typeof loader>()
  const t = useMailTexts().page
  return (
    <Form method="post">
      <Hidden act="retry" />
      <fieldset className="st-question" id="personId">
        <legend>{t.choose}</legend>
        <ul className="st-people">
          {people.map((person) => (
            <li key={person.id}>
              <label>
                <input type="radio" name="personId" value={person.id} required defaultChecked={people.length === 1} />
                <span>
                  <strong>{person.name}</strong> <span className="st-quiet">{person.officeName}</span>
                </span>
              </label>
            </li>
          ))}
        </ul>
      </fieldset>
      <button type="submit" className="btn st-btn is-plain">
        {t.openFor}
      </button>
    </Form>
  )
}

function DiscardAction() {
  const refused = useActionData<Refused>()
  const t = useMailTexts().page
  const mine = refused?.values?.act === 'discard' ? refused : undefined
  return (
    <details open={mine !== undefined || undefined}>
      <summary>{t.discard}</summary>
      <div className="mt-2">
        <Form method="post">
          <Hidden act="discard" />
          <TextField
            name="reason"
            label={t.discardReason}
            hint={t.discardHint}
            required
            minLength={3}
            maxLength={500}
            refused={mine}
          />
          <label className="st-tick mb-3">
            <input
              type="checkbox"
              className="st-check"
              name="erase"
              defaultChecked={mine?.values.erase !== undefined}
            />
            <span>{t.discardErase}</span>
          </label>
          <button type="submit" className="btn st-btn is-plain">
            {t.discard}
          </button>
        </Form>
      </div>
    </details>
  )
}
