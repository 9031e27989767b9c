import { Link, redirect, useLoaderData, useSearchParams } from 'react-router'
import { read } from '../../../platform/context.ts'
import { formObject } from '../../../platform/http/parse.ts'
import { may } from '../../../platform/permissions.ts'
import { wholeNumber } from '../../../platform/texts.ts'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { useChanges } from '../../../web/ui/use-changes.ts'
import { When } from '../../../web/ui/when.tsx'
import { form, onceToken, page } from '../../../web/visit.ts'
import { listOutages } from '../find-outages.ts'
import type { ListOutagesInput, OpenOutageInput, OutageRow } from '../outage-schema.ts'
import { openOutage } from '../outages.ts'
import { filledFields, localInstant } from './fields.ts'
import { useKnowledgeTexts } from './knowledge-texts.ts'
import { outageChoices } from './outage-choices.ts'
import { OutageForm } from './outage-form.tsx'

export const loader = page(async (ctx, { request }) => {
  const search = new URL(request.url).searchParams
  const filter = Object.fromEntries(
    ['view', 'cursor'].flatMap((name) => (search.get(name) ? [[name, search.get(name)]] : [])),
  ) as ListOutagesInput
  const mayOpen = may(ctx.actor, 'outage.manage')
  return read(ctx, async (ctx) => ({
    list: await listOutages(ctx, filter),
    choices: await outageChoices(ctx, mayOpen),
    mayOpen,
    once: onceToken(),
  }))
})

export const action = form(async (ctx, form) => {
  const { act: _, once: __, ...input } = filledFields(formObject(form, ['kinds', 'officeIds', 'siteIds']))
  const { id } = await openOutage(ctx, {
    ...input,
    startedAt: localInstant(ctx, input.startedAt),
    expectedAt: localInstant(ctx, input.expectedAt),
  } as OpenOutageInput)
  return redirect(`/guasti/${id}`)
})

/** Known outages: what is open, what was. */
export default function OutagesPage() {
  const { list, mayOpen, once } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const { knowledge } = useKnowledgeTexts()
  useChanges()
  const t = knowledge.outages
  const current = search.get('view') ?? 'open'
  return (
    <StaffPage title={t.title}>
      <div className="st-head">
        <div>
          <h1 className="st-title">{t.title}</h1>
          {current === 'open' && !search.has('cursor') && <p className="st-lead mb-0">{t.lead(list.rows.length)}</p>}
        </div>
      </div>
      {mayOpen && (
        <div className="mb-3">
          <OutageForm once={once} />
        </div>
      )}
      <nav aria-label={t.viewsLabel}>
        <ul className="st-views">
          {(['open', 'closed', 'all'] as const).map((view) => (
            <li key={view}>
              <Link to={`?view=${view}`} aria-current={current === view ? 'page' : undefined}>
                {t.views[view]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {list.rows.length === 0 ? (
        <p className="mt-3">{t.none}</p>
      ) : (
        <ScrollRegion label={t.title}>
          <OutageTable rows={list.rows} />
        </ScrollRegion>
      )}
      <p className="st-row mt-3">
        {list.nextCursor && (
          <Link to={`?${new URLSearchParams({ view: current, cursor: list.nextCursor })}`}>{t.more}</Link>
        )}
        {search.has('cursor') && <Link to={`?view=${current}`}>{t.first}</Link>}
      </p>
    </StaffPage>
  )
}

function OutageTable({ rows }: { rows: OutageRow[] }) {
  const { knowledge } = useKnowledgeTexts()
  const { language } = useShell()
  const t = knowledge.outages
  return (
    <table className="st-table">
      <caption>{t.caption(rows.length)}</caption>
      <thead>
        <tr>
          {(['title', 'state', 'started', 'expected', 'ended', 'team'] as const).map((column) => (
            <th key={column} scope="col">
              {t.columns[column]}
            </th>
          ))}
          <th scope="col" className="st-num">
            {t.columns.cases}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">
              <Link to={`/guasti/${row.id}`}>{row.title}</Link>
            </th>
            <td>
              <OutageStateMark state={row.state} />
            </td>
            <td>
              <When at={row.startedAt} isShort />
            </td>
            <td>{row.expectedAt && <When at={row.expectedAt} isShort />}</td>
            <td>{row.endedAt && <When at={row.endedAt} isShort />}</td>
            <td>{row.teamName}</td>
            <td className="st-num">{wholeNumber(row.cases, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Where an outage stands: word, colour and shape. */
export function OutageStateMark({ state }: { state: OutageRow['state'] }) {
  const { knowledge } = useKnowledgeTexts()
  return <span className={`st-state ${state === 'open' ? 'st-warn' : 'st-ok'}`}>{knowledge.outages.states[state]}</span>
}
