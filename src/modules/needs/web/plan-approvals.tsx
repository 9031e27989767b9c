import { Form, useLoaderData } from 'react-router'
import { ActField, ActPanel, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { TextField } from '../../../web/ui/form.tsx'
import { sumOf } from './amounts.ts'
import type { loader } from './plan.tsx'
import { acceptedOf } from './plan-lead.tsx'
import { usePlanTexts } from './plan-words.ts'

/** Approves the plan as a whole, with the act. */
export function ApprovePanel() {
  const { plan } = useLoaderData<typeof loader>()
  const { plan: texts, amount } = usePlanTexts()
  const t = texts.approve
  const refused = useRefusedAct('approve')
  const isReady = plan.rows.length > 0 && plan.rows.every(({ decision }) => decision !== null)
  if (!isReady && refused === undefined) return null
  return (
    <div className="mb-3">
      <ActPanel label={t.label} act="approve">
        <Form method="post">
          <ActField act="approve" version={plan.version} />
          <p>{t.lead(plan.rows.length, amount(sumOf(plan.rows.map((line) => acceptedOf(line) ?? '0.00'))))}</p>
          <TextField
            name="approval"
            inputId="act"
            label={t.act}
            hint={t.actHint}
            refused={refused}
            required
            minLength={3}
            maxLength={300}
          />
          <button type="submit" className="btn st-btn is-main">
            {t.label}
          </button>
        </Form>
      </ActPanel>
    </div>
  )
}

/** The acts by which the plan holds, with the digest of what each approved. */
export function ApprovalsPart() {
  const { approvals } = useLoaderData<typeof loader>()
  const { plan: t, amount, dayOf, none } = usePlanTexts()
  const c = t.approvalColumns
  const numeric = (label: string) => ({ label, isNumber: true }) as const
  if (approvals.length === 0) return null
  return (
    <section className="st-section">
      <h2 className="st-h2">{t.approvals}</h2>
      <DataTable
        caption={t.approvals}
        columns={[c.what, c.act, c.day, c.reason, numeric(c.ex), numeric(c.inc), c.digest]}
      >
        {approvals.map((one) => (
          <tr key={one.variation}>
            <th scope="row">{one.variation === 0 ? t.thePlan : t.variation(one.variation)}</th>
            <td>{one.act}</td>
            <td>{dayOf(one.approvedAt)}</td>
            <td>{one.reason ?? none}</td>
            <td className="st-num st-strong">{amount(one.totalExVat)}</td>
            <td className="st-num">{amount(one.totalIncVat)}</td>
            <td>
              <span className="st-hash">{one.digest}</span>
            </td>
          </tr>
        ))}
      </DataTable>
    </section>
  )
}
