import { Form, redirect, useActionData, useLoaderData } from 'react-router'
import { allow } from '../../../platform/permissions.ts'
import { filledTexts } from '../../../web/form-fields.ts'
import { Crumb } from '../../../web/ui/act-panel.tsx'
import { Once, RefusedNotice, SelectField, TextField } from '../../../web/ui/form.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, onceToken, page, type Refused } from '../../../web/visit.ts'
import { listOffices } from '../../organisation/offices.ts'
import type { AddBoxInput } from '../box-schema.ts'
import { boxKinds } from '../box-vocabulary.ts'
import { addBox } from '../mailboxes.ts'
import { listServers } from '../servers.ts'
import { BoxFields } from './box-fields.tsx'
import { boxOf } from './box-form.ts'
import { useBoxTexts } from './box-texts.ts'

export const loader = page(async (ctx) => {
  allow(ctx.actor, 'mailboxes.manage')
  return {
    offices: (await listOffices(ctx)).map(({ id, name, depth }) => ({ id, name, depth })),
    servers: (await listServers(ctx)).map(({ id, name }) => ({ id, name })),
    once: onceToken(),
  }
})

export const action = form(async (ctx, form) => {
  const texts = filledTexts(form)
  const { address, kind, holderEmail } = texts
  // Parsed by the operation.
  const { id } = await addBox(ctx, {
    ...boxOf(texts),
    address,
    kind,
    ...(holderEmail && { holderEmail }),
  } as AddBoxInput)
  return redirect(`/caselle/${id}?fatto=aggiunta`)
})

/** Puts a mailbox in the register by hand. */
export default function NewBoxPage() {
  const { offices, servers, once } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const texts = useBoxTexts()
  const t = texts.page.form
  return (
    <StaffPage title={t.newTitle}>
      <Crumb to="/caselle" label={texts.page.title} title={t.newTitle} />
      <h1 className="st-title">{t.newTitle}</h1>
      <p className="st-lead">{t.newLead}</p>
      <Form method="post" className="st-form" key={once}>
        <RefusedNotice refused={refused} />
        <Once token={once} />
        <TextField name="address" type="email" label={t.address} refused={refused} required />
        <SelectField
          name="kind"
          label={texts.page.kind}
          refused={refused}
          initial="office"
          options={boxKinds.map((value) => ({ value, label: texts.kinds[value] }))}
        />
        <TextField name="holderEmail" type="email" label={texts.page.box.holderEmail} refused={refused} isOptional />
        <BoxFields initial={{}} refused={refused} offices={offices} servers={servers} />
        <button type="submit" className="btn st-btn is-main">
          {t.save}
        </button>
      </Form>
    </StaffPage>
  )
}
