import { Form, Link, redirect, useLoaderData, useSearchParams } from 'react-router'
import { formObject } from '../../../platform/http/parse.ts'
import { may } from '../../../platform/permissions.ts'
import { wholeNumber } from '../../../platform/texts.ts'
import { CitizenPage } from '../../../web/ui/citizen-page.tsx'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, onceToken, page } from '../../../web/visit.ts'
import type { AddArticleInput, ArticleRow, ListArticlesInput } from '../article-schema.ts'
import { addArticle } from '../articles.ts'
import { listArticles } from '../find-articles.ts'
import { ArticleForm } from './article-form.tsx'
import { filledFields } from './fields.ts'
import { useKnowledgeTexts } from './knowledge-texts.ts'

export const loader = page(async (ctx, { request }) => {
  const search = new URL(request.url).searchParams
  const filter = Object.fromEntries(
    ['view', 'words', 'kind', 'cursor'].flatMap((name) => (search.get(name) ? [[name, search.get(name)]] : [])),
  ) as ListArticlesInput
  const isStaff = may(ctx.actor, 'article.staff')
  return {
    isStaff,
    mayWrite: may(ctx.actor, 'article.manage'),
    // Only what is published has readers: the operation shows others nothing else anyway.
    list: await listArticles(ctx, isStaff ? filter : { ...filter, view: 'published' }),
    once: onceToken(),
  }
})

export const action = form(async (ctx, form) => {
  const { act: _, once: __, ...input } = filledFields(formObject(form, ['kinds']))
  // Parsed by the operation.
  const { id } = await addArticle(ctx, input as AddArticleInput)
  return redirect(`/articoli/${id}`)
})

/** For staff the articles with what they spare; for everybody else a place to look before asking. */
export default function ArticlesPage() {
  return useLoaderData<typeof loader>().isStaff ? <StaffArticles /> : <PublicArticles />
}

function PublicArticles() {
  const { list } = useLoaderData<typeof loader>()
  const { knowledge } = useKnowledgeTexts()
  const [search] = useSearchParams()
  const t = knowledge.articles
  return (
    <CitizenPage title={t.publicTitle}>
      <h1 className="st-title">{t.publicTitle}</h1>
      <p className="st-lead">{t.publicLead}</p>
      <SearchForm />
      <ul className="st-list mt-3">
        {list.rows.map((row) => (
          <li key={row.id}>
            <Link to={`/articoli/${row.id}`}>{row.title}</Link>
          </li>
        ))}
      </ul>
      {list.rows.length === 0 && <p>{search.get('words') ? t.noneFound : t.none}</p>}
      <More />
    </CitizenPage>
  )
}

function StaffArticles() {
  const { list, mayWrite, once } = useLoaderData<typeof loader>()
  const { knowledge } = useKnowledgeTexts()
  const [search] = useSearchParams()
  const t = knowledge.articles
  const current = search.get('view') ?? 'published'
  return (
    <StaffPage title={t.title}>
      <div className="st-head">
        <div>
          <h1 className="st-title">{t.title}</h1>
          <p className="st-lead mb-0">{(current === 'due' ? t.leadDue : t.lead)(list.rows.length)}</p>
        </div>
      </div>
      {mayWrite && (
        <div className="mb-3">
          <ArticleForm once={once} />
        </div>
      )}
      <nav aria-label={t.viewsLabel}>
        <ul className="st-views">
          {(['published', 'draft', 'due', 'retired', 'all'] as const).map((view) => (
            <li key={view}>
              <Link to={`?view=${view}`} aria-current={current === view ? 'page' : undefined}>
                {t.views[view]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <SearchForm view={current} />
      {list.rows.length === 0 ? (
        <p>{search.get('words') ? t.noneFound : t.none}</p>
      ) : (
        <ScrollRegion label={t.title}>
          <ArticleTable rows={list.rows} />
        </ScrollRegion>
      )}
      <More />
    </StaffPage>
  )
}

function ArticleTable({ rows }: { rows: ArticleRow[] }) {
  const { knowledge } = useKnowledgeTexts()
  const { language } = useShell()
  const t = knowledge.articles
  const count = (n: number) => wholeNumber(n, language)
  return (
    <table className="st-table">
      <caption>{t.caption(rows.length)}</caption>
      <thead>
        <tr>
          {(['title', 'state', 'audience', 'owner', 'review'] as const).map((column) => (
            <th key={column} scope="col">
              {t.columns[column]}
            </th>
          ))}
          <th scope="col" className="st-num">
            {t.columns.helped}
          </th>
          <th scope="col" className="st-num">
            {t.columns.useful}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">
              <Link to={`/articoli/${row.id}`}>{row.title}</Link>
            </th>
            <td>
              <ArticleStateMark row={row} />
            </td>
            <td>{t.audiences[row.audience]}</td>
            <td>{row.ownerName}</td>
            <td>
              <PlainDay day={row.reviewOn} />
            </td>
            <td className="st-num">
              <strong>{count(row.helped)}</strong>
            </td>
            <td className="st-num">
              {count(row.useful)} / {count(row.notUseful)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Where an article stands: word, colour and shape. */
export function ArticleStateMark({ row }: { row: Pick<ArticleRow, 'state' | 'isDue'> }) {
  const { knowledge } = useKnowledgeTexts()
  const t = knowledge.articles
  if (row.isDue) return <span className="st-state st-warn">{t.due}</span>
  const shape = { draft: 'st-idle', published: 'st-ok', retired: 'st-pause' }[row.state]
  return <span className={`st-state ${shape}`}>{t.states[row.state]}</span>
}

/** A calendar day as people say it. */
export function PlainDay({ day }: { day: string }) {
  const { language } = useShell()
  const said = new Intl.DateTimeFormat(language === 'it' ? 'it-IT' : 'en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`))
  return <time dateTime={day}>{said}</time>
}

function SearchForm({ view }: { view?: string }) {
  const { knowledge, desk } = useKnowledgeTexts()
  const [search] = useSearchParams()
  const t = knowledge.articles
  return (
    <Form className="st-filters" role="search" aria-label={t.filterLabel}>
      {view && <input type="hidden" name="view" value={view} />}
      <div className="flex-grow-1">
        <label className="st-label" htmlFor="words">
          {t.words}
        </label>
        <input
          id="words"
          name="words"
          type="search"
          className="form-control st-field"
          defaultValue={search.get('words') ?? ''}
          key={search.get('words')}
        />
      </div>
      {view && (
        <div>
          <label className="st-label" htmlFor="kind">
            {t.kind}
          </label>
          <select id="kind" name="kind" className="st-field" defaultValue={search.get('kind') ?? ''}>
            <option value="">{t.anyKind}</option>
            {Object.entries(desk.kindsShort).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </div>
      )}
      <button className="btn st-btn is-plain" type="submit">
        {t.filter}
      </button>
      {(search.get('words') || search.get('kind')) && <Link to={view ? `?view=${view}` : '.'}>{t.clear}</Link>}
    </Form>
  )
}

function More() {
  const { list } = useLoaderData<typeof loader>()
  const { knowledge } = useKnowledgeTexts()
  const [search] = useSearchParams()
  const next = new URLSearchParams(search)
  if (list.nextCursor) next.set('cursor', list.nextCursor)
  const first = new URLSearchParams(search)
  first.delete('cursor')
  return (
    <p className="st-row mt-3">
      {list.nextCursor && (
        <Link className="btn st-btn is-plain" to={`?${next}`}>
          {knowledge.articles.more}
        </Link>
      )}
      {search.has('cursor') && <Link to={`?${first}`}>{knowledge.articles.first}</Link>}
    </p>
  )
}
