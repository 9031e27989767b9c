import { Form, useLoaderData } from 'react-router'
import { TextField } from '../../../web/ui/form.tsx'
import { Act, Refusal, Tick, useRefused } from './frame.tsx'
import type { loader } from './keys.tsx'
import { useOrganisationTexts } from './texts.ts'

/** Creating a key: first the person as whom the program acts, then what it may do. */
export function KeyForm() {
  const { words, people, once } = useLoaderData<typeof loader>()
  const refused = useRefused('add')
  const { pages } = useOrganisationTexts()
  const t = pages.keys
  return (
    <details className="st-panel" open={refused !== undefined || words !== '' || undefined}>
      <summary>
        <span className="btn st-btn is-plain">{t.add}</span>
      </summary>
      <div className="st-form mt-3">
        <FindPerson />
        {words.length >= 3 && people.length === 0 && <p role="status">{t.noOne}</p>}
        {people.length === 0 ? (
          <p className="st-quiet">{t.chooseFirst}</p>
        ) : (
          <Form method="post" key={`${once} ${words}`}>
            <Refusal refused={refused} />
            <Act act="add" />
            <People chosen={refused?.values.personId} />
            <TextField name="name" label={t.name} hint={t.nameHint} required maxLength={200} refused={refused} />
            <Scopes />
            <TextField
              name="days"
              type="number"
              min={1}
              max={730}
              label={t.days}
              hint={t.daysHint}
              initial="365"
              required
              refused={refused}
            />
            <button type="submit" className="btn st-btn is-main">
              {t.send}
            </button>
          </Form>
        )}
      </div>
    </details>
  )
}

function FindPerson() {
  const { words } = useLoaderData<typeof loader>()
  const t = useOrganisationTexts().pages.keys
  return (
    <Form className="st-row align-items-end mb-3" role="search" aria-label={t.who}>
      <div className="flex-grow-1">
        <label className="st-label" htmlFor="chi">
          {t.who}
        </label>
        <input
          id="chi"
          name="chi"
          type="search"
          className="form-control st-field"
          maxLength={200}
          autoComplete="off"
          defaultValue={words}
          key={words}
          placeholder={t.whoHint}
        />
      </div>
      <button type="submit" className="btn st-btn is-plain">
        {t.find}
      </button>
    </Form>
  )
}

function People({ chosen }: { chosen: string | undefined }) {
  const { people } = useLoaderData<typeof loader>()
  const t = useOrganisationTexts().pages.keys
  const only = people.length === 1 ? people[0]?.id : undefined
  return (
    <fieldset className="st-question" id="personId">
      <legend>{t.choose}</legend>
      <ul className="st-people">
        {people.map((person) => (
          <li key={person.id}>
            <label>
              <input
                type="radio"
                name="personId"
                value={person.id}
                required
                defaultChecked={person.id === (chosen ?? only)}
              />
              <span>
                <strong>{person.name}</strong> <span className="st-quiet">{person.officeName}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

function Scopes() {
  const { scopes } = useLoaderData<typeof loader>()
  const refused = useRefused('add')
  const { pages } = useOrganisationTexts()
  const wrong = refused?.problem.fields?.find((field) => field.path === 'scopes')
  return (
    <fieldset className="st-question st-ticks is-columns mb-3" id="scopes">
      <legend>{pages.keys.scopes}</legend>
      {scopes.map((scope) => (
        <Tick key={scope} name={`scope-${scope}`} label={pages.scopes[scope]} isOn={false} refused={refused} />
      ))}
      {wrong && <span className="st-small st-wrong d-block">{wrong.message}</span>}
    </fieldset>
  )
}
