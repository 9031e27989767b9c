import { Form, redirect, useActionData, useLoaderData } from 'react-router'
import { may } from '../../../platform/permissions.ts'
import { RefusedNotice, TextField } from '../../../web/ui/form.tsx'
import { form, page, type Refused } from '../../../web/visit.ts'
import { resolveNumber } from '../internal/resolve-number.ts'
import { listNameAccesses } from '../names.ts'
import { AccessTable } from './name-table.tsx'
import { Part, PathPage } from './path-page.tsx'
import { useSupplierTexts } from './supplier-words.ts'

export const loader = page(async (ctx) => ({
  accesses: await listNameAccesses(ctx),
  mayOpen: may(ctx.actor, 'names.open'),
}))

/** From a number to the page where its names are opened. */
export const action = form(async (ctx, form) =>
  redirect(`/richieste/${await resolveNumber(ctx, String(form.get('number') ?? '').trim())}/nomi`),
)

/** Every opening of names, for both sides. */
export default function NameLogPage() {
  const { accesses, mayOpen } = useLoaderData<typeof loader>()
  const { namePages: t } = useSupplierTexts()
  return (
    <PathPage title={t.logTitle} lead={t.logLead} above={[]}>
      {accesses.length === 0 ? <p>{t.logNone}</p> : <AccessTable accesses={accesses} />}
      {mayOpen && <FindForm />}
    </PathPage>
  )
}

function FindForm() {
  const refused = useActionData<Refused>()
  const { namePages: t } = useSupplierTexts()
  return (
    <Part id="find" title={t.findTitle}>
      <Form method="post" className="st-form">
        <RefusedNotice refused={refused} />
        <TextField name="number" label={t.number} hint={t.numberHint} required refused={refused} />
        <button type="submit" className="btn st-btn is-plain">
          {t.go}
        </button>
      </Form>
    </Part>
  )
}
