import { Form, Link, useLoaderData, useSearchParams } from 'react-router'
import { Key } from '../../../web/ui/key.tsx'
import { useKnowledgeTexts } from './knowledge-texts.ts'
import type { loader } from './queue.tsx'
import { useDeskTexts } from './texts.ts'

type Option = { value: string; label: string }
const options = (labels: Record<string, string>): Option[] =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))
const narrowing = ['words', 'officeId', 'kind', 'teamId', 'heldBy', 'severity']

/** Narrows the list; a plain form, so it works as an address. */
export function QueueFilters() {
  const { offices } = useLoaderData<typeof loader>()
  const { desk, pages } = useDeskTexts()
  const { work } = useKnowledgeTexts()
  const [search] = useSearchParams()
  const t = pages.queue
  const view = search.get('view') ?? 'open'
  const officeOptions = offices.map(({ id, name, depth }) => ({ value: id, label: `${'\u2003'.repeat(depth)}${name}` }))
  return (
    <Form className="st-filters" role="search" aria-label={t.filterLabel}>
      <input type="hidden" name="view" value={view} />
      <div className="flex-grow-1">
        <label className="st-label" htmlFor="words">
          {t.words} <Key>/</Key>
        </label>
        <input
          id="words"
          name="words"
          type="search"
          className="form-control st-field"
          placeholder={t.wordsHint}
          defaultValue={search.get('words') ?? ''}
          key={search.get('words')}
        />
      </div>
      <FilterSelect name="officeId" label={t.office} any={t.anyOffice} options={officeOptions} />
      <FilterSelect name="kind" label={t.kind} any={t.anyKind} options={options(desk.kindsShort)} />
      <TeamSelect />
      <FilterSelect
        name="heldBy"
        label={work.filters.heldBy}
        any={work.filters.anyone}
        options={[
          { value: 'me', label: work.filters.me },
          { value: 'nobody', label: work.filters.nobody },
        ]}
      />
      <FilterSelect name="severity" label={t.severity} any={t.anySeverity} options={options(desk.severities)} />
      <button className="btn st-btn is-plain" type="submit">
        {t.filter}
      </button>
      {narrowing.some((name) => search.get(name)) && <Link to={`?view=${view}`}>{t.clear}</Link>}
    </Form>
  )
}

/** Teams under their tier. */
function TeamSelect() {
  const { teams } = useLoaderData<typeof loader>()
  const { work } = useKnowledgeTexts()
  const [search] = useSearchParams()
  return (
    <div>
      <label className="st-label" htmlFor="teamId">
        {work.filters.team}
      </label>
      <select
        id="teamId"
        name="teamId"
        className="st-field st-narrow"
        defaultValue={search.get('teamId') ?? ''}
        key={search.get('teamId')}
      >
        <option value="">{work.filters.anyTeam}</option>
        {[1, 2].map((tier) => (
          <optgroup key={tier} label={work.filters.tier[tier]}>
            {teams
              .filter((team) => team.tier === tier)
              .map((team) => (
                <option key={team.id} value={team.id}>
                  {team.name}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </div>
  )
}

function FilterSelect({ name, label, any, options }: { name: string; label: string; any: string; options: Option[] }) {
  const [search] = useSearchParams()
  return (
    <div>
      <label className="st-label" htmlFor={name}>
        {label}
      </label>
      <select
        id={name}
        name={name}
        className="st-field st-narrow"
        defaultValue={search.get(name) ?? ''}
        key={search.get(name)}
      >
        <option value="">{any}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}
