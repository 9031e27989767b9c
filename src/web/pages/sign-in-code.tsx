import { Form, redirect, useActionData, useSearchParams } from 'react-router'
import { awaitsTotp, confirmTotp } from '../../platform/auth/sessions.ts'
import { setSession } from '../cookies.ts'
import { CitizenPage } from '../ui/citizen-page.tsx'
import { RefusedNotice, TextField } from '../ui/form.tsx'
import { useShell } from '../ui/shell.tsx'
import { openForm, openPage, type Refused } from '../visit.ts'
import { localPath } from './local-path.ts'

export const loader = openPage(async (visit) => {
  if (visit.token === null || !(await awaitsTotp(visit.services, visit.token))) throw redirect('/accedi')
  return null
})

export const action = openForm(async (visit, form, { request }) => {
  const { token } = await confirmTotp(visit.services, visit.token ?? '', String(form.get('code') ?? ''))
  return redirect(localPath(new URL(request.url).searchParams.get('poi')), {
    headers: { 'set-cookie': setSession(token) },
  })
})

export default function SignInCodePage() {
  const { t } = useShell()
  const refused = useActionData<Refused>()
  const [search] = useSearchParams()
  return (
    <CitizenPage title={t.signInPage.totpTitle}>
      <h1 className="st-title">{t.signInPage.totpTitle}</h1>
      <p className="st-lead">{t.signInPage.totpLead}</p>
      <Form method="post" action={`/accedi/codice?${search}`} className="st-form" reloadDocument>
        <RefusedNotice refused={refused} />
        <TextField
          name="code"
          label={t.signInPage.code}
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          maxLength={8}
        />
        <button type="submit" className="btn st-btn is-main">
          {t.signInPage.confirm}
        </button>
      </Form>
    </CitizenPage>
  )
}
