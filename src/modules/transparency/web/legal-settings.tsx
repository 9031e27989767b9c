import { Form, Link, redirect, useActionData, useLoaderData, useSearchParams } from 'react-router'
import { formObject } from '../../../platform/http/parse.ts'
import { RefusedNotice, TextField } from '../../../web/ui/form.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, page, type Refused } from '../../../web/visit.ts'
import type { PublicationInput } from '../legal-schema.ts'
import { findPublication, setPublication } from '../legal-settings.ts'
import { useRatingTexts } from './rating-texts.ts'

export const loader = page((ctx) => findPublication(ctx))

/** Sets them anew. */
export const action = form(async (ctx, form) => {
  await setPublication(ctx, formObject(form) as PublicationInput) // parsed again by the operation
  return redirect('/amministrazione/pubblicazione?salvato')
})

/** What the public pages say of the administration, for the administrator. */
export default function PublicationPage() {
  const settings = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const refused = useActionData<Refused>()
  const { t: shell } = useShell()
  const t = useRatingTexts().settings
  return (
    <StaffPage title={t.title}>
      <nav aria-label={shell.path}>
        <p className="st-crumb">
          <Link to="/amministrazione">{shell.menu.administration}</Link> / <span aria-current="page">{t.title}</span>
        </p>
      </nav>
      {search.has('salvato') && !refused && (
        <div className="st-notice is-ok" role="status">
          <p>{t.saved}</p>
        </div>
      )}
      <h1 className="st-title">{t.title}</h1>
      <p className="st-lead">
        {t.lead} {t.version(settings.version)}
      </p>
      <Form method="post" className="st-form" reloadDocument>
        <RefusedNotice refused={refused} />
        <input type="hidden" name="version" value={settings.version} />
        <TextField
          name="declarationUrl"
          type="url"
          label={t.declarationUrl}
          hint={t.declarationHint}
          initial={settings.declarationUrl}
          refused={refused}
        />
        <TextField name="dpo" label={t.dpo} initial={settings.dpo} maxLength={300} refused={refused} />
        <TextField name="office" label={t.office} initial={settings.office} maxLength={300} refused={refused} />
        <TextField
          name="barrierEmail"
          type="email"
          label={t.barrierEmail}
          hint={t.barrierHint}
          initial={settings.barrierEmail}
          refused={refused}
        />
        <button type="submit" className="btn st-btn is-main">
          {t.save}
        </button>
      </Form>
    </StaffPage>
  )
}
