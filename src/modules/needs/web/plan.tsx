import { Link, redirect, useLoaderData } from 'react-router'
import { may } from '../../../platform/permissions.ts'
import { form, onceToken, page } from '../../../web/visit.ts'
import { listApprovals } from '../find-approvals.ts'
import { findPlan } from '../plans.ts'
import { changeThePlan } from './plan-acts.ts'
import { yearOf } from './plan-address.ts'
import { ApprovalsPart, ApprovePanel } from './plan-approvals.tsx'
import { DecideBar } from './plan-decide.tsx'
import { PlanFrame } from './plan-frame.tsx'
import { PlanLead, PlanSums } from './plan-lead.tsx'
import { PlanLines } from './plan-lines.tsx'
import { SetUpPart } from './plan-set-up.tsx'
import { VaryPanel } from './plan-vary.tsx'
import { usePlanTexts } from './plan-words.ts'

export const loader = page(async (ctx, { params }) => {
  const year = yearOf(params.year)
  const plan = await findPlan(ctx, year)
  return {
    plan,
    approvals: await listApprovals(ctx, year),
    once: onceToken(),
    may: {
      manage: may(ctx.actor, 'needs.manage'),
      readOrders: may(ctx.actor, 'orders.read'),
      change: plan.state !== 'approved' && may(ctx.actor, 'needs.manage'),
      decide: plan.state === 'deciding' && may(ctx.actor, 'needs.decide'),
      vary: plan.state === 'approved' && may(ctx.actor, 'needs.decide'),
    },
  }
})

/** One address, several acts: the button's name says which operation. */
export const action = form(async (ctx, form, { params }) => {
  const year = yearOf(params.year)
  await changeThePlan(ctx, year, form)
  return redirect(`/fabbisogni/${year}`)
})

/** The plan of a year on one page: money, quantities, decisions and reasons. */
export default function PlanPage() {
  const { plan, may } = useLoaderData<typeof loader>()
  const { ofYear, plan: t } = usePlanTexts()
  return (
    <PlanFrame
      year={plan.year}
      title={ofYear(plan.year)}
      lead={<PlanLead />}
      may={{ collect: may.manage, readOrders: may.readOrders }}
      actions={
        <Link to={`/fabbisogni/${plan.year}.csv`} reloadDocument>
          {t.exportCsv}
        </Link>
      }
    >
      <PlanSums />
      {may.decide && <ApprovePanel />}
      {may.decide && plan.rows.length > 0 && <DecideBar />}
      <PlanLines />
      <ApprovalsPart />
      {may.vary && <VaryPanel />}
      {may.change && <SetUpPart />}
    </PlanFrame>
  )
}
