import { useLoaderData } from 'react-router'
import { centsText, parseCents } from '../../../platform/money.ts'
import type { LineRow } from '../schema.ts'
import { sumOf } from './amounts.ts'
import type { loader } from './plan.tsx'
import { usePlanTexts } from './plan-words.ts'

/** How the plan stands, in one sentence. */
export function PlanLead() {
  const { plan, approvals } = useLoaderData<typeof loader>()
  const { plan: texts, dayOf, weekday } = usePlanTexts()
  const t = texts.leads
  const newest = approvals.at(-1)
  if (newest !== undefined) {
    const on = dayOf(newest.approvedAt)
    return <>{newest.variation === 0 ? t.approved(newest.act, on) : t.varied(newest.variation, newest.act, on)}</>
  }
  if (plan.state === 'collecting')
    return (
      <>
        {t.collecting(plan.requestsSent)} {plan.closesOn !== null && t.until(weekday(plan.closesOn))}
      </>
    )
  if (plan.rows.length === 0) return <>{t.empty}</>
  const open = plan.rows.filter(({ decision }) => decision === null).length
  return <>{open === 0 ? t.ready : t.undecided(open)}</>
}

/** What was accepted of a line, without VAT; null until it is decided on. */
export function acceptedOf({ unitPrice, decidedQuantity }: LineRow): string | null {
  if (decidedQuantity === null) return null
  return centsText((parseCents(unitPrice) ?? 0n) * BigInt(decidedQuantity))
}

/** The totals of the table below. */
export function PlanSums() {
  const { plan } = useLoaderData<typeof loader>()
  const { plan: texts, amount, number } = usePlanTexts()
  const t = texts.sums
  const { rows } = plan
  const decided = rows.filter(({ decision }) => decision !== null)
  const refused = rows.filter(({ decision }) => decision === 'refused').length
  const pieces = (of: (line: LineRow) => number) => t.pieces(number(rows.reduce((all, line) => all + of(line), 0)))
  const isApproved = plan.state === 'approved'
  return (
    <dl className="st-sum" aria-label={t.label}>
      <div>
        <dt>{isApproved ? t.approved : t.asked}</dt>
        <dd>
          {amount(plan.totalExVat)} €
          <small>{pieces((line) => (isApproved ? (line.decidedQuantity ?? 0) : line.quantity))}</small>
        </dd>
      </div>
      <div>
        <dt>{isApproved ? t.approvedInc : t.askedInc}</dt>
        <dd>
          {amount(plan.totalIncVat)} €<small>{t.vat(number(plan.vatPerMille / 10))}</small>
        </dd>
      </div>
      {!isApproved && (
        <div>
          <dt>{t.accepted}</dt>
          <dd>
            {amount(sumOf(rows.map((line) => acceptedOf(line) ?? '0.00')))} €
            <small>{pieces((line) => line.decidedQuantity ?? 0)}</small>
          </dd>
        </div>
      )}
      <div>
        <dt>{t.decided}</dt>
        <dd>
          {t.of(number(decided.length), number(rows.length))}
          {refused > 0 && <small>{t.refused(refused)}</small>}
        </dd>
      </div>
      <div>
        <dt>{t.offices}</dt>
        <dd>{number(plan.requestsSent)}</dd>
      </div>
    </dl>
  )
}
