import { Link, redirect, useActionData, useLoaderData, useSearchParams } from 'react-router'
import { type Context, read } from '../../../platform/context.ts'
import { may } from '../../../platform/permissions.ts'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { useChanges } from '../../../web/ui/use-changes.ts'
import { form, page, type Refused } from '../../../web/visit.ts'
import type { ListCandidatesInput, ListDecisionsInput } from '../decision-schema.ts'
import { countDecisions, listCandidates, listDecisionOffices, listDecisions } from '../find-decisions.ts'
import { CandidateTable } from './candidate-table.tsx'
import { actOnDecisions } from './decision-acts.ts'
import { AnswerBar, ApproveBar } from './decision-bars.tsx'
import { DecisionFilters } from './decision-filters.tsx'
import { useDecisionTexts } from './decision-page-words.ts'
import { DecisionTable } from './decision-table.tsx'
import { MailPlaces } from './mail-places.tsx'
import { useRowKeys } from './use-row-keys.ts'

const views = ['to_propose', 'to_confirm', 'to_approve', 'contested', 'approved', 'ended'] as const
type View = (typeof views)[number]

export const loader = page(async (ctx, { request }) => {
  const search = new URL(request.url).searchParams
  const view = views.find((one) => one === search.get('view')) ?? firstView(ctx)
  const given = (names: readonly string[]) =>
    Object.fromEntries(names.flatMap((name) => (search.get(name) ? [[name, search.get(name)]] : [])))
  return read(ctx, async (ctx) => ({
    view,
    // Parsed by the operations.
    candidates:
      view === 'to_propose'
        ? await listCandidates(ctx, given(['officeId', 'words', 'suggested', 'cursor']) as ListCandidatesInput)
        : null,
    decisions:
      view === 'to_propose'
        ? null
        : await listDecisions(ctx, { ...given(['officeId', 'words', 'cursor']), view } as ListDecisionsInput),
    counts: await countDecisions(ctx),
    offices: await listDecisionOffices(ctx),
    may: {
      propose: may(ctx.actor, 'mailboxes.propose'),
      confirm: may(ctx.actor, 'mailboxes.confirm'),
      approve: may(ctx.actor, 'mailboxes.approve'),
    },
  }))
})

/** What waits for the person comes first. */
function firstView({ actor }: Context): View {
  if (may(actor, 'mailboxes.confirm')) return 'to_confirm'
  if (may(actor, 'mailboxes.approve')) return 'to_approve'
  return may(actor, 'mailboxes.propose') ? 'to_propose' : 'to_confirm'
}

export const action = form(async (ctx, form, { request }) => {
  await actOnDecisions(ctx, form)
  const view = new URL(request.url).searchParams.get('view')
  return redirect(view === null ? '/caselle/proposte' : `/caselle/proposte?${new URLSearchParams({ view })}`)
})

/** Decisions by what they wait for; several at once, on the ticked rows. */
export default function DecisionListPage() {
  const { view, counts, may, decisions, candidates } = useLoaderData<typeof loader>()
  const { title, ownTitle, empty, keys, places } = useDecisionTexts()
  const { hasShortcuts } = useShell()
  const refused = useActionData<Refused>()
  useChanges()
  useRowKeys(hasShortcuts, view === 'to_propose' ? 'casella' : 'decision')
  const heading = may.confirm && !may.propose ? ownTitle : title
  const rows = decisions?.rows.length ?? candidates?.rows.length ?? 0
  return (
    <StaffPage title={heading}>
      <MailPlaces />
      <div className="st-head">
        <div>
          <h1 className="st-title">{heading}</h1>
          <p className="st-lead mb-0">
            <Lead />
          </p>
        </div>
        {may.propose && <Link to="/caselle/proposte/importa">{places.import}</Link>}
      </div>
      <Views view={view} counts={counts} hides={may.propose ? null : 'to_propose'} />
      <DecisionFilters />
      <RefusedNotice refused={refused} />
      {rows === 0 && <p>{empty[view]}</p>}
      {decisions !== null && rows > 0 && (
        <>
          {may.confirm && view === 'to_confirm' && <AnswerBar rows={decisions.rows} refused={refused} />}
          {may.approve && view === 'to_approve' && <ApproveBar refused={refused} />}
          <DecisionTable rows={decisions.rows} canTick={canTick(view, may)} />
        </>
      )}
      {candidates !== null && rows > 0 && <CandidateTable rows={candidates.rows} />}
      <More cursor={decisions?.nextCursor ?? candidates?.nextCursor ?? null} />
      {hasShortcuts && rows > 0 && <p className="st-small st-quiet mt-2">{keys}</p>}
    </StaffPage>
  )
}

function canTick(view: View, may: { confirm: boolean; approve: boolean }) {
  return (may.confirm && view === 'to_confirm') || (may.approve && view === 'to_approve')
}

function Lead() {
  const { counts, may, decisions } = useLoaderData<typeof loader>()
  const { lead: t, number, day } = useDecisionTexts()
  const first = decisions?.rows
    .filter(({ state }) => state === 'proposed')
    .map(({ answerBy }) => answerBy)
    .toSorted()[0]
  if (may.confirm && !may.propose && first !== undefined) return <>{t.own(counts.to_confirm, day(first))}</>
  const parts = (['to_propose', 'to_confirm', 'to_approve', 'contested'] as const).flatMap((name) =>
    counts[name] === 0 || (name === 'to_propose' && !may.propose)
      ? []
      : [t.parts[name](counts[name], number(counts[name]))],
  )
  const said = parts.join(', ')
  return <>{said === '' ? t.nothing : `${said.charAt(0).toUpperCase()}${said.slice(1)}.`}</>
}

function Views({ view, counts, hides }: { view: View; counts: Record<View, number>; hides: View | null }) {
  const { views: t, number } = useDecisionTexts()
  return (
    <nav aria-label={t.label}>
      <ul className="st-views">
        {views
          .filter((one) => one !== hides)
          .map((one) => (
            <li key={one}>
              <Link to={`?view=${one}`} aria-current={one === view ? 'page' : undefined}>
                {t[one]} <b>{number(counts[one])}</b>
              </Link>
            </li>
          ))}
      </ul>
    </nav>
  )
}

function More({ cursor }: { cursor: string | null }) {
  const { next } = useDecisionTexts()
  const [search] = useSearchParams()
  if (cursor === null) return null
  const further = new URLSearchParams(search)
  further.set('cursor', cursor)
  return (
    <p className="mt-2">
      <Link to={`?${further}`}>{next}</Link>
    </p>
  )
}
