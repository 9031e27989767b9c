import { Link, redirect, useActionData, useLoaderData, useSearchParams } from 'react-router'
import { read } from '../../../platform/context.ts'
import { fail, notFound } from '../../../platform/problem.ts'
import { Beside } from '../../../web/ui/beside.tsx'
import { CitizenPage } from '../../../web/ui/citizen-page.tsx'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { useChanges } from '../../../web/ui/use-changes.ts'
import { When } from '../../../web/ui/when.tsx'
import { form, isStaff, onceToken, page, type Refused } from '../../../web/visit.ts'
import { listTeams } from '../../organisation/teams.ts'
import { findCase } from '../find-case.ts'
import type { CaseDetail } from '../schema.ts'
import { traceCase } from '../trace-case.ts'
import { AskerActions } from './asker-actions.tsx'
import { StaffActions } from './case-actions.tsx'
import { actOnCase } from './case-acts.ts'
import { CaseDues } from './case-dues.tsx'
import { CaseFacts } from './case-facts.tsx'
import { CaseTraceSection } from './case-trace.tsx'
import { Conversation, WriteForm } from './conversation.tsx'
import { LinkedCases } from './linked-cases.tsx'
import { CaseStateMark } from './state.tsx'
import { useDeskTexts } from './texts.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/
const caseId = (params: Record<string, string | undefined>) =>
  uuid.test(params.id ?? '') ? String(params.id) : fail(notFound())

export const loader = page((ctx, { params, request, session }) =>
  read(ctx, async (ctx) => {
    const found = await findCase(ctx, caseId(params))
    const wantsTrace = new URL(request.url).searchParams.has('scadenze')
    return {
      found,
      trace: wantsTrace ? await traceCase(ctx, found.id) : null,
      beside: isStaff(session) ? await ctx.services.subjects.beside(ctx, 'desk_case', found.id) : [],
      isAsker: !isStaff(session) || found.requesterId === ctx.actor.personId,
      teams: found.may.assign ? (await listTeams(ctx)).map(({ id, name }) => ({ id, name })) : [],
      once: onceToken(),
    }
  }),
)

/** One address, one act: the form says which. */
export const action = form(async (ctx, form, { params }) => {
  const id = caseId(params)
  await actOnCase(ctx, id, form)
  return redirect(`/richieste/${id}`)
})

/** One case: for who asked, a story and a question; for who works, also the acts and the facts. */
export default function CasePage() {
  const { found, isAsker } = useLoaderData<typeof loader>()
  useChanges()
  return isAsker ? <AskerCase found={found} /> : <StaffCase found={found} />
}

function AskerCase({ found }: { found: CaseDetail }) {
  const { once, trace } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const [search] = useSearchParams()
  const { desk, pages, work } = useDeskTexts()
  const t = pages.case
  const sentenceOf = ({ state, closedHow, waitingFor }: CaseDetail) => {
    if (closedHow !== null) return desk.closedHow[closedHow]
    return waitingFor === null ? pages.home.sentence[state] : pages.home.sentence.paused[waitingFor]
  }
  return (
    <CitizenPage title={found.title || t.title(found.number)}>
      <nav aria-label={t.ownBreadcrumb}>
        <p className="st-crumb">
          <a href="/le-mie-richieste">{t.ownBreadcrumb}</a> / {found.number}
        </p>
      </nav>
      {search.has('nuova') && (
        <div className="st-notice is-ok" role="status">
          <p>{t.received(found.number)}</p>
        </div>
      )}
      <h1 className="st-title">{found.title || t.empty}</h1>
      <p className="st-lead">
        {t.lead(found.number, sentenceOf(found))}
        {found.promisedAt && isOpen(found) && (
          <>
            {' '}
            {work.dues.noTarget}: <When at={found.promisedAt} />.
          </>
        )}
      </p>
      <RefusedNotice refused={refused} />
      <AskerActions found={found} refused={refused} />
      <section className="st-section" aria-labelledby="talk">
        <h2 id="talk" className="st-h2">
          {t.talk}
        </h2>
        <Conversation found={found} />
        {found.may.reply && <WriteForm found={found} once={once} refused={refused} />}
      </section>
      {trace && <CaseTraceSection trace={trace} />}
      {!trace && found.clocks.length > 0 && (
        <p className="mt-3">
          <Link to="?scadenze#scadenze" preventScrollReset>
            {work.dues.explain}
          </Link>
        </p>
      )}
      <CaseFacts found={found} />
    </CitizenPage>
  )
}

const isOpen = (found: CaseDetail) => found.closedAt === null && found.resolvedAt === null

function StaffCase({ found }: { found: CaseDetail }) {
  const { once, teams, trace, beside } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const { desk, pages } = useDeskTexts()
  const t = pages.case
  const holder = found.holderName ?? found.teamName
  return (
    <StaffPage title={t.title(found.number)}>
      <nav aria-label={t.breadcrumb}>
        <p className="st-crumb">
          <a href="/da-lavorare">{t.breadcrumb}</a> / {found.number}
        </p>
      </nav>
      <div className="st-head">
        <div>
          <h1 className="st-title">{found.title || (found.reserved ? desk.reservedTitle : t.empty)}</h1>
          <p className="st-lead mb-0">
            {t.title(found.number)} ·{' '}
            {found.closedHow ? (
              desk.closedHow[found.closedHow]
            ) : (
              <CaseStateMark state={found.state} waitingFor={found.waitingFor} />
            )}
            {holder && (
              <>
                {' '}
                · {t.inChargeOf} <strong>{holder}</strong>
              </>
            )}
            {found.takenAt && (
              <>
                , <When at={found.takenAt} />
              </>
            )}
          </p>
        </div>
      </div>
      <RefusedNotice refused={refused} />
      <div className="st-side">
        <div>
          <CaseDues found={found} isTraced={trace !== null} />
          {trace && <CaseTraceSection trace={trace} />}
          <section aria-labelledby="talk">
            <h2 id="talk" className="st-h2">
              {t.talk}
            </h2>
            <Conversation found={found} />
            {found.may.reply && <WriteForm found={found} once={once} refused={refused} />}
          </section>
        </div>
        <aside className="st-aside" aria-label={t.facts}>
          <StaffActions found={found} teams={teams} refused={refused} />
          <CaseFacts found={found} />
          <Beside parts={beside} />
          <LinkedCases caseId={found.id} />
        </aside>
      </div>
    </StaffPage>
  )
}
