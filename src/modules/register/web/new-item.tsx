import { Form, redirect, useActionData, useLoaderData, useSearchParams } from 'react-router'
import { allow } from '../../../platform/permissions.ts'
import { filledTexts } from '../../../web/form-fields.ts'
import { Crumb } from '../../../web/ui/act-panel.tsx'
import { Once, RefusedNotice, SelectField, TextField } from '../../../web/ui/form.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, onceToken, page, type Refused } from '../../../web/visit.ts'
import { listOffices } from '../../organisation/offices.ts'
import { listSites } from '../../organisation/sites.ts'
import { type ItemType, isItemType, itemTypeNames } from '../item-types.ts'
import { addItem } from '../items.ts'
import type { AddItemInput } from '../schema.ts'
import { itemStates } from '../vocabulary.ts'
import { ItemFields, officeOptions, Part } from './item-fields.tsx'
import { recordOf } from './item-form.ts'
import { useRegisterTexts } from './texts.ts'

export const loader = page(async (ctx) => {
  allow(ctx.actor, 'register.manage')
  return {
    offices: (await listOffices(ctx)).map(({ id, name, depth }) => ({ id, name, depth })),
    sites: (await listSites(ctx)).map(({ id, name }) => ({ id, name })),
    once: onceToken(),
  }
})

export const action = form(async (ctx, form) => {
  const { once: _, ...texts } = filledTexts(form)
  const { id } = await addItem(ctx, recordOf(texts) as unknown as AddItemInput) // parsed by the operation
  return redirect(`/registro/${id}`)
})

/** Puts an item in the register: first its type, then the fields of that. */
export default function NewItemPage() {
  const [search] = useSearchParams()
  const texts = useRegisterTexts()
  const t = texts.page.newItem
  const type = search.get('tipo') ?? ''
  return (
    <StaffPage title={t.title}>
      <Crumb to="/registro" label={texts.page.title} title={t.title} />
      <h1 className="st-title">{t.title}</h1>
      <p className="st-lead">{isItemType(type) ? texts.types[type] : t.lead}</p>
      {isItemType(type) ? <NewItemForm type={type} /> : <TypeForm />}
    </StaffPage>
  )
}

function TypeForm() {
  const texts = useRegisterTexts()
  return (
    <Form className="st-form">
      <SelectField
        name="tipo"
        label={texts.page.fields.type}
        options={itemTypeNames.map((value) => ({ value, label: texts.types[value] }))}
      />
      <button type="submit" className="btn st-btn is-main">
        {texts.page.newItem.choose}
      </button>
    </Form>
  )
}

function NewItemForm({ type }: { type: ItemType }) {
  const { offices, sites, once } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const texts = useRegisterTexts()
  const { newItem: t, fields: f } = texts.page
  const field = { refused, isOptional: true }
  return (
    <Form method="post" className="st-form" key={once}>
      <RefusedNotice refused={refused} />
      <Once token={once} />
      <input type="hidden" name="type" value={type} />
      <ItemFields type={type} initial={{}} refused={refused} offices={offices} />
      <Part label={t.place}>
        <SelectField name="officeId" label={f.office} options={officeOptions(offices, f.none)} {...field} />
        <SelectField
          name="siteId"
          label={f.site}
          options={[{ value: '', label: f.none }, ...sites.map(({ id, name }) => ({ value: id, label: name }))]}
          {...field}
        />
        <TextField name="custodianEmail" type="email" label={f.custodianEmail} {...field} />
        <TextField name="room" label={f.room} {...field} />
      </Part>
      <Part label={t.entry}>
        <TextField name="code" label={f.code} hint={t.codeHint} {...field} />
        <SelectField
          name="state"
          label={f.state}
          hint={t.stateHint}
          refused={refused}
          initial="in_stock"
          options={itemStates
            .filter((state) => state !== 'disposed')
            .map((value) => ({ value, label: texts.states[value] }))}
        />
        <TextField name="document" label={f.document} hint={f.documentHint} {...field} />
      </Part>
      <button type="submit" className="btn st-btn is-main">
        {t.save}
      </button>
    </Form>
  )
}
