import { Form, Link, redirect, useActionData, useLoaderData, useSearchParams } from 'react-router'
import { read } from '../../../platform/context.ts'
import { may } from '../../../platform/permissions.ts'
import { wholeNumber } from '../../../platform/texts.ts'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import { Key } from '../../../web/ui/key.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, page, type Refused } from '../../../web/visit.ts'
import { listOffices } from '../../organisation/offices.ts'
import { listTeams } from '../../organisation/teams.ts'
import { countCaseViews, listCases } from '../cases.ts'
import { takeCase } from '../work-case.ts'
import { CaseTable } from './case-table.tsx'
import { listFilter } from './filter.ts'
import { useDeskTexts } from './texts.ts'

export const loader = page(async (ctx, { request }) => {
  const filter = listFilter(new URL(request.url).searchParams)
  return read(ctx, async (ctx) => ({
    list: await listCases(ctx, filter),
    counts: await countCaseViews(ctx),
    offices: (await listOffices(ctx)).map(({ id, name, depth }) => ({ id, name, depth })),
    teams: (await listTeams(ctx)).map(({ id, name }) => ({ id, name })),
    mayTake: may(ctx.actor, 'case.take'),
    mayExport: may(ctx.actor, 'case.export'),
    mayOpen: may(ctx.actor, 'case.open') && ctx.actor.partyKind === 'supplier',
  }))
})

/** Taking in charge from the list: one case, never several. */
export const action = form(async (ctx, form) => {
  const id = String(form.get('id'))
  await takeCase(ctx, id, { version: Number(form.get('version')) })
  return redirect(`/richieste/${id}`)
})

const views = ['open', 'to_take', 'mine', 'waiting', 'resolved', 'all'] as const

/** The queue: one line a case, worst first; nothing moves under the hand. */
export default function QueuePage() {
  const { list, counts, mayTake, mayExport, mayOpen } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const { language } = useShell()
  const { pages } = useDeskTexts()
  const [search] = useSearchParams()
  const t = pages.queue
  const count = (n: number) => (n > 1000 ? `${wholeNumber(1000, language)}+` : wholeNumber(n, language))
  const current = search.get('view') ?? 'open'
  return (
    <StaffPage title={t.title}>
      <div className="st-head">
        <div>
          <h1 className="st-title">{t.title}</h1>
          <p className="st-lead mb-0">
            {counts.open === 0 ? t.sentenceNone : t.sentence(count(counts.open), count(counts.to_take))}
          </p>
        </div>
        <div className="st-row">
          <span id="live" />
          {mayOpen && (
            <Link className="btn st-btn is-main" to="/nuova-richiesta">
              {t.newCase} <Key>N</Key>
            </Link>
          )}
        </div>
      </div>
      <ViewTabs current={current} count={count} />
      <QueueFilters />
      <RefusedNotice refused={refused} />
      {list.isCapped && (
        <div className="st-notice is-warn" role="status">
          <p>{t.capped}</p>
        </div>
      )}
      <CaseTable
        key={search.toString()}
        list={list}
        mayTake={mayTake}
        isNewestFirst={current === 'all' || search.has('words')}
      />
      <div className="st-row st-between mt-3">
        <span className="st-row">
          {list.nextCursor && (
            <Link className="btn st-btn is-plain" to={`?${withParam(search, 'cursor', list.nextCursor)}`}>
              {t.more}
            </Link>
          )}
          {search.has('cursor') && <Link to={`?${withParam(search, 'cursor', null)}`}>{t.first}</Link>}
        </span>
        {mayExport && (
          <Link to={`/da-lavorare.csv?${withParam(search, 'cursor', null)}`} reloadDocument>
            {t.export}
          </Link>
        )}
      </div>
    </StaffPage>
  )
}

function ViewTabs({ current, count }: { current: string; count: (n: number) => string }) {
  const { counts } = useLoaderData<typeof loader>()
  const t = useDeskTexts().pages.queue
  return (
    <nav aria-label={t.viewsLabel}>
      <ul className="st-views">
        {views.map((view) => (
          <li key={view}>
            <Link to={`?view=${view}`} aria-current={current === view ? 'page' : undefined}>
              {t.views[view]} {view !== 'all' && <b>{count(counts[view])}</b>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

type Option = { value: string; label: string }
const options = (labels: Record<string, string>): Option[] =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))
const narrowing = ['words', 'officeId', 'kind', 'teamId', 'severity']

function QueueFilters() {
  const { offices, teams } = useLoaderData<typeof loader>()
  const { desk, pages } = useDeskTexts()
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
      <FilterSelect
        name="teamId"
        label={t.team}
        any={t.anyTeam}
        options={teams.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <FilterSelect name="severity" label={t.severity} any={t.anySeverity} options={options(desk.severities)} />
      <button className="btn st-btn is-plain" type="submit">
        {t.filter}
      </button>
      {narrowing.some((name) => search.get(name)) && <Link to={`?view=${view}`}>{t.clear}</Link>}
    </Form>
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

function withParam(search: URLSearchParams, name: string, value: string | null): URLSearchParams {
  const next = new URLSearchParams(search)
  if (value === null) next.delete(name)
  else next.set(name, value)
  return next
}
