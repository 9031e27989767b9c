import type { ReactNode } from 'react'
import { Crumb } from '../../../web/ui/act-panel.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { PlanPlaces } from './plan-places.tsx'
import { usePlanTexts } from './plan-words.ts'

type Frame = {
  year: number
  title: string
  lead: ReactNode
  may: { collect: boolean; readOrders: boolean }
  actions?: ReactNode
  children: ReactNode
}

/** The frame of a plan's pages: the plan's own places, where one is, title, the sentence that says how things stand. */
export function PlanFrame({ year, title, lead, may, actions, children }: Frame) {
  const { title: all } = usePlanTexts()
  return (
    <StaffPage title={title}>
      <PlanPlaces year={year} may={{ ...may, readPlan: true }} />
      <Crumb to="/fabbisogni" label={all} title={title} />
      <div className="st-head">
        <div>
          <h1 className="st-title">{title}</h1>
          <p className="st-lead mb-0">{lead}</p>
        </div>
        {actions && <div className="st-row">{actions}</div>}
      </div>
      {children}
    </StaffPage>
  )
}
