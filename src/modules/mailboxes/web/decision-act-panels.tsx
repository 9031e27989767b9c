import { Form, Link, useActionData, useLoaderData } from 'react-router'
import { Panel } from '../../../web/ui/act-panel.tsx'
import { LongField, RefusedNotice } from '../../../web/ui/form.tsx'
import type { Refused } from '../../../web/visit.ts'
import type { loader } from './decision.tsx'
import { useDecisionTexts } from './decision-page-words.ts'

/** What the person may do with the decision: one filled button for what waits for them, the others outlined. */
export function DecisionActs() {
  const { decision, may } = useLoaderData<typeof loader>()
  const { one } = useDecisionTexts()
  const t = one.acts
  const refused = useActionData<Refused>()
  const plain = ['confirm', 'approve', 'carry_out']
  const isPlain = plain.some((name) => refused?.values?.act?.startsWith(`${name}-`))
  const main = may.approve ? 'approve' : may.confirm ? 'confirm' : null
  const reasons = [
    {
      act: 'contest',
      shown: may.contest,
      name: 'contestReason',
      label: t.contest,
      ask: t.contestReason,
      send: t.contestSend,
    },
    {
      act: 'refuse',
      shown: may.refuse,
      name: 'refuseReason',
      label: t.refuse,
      ask: t.refuseReason,
      send: t.refuseSend,
    },
    { act: 'undo', shown: may.undo, name: 'reason', label: t.undo, ask: t.undoReason, send: t.undoSend },
  ]
  const anything = main !== null || may.carryOut || may.replace || reasons.some(({ shown }) => shown)
  if (!anything) return null
  return (
    <section aria-label={t.label} className="mb-3">
      {isPlain && <RefusedNotice refused={refused} />}
      <div className="st-row">
        {may.confirm && <Plain act="confirm" label={t.confirm} isMain={main === 'confirm'} />}
        {may.approve && <Plain act="approve" label={t.approve} isMain />}
        {may.carryOut && <Plain act="carry_out" label={t.carryOut} isMain={false} />}
        {may.replace && (
          <Link className="btn st-btn is-plain" to={`/caselle/proposte/nuova?sostituisce=${decision.id}`}>
            {t.replace}
          </Link>
        )}
      </div>
      {reasons
        .filter(({ shown }) => shown)
        .map(({ act, name, label, ask, send }) => (
          <WithReason key={act} act={act} name={name} label={label} ask={ask} send={send} />
        ))}
    </section>
  )
}

function useActValue(act: string): string {
  const { decision } = useLoaderData<typeof loader>()
  return `${act}-one-${decision.id}:${decision.version}`
}

function Plain({ act, label, isMain }: { act: string; label: string; isMain: boolean }) {
  const value = useActValue(act)
  return (
    <Form method="post" preventScrollReset>
      <button type="submit" name="act" value={value} className={`btn st-btn ${isMain ? 'is-main' : 'is-plain'}`}>
        {label}
      </button>
    </Form>
  )
}

function WithReason(props: { act: string; name: string; label: string; ask: string; send: string }) {
  const { act, name, label, ask, send } = props
  const value = useActValue(act)
  const answer = useActionData<Refused>()
  const refused = answer?.values?.act?.startsWith(`${act}-`) ? answer : undefined
  return (
    <Panel label={label} refused={refused} className="mt-2">
      <Form method="post" preventScrollReset>
        <LongField name={name} label={ask} refused={refused} rows={3} required maxLength={2000} />
        <button type="submit" name="act" value={value} className="btn st-btn is-plain">
          {send}
        </button>
      </Form>
    </Panel>
  )
}
