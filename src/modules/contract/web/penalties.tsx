import { Form, Link, redirect, useActionData, useLoaderData } from 'react-router'
import { formObject } from '../../../platform/http/parse.ts'
import { may } from '../../../platform/permissions.ts'
import { LongField, Once, RefusedNotice, SelectField, TextField } from '../../../web/ui/form.tsx'
import { form, onceToken, page, type Refused } from '../../../web/visit.ts'
import { localDay } from '../contracts.ts'
import { counterPenalty, decidePenalty, enterDecision, listPenalties } from '../penalties.ts'
import { quarterOfDay } from '../period-text.ts'
import type { CounterPenaltyInput, DecidePenaltyInput, EnterDecisionInput, PenaltyRow } from '../schema.ts'
import { deductionNatures } from '../vocabulary.ts'
import { ContractPage } from './contract-page.tsx'
import { useContractTexts } from './words.ts'

export const loader = page(async (ctx) => ({
  penalties: (await listPenalties(ctx, quarterOfDay(localDay(ctx)))).toReversed(),
  today: localDay(ctx),
  mayCounter: may(ctx.actor, 'contract.counter'),
  mayDecide: may(ctx.actor, 'contract.decide'),
  once: onceToken(),
}))

export const action = form(async (ctx, form) => {
  const { act, id, once: _, version, ...input } = formObject(form)
  const seen = { ...input, version: Number(version) }
  const on = String(id ?? '')
  // Each operation parses what it is given, whatever the form sent.
  if (act === 'counter') await counterPenalty(ctx, on, seen as CounterPenaltyInput)
  else if (act === 'decide') await decidePenalty(ctx, on, seen as DecidePenaltyInput)
  else return redirect(`/contratto/penali#${(await enterDecision(ctx, input as EnterDecisionInput)).id}`)
  return redirect(`/contratto/penali#${on}`)
})

/** Proposals, counter-deductions, decisions; each stays as it was taken. */
export default function PenaltiesPage() {
  const { penalties, today, mayCounter, mayDecide, once } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const { pages } = useContractTexts()
  const t = pages.penalties
  const open = penalties.filter(({ state }) => state !== 'decided').length
  return (
    <ContractPage title={t.title} lead={t.lead(open)}>
      <RefusedNotice refused={refused} />
      {penalties.length === 0 && <p>{t.none}</p>}
      {penalties.map((penalty) => (
        <Penalty key={penalty.id} penalty={penalty} today={today} mayCounter={mayCounter} mayDecide={mayDecide} />
      ))}
      {mayDecide && <EnterForm once={once} refused={refused} />}
    </ContractPage>
  )
}

const marks = { proposed: 'st-warn', countered: 'st-warn', decided: 'st-ok' } as const

function Penalty({
  penalty,
  today,
  mayCounter,
  mayDecide,
}: {
  penalty: PenaltyRow
  today: string
  mayCounter: boolean
  mayDecide: boolean
}) {
  const { pages, period, date, value } = useContractTexts()
  const t = pages.penalties
  const isPenalty = penalty.nature === 'penalty'
  const canDecide =
    mayDecide && (penalty.state === 'countered' || (penalty.state === 'proposed' && (penalty.dueOn ?? '') < today))
  return (
    <section className="st-section" aria-labelledby={penalty.id}>
      <h2 id={penalty.id} className="st-h3">
        {t.nature[penalty.nature]}:{' '}
        {isPenalty ? (
          <Link to={`/contratto/${penalty.period}/${penalty.indicator}`}>
            {penalty.indicator} {penalty.service}, {period(penalty.period)}
          </Link>
        ) : (
          `${penalty.service}, ${period(penalty.period)}`
        )}
      </h2>
      <p>
        <span className={`st-state ${marks[penalty.state]}`}>{t.states[penalty.state]}</span>{' '}
        <span className="st-quiet">
          {t.basis[penalty.basis]}
          {isPenalty && penalty.basis !== 'history' && (
            <>, {t.rate(value(penalty.rate), pages.indicators.recurrence[penalty.level] ?? '')}</>
          )}
        </span>
      </p>
      <PenaltyFacts penalty={penalty} />
      {penalty.state === 'proposed' && penalty.dueOn !== null && <p>{t.counterUntil(date(penalty.dueOn))}</p>}
      {penalty.state === 'proposed' && mayCounter && <CounterForm penalty={penalty} />}
      {canDecide && <DecideForm penalty={penalty} />}
    </section>
  )
}

function PenaltyFacts({ penalty }: { penalty: PenaltyRow }) {
  const { pages, amount } = useContractTexts()
  const t = pages.penalties
  return (
    <dl className="st-facts st-facts-wide">
      <dt>{t.proposed}</dt>
      <dd>{amount(penalty.proposed)}</dd>
      {penalty.decided !== null && (
        <>
          <dt>{t.decided}</dt>
          <dd className="st-strong">{amount(penalty.decided)}</dd>
        </>
      )}
      {penalty.adjustments !== '0.00' && (
        <>
          <dt>{t.adjustments}</dt>
          <dd>{amount(penalty.adjustments)}</dd>
        </>
      )}
      {penalty.document !== '' && (
        <>
          <dt>{t.document}</dt>
          <dd>{penalty.document}</dd>
        </>
      )}
      {(['proposal', 'counter', 'decision'] as const).map(
        (part) =>
          penalty.texts[part] !== null && (
            <div key={part} className="st-contents">
              <dt>{t[part]}</dt>
              <dd>{penalty.texts[part]}</dd>
            </div>
          ),
      )}
    </dl>
  )
}

function CounterForm({ penalty }: { penalty: PenaltyRow }) {
  const { pages } = useContractTexts()
  const t = pages.penalties
  return (
    <Form method="post" className="st-form">
      <input type="hidden" name="id" value={penalty.id} />
      <input type="hidden" name="version" value={penalty.version} />
      <TextField name="document" inputId={`document-${penalty.id}`} label={t.document} required />
      <LongField name="what" inputId={`what-${penalty.id}`} label={t.counter} required />
      <button className="btn st-btn is-main" type="submit" name="act" value="counter">
        {t.counterSubmit}
      </button>
    </Form>
  )
}

function DecideForm({ penalty }: { penalty: PenaltyRow }) {
  const { pages } = useContractTexts()
  const t = pages.penalties
  return (
    <Form method="post" className="st-form">
      <input type="hidden" name="id" value={penalty.id} />
      <input type="hidden" name="version" value={penalty.version} />
      <TextField
        name="amount"
        inputId={`amount-${penalty.id}`}
        label={t.amount}
        initial={penalty.proposed}
        inputMode="decimal"
        required
      />
      <LongField name="what" inputId={`why-${penalty.id}`} label={t.decision} required />
      <button className="btn st-btn is-main" type="submit" name="act" value="decide">
        {t.decideSubmit}
      </button>
    </Form>
  )
}

function EnterForm({ once, refused }: { once: string; refused: Refused | undefined }) {
  const { pages } = useContractTexts()
  const t = pages.penalties.history
  return (
    <details className="st-section st-picker">
      <summary className="st-strong">{t.title}</summary>
      <p className="mt-2">{t.lead}</p>
      <Form method="post" className="st-form">
        <Once token={once} />
        <SelectField
          name="nature"
          label={t.nature}
          options={deductionNatures.map((value) => ({ value, label: pages.penalties.nature[value] }))}
          refused={refused}
        />
        <TextField name="period" label={t.period} hint="2026-Q3" refused={refused} required />
        <TextField name="indicator" label={t.indicator} refused={refused} isOptional />
        <TextField name="service" label={t.service} refused={refused} required />
        <TextField name="amount" label={t.amount} inputMode="decimal" refused={refused} required />
        <TextField name="document" label={t.document} refused={refused} required />
        <button className="btn st-btn is-plain" type="submit" name="act" value="enter">
          {t.submit}
        </button>
      </Form>
    </details>
  )
}
