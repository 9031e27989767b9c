import { Form, Link, redirect, useActionData, useNavigation, useSearchParams } from 'react-router'
import { signInCitizen } from '../../modules/transparency/citizen-sessions.ts'
import { signIn } from '../../platform/auth/sessions.ts'
import { setSession } from '../cookies.ts'
import { CitizenPage } from '../ui/citizen-page.tsx'
import { RefusedNotice, TextField } from '../ui/form.tsx'
import { useShell } from '../ui/shell.tsx'
import { openForm, openPage, type Refused } from '../visit.ts'
import { localPath } from './local-path.ts'

export const loader = openPage((visit, { request }) => {
  if (visit.citizen) return redirect(citizenBack(request))
  return visit.session ? redirect('/') : null
})

/** A citizen has no page at the portal: where they came from, or their own. */
function citizenBack(request: Request): string {
  const back = localPath(new URL(request.url).searchParams.get('poi'))
  return back === '/' ? '/cittadino' : back
}

export const action = openForm(async (visit, form, { request }) => {
  const [email, password] = [String(form.get('email') ?? ''), String(form.get('password') ?? '')]
  const citizen = await signInCitizen(visit.services, email, password, visit.network)
  if (citizen !== null) return redirect(citizenBack(request), { headers: { 'set-cookie': setSession(citizen.token) } })
  const { token, awaitsTotp } = await signIn(visit.services, email, password, visit.network)
  const back = localPath(new URL(request.url).searchParams.get('poi'))
  const next = awaitsTotp ? `/accedi/codice?${new URLSearchParams({ poi: back })}` : back
  return redirect(next, { headers: { 'set-cookie': setSession(token) } })
})

export default function SignInPage() {
  const { t } = useShell()
  const refused = useActionData<Refused>()
  const isSending = useNavigation().state !== 'idle'
  const [search] = useSearchParams()
  return (
    <CitizenPage title={t.signInPage.title}>
      <h1 className="st-title">{t.signInPage.title}</h1>
      <p className="st-lead">{t.signInPage.lead}</p>
      <Form method="post" action={`/accedi?${search}`} className="st-form" reloadDocument>
        <RefusedNotice refused={refused} />
        <TextField
          name="email"
          type="email"
          label={t.signInPage.email}
          autoComplete="username"
          required
          refused={refused}
        />
        <TextField
          name="password"
          type="password"
          label={t.signInPage.password}
          autoComplete="current-password"
          required
        />
        <button type="submit" className="btn st-btn is-main" disabled={isSending}>
          {t.signInPage.submit}
        </button>
        <p className="mt-4">
          {t.signInPage.citizen} <Link to={`/registrati?${search}`}>{t.signInPage.register}</Link>
        </p>
        <p className="st-small st-quiet">{t.signInPage.forgotten}</p>
      </Form>
    </CitizenPage>
  )
}
