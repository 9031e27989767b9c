import { Form, Link, redirect, useActionData, useLoaderData, useSearchParams } from 'react-router'
import { localPath } from '../../../web/pages/local-path.ts'
import { CitizenPage } from '../../../web/ui/citizen-page.tsx'
import { RefusedNotice, TextField } from '../../../web/ui/form.tsx'
import { openForm, openPage, publicContext, type Refused } from '../../../web/visit.ts'
import { registerCitizen } from '../citizens.ts'
import { useRatingTexts } from './rating-texts.ts'

export const loader = openPage((visit) => {
  if (visit.citizen) throw redirect('/cittadino')
  return { isOpen: visit.services.mailer.from !== null }
})

/** Asks for an account; the answer is the same whoever the address belongs to. */
export const action = openForm(async (visit, form, { request }) => {
  const returnTo = localPath(new URL(request.url).searchParams.get('poi'))
  const input = { email: String(form.get('email') ?? ''), password: String(form.get('password') ?? ''), returnTo }
  await registerCitizen(publicContext(visit), input, visit.network)
  return redirect('/registrati?inviata')
})

/** A citizen registers: an address and a password. */
export default function RegisterPage() {
  const { isOpen } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const refused = useActionData<Refused>()
  const texts = useRatingTexts()
  const t = texts.register
  if (search.has('inviata') && !refused) {
    return (
      <CitizenPage title={t.sentTitle}>
        <h1 className="st-title">{t.sentTitle}</h1>
        <p className="st-lead" role="status">
          {t.sent}
        </p>
      </CitizenPage>
    )
  }
  return (
    <CitizenPage title={t.title}>
      {search.has('cancellata') && (
        <div className="st-notice is-ok" role="status">
          <p>{texts.profile.deleted}</p>
        </div>
      )}
      <h1 className="st-title">{t.title}</h1>
      <p className="st-lead">{t.lead}</p>
      {!isOpen && !refused && (
        <div className="st-notice is-warn">
          <p>{texts.problems.registrationClosed}</p>
        </div>
      )}
      <Form method="post" action={`/registrati?${search}`} className="st-form" reloadDocument>
        <RefusedNotice refused={refused} />
        <TextField name="email" type="email" label={t.email} autoComplete="email" required refused={refused} />
        <TextField
          name="password"
          type="password"
          label={t.password}
          autoComplete="new-password"
          minLength={12}
          required
          refused={refused}
        />
        <div className="st-row">
          <button type="submit" className="btn st-btn is-main">
            {t.submit}
          </button>
          <Link className="ms-2" to="/privacy">
            {t.privacy}
          </Link>
        </div>
      </Form>
      <p className="mt-4">
        {t.already} <Link to={`/accedi?${search}`}>{t.signIn}</Link>
      </p>
    </CitizenPage>
  )
}
