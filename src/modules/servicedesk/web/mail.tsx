import { Link, useLoaderData } from 'react-router'
import { wholeNumber } from '../../../platform/texts.ts'
import { useShell } from '../../../web/ui/shell.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { When } from '../../../web/ui/when.tsx'
import { page } from '../../../web/visit.ts'
import { countMailToLookAt, listMail } from '../mail-quarantine.ts'
import type { MailRow } from '../mail-schema.ts'
import { useMailTexts, wordsOf } from './mail-texts.ts'

const views = ['quarantined', 'ignored', 'discarded', 'routed'] as const

export const loader = page(async (ctx, { request }) => {
  const { searchParams } = new URL(request.url)
  const state = views.find((view) => view === searchParams.get('stato')) ?? 'quarantined'
  const cursor = searchParams.get('cursor') ?? undefined
  return {
    state,
    list: await listMail(ctx, { state, cursor }),
    toLookAt: await countMailToLookAt(ctx),
    isFirst: cursor === undefined,
  }
})

/** What came by mail and waits for a person: each with the reason, in words. */
export default function MailPage() {
  const { state, list, toLookAt, isFirst } = useLoaderData<typeof loader>()
  const { language } = useShell()
  const t = useMailTexts().page
  const shown = toLookAt > 1000 ? `${wholeNumber(1000, language)}+` : wholeNumber(toLookAt, language)
  return (
    <StaffPage title={t.title}>
      <div className="st-head">
        <div>
          <h1 className="st-title">{t.title}</h1>
          <p className="st-lead mb-0">{t.lead(toLookAt, shown)}</p>
        </div>
      </div>
      <nav aria-label={t.viewsLabel}>
        <ul className="st-views">
          {views.map((view) => (
            <li key={view}>
              <Link to={`?stato=${view}`} aria-current={state === view ? 'page' : undefined}>
                {t.views[view]} {view === 'quarantined' && <b>{shown}</b>}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {list.rows.length === 0 ? <p className="mt-3">{t.none}</p> : <MailTable rows={list.rows} />}
      <p className="st-row mt-3">
        {list.nextCursor && (
          <Link
            className="btn st-btn is-plain"
            to={`?${new URLSearchParams({ stato: state, cursor: list.nextCursor })}`}
          >
            {t.more}
          </Link>
        )}
        {!isFirst && <Link to={`?stato=${state}`}>{t.first}</Link>}
      </p>
    </StaffPage>
  )
}

function MailTable({ rows }: { rows: MailRow[] }) {
  const t = useMailTexts().page
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
    <section className="st-scroll mt-3" aria-label={t.caption} tabIndex={0}>
      <table className="st-table">
        <caption>{t.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t.columns.subject}</th>
            <th scope="col" className="d-none d-md-table-cell">
              {t.columns.reason}
            </th>
            <th scope="col">{t.columns.received}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <MailLine key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function MailLine({ row }: { row: MailRow }) {
  const t = useMailTexts().page
  return (
    <tr>
      <th scope="row">
        <Link to={`/posta/${row.id}`}>{row.subject || t.noSubject}</Link>
        {row.state !== 'routed' && <span className="st-sub">{row.from || t.noFrom}</span>}
        <span className="st-sub d-md-none">
          <Happened row={row} />
        </span>
      </th>
      <td className="d-none d-md-table-cell">
        <Happened row={row} />
      </td>
      <td className="st-nowrap">
        <When at={row.receivedAt} isShort />
        {row.channelName && <span className="st-sub">{row.channelName}</span>}
      </td>
    </tr>
  )
}

function Happened({ row }: { row: MailRow }) {
  const { reasons, outcomes } = useMailTexts()
  return (
    <>
      {row.outcome ? outcomes[row.outcome] : wordsOf(reasons, row.reason)}{' '}
      {row.caseId ? <Link to={`/richieste/${row.caseId}`}>{row.caseNumber}</Link> : row.caseNumber}
    </>
  )
}
