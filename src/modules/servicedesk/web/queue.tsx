import { Link, redirect, useActionData, useLoaderData, useNavigation, useSearchParams } from 'react-router'
import { type Context, read } from '../../../platform/context.ts'
import { formObject, invalid } from '../../../platform/http/parse.ts'
import { may } from '../../../platform/permissions.ts'
import { wholeNumber } from '../../../platform/texts.ts'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import { Key } from '../../../web/ui/key.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, onceToken, page, type Refused } from '../../../web/visit.ts'
import { listOffices } from '../../organisation/offices.ts'
import { listTeams } from '../../organisation/teams.ts'
import { listCases } from '../cases.ts'
import { wrongRow } from '../knowledge-problems.ts'
import { joinCases } from '../outage-cases.ts'
import { findQueueFrame, saveView } from '../saved-views.ts'
import { assignCases } from '../several-cases.ts'
import { takeCase } from '../work-case.ts'
import { BulkOutcomeNotice, type Done } from './bulk-outcome.tsx'
import { CaseTable } from './case-table.tsx'
import { filledFields, pickedOf } from './fields.ts'
import { listFilter } from './filter.ts'
import { QueueFilters } from './queue-filters.tsx'
import { QueueViews } from './queue-views.tsx'
import { useDeskTexts } from './texts.ts'

export const loader = page(async (ctx, { request }) => {
  const filter = listFilter(new URL(request.url).searchParams)
  return read(ctx, async (ctx) => {
    const teams = (await listTeams(ctx)).map(({ id, name, tier }) => ({ id, name, tier }))
    return {
      list: await listCases(ctx, filter),
      frame: await findQueueFrame(ctx),
      offices: (await listOffices(ctx)).map(({ id, name, depth }) => ({ id, name, depth })),
      teams,
      myTeams: teams.filter((team) => ctx.actor.teamIds.includes(team.id)),
      once: onceToken(),
      mayTake: may(ctx.actor, 'case.take'),
      mayAssign: may(ctx.actor, 'case.assign'),
      mayJoin: may(ctx.actor, 'outage.manage'),
      mayExport: may(ctx.actor, 'case.export'),
      mayOpen: may(ctx.actor, 'case.open') && ctx.actor.partyKind === 'supplier',
    }
  })
})

/** Acts of the list. Taking in charge is for one case, never for several. */
export const action = form(async (ctx, form, { request }) => {
  switch (form.get('act')) {
    case 'assign':
    case 'join':
      return actOnSeveral(ctx, form)
    case 'save_view':
      return keepView(ctx, form, new URL(request.url).searchParams)
    default: {
      const id = String(form.get('id'))
      await takeCase(ctx, id, { version: Number(form.get('version')) })
      return redirect(`/richieste/${id}`)
    }
  }
})

async function actOnSeveral(ctx: Context, form: FormData): Promise<Done> {
  const cases = pickedOf(form)
  if (cases.length === 0) throw invalid([wrongRow('case', (t) => t.nonePicked)])
  if (form.get('act') === 'join')
    return { act: 'join', teamName: '', outcome: await joinCases(ctx, String(form.get('outageId')), { cases }) }
  const teamId = String(form.get('teamId'))
  const outcome = await assignCases(ctx, { cases, teamId })
  const team = (await listTeams(ctx)).find((one) => one.id === teamId)
  return { act: 'assign', teamName: team?.name ?? '', outcome }
}

async function keepView(ctx: Context, form: FormData, search: URLSearchParams) {
  const { name, teamId } = filledFields(formObject(form))
  const { cursor: _, ...filter } = listFilter(search)
  // Parsed by the operation.
  const { id } = await saveView(ctx, {
    name: String(name ?? ''),
    filter,
    ...(teamId ? { teamId: String(teamId) } : {}),
  })
  for (const name of ['cursor', 'salva']) search.delete(name)
  search.set('vista', id)
  return redirect(`/da-lavorare?${search}`)
}

/** The queue: one line a case, worst first; nothing moves under the hand. */
export default function QueuePage() {
  const { list, frame, mayOpen } = useLoaderData<typeof loader>()
  const answer = useActionData<Refused | Done>()
  const { language } = useShell()
  const { pages } = useDeskTexts()
  const [search] = useSearchParams()
  const t = pages.queue
  const count = (n: number) => (n > 1000 ? `${wholeNumber(1000, language)}+` : wholeNumber(n, language))
  const { counts } = frame
  // Told when the rows are the new ones: who goes on at once acts on what is there now.
  const isActing = useNavigation().formMethod === 'POST'
  const done = answer && 'outcome' in answer && !isActing ? answer : undefined
  const refused = answer && 'problem' in answer ? answer : undefined
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
      <QueueViews count={count} />
      <QueueFilters />
      <RefusedNotice refused={refused} />
      {done && <BulkOutcomeNotice done={done} />}
      {list.isCapped && (
        <div className="st-notice is-warn" role="status">
          <p>{t.capped}</p>
        </div>
      )}
      <CaseTable
        key={search.toString()}
        list={list}
        done={done}
        isNewestFirst={(search.get('view') ?? 'open') === 'all' || search.has('words')}
      />
      <QueueEnd />
    </StaffPage>
  )
}

function QueueEnd() {
  const { list, mayExport } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const t = useDeskTexts().pages.queue
  return (
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
  )
}

function withParam(search: URLSearchParams, name: string, value: string | null): URLSearchParams {
  const next = new URLSearchParams(search)
  if (value === null) next.delete(name)
  else next.set(name, value)
  return next
}
