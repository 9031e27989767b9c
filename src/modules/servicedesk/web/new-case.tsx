import { useEffect } from 'react'
import { Form, Link, redirect, useActionData, useFetcher, useLoaderData, useNavigation } from 'react-router'
import { formObject } from '../../../platform/http/parse.ts'
import { allow } from '../../../platform/permissions.ts'
import { ChoiceField, LongField, Once, RefusedNotice, TextField } from '../../../web/ui/form.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, onceToken, page, type Refused } from '../../../web/visit.ts'
import { findPeople } from '../../organisation/people.ts'
import { findSimilarCases } from '../cases.ts'
import { listItems } from '../consumables.ts'
import { openCase } from '../open-case.ts'
import type { CaseRow, OpenCaseInput } from '../schema.ts'
import { localInstant } from './local-instant.ts'
import { MoreCaseFields } from './more-case-fields.tsx'
import { CaseStateMark } from './state.tsx'
import { useDeskTexts } from './texts.ts'

export const loader = page(async (ctx, { request }) => {
  allow(ctx.actor, 'people.find')
  const search = new URL(request.url).searchParams
  const words = search.get('chi')?.trim() ?? ''
  const title = search.get('title')?.trim() ?? ''
  return {
    once: onceToken(),
    words,
    people: words.length >= 3 ? await findPeople(ctx, words, 8) : [],
    similar: title.length > 3 ? await findSimilarCases(ctx, title) : [],
    items: (await listItems(ctx)).map(({ id, name, printerModel }) => ({
      value: id,
      label: [printerModel, name].filter(Boolean).join(' · '),
    })),
  }
})

export const action = form(async (ctx, form) => {
  const { once: _, calledAt, inPerson, itemId, quantity, ...said } = formObject(form)
  const input = {
    ...said,
    ...(calledAt ? { calledAt: localInstant(String(calledAt), ctx.zone) } : {}),
    inPerson: inPerson === 'yes',
    items: said.kind === 'consumable' && itemId ? [{ itemId, quantity }] : [],
  }
  // At the desk: the agent types what the caller says. Parsed by the operation.
  const opened = await openCase({ ...ctx, door: 'desk' }, input as OpenCaseInput)
  return redirect(`/richieste/${opened.id}`)
})

/** One page while the caller talks: who, what, how bad; similar open cases beside it. */
export default function NewCasePage() {
  const first = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const lookup = useFetcher<typeof loader>({ key: 'caller' })
  const similar = useFetcher<typeof loader>({ key: 'similar' })
  const t = useDeskTexts().pages.newCase
  const findSimilar = (title: string) =>
    title.length > 3 && similar.load(`/nuova-richiesta?${new URLSearchParams({ title })}`)
  return (
    <StaffPage title={t.title}>
      <div className="st-head">
        <div>
          <h1 className="st-title">{t.title}</h1>
          <p className="st-lead mb-0">{t.lead}</p>
        </div>
      </div>
      <RefusedNotice refused={refused} />
      <div className="st-side">
        <div className="st-form">
          <CallerSearch lookup={lookup} words={first.words} />
          <CaseForm
            found={lookup.data ?? first}
            once={first.once}
            items={first.items}
            refused={refused}
            onTitle={findSimilar}
          />
        </div>
        <aside className="st-aside" aria-labelledby="similar">
          <h2 id="similar" className="st-h2">
            {t.similar}
          </h2>
          <SimilarCases rows={similar.data?.similar} />
        </aside>
      </div>
    </StaffPage>
  )
}

type Lookup = ReturnType<typeof useFetcher<typeof loader>>

function CallerSearch({ lookup, words }: { lookup: Lookup; words: string }) {
  const t = useDeskTexts().pages.newCase
  // The caller's field is where an agent begins, before the phone is at the ear.
  useEffect(() => document.querySelector<HTMLInputElement>('#chi')?.focus(), [])
  return (
    <lookup.Form
      action="/nuova-richiesta"
      className="st-row align-items-end mb-3"
      onChange={(event) => lookup.submit(event.currentTarget)}
    >
      <div className="flex-grow-1">
        <label className="st-label" htmlFor="chi">
          {t.caller}
        </label>
        <input
          id="chi"
          name="chi"
          type="search"
          className="form-control st-field"
          autoComplete="off"
          defaultValue={words}
          aria-describedby="chi-hint"
        />
        <span id="chi-hint" className="st-small st-quiet d-block">
          {t.callerHint}
        </span>
      </div>
      <button type="submit" className="btn st-btn is-plain mb-3">
        {t.find}
      </button>
    </lookup.Form>
  )
}

type Option = { value: string; label: string }
type CaseFormProps = {
  found: Found
  once: string
  items: Option[]
  refused: Refused | undefined
  onTitle: (title: string) => unknown
}

function CaseForm({ found, once, items, refused, onTitle }: CaseFormProps) {
  const isSending = useNavigation().state !== 'idle'
  const { desk, pages } = useDeskTexts()
  const t = pages.newCase
  const kinds = (['incident', 'service_request'] as const).map((value) => ({ value, label: desk.kinds[value] }))
  const answers = (['yes', 'partly', 'no'] as const).map((value) => ({ value, label: desk.canWork[value] }))
  return (
    <Form method="post" action={`/nuova-richiesta?${new URLSearchParams({ chi: found.words })}`}>
      <Once token={once} />
      <People found={found} chosen={refused?.values.requesterId} />
      <ChoiceField name="kind" label={t.kind} initial="incident" refused={refused} options={kinds} />
      <TextField
        name="title"
        label={t.subject}
        required
        minLength={3}
        maxLength={200}
        refused={refused}
        onBlur={(event) => onTitle(event.currentTarget.value)}
      />
      <LongField name="description" label={t.details} isOptional refused={refused} rows={3} />
      <ChoiceField name="canWork" label={t.canWork} initial="yes" refused={refused} options={answers} />
      <ChoiceField
        name="onlyMe"
        label={t.onlyMe}
        initial="yes"
        refused={refused}
        options={answers.filter((answer) => answer.value !== 'partly')}
      />
      <TextField name="place" label={t.place} hint={t.placeHint} isOptional refused={refused} />
      <MoreCaseFields items={items} refused={refused} />
      <button type="submit" className="btn st-btn is-main" disabled={isSending}>
        {t.open}
      </button>
    </Form>
  )
}

function SimilarCases({ rows }: { rows: CaseRow[] | undefined }) {
  const t = useDeskTexts().pages.newCase
  return (
    <div aria-live="polite">
      {rows === undefined && <p className="st-quiet">{t.similarHint}</p>}
      {rows?.length === 0 && <p className="st-quiet">{t.similarNone}</p>}
      <ul className="st-list st-small">
        {rows?.map((row) => (
          <li key={row.id}>
            <Link to={`/richieste/${row.id}`}>{row.number}</Link> {row.title}
            <br />
            <CaseStateMark state={row.state} waitingFor={row.waitingFor} />
          </li>
        ))}
      </ul>
    </div>
  )
}

type Found = {
  words: string
  people: {
    id: string
    name: string
    officeName: string | null
    phone: string
    siteName: string | null
    room: string
  }[]
}

function People({ found, chosen }: { found: Found; chosen: string | undefined }) {
  const t = useDeskTexts().pages.newCase
  const only = found.people.length === 1 ? found.people[0]?.id : undefined
  if (found.words.length < 3) return null
  return (
    <fieldset className="st-question" id="requesterId">
      <legend>{found.people.length === 0 ? t.noOne : t.choose}</legend>
      <ul className="st-people" key={found.words}>
        {found.people.map((person) => (
          <li key={person.id}>
            <label>
              <input
                type="radio"
                name="requesterId"
                value={person.id}
                required
                defaultChecked={person.id === (chosen ?? only)}
              />
              <span>
                <strong>{person.name}</strong> {person.officeName && `· ${person.officeName}`}
                <span className="st-quiet">
                  {' '}
                  {[person.phone, person.siteName, person.room].filter(Boolean).join(' · ')}
                </span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
