import { Form, redirect, useLoaderData } from 'react-router'
import { may } from '../../../platform/permissions.ts'
import { ActField, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import { form, page } from '../../../web/visit.ts'
import { findCollected } from '../consolidate.ts'
import { listPrices } from '../price-lists.ts'
import { changeCollection } from './collect-acts.ts'
import { CollectGroup } from './collect-group.tsx'
import { OfficesPart } from './collect-offices.tsx'
import { PricesPart } from './collect-prices.tsx'
import { yearOf } from './plan-address.ts'
import { PlanFrame } from './plan-frame.tsx'
import { usePlanTexts } from './plan-words.ts'

export const loader = page(async (ctx, { params }) => {
  const found = await findCollected(ctx, yearOf(params.year))
  const { items, ...list } = await listPrices(ctx)
  return { ...found, prices: { ...list, items: items.length }, mayReadOrders: may(ctx.actor, 'orders.read') }
})

/** One address, several acts: the button's name says which operation. */
export const action = form(async (ctx, form, { params }) => {
  const year = yearOf(params.year)
  await changeCollection(ctx, year, form)
  return redirect(`/fabbisogni/${year}/raccolta`)
})

/** From what offices sent to the lines of the plan. */
export default function CollectPage() {
  const { year, groups, state, mayReadOrders } = useLoaderData<typeof loader>()
  const { collect: t } = usePlanTexts()
  return (
    <PlanFrame
      year={year}
      title={t.title(year)}
      lead={<CollectLead />}
      may={{ collect: true, readOrders: mayReadOrders }}
      actions={state === 'approved' ? undefined : <TurnButton />}
    >
      <RefusedNotice refused={useRefusedAct('turn')} />
      {groups.length > 0 && (
        <section className="st-section">
          <h2 id="groups" className="st-h2">
            {t.groups}
          </h2>
          {groups.map((group) => (
            <CollectGroup key={group.asked[0]?.id} group={group} />
          ))}
        </section>
      )}
      <OfficesPart />
      <PricesPart />
    </PlanFrame>
  )
}

function CollectLead() {
  const { groups, requests } = useLoaderData<typeof loader>()
  const { collect } = usePlanTexts()
  const t = collect.leads
  const sent = requests.filter((one) => one.state === 'sent').length
  if (sent === 0 && requests.length === 0) return <>{t.nothing}</>
  return (
    <>
      {groups.length > 0 ? t.waiting(groups.length) : sent > 0 ? t.none : t.nothing}{' '}
      {t.offices(sent, requests.length - sent)}
    </>
  )
}

/** Ends the collection, or opens it again. */
function TurnButton() {
  const { state, version } = useLoaderData<typeof loader>()
  const { collect: t } = usePlanTexts()
  const to = state === 'collecting' ? 'deciding' : 'collecting'
  return (
    <Form method="post">
      <ActField act="turn" version={version} />
      <button type="submit" name="state" value={to} className="btn st-btn is-plain">
        {to === 'deciding' ? t.end : t.reopen}
      </button>
    </Form>
  )
}
