import { useEffect, useRef } from 'react'
import { Form, useFetcher, useLoaderData, useNavigation } from 'react-router'
import { ChoiceField, Once, RefusedNotice, TextField } from '../../../web/ui/form.tsx'
import type { Refused } from '../../../web/visit.ts'
import type { loader } from './field.tsx'
import { useDeskTexts } from './texts.ts'
import { useFieldTexts } from './topic-texts.ts'

type Props = { once: string; isOffline: boolean; refused: Refused | undefined }

/** "Already that you are here…": a case for somebody found by three letters, opened and taken in two taps. */
export function AddInPerson({ once, isOffline, refused }: Props) {
  const first = useLoaderData<typeof loader>()
  const lookup = useFetcher<typeof loader>({ key: 'di-persona' })
  const found = lookup.data ?? first
  const t = useFieldTexts().inPerson
  return (
    <details className="st-in-person" open={refused !== undefined || first.words !== '' || undefined}>
      <summary className="btn st-btn is-plain is-big">{t.title}</summary>
      {isOffline ? (
        <p className="mt-3">{t.needsNet}</p>
      ) : (
        <div className="mt-3">
          <p>{t.lead}</p>
          <RefusedNotice refused={refused} />
          <AddForm key={once} once={once} found={found} refused={refused}>
            <Who lookup={lookup} words={first.words} />
          </AddForm>
        </div>
      )}
    </details>
  )
}

type Lookup = ReturnType<typeof useFetcher<typeof loader>>
type Found = Pick<Awaited<ReturnType<typeof loader>>, 'words' | 'people'>

// The letters belong to the form that opens the case; without JavaScript their button asks for the page with the names.
function Who({ lookup, words }: { lookup: Lookup; words: string }) {
  const t = useFieldTexts().inPerson
  return (
    <div className="mb-3">
      <label className="st-label" htmlFor="chi">
        {t.who}
      </label>
      <div className="st-row">
        <input
          id="chi"
          name="chi"
          type="search"
          className="form-control st-field st-grow"
          autoComplete="off"
          defaultValue={words}
          aria-describedby="chi-hint"
          onChange={(event) => {
            const chi = event.currentTarget.value.trim()
            if (chi.length >= 3) void lookup.load(`/interventi?${new URLSearchParams({ chi })}`)
          }}
        />
        <button type="submit" formMethod="get" formNoValidate className="btn st-btn is-plain">
          {t.find}
        </button>
      </div>
      <span id="chi-hint" className="st-small st-quiet d-block">
        {t.whoHint}
      </span>
    </div>
  )
}

type FormProps = { once: string; found: Found; refused: Refused | undefined; children: React.ReactNode }

function AddForm({ once, found, refused, children }: FormProps) {
  const { desk } = useDeskTexts()
  const t = useFieldTexts().inPerson
  const isSending = useNavigation().state !== 'idle'
  const kinds = (['incident', 'service_request'] as const).map((value) => ({ value, label: desk.kinds[value] }))
  return (
    <Form method="post" action="/interventi">
      <Once token={once} />
      <input type="hidden" name="act" value="add" />
      <ChoiceField name="kind" label={t.kind} initial="incident" refused={refused} options={kinds} />
      <TextField name="title" label={t.subject} required minLength={3} maxLength={200} refused={refused} />
      {children}
      <People found={found} />
      <button type="submit" className="btn st-btn is-main is-big" disabled={isSending}>
        {t.add}
      </button>
    </Form>
  )
}

function People({ found }: { found: Found }) {
  const t = useFieldTexts().inPerson
  const list = useRef<HTMLFieldSetElement>(null)
  const { words } = found
  useEffect(() => {
    if (words !== '') list.current?.scrollIntoView({ block: 'nearest' })
  }, [words])
  if (words.length < 3) return null
  return (
    <fieldset className="st-question" id="requesterId" ref={list} aria-live="polite">
      <legend>{found.people.length === 0 ? t.noOne : t.choose}</legend>
      <ul className="st-people" key={words}>
        {found.people.map((person) => (
          <li key={person.id}>
            <label>
              <input type="radio" name="requesterId" value={person.id} required />
              <span>
                <strong>{person.name}</strong> {person.officeName && `· ${person.officeName}`}
                <span className="st-quiet"> {[person.siteName, person.room].filter(Boolean).join(' · ')}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
