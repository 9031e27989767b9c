import { Form, redirect, useActionData, useLoaderData, useSearchParams } from 'react-router'
import { setLanguage, setPassword, setShortcuts } from '../../modules/organisation/accounts.ts'
import { beginTotp, confirmNewTotp } from '../../platform/auth/totp.ts'
import { setLanguage as languageHeader } from '../cookies.ts'
import { CitizenPage } from '../ui/citizen-page.tsx'
import { ChoiceField, RefusedNotice, TextField } from '../ui/form.tsx'
import { useShell } from '../ui/shell.tsx'
import { StaffPage } from '../ui/staff-page.tsx'
import { form, page, type Refused, visitContext } from '../visit.ts'

export const loader = page(async (_, { session }) => ({
  hasTotp: session.hasTotp,
  hasShortcuts: session.hasShortcuts,
  email: session.email,
}))

type Enrolment = { enrolment: { secret: string; uri: string } }

export const action = form(async (ctx, form, { session, context }) => {
  const saved = (headers?: HeadersInit) => redirect('/profilo?salvato', { headers })
  switch (form.get('act')) {
    case 'preferences': {
      const language = form.get('language') === 'en' ? 'en' : 'it'
      await setLanguage(ctx, session.accountId, { language })
      await setShortcuts(ctx, session.accountId, { hasShortcuts: form.get('shortcuts') === 'on' })
      return saved({ 'set-cookie': languageHeader(language) })
    }
    case 'password':
      await setPassword(
        ctx,
        { current: String(form.get('current')), password: String(form.get('password')) },
        context.get(visitContext).token,
      )
      return saved()
    case 'totp-confirm':
      await confirmNewTotp(ctx, session.accountId, String(form.get('code')))
      return saved()
    default:
      return { enrolment: await beginTotp(ctx, session.accountId, session.email) } satisfies Enrolment
  }
})

/** How one signs in and how one sees SITEC. */
export default function AccountPage() {
  const { hasTotp, hasShortcuts } = useLoaderData<typeof loader>()
  const answer = useActionData<Refused | Enrolment>()
  const refused = answer && 'problem' in answer ? answer : undefined
  const enrolment = answer && 'enrolment' in answer ? answer.enrolment : undefined
  const [search] = useSearchParams()
  const { isStaff, language, t } = useShell()
  const words = t.accountPage
  const Frame = isStaff ? StaffPage : CitizenPage
  return (
    <Frame title={words.title}>
      <h1 className="st-title">{words.title}</h1>
      <p className="st-lead">{words.lead}</p>
      {search.has('salvato') && !answer && (
        <div className="st-notice is-ok" role="status">
          <p>{words.saved}</p>
        </div>
      )}
      <div className="st-form">
        <RefusedNotice refused={refused} />
        <section className="st-section" aria-labelledby="preferences">
          <h2 id="preferences" className="st-h2">
            {words.preferences}
          </h2>
          <Form method="post" reloadDocument>
            <input type="hidden" name="act" value="preferences" />
            <ChoiceField
              name="language"
              label={words.language}
              initial={language}
              options={[
                { value: 'it', label: words.italian },
                { value: 'en', label: words.english },
              ]}
            />
            <label className="st-row mb-3">
              <input type="checkbox" name="shortcuts" className="st-check" defaultChecked={hasShortcuts} />{' '}
              {words.shortcuts}
            </label>
            <button type="submit" className="btn st-btn is-plain">
              {words.save}
            </button>
          </Form>
        </section>
        <PasswordForm />
        <section className="st-section" aria-labelledby="totp">
          <h2 id="totp" className="st-h2">
            {words.totpTitle}
          </h2>
          <p>{hasTotp ? words.totpOn : words.totpOff}</p>
          {!hasTotp && <TotpForms enrolment={enrolment} isAsked={refused?.values.act === 'totp-confirm'} />}
        </section>
      </div>
    </Frame>
  )
}

function PasswordForm() {
  const words = useShell().t.accountPage
  return (
    <section className="st-section" aria-labelledby="password-title">
      <h2 id="password-title" className="st-h2">
        {words.passwordTitle}
      </h2>
      <Form method="post">
        <input type="hidden" name="act" value="password" />
        <TextField name="current" type="password" label={words.current} autoComplete="current-password" required />
        <TextField
          name="password"
          type="password"
          label={words.next}
          autoComplete="new-password"
          required
          minLength={12}
        />
        <button type="submit" className="btn st-btn is-plain">
          {words.change}
        </button>
      </Form>
    </section>
  )
}

function TotpForms({ enrolment, isAsked }: { enrolment: Enrolment['enrolment'] | undefined; isAsked: boolean }) {
  const words = useShell().t.accountPage
  if (!enrolment && !isAsked) {
    return (
      <Form method="post">
        <button type="submit" name="act" value="totp-begin" className="btn st-btn is-plain">
          {words.totpStart}
        </button>
      </Form>
    )
  }
  return (
    <>
      {enrolment && (
        <>
          <p>{words.totpKey}</p>
          <p className="st-hash st-strong">{enrolment.secret.match(/.{1,4}/g)?.join(' ')}</p>
          <p>
            <a href={enrolment.uri}>{words.totpLink}</a>
          </p>
        </>
      )}
      <Form method="post">
        <input type="hidden" name="act" value="totp-confirm" />
        <TextField
          name="code"
          label={words.totpCode}
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          maxLength={8}
        />
        <button type="submit" className="btn st-btn is-main">
          {words.totpConfirm}
        </button>
      </Form>
    </>
  )
}
