import { Link, redirect, useLoaderData } from 'react-router'
import type { Actor } from '../../../platform/context.ts'
import { may } from '../../../platform/permissions.ts'
import { uuidOf } from '../../../web/form-fields.ts'
import { Crumb } from '../../../web/ui/act-panel.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { useChanges } from '../../../web/ui/use-changes.ts'
import { form, page } from '../../../web/visit.ts'
import type { DecisionOutput } from '../decision-schema.ts'
import { today } from '../decision-settings.ts'
import { needsOffice } from '../decision-vocabulary.ts'
import { findDecision } from '../find-decisions.ts'
import { approval, type DecisionStep, mayStep } from '../internal/decision-lifecycle.ts'
import { DecisionActs } from './decision-act-panels.tsx'
import { actOnDecisions } from './decision-acts.ts'
import { BeforeAfter } from './decision-change.tsx'
import { DecisionHistory } from './decision-history.tsx'
import { useDecisionTexts } from './decision-page-words.ts'
import { DecisionSign } from './decision-sign.tsx'

export const loader = page(async (ctx, { params }) => {
  const decision = await findDecision(ctx, uuidOf(params.id))
  return { decision, may: mayDo(ctx.actor, decision, today(ctx)) }
})

// What is shown as a button; whether it may be done is decided by the operation.
function mayDo(actor: Actor, decision: DecisionOutput, day: string) {
  const { state, officeId, proposedBy, waveBegan, kind, heldUntil } = decision
  const fits = (step: DecisionStep) => mayStep(step, state)
  const isOwn = proposedBy === actor.personId
  const answers = may(actor, 'mailboxes.confirm', { officeId }) && !isOwn
  const approves = may(actor, 'mailboxes.approve')
  const how = approval(decision, day)
  const changes = may(actor, 'mailboxes.propose') && !waveBegan
  return {
    confirm: answers && fits('confirm'),
    contest: answers && fits('contest'),
    approve: approves && !isOwn && fits('approve') && (how === null || how === 'silent'),
    refuse: approves && fits('refuse'),
    undo: changes && fits('undo'),
    replace: changes && fits('supersede'),
    carryOut: may(actor, 'mailboxes.propose') && fits('carry_out') && !(kind === 'delete' && (heldUntil ?? '') > day),
    propose: may(actor, 'mailboxes.propose'),
  }
}

export const action = form(async (ctx, form, { params }) => {
  const id = uuidOf(params.id)
  await actOnDecisions(ctx, form)
  return redirect(`/caselle/proposte/${id}`)
})

/** One decision: what it changes, why, who answers, what happened. */
export default function DecisionPage() {
  const { decision } = useLoaderData<typeof loader>()
  const { title, one: t, words, nowhere, none } = useDecisionTexts()
  useChanges()
  return (
    <StaffPage title={decision.address}>
      <Crumb to="/caselle/proposte" label={title} title={decision.address} />
      <div className="st-head">
        <div>
          <h1 className="st-title text-break">
            {decision.address}: {words.kinds[decision.kind].toLowerCase()}
          </h1>
          <p className="st-lead mb-0">
            <Lead />
          </p>
        </div>
        <DecisionSign row={decision} />
      </div>
      <DecisionActs />
      <section className="st-section">
        <h2 className="st-h2">{t.why}</h2>
        <p className="st-body">{decision.reason ?? none}</p>
        <p className="st-quiet">
          {t.proposed(decision.proposer)} · {words.boxKinds[decision.mailboxKind]} · {decision.office ?? nowhere}
        </p>
        {decision.answer !== null && (
          <p>
            <strong>{t.answer}:</strong> {decision.answer}
          </p>
        )}
      </section>
      <BeforeAfter />
      <Others />
      <DecisionHistory />
    </StaffPage>
  )
}

function Lead() {
  const { decision } = useLoaderData<typeof loader>()
  const { one, day } = useDecisionTexts()
  const { leads: t } = one
  const { state, isSilent, kind } = decision
  const until = day(decision.answerBy)
  if (state === 'proposed' && isSilent)
    return <>{needsOffice.includes(kind) ? t.silentNeeds(until) : t.silent(until)}</>
  if (state === 'proposed') return <>{t.proposed(until)}</>
  if (state === 'approved') return <>{isSilent ? t.approvedSilent(until) : t.approved}</>
  return <>{t[state]}</>
}

function Others() {
  const { decision } = useLoaderData<typeof loader>()
  const { one: t } = useDecisionTexts()
  const { supersedesId, successorId, inWave } = decision
  if (supersedesId === null && successorId === null && inWave === null) return null
  return (
    <p className="st-row">
      {supersedesId !== null && <Link to={`/caselle/proposte/${supersedesId}`}>{t.replaces}</Link>}
      {successorId !== null && <Link to={`/caselle/proposte/${successorId}`}>{t.replacedBy}</Link>}
      {inWave !== null && <span>{t.wave(inWave)}</span>}
    </p>
  )
}
