import { Form, Link, redirect, useActionData, useLoaderData, useSearchParams } from 'react-router'
import { setSession } from '../../../web/cookies.ts'
import { CitizenPage } from '../../../web/ui/citizen-page.tsx'
import { RefusedNotice, TextField } from '../../../web/ui/form.tsx'
import { citizenForm, citizenPage, type Refused, visitContext } from '../../../web/visit.ts'
import { changeCitizenPassword, deleteOwnAccount } from '../citizens.ts'
import { useRatingTexts } from './rating-texts.ts'

export const loader = citizenPage(({ email }) => ({ email }))

/** The button's name says which operation. */
export const action = citizenForm(async (citizen, form, { context }) => {
  const current = form.get('current')
  if (form.get('act') === 'delete') {
    await deleteOwnAccount(citizen, { current })
    return redirect('/registrati?cancellata', { headers: { 'set-cookie': setSession('') } })
  }
  const token = context.get(visitContext).token ?? ''
  await changeCitizenPassword(citizen, { current, password: form.get('password') }, token)
  return redirect('/cittadino?salvato')
})

/** A registered citizen's own page. */
export default function CitizenProfilePage() {
  const { email } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const refused = useActionData<Refused>()
  const t = useRatingTexts().profile
  const of = (act: string) => (refused?.values.act === act ? refused : undefined)
  return (
    <CitizenPage title={t.title}>
      {search.has('salvato') && !refused && (
        <div className="st-notice is-ok" role="status">
          <p>{t.saved}</p>
        </div>
      )}
      <h1 className="st-title">{t.title}</h1>
      <p className="st-lead">{t.lead(email)}</p>
      <p>
        <Link to="/bilancio-sociale">{t.report}</Link>
      </p>
      <ChangePassword refused={of('password')} />
      <DeleteAccount refused={of('delete')} />
    </CitizenPage>
  )
}

function ChangePassword({ refused }: { refused: Refused | undefined }) {
  const t = useRatingTexts().profile
  return (
    <section className="st-section" aria-labelledby="change">
      <h2 id="change" className="st-h2">
        {t.passwordTitle}
      </h2>
      <Form method="post" className="st-form" reloadDocument>
        <RefusedNotice refused={refused} />
        <input type="hidden" name="act" value="password" />
        <TextField
          name="current"
          type="password"
          label={t.current}
          autoComplete="current-password"
          required
          refused={refused}
        />
        <TextField
          name="password"
          type="password"
          label={t.next}
          autoComplete="new-password"
          required
          refused={refused}
        />
        <button type="submit" className="btn st-btn is-plain">
          {t.change}
        </button>
      </Form>
    </section>
  )
}

function DeleteAccount({ refused }: { refused: Refused | undefined }) {
  const t = useRatingTexts().profile
  return (
    <section className="st-section" aria-labelledby="delete">
      <h2 id="delete" className="st-h2">
        {t.deleteTitle}
      </h2>
      <p>{t.deleteLead}</p>
      <Form method="post" className="st-form" reloadDocument>
        <RefusedNotice refused={refused} />
        <input type="hidden" name="act" value="delete" />
        <TextField
          name="current"
          inputId="delete-current"
          type="password"
          label={t.deletePassword}
          autoComplete="current-password"
          required
          refused={refused}
        />
        <button type="submit" className="btn st-btn is-plain">
          {t.delete}
        </button>
      </Form>
    </section>
  )
}
