import { redirect, useLoaderData, useSearchParams } from 'react-router'
import { read } from '../../../platform/context.ts'
import { may } from '../../../platform/permissions.ts'
import { filledTexts, uuidOf } from '../../../web/form-fields.ts'
import { Crumb, DoneNotice } from '../../../web/ui/act-panel.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, page } from '../../../web/visit.ts'
import { listOffices } from '../../organisation/offices.ts'
import type { AsideInput, ChangeBoxInput, ChangeKindInput } from '../box-schema.ts'
import { findOpenDecision } from '../find-decisions.ts'
import { putFindingAside, resumeFinding } from '../findings.ts'
import { changeBox, changeKind, chooseHolder, findBox, findBoxHistory } from '../mailboxes.ts'
import { listServers } from '../servers.ts'
import { BoxActs } from './box-acts.tsx'
import { BoxDecision } from './box-decision.tsx'
import { BoxFactsPart } from './box-facts.tsx'
import { BoxFindingsPart } from './box-findings.tsx'
import { boxOf, initialOf } from './box-form.ts'
import { useBoxTexts, wordFor } from './box-texts.ts'
import { BoxHistoryPart, BoxWaysPart } from './box-ways.tsx'

export const loader = page(async (ctx, { params }) => {
  const id = uuidOf(params.id)
  return read(ctx, async (ctx) => {
    const box = await findBox(ctx, id)
    const mayManage = may(ctx.actor, 'mailboxes.manage')
    return {
      box,
      mayManage,
      decision: await findOpenDecision(ctx, id),
      mayPropose: may(ctx.actor, 'mailboxes.propose') && box.goneSince === null,
      history: await findBoxHistory(ctx, id),
      initial: initialOf(box),
      offices: mayManage ? (await listOffices(ctx)).map(({ id, name, depth }) => ({ id, name, depth })) : [],
      servers: mayManage ? (await listServers(ctx)).map(({ id, name }) => ({ id, name })) : [],
    }
  })
})

/** One address, several acts: the button's name says which operation. */
export const action = form(async (ctx, form, { params }) => {
  const id = uuidOf(params.id)
  const texts = filledTexts(form)
  const version = texts.version === undefined ? undefined : Number(texts.version)
  // What the forms hold is parsed by the operations.
  switch (texts.act) {
    case 'holder':
      await chooseHolder(ctx, id, { version, ...(texts.holderEmail && { holderEmail: texts.holderEmail }) })
      return redirect(`/caselle/${id}?fatto=responsabile`)
    case 'kind':
      await changeKind(ctx, id, { version, kind: texts.kind } as ChangeKindInput)
      return redirect(`/caselle/${id}?fatto=tipo`)
    case 'aside':
      await putFindingAside(ctx, id, {
        finding: texts.finding,
        about: texts.about ?? '',
        reason: texts.reason,
      } as AsideInput)
      return redirect(`/caselle/${id}?fatto=rilievo`)
    case 'resume':
      await resumeFinding(ctx, id, { finding: texts.finding, about: texts.about ?? '' } as AsideInput)
      return redirect(`/caselle/${id}?fatto=rilievo`)
    default: {
      const { aliases } = await findBox(ctx, id)
      const untils = new Map(aliases.map(({ address, until }) => [address, until]))
      await changeBox(ctx, id, { ...boxOf(texts, untils), version } as ChangeBoxInput)
      return redirect(`/caselle/${id}?fatto=corretta`)
    }
  }
})

/** One mailbox: what is to be looked at, who opens it and where its mail goes, what happened. */
export default function BoxPage() {
  const { box, mayManage } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const texts = useBoxTexts()
  const t = texts.page.box
  const done = wordFor(t.done, search.get('fatto') ?? '')
  return (
    <StaffPage title={box.address}>
      <Crumb to="/caselle" label={mayManage ? texts.page.title : texts.page.titleOffice} title={box.address} />
      <div className="st-head">
        <div>
          <h1 className="st-title text-break">{box.address}</h1>
          <p className="st-lead mb-0">
            {t.sentence(texts.kinds[box.kind], box.officeName)} {box.goneSince !== null && t.goneSince}
          </p>
        </div>
      </div>
      {done && <DoneNotice>{done}</DoneNotice>}
      <BoxDecision />
      <div className="st-side">
        <div>
          <BoxFindingsPart />
          <BoxWaysPart />
          <BoxHistoryPart />
        </div>
        <aside className="st-aside" aria-label={t.facts}>
          {mayManage && <BoxActs />}
          <BoxFactsPart />
        </aside>
      </div>
    </StaffPage>
  )
}
