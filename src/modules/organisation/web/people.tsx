import { Form, Link, useLoaderData, useSearchParams } from 'react-router'
import { Once, SelectField } from '../../../web/ui/form.tsx'
import { form, onceToken } from '../../../web/visit.ts'
import { listOffices } from '../offices.ts'
import { listParties } from '../parties.ts'
import { addPerson, listPeople } from '../people.ts'
import { listSites } from '../sites.ts'
import { Act, AdminPage, officeOptions, Panel, useRefused } from './frame.tsx'
import { PeopleTable } from './people-table.tsx'
import { PersonFields } from './person-fields.tsx'
import { personInput } from './person-form.ts'
import { administratorPage, idOrNull, saved, text } from './request.ts'
import { useOrganisationTexts } from './texts.ts'

export const loader = administratorPage(async (ctx, { request }) => {
  const search = new URL(request.url).searchParams
  const cursor = search.get('cursor')
  return {
    list: await listPeople(ctx, {
      words: search.get('words')?.slice(0, 200) ?? '',
      officeId: idOrNull(search.get('officeId')),
      partyId: idOrNull(search.get('filterParty')),
      left: search.get('left') === 'only' ? 'only' : 'without',
      limit: 50,
      ...(cursor !== null && { cursor }),
    }),
    offices: (await listOffices(ctx)).map(({ id, name, depth }) => ({ id, name, depth })),
    parties: await listParties(ctx),
    sites: (await listSites(ctx)).map(({ id, name }) => ({ id, name })),
    once: onceToken(),
  }
})

export const action = form(async (ctx, form) => {
  const { id } = await addPerson(ctx, { ...personInput(form), partyId: text(form, 'partyId') })
  return saved(`/amministrazione/persone/${id}`, 'added')
})

/** Everybody, by family name; roles, access and departure are on the person's own page. */
export default function PeoplePage() {
  const { list } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const t = useOrganisationTexts().pages.people
  const isGone = search.get('left') === 'only'
  return (
    <AdminPage
      title={t.title}
      lead={isGone ? t.leadGone : t.lead}
      actions={<Link to="/amministrazione/importa#persone">{t.import}</Link>}
    >
      <AddPerson />
      <nav aria-label={t.viewsLabel} className="mt-3">
        <ul className="st-views">
          <li>
            <Link to="?" aria-current={isGone ? undefined : 'page'}>
              {t.here}
            </Link>
          </li>
          <li>
            <Link to="?left=only" aria-current={isGone ? 'page' : undefined}>
              {t.gone}
            </Link>
          </li>
        </ul>
      </nav>
      <PeopleFilters />
      {list.rows.length === 0 ? <p>{t.none}</p> : <PeopleTable rows={list.rows} isGone={isGone} />}
      <p className="mt-3 st-row">
        {list.nextCursor && (
          <Link className="btn st-btn is-plain" to={`?${withCursor(search, list.nextCursor)}`}>
            {t.more}
          </Link>
        )}
        {search.has('cursor') && <Link to={`?${withCursor(search, null)}`}>{t.first}</Link>}
      </p>
    </AdminPage>
  )
}

function AddPerson() {
  const { offices, parties, sites, once } = useLoaderData<typeof loader>()
  const refused = useRefused('add')
  const t = useOrganisationTexts().pages.people
  return (
    <Panel label={t.add} refused={refused}>
      <Form method="post" key={once}>
        <Once token={once} />
        <Act act="add" />
        <SelectField
          name="partyId"
          label={t.field.party}
          refused={refused}
          initial={parties[0]?.id ?? null}
          options={parties.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <PersonFields refused={refused} choices={{ offices, sites }} />
        <button type="submit" className="btn st-btn is-main">
          {t.add}
        </button>
      </Form>
    </Panel>
  )
}

function PeopleFilters() {
  const { offices, parties } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const t = useOrganisationTexts().pages.people
  const select = (name: string, id: string, label: string, options: { value: string; label: string }[]) => (
    <div>
      <label className="st-label" htmlFor={id}>
        {label}
      </label>
      <select id={id} name={name} className="st-field" defaultValue={search.get(name) ?? ''} key={search.get(name)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
  return (
    <Form className="st-filters" role="search" aria-label={t.filterLabel}>
      {search.get('left') === 'only' && <input type="hidden" name="left" value="only" />}
      <WordsField />
      {select('officeId', 'filterOffice', t.office, officeOptions(offices, t.anyOffice))}
      {select('filterParty', 'filterParty', t.party, [
        { value: '', label: t.anyParty },
        ...parties.map(({ id, name }) => ({ value: id, label: name })),
      ])}
      <button className="btn st-btn is-plain" type="submit">
        {t.filter}
      </button>
      {['words', 'officeId', 'filterParty'].some((name) => search.get(name)) && (
        <Link to={search.get('left') === 'only' ? '?left=only' : '?'}>{t.clear}</Link>
      )}
    </Form>
  )
}

function WordsField() {
  const [search] = useSearchParams()
  const { pages } = useOrganisationTexts()
  return (
    <div className="flex-grow-1">
      <label className="st-label" htmlFor="words">
        {pages.common.words}
      </label>
      <input
        id="words"
        name="words"
        type="search"
        maxLength={200}
        className="form-control st-field"
        placeholder={pages.people.wordsHint}
        defaultValue={search.get('words') ?? ''}
        key={search.get('words')}
      />
    </div>
  )
}

function withCursor(search: URLSearchParams, cursor: string | null): URLSearchParams {
  const next = new URLSearchParams(search)
  next.delete('cursor')
  if (cursor !== null) next.set('cursor', cursor)
  return next
}
