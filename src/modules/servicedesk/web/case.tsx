import { redirect, useActionData, useLoaderData, useSearchParams } from 'react-router'
import { read } from '../../../platform/context.ts'
import { formObject } from '../../../platform/http/parse.ts'
import { fail, notFound } from '../../../platform/problem.ts'
import { CitizenPage } from '../../../web/ui/citizen-page.tsx'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { When } from '../../../web/ui/when.tsx'
import { form, isStaff, onceToken, page, type Refused } from '../../../web/visit.ts'
import { listTeams } from '../../organisation/teams.ts'
import { cancelCase, confirmCase, reopenCase } from '../answer-case.ts'
import { eraseCaseText, replyToCase } from '../converse.ts'
import { findCase } from '../find-case.ts'
import type { CaseDetail } from '../schema.ts'
import { askUser, assignCase, resolveCase, takeCase } from '../work-case.ts'
import { AskerActions, StaffActions } from './case-actions.tsx'
import { CaseFacts } from './case-facts.tsx'
import { Conversation, WriteForm } from './conversation.tsx'
import { CaseStateMark } from './state.tsx'
import { useDeskTexts } from './texts.ts'
import { keptFiles } from './uploads.ts'
import { useChanges } from './use-live-list.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/
const caseId = (params: Record<string, string | undefined>) =>
  uuid.test(params.id ?? '') ? String(params.id) : fail(notFound())

export const loader = page((ctx, { params, session }) =>
  read(ctx, async (ctx) => {
    const found = await findCase(ctx, caseId(params))
    return {
      found,
      isAsker: !isStaff(session) || found.requesterId === ctx.actor.personId,
      teams: found.may.assign ? (await listTeams(ctx)).map(({ id, name }) => ({ id, name })) : [],
      once: onceToken(),
    }
  }),
)

/** One address, one act: the button's name says which operation. */
export const action = form(async (ctx, form, { params }) => {
  const id = caseId(params)
  const { version, act } = formObject(form)
  const input = {
    version: Number(version),
    body: String(form.get('body') ?? ''),
    reason: String(form.get('reason') ?? ''),
  }
  switch (act) {
    case 'take':
      await takeCase(ctx, id, input)
      break
    case 'assign':
      await assignCase(ctx, id, { ...input, teamId: String(form.get('teamId')), note: String(form.get('note') ?? '') })
      break
    case 'ask':
      await askUser(ctx, id, input)
      break
    case 'resolve':
      await resolveCase(ctx, id, { ...input, note: String(form.get('note') ?? '') })
      break
    case 'confirm':
      await confirmCase(ctx, id, input)
      break
    case 'reopen':
      await reopenCase(ctx, id, input)
      break
    case 'cancel':
      await cancelCase(ctx, id, input)
      break
    case 'erase':
      await eraseCaseText(ctx, id, input)
      break
    default:
      // The visibility is parsed by the operation.
      await replyToCase(
        ctx,
        id,
        { body: input.body, visibility: String(form.get('visibility') ?? 'public') as 'public' },
        await keptFiles(ctx, form),
      )
  }
  return redirect(`/richieste/${id}`)
})

/** One case: for who asked, a story and a question; for who works, also the acts and the facts. */
export default function CasePage() {
  const { found, isAsker } = useLoaderData<typeof loader>()
  useChanges()
  return isAsker ? <AskerCase found={found} /> : <StaffCase found={found} />
}

function AskerCase({ found }: { found: CaseDetail }) {
  const { once } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const [search] = useSearchParams()
  const { desk, pages } = useDeskTexts()
  const t = pages.case
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
        {t.lead(
          found.number,
          found.state === 'closed' && found.closedHow
            ? desk.closedHow[found.closedHow]
            : pages.home.sentence[found.state],
        )}
      </p>
      <RefusedNotice refused={refused} />
      <AskerActions found={found} />
      <section className="st-section" aria-labelledby="talk">
        <h2 id="talk" className="st-h2">
          {t.talk}
        </h2>
        <Conversation found={found} />
        {found.may.reply && <WriteForm found={found} once={once} refused={refused} />}
      </section>
      <CaseFacts found={found} />
    </CitizenPage>
  )
}

function StaffCase({ found }: { found: CaseDetail }) {
  const { once, teams } = useLoaderData<typeof loader>()
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
          <h1 className="st-title">{found.title || t.empty}</h1>
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
        <section aria-labelledby="talk">
          <h2 id="talk" className="st-h2">
            {t.talk}
          </h2>
          <Conversation found={found} />
          {found.may.reply && <WriteForm found={found} once={once} refused={refused} />}
        </section>
        <aside className="st-aside" aria-label={t.facts}>
          <StaffActions found={found} teams={teams} refused={refused} />
          <CaseFacts found={found} />
        </aside>
      </div>
    </StaffPage>
  )
}
