import { type ReactNode, useId } from 'react'
import { Link } from 'react-router'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { useChanges } from '../../../web/ui/use-changes.ts'
import { When } from '../../../web/ui/when.tsx'
import type { HomeNotices } from '../home-schema.ts'
import type { CaseRow } from '../schema.ts'
import { PlainDay } from './articles.tsx'
import { useKnowledgeTexts } from './knowledge-texts.ts'
import { CaseStateMark } from './state.tsx'

/** The frame of every staff home: how things stand, the work, and beside it what else is known. */
export function StaffHome({
  sentence,
  notices,
  children,
}: {
  sentence: string
  notices: HomeNotices
  children: ReactNode
}) {
  const { work } = useKnowledgeTexts()
  useChanges()
  return (
    <StaffPage title={work.homes.title}>
      <div className="st-head">
        <div>
          <h1 className="st-title">{work.homes.title}</h1>
          <p className="st-lead mb-0">{sentence}</p>
        </div>
      </div>
      <div className="st-side">
        <div className="st-stack">{children}</div>
        <aside className="st-aside" aria-label={work.homes.outages}>
          <Notices notices={notices} />
        </aside>
      </div>
    </StaffPage>
  )
}

function Notices({ notices }: { notices: HomeNotices }) {
  const { work } = useKnowledgeTexts()
  const t = work.homes
  return (
    <>
      <section aria-labelledby="outages">
        <h2 id="outages" className="st-h2">
          <Link to="/guasti">{t.outages}</Link>
        </h2>
        {notices.outages.length === 0 && <p className="st-quiet">{t.noOutages}</p>}
        <ul className="st-list">
          {notices.outages.map((outage) => (
            <li key={outage.id}>
              <Link to={`/guasti/${outage.id}`}>{outage.title}</Link>
              <br />
              <span className="st-small st-quiet">
                <When at={outage.startedAt} /> · {t.outageCases(outage.cases)}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="articles">
        <h2 id="articles" className="st-h2">
          <Link to="/articoli?view=due">{t.articles}</Link>
        </h2>
        {notices.articles.length === 0 && <p className="st-quiet">{t.noArticles}</p>}
        <ul className="st-list">
          {notices.articles.map((article) => (
            <li key={article.id}>
              <Link to={`/articoli/${article.id}`}>{article.title}</Link>
              <br />
              <span className="st-small st-quiet">
                {t.articleDue} <PlainDay day={article.reviewOn} />
              </span>
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}

/** A short list of cases under a heading; the rest is one link away. */
export function ShortList({
  title,
  list,
  all,
  none,
}: {
  title: string
  list: { rows: CaseRow[]; hasMore: boolean }
  all: string
  none?: string
}) {
  const { work } = useKnowledgeTexts()
  const id = useId()
  if (list.rows.length === 0 && none === undefined) return null
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="st-h2">
        {title}
      </h2>
      {list.rows.length === 0 && <p className="st-quiet">{none}</p>}
      {list.rows.length > 0 && <ShortTable title={title} rows={list.rows} />}
      {list.hasMore && (
        <p className="mt-2">
          <Link to={all}>{work.homes.agent.more}</Link>
        </p>
      )}
    </section>
  )
}

function ShortTable({ title, rows }: { title: string; rows: CaseRow[] }) {
  const { work, desk } = useKnowledgeTexts()
  const { columns } = work.homes
  return (
    <table className="st-table">
      <caption className="visually-hidden">{title}</caption>
      <thead className="visually-hidden">
        <tr>
          {(['number', 'title', 'state', 'office', 'opened'] as const).map((column) => (
            <th key={column} scope="col">
              {columns[column]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td className="st-nowrap">
              <Link to={`/richieste/${row.id}`}>{row.number}</Link>
            </td>
            <th scope="row">
              {row.severity !== 'normal' && <span className="st-who">{desk.severities[row.severity]}</span>}{' '}
              {row.title || '–'}
            </th>
            <td>
              <CaseStateMark state={row.state} waitingFor={row.waitingFor} />
            </td>
            <td>{row.officeName}</td>
            <td className="st-nowrap">
              <When at={row.openedAt} isShort />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
