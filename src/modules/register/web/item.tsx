import { Link, redirect, useLoaderData, useSearchParams } from 'react-router'
import { read } from '../../../platform/context.ts'
import { may } from '../../../platform/permissions.ts'
import { uuidOf } from '../../../web/form-fields.ts'
import { Crumb, DoneNotice } from '../../../web/ui/act-panel.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, page } from '../../../web/visit.ts'
import { listOffices } from '../../organisation/offices.ts'
import { listSites } from '../../organisation/sites.ts'
import { listToVerify } from '../campaigns.ts'
import { listItemCases } from '../case-items.ts'
import { listHandovers } from '../handovers.ts'
import { findHistory } from '../history.ts'
import { findImpact } from '../impact.ts'
import { actsIn } from '../internal/lifecycle.ts'
import { lackingAttributes } from '../item-types.ts'
import { findItem } from '../items.ts'
import { listRelations } from '../relations.ts'
import { carryOut } from './acts.ts'
import { useCampaignTexts } from './campaign-texts.ts'
import { CasesPart } from './cases-part.tsx'
import { HandoversPart } from './handovers-part.tsx'
import { HistoryPart } from './history-part.tsx'
import { ImpactPart } from './impact-part.tsx'
import { ItemActs } from './item-acts.tsx'
import { ItemFacts } from './item-facts.tsx'
import { RelationsPart } from './relations-part.tsx'
import { useFigures, useRegisterTexts } from './texts.ts'

export const loader = page(async (ctx, { params, request }) => {
  const id = uuidOf(params.id)
  const isUp = new URL(request.url).searchParams.get('verso') === 'dipendenze'
  return read(ctx, async (ctx) => {
    const item = await findItem(ctx, id)
    return {
      item,
      relations: await listRelations(ctx, id),
      history: await findHistory(ctx, id),
      toVerify: await listToVerify(ctx, id),
      cases: await listItemCases(ctx, id),
      handovers: (await listHandovers(ctx, { itemId: id, answer: 'all', limit: 20 })).rows,
      impact: await findImpact(ctx, id, { direction: isUp ? 'dependency' : 'impact' }),
      mayManage: may(ctx.actor, 'register.manage'),
      acts: may(ctx.actor, 'register.manage') ? actsIn(item.state) : [],
      offices: (await listOffices(ctx)).map(({ id, name, depth }) => ({ id, name, depth })),
      sites: (await listSites(ctx)).map(({ id, name }) => ({ id, name })),
    }
  })
})

/** One address, several acts: the button's name says which operation. */
export const action = form(async (ctx, form, { params }) => {
  const id = uuidOf(params.id)
  await carryOut(ctx, id, form)
  return redirect(`/registro/${id}?fatto=movimento`)
})

/** One item: how it stands, what rests on it, what happened, and what can be done. */
export default function ItemPage() {
  const { item, mayManage } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const texts = useRegisterTexts()
  const { page: t } = texts
  const place = [item.officeName, item.siteName].filter(Boolean).join(', ')
  const done = { movimento: t.item.done, scheda: t.item.saved }[search.get('fatto') ?? '']
  return (
    <StaffPage title={`${item.code} ${item.name}`}>
      <Crumb to="/registro" label={t.title} title={item.code} />
      <div className="st-head">
        <div>
          <h1 className="st-title">{item.name}</h1>
          <p className="st-lead mb-0">
            {t.item.sentence(texts.types[item.type], texts.states[item.state])}{' '}
            {place === '' ? t.item.nowhere : t.item.at(place)}
          </p>
        </div>
        {mayManage && (
          <Link className="btn st-btn is-plain" to={`/registro/${item.id}/correggi`}>
            {t.edit.open}
          </Link>
        )}
      </div>
      <ToVerify />
      <ToComplete />
      {done && <DoneNotice>{done}</DoneNotice>}
      <div className="st-side">
        <div>
          <ImpactPart />
          <RelationsPart />
          <CasesPart />
          <HandoversPart />
          <HistoryPart />
        </div>
        <aside className="st-aside" aria-label={t.item.facts}>
          <ItemActs />
          <ItemFacts />
        </aside>
      </div>
    </StaffPage>
  )
}

// Taken in from a delivery, which does not know everything its type wants.
function ToComplete() {
  const { item } = useLoaderData<typeof loader>()
  const { page: t, attributes } = useRegisterTexts()
  const lacking = lackingAttributes(item.type, item.attributes)
  if (lacking.length === 0) return null
  return (
    <div className="st-notice is-warn">
      <p>{t.item.toComplete(lacking.map((name) => attributes[name]))}</p>
    </div>
  )
}

// Missing in an inventory, and nobody has said what became of it.
function ToVerify() {
  const { toVerify } = useLoaderData<typeof loader>()
  const { one: t } = useCampaignTexts()
  const { day } = useFigures()
  if (toVerify.length === 0) return null
  return (
    <div className="st-notice is-warn">
      {toVerify.map(({ id, name, on }) => (
        <p key={id}>
          <Link to={`/inventario/${id}`}>{t.ofItem(name, day(on))}</Link>
        </p>
      ))}
    </div>
  )
}
