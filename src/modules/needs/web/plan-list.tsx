import { Form, Link, redirect, useLoaderData } from 'react-router'
import { may } from '../../../platform/permissions.ts'
import { ActField, ActPanel, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { TextField } from '../../../web/ui/form.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, page } from '../../../web/visit.ts'
import { listOwnDeliveries } from '../office-answers.ts'
import { listOwnSheets } from '../own-sheets.ts'
import { listPlans, today } from '../plans.ts'
import type { PlanRow } from '../schema.ts'
import { useAnswerWords } from './answer-words.ts'
import { beginPlan } from './plan-acts.ts'
import { LoadPlanPanel } from './plan-load.tsx'
import { PlanStateSign } from './plan-state.tsx'
import { usePlanTexts } from './plan-words.ts'
import { OwnSheets } from './sheet-own.tsx'

export const loader = page(async (ctx) => ({
  plans: await listPlans(ctx),
  sheets: may(ctx.actor, 'needs.ask') ? await listOwnSheets(ctx) : [],
  waiting: may(ctx.actor, 'needs.receive') ? await listOwnDeliveries(ctx) : null,
  nextYear: Number(today(ctx).slice(0, 4)) + 1,
  mayManage: may(ctx.actor, 'needs.manage'),
}))

export const action = form(async (ctx, form) => redirect(`/fabbisogni/${await beginPlan(ctx, form)}`))

/** The plans by year; above them what waits for the person. */
export default function PlanListPage() {
  const { plans, mayManage } = useLoaderData<typeof loader>()
  const { title, plans: t } = usePlanTexts()
  return (
    <StaffPage title={title}>
      <div className="st-head">
        <div>
          <h1 className="st-title">{title}</h1>
          <p className="st-lead mb-0">
            <Lead />
          </p>
        </div>
      </div>
      <OwnSheets />
      <OwnDeliveriesOffer />
      {plans.length > 0 && (
        <section className="st-section">
          <h2 className="st-h2">{t.caption}</h2>
          <PlanTable plans={plans} />
        </section>
      )}
      {mayManage && (
        <>
          <OpenPlanPanel />
          <LoadPlanPanel label={t.load} year={null} />
        </>
      )}
    </StaffPage>
  )
}

/** What came for the person's offices, and how much of it waits for their word. */
function OwnDeliveriesOffer() {
  const { waiting } = useLoaderData<typeof loader>()
  const { page: t } = useAnswerWords()
  if (waiting === null || waiting.length === 0) return null
  const open = waiting.filter(({ answer }) => answer === null).length
  return (
    <section className="st-section">
      <h2 className="st-h2">{t.title}</h2>
      <p className="st-row">
        <span>{open === 0 ? t.lead(0) : t.offer(open)}</span>
        <Link className={`btn st-btn ${open > 0 ? 'is-main' : 'is-plain'}`} to="/fabbisogni/consegne">
          {t.open}
        </Link>
      </p>
    </section>
  )
}

function Lead() {
  const { plans, sheets } = useLoaderData<typeof loader>()
  const { plans: t } = usePlanTexts()
  const [own] = sheets
  const [newest] = plans
  if (own?.state === 'sent') return <>{t.lead.sent(own.year)}</>
  if (own?.isOpen) return <>{t.lead.mine(own.year, own.office)}</>
  if (newest === undefined) return <>{t.lead.none}</>
  const open = plans.find(({ state }) => state !== 'approved')
  if (open === undefined) return <>{t.lead.closed(newest.year)}</>
  return <>{open.state === 'deciding' ? t.lead.deciding(open.year) : t.lead.collecting(open.year, open.requestsSent)}</>
}

function PlanTable({ plans }: { plans: readonly PlanRow[] }) {
  const { ofYear, plans: t, day, amount, number } = usePlanTexts()
  const c = t.columns
  const numeric = (label: string) => ({ label, isNumber: true }) as const
  return (
    <DataTable
      caption={t.caption}
      columns={[c.year, c.state, c.closesOn, numeric(c.sent), numeric(c.lines), numeric(c.ex), numeric(c.inc)]}
    >
      {plans.map((plan) => (
        <tr key={plan.year}>
          <th scope="row">
            <Link to={`/fabbisogni/${plan.year}`}>{ofYear(plan.year)}</Link>
          </th>
          <td>
            <PlanStateSign state={plan.state} variation={plan.variation} />
          </td>
          <td>{plan.closesOn === null ? t.noDay : day(plan.closesOn)}</td>
          <td className="st-num">{number(plan.requestsSent)}</td>
          <td className="st-num">{number(plan.lines)}</td>
          <td className="st-num st-strong">{amount(plan.totalExVat)}</td>
          <td className="st-num">{amount(plan.totalIncVat)}</td>
        </tr>
      ))}
    </DataTable>
  )
}

function OpenPlanPanel() {
  const { nextYear } = useLoaderData<typeof loader>()
  const { plans: t } = usePlanTexts()
  const refused = useRefusedAct('open')
  return (
    <ActPanel label={t.openPlan} act="open">
      <Form method="post">
        <ActField act="open" />
        <div className="st-pair">
          <TextField
            name="year"
            label={t.fields.year}
            refused={refused}
            initial={String(nextYear)}
            inputMode="numeric"
            required
          />
          <TextField
            name="closesOn"
            type="date"
            label={t.fields.closesOn}
            hint={t.fields.closesHint}
            refused={refused}
            isOptional
          />
        </div>
        <button type="submit" className="btn st-btn is-main">
          {t.openSend}
        </button>
      </Form>
    </ActPanel>
  )
}
