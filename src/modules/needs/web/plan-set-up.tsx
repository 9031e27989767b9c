import { Form, useLoaderData } from 'react-router'
import { ActField, ActPanel, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { Once, TextField } from '../../../web/ui/form.tsx'
import { LineFields } from './line-fields.tsx'
import type { loader } from './plan.tsx'
import { LoadPlanPanel } from './plan-load.tsx'
import { usePlanTexts } from './plan-words.ts'

/** What the plan is made with, while it is not approved: a line by hand, the file, its terms. */
export function SetUpPart() {
  const { plan, once } = useLoaderData<typeof loader>()
  const { save, plan: t } = usePlanTexts()
  const refused = useRefusedAct('add')
  return (
    <>
      <ActPanel label={t.addLine} act="add">
        <Form method="post">
          <ActField act="add" />
          <Once token={once} />
          <LineFields refused={refused} prefix={refused === undefined ? 'add-' : ''} />
          <button type="submit" className="btn st-btn is-main">
            {save}
          </button>
        </Form>
      </ActPanel>
      <LoadPlanPanel label={t.load} year={plan.year} />
      <TermsPanel />
    </>
  )
}

function TermsPanel() {
  const { plan } = useLoaderData<typeof loader>()
  const { save, plan: texts } = usePlanTexts()
  const t = texts.terms
  const refused = useRefusedAct('terms')
  return (
    <ActPanel label={t.label} act="terms">
      <Form method="post">
        <ActField act="terms" version={plan.version} />
        <div className="st-pair">
          <TextField
            name="closesOn"
            type="date"
            label={t.closesOn}
            initial={plan.closesOn}
            refused={refused}
            isOptional
          />
          <TextField
            name="vatPerMille"
            label={t.vat}
            hint={t.vatHint}
            initial={String(plan.vatPerMille)}
            refused={refused}
            inputMode="numeric"
            required
          />
          <TextField
            name="twoPersonAmount"
            label={t.two}
            initial={plan.twoPersonAmount.replace('.', ',')}
            refused={refused}
            inputMode="decimal"
            required
          />
          <TextField
            name="verifyDays"
            label={t.days}
            initial={String(plan.verifyDays)}
            refused={refused}
            inputMode="numeric"
            required
          />
        </div>
        <button type="submit" className="btn st-btn is-plain">
          {save}
        </button>
      </Form>
    </ActPanel>
  )
}
