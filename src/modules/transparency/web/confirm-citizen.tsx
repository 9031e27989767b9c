import { data, Form, Link, redirect, useActionData, useLoaderData } from 'react-router'
import { setSession } from '../../../web/cookies.ts'
import { localPath } from '../../../web/pages/local-path.ts'
import { CitizenPage } from '../../../web/ui/citizen-page.tsx'
import { RefusedNotice, TextField } from '../../../web/ui/form.tsx'
import { openForm, openPage, type Refused } from '../../../web/visit.ts'
import { confirmRegistration, openRegistration } from '../citizens.ts'
import { useRatingTexts } from './rating-texts.ts'

/** Shows and changes nothing: a program that opens every link of a mail confirms nothing by it. */
export const loader = openPage(async (visit, { params }) => {
  const standing = await openRegistration(visit.services, params.token ?? '', visit.network)
  return data({ standing }, { status: standing === 'expired' ? 410 : 200 })
})

/** The button: makes the account, signs in, and goes back to where the person was. */
export const action = openForm(async (visit, form, { params }) => {
  const input = { password: form.get('password') }
  const { token, returnTo } = await confirmRegistration(visit.services, params.token ?? '', input, visit.network)
  const back = localPath(returnTo)
  return redirect(back === '/' ? '/cittadino' : back, { headers: { 'set-cookie': setSession(token) } })
})

/** Nobody keeps this page: no index, no cache. */
export const headers = () => ({ 'x-robots-tag': 'noindex, nofollow, noarchive', 'cache-control': 'no-store, private' })
export const meta = () => [{ name: 'robots', content: 'noindex, nofollow, noarchive' }]

/** The page that the link of the mail opens. */
export default function ConfirmCitizenPage() {
  const { standing } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const t = useRatingTexts().confirm
  const title = standing === 'expired' ? t.expired : t.title
  return (
    <CitizenPage title={title}>
      <h1 className="st-title">{title}</h1>
      <p className="st-lead">{standing === 'expired' ? t.expiredHelp : t.lead}</p>
      {standing === 'expired' ? (
        <p>
          <Link to="/registrati">{t.again}</Link>
        </p>
      ) : (
        <Form method="post" className="st-form" reloadDocument>
          <RefusedNotice refused={refused} />
          <TextField
            name="password"
            type="password"
            label={t.password}
            autoComplete="current-password"
            required
            refused={refused}
          />
          <button type="submit" className="btn st-btn is-main">
            {t.submit}
          </button>
        </Form>
      )}
    </CitizenPage>
  )
}
