import { redirect, useLoaderData } from 'react-router'
import { may, scopesOf } from '../../../platform/permissions.ts'
import { Crumb } from '../../../web/ui/act-panel.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, page } from '../../../web/visit.ts'
import { listOffices } from '../../organisation/offices.ts'
import { findAsked } from '../consolidate.ts'
import { findLine, findReplaced } from '../lines.ts'
import { listLineAnswers } from '../office-answers.ts'
import { reconcilePlan } from '../reconcile.ts'
import { AnswersPart } from './delivery-answers.tsx'
import { changeTheLine } from './line-acts.ts'
import { ChangePanel, ClosePanel } from './line-change.tsx'
import { CountsPart } from './line-counts.tsx'
import { AskedPart, LineFacts } from './line-facts.tsx'
import { ReplacedPart, SplitPart } from './line-split.tsx'
import { lineNumberOf, yearOf } from './plan-address.ts'
import { usePlanTexts } from './plan-words.ts'

export const loader = page(async (ctx, { params }) => {
  const [year, number] = [yearOf(params.year), lineNumberOf(params.number)]
  const line = await findLine(ctx, year, number)
  // What an office wrote is read by who reads for the whole administration.
  const readsAll = scopesOf(ctx.actor, 'needs.read').has('all')
  const isApproved = line.planState === 'approved'
  const mayManage = may(ctx.actor, 'needs.manage')
  const mayChange = mayManage && !isApproved
  return {
    line,
    asked: readsAll ? await findAsked(ctx, line.id) : null,
    codes: line.kind === 'replacement' ? await findReplaced(ctx, line.id) : [],
    answers: isApproved ? await listLineAnswers(ctx, line.id) : [],
    counts: isApproved ? (await reconcilePlan(ctx, year)).lines.find((one) => one.line === number) : undefined,
    offices: mayChange ? (await listOffices(ctx)).map(({ code, name }) => ({ code, name })) : [],
    may: {
      change: mayChange,
      replace: mayManage && line.kind === 'replacement',
      close: isApproved && line.closedOn === null && may(ctx.actor, 'needs.order'),
    },
  }
})

/** One address, several acts: the button's name says which operation. */
export const action = form(async (ctx, form, { params }) => {
  const [year, number] = [yearOf(params.year), lineNumberOf(params.number)]
  await changeTheLine(ctx, year, number, form)
  return redirect(`/fabbisogni/${year}/righe/${number}`)
})

/** One line of the plan: what was decided, who asked, who gets it, what leaves, how far it has come. */
export default function LinePage() {
  const { line, counts, answers, may } = useLoaderData<typeof loader>()
  const { ofYear, line: t } = usePlanTexts()
  const title = t.title(line.number, line.description)
  return (
    <StaffPage title={title}>
      <Crumb to={`/fabbisogni/${line.year}`} label={ofYear(line.year)} title={title} />
      <div className="st-head">
        <div>
          <h1 className="st-title">{title}</h1>
          <p className="st-lead mb-0">
            <LineLead />
          </p>
        </div>
      </div>
      {counts !== undefined && <CountsPart counts={counts} year={line.year} />}
      {answers.length > 0 && <AnswersPart answers={answers} withNotes />}
      <LineFacts />
      {may.change && <ChangePanel />}
      <SplitPart />
      <ReplacedPart />
      <AskedPart />
      {may.close && <ClosePanel />}
    </StaffPage>
  )
}

function LineLead() {
  const { line } = useLoaderData<typeof loader>()
  const { line: texts, number, pieces, day } = usePlanTexts()
  const t = texts.leads
  if (line.closedOn !== null) return <>{t.closed(day(line.closedOn))}</>
  const decided = line.decidedQuantity ?? 0
  switch (line.decision) {
    case 'accepted':
      return <>{t.accepted(pieces(decided, number(decided)))}</>
    case 'partly':
      return <>{t.partly(number(decided), pieces(line.quantity, number(line.quantity)))}</>
    case 'refused':
      return <>{t.refused}</>
    default:
      return <>{t.undecided}</>
  }
}
