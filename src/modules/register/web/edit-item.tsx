import { Form, redirect, useActionData, useLoaderData } from 'react-router'
import { allow } from '../../../platform/permissions.ts'
import { filledTexts, uuidOf } from '../../../web/form-fields.ts'
import { ActField, Crumb } from '../../../web/ui/act-panel.tsx'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, page, type Refused } from '../../../web/visit.ts'
import { listOffices } from '../../organisation/offices.ts'
import { changeItem, findItem } from '../items.ts'
import type { ChangeItemInput } from '../schema.ts'
import { ItemFields } from './item-fields.tsx'
import { initialOf, recordOf } from './item-form.ts'
import { useRegisterTexts } from './texts.ts'

export const loader = page(async (ctx, { params }) => {
  allow(ctx.actor, 'register.manage')
  const item = await findItem(ctx, uuidOf(params.id))
  const { id, code, type, version } = item
  return {
    ...{ id, code, type, version },
    initial: initialOf(item),
    offices: (await listOffices(ctx)).map(({ id, name, depth }) => ({ id, name, depth })),
  }
})

export const action = form(async (ctx, form, { params }) => {
  const { act: _, version, ...texts } = filledTexts(form)
  const input = { ...recordOf(texts), version: Number(version) } as unknown as ChangeItemInput // parsed by the operation
  const { id } = await changeItem(ctx, uuidOf(params.id), input)
  return redirect(`/registro/${id}?fatto=scheda`)
})

/** Corrects what the register says of an item. */
export default function EditItemPage() {
  const { id, code, type, version, initial, offices } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const { page: texts } = useRegisterTexts()
  const t = texts.edit
  return (
    <StaffPage title={`${t.title} ${code}`}>
      <Crumb to={`/registro/${id}`} label={code} title={t.title} />
      <h1 className="st-title">{t.title}</h1>
      <p className="st-lead">{t.lead}</p>
      <Form method="post" className="st-form" key={version}>
        <RefusedNotice refused={refused} />
        <ActField act="change" version={version} />
        <ItemFields {...{ type, initial, refused, offices }} />
        <button type="submit" className="btn st-btn is-main">
          {t.save}
        </button>
      </Form>
    </StaffPage>
  )
}
