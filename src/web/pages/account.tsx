import { Form, redirect, useActionData, useLoaderData, useSearchParams } from 'react-router'
import { setLanguage as saveLanguage, setPassword, setShortcuts } from '../../modules/organisation/accounts.ts'
import { beginTotp, confirmNewTotp } from '../../platform/auth/totp.ts'
import { setLanguage } from '../cookies.ts'
import { CitizenPage } from '../ui/citizen-page.tsx'
import { ChoiceField, RefusedNotice, TextField } from '../ui/form.tsx'
import { useShell } from '../ui/shell.tsx'
import { StaffPage } from '../ui/staff-page.tsx'
import { form, page, type Refused, visitContext } from '../visit.ts'

export const loader = page(async (_, { session }) => ({
  email: session.email,
  hasTotp: session.hasTotp,
  hasShortcuts: session.hasShortcuts,
}))

/** One address, one act: the button's name says which operation. */
export const action = form(async (ctx, form, { context, session }) => {
  switch (form.get('act')) {
    case 'password': {
      const input = { current: String(form.get('current') ?? ''), password: String(form.get('password') ?? '') }
      await setPassword(ctx, input, context.get(visitContext).token)
      return redirect('/profilo?salvato')
    }
    case 'begin': {
      const { secret } = await beginTotp(ctx, session.accountId, session.email)
      return { secret }
    }
    case 'confirm':
      await confirmNewTotp(ctx, session.accountId, String(form.get('code') ?? '').replaceAll(/\s/g, ''))
      return redirect('/profilo?salvato')
    default: {
      const language = form.get('language') === 'en' ? 'en' : 'it'
      await saveLanguage(ctx, session.accountId, { language })
      if (form.has('keys')) await setShortcuts(ctx, session.accountId, { hasShortcuts: form.has('hasShortcuts') })
      return redirect('/profilo?salvato', { headers: { 'set-cookie': setLanguage(language) } })
    }
  }
})

type Answered = Partial<Refused> & { secret?: string }

/** How one signs in and how one sees SITEC. */
export default function AccountPage() {
  const { isStaff, t } = useShell()
  const [search] = useSearchParams()
  const answered = useActionData<Answered>()
  const Frame = isStaff ? StaffPage : CitizenPage
  return (
    <Frame title={t.accountPage.title}>
      {search.has('salvato') && !answered && (
        <div className="st-notice is-ok" role="status">
          <p>{t.accountPage.saved}</p>
        </div>
      )}
      <h1 className="st-title">{t.accountPage.title}</h1>
      <p className="st-lead">{t.accountPage.lead}</p>
      <Preferences />
      <Password />
      <SecondFactor />
    </Frame>
  )
}

function useRefused(act: string): Refused | undefined {
  const answered = useActionData<Answered>()
  return answered?.problem !== undefined && answered.values?.act === act
    ? { problem: answered.problem, values: answered.values }
    : undefined
}

function Preferences() {
  const { hasShortcuts } = useLoaderData<typeof loader>()
  const { language, isStaff, t } = useShell()
  const refused = useRefused('preferences')
  return (
    <section className="st-section" aria-labelledby="preferences">
      <h2 id="preferences" className="st-h2">
        {t.accountPage.preferences}
      </h2>
      {/* The language of the whole page changes: it is loaded anew. */}
      <Form method="post" className="st-form" reloadDocument>
        <RefusedNotice refused={refused} />
        <input type="hidden" name="act" value="preferences" />
        <ChoiceField
          name="language"
          label={t.accountPage.language}
          initial={language}
          refused={refused}
          options={[
            { value: 'it', label: t.accountPage.italian },
            { value: 'en', label: t.accountPage.english },
          ]}
        />
        {isStaff && (
          <p>
            <input type="hidden" name="keys" value="shown" />
            <label className="st-tick">
              <input type="checkbox" className="st-check" name="hasShortcuts" defaultChecked={hasShortcuts} />
              <span>{t.accountPage.shortcuts}</span>
            </label>
          </p>
        )}
        <button type="submit" className="btn st-btn is-plain">
          {t.accountPage.save}
        </button>
      </Form>
    </section>
  )
}

function Password() {
  const { email } = useLoaderData<typeof loader>()
  const { t } = useShell()
  const refused = useRefused('password')
  const [search] = useSearchParams()
  return (
    <section className="st-section" aria-labelledby="passwordTitle">
      <h2 id="passwordTitle" className="st-h2">
        {t.accountPage.passwordTitle}
      </h2>
      <Form method="post" className="st-form" key={search.toString()}>
        <RefusedNotice refused={refused} />
        <input type="hidden" name="act" value="password" />
        <input type="hidden" autoComplete="username" value={email} />
        <TextField
          name="current"
          type="password"
          label={t.accountPage.current}
          autoComplete="current-password"
          required
          maxLength={200}
          refused={refused}
        />
        <TextField
          name="password"
          type="password"
          label={t.accountPage.next}
          autoComplete="new-password"
          required
          maxLength={200}
          refused={refused}
        />
        <button type="submit" className="btn st-btn is-plain">
          {t.accountPage.change}
        </button>
      </Form>
    </section>
  )
}

function SecondFactor() {
  const { hasTotp } = useLoaderData<typeof loader>()
  const { t } = useShell()
  const answered = useActionData<Answered>()
  const beginning = useRefused('begin')
  const secret = answered?.secret ?? answered?.values?.secret
  return (
    <section className="st-section" aria-labelledby="totp">
      <h2 id="totp" className="st-h2">
        {t.accountPage.totpTitle}
      </h2>
      {hasTotp && <p>{t.accountPage.totpOn}</p>}
      {!hasTotp && secret !== undefined && <Enrolment secret={secret} />}
      {!hasTotp && secret === undefined && (
        <Form method="post">
          <RefusedNotice refused={beginning} />
          <p>{t.accountPage.totpOff}</p>
          <input type="hidden" name="act" value="begin" />
          <button type="submit" className="btn st-btn is-plain">
            {t.accountPage.totpStart}
          </button>
        </Form>
      )}
    </section>
  )
}

/** The key comes back with a wrong code, so that the person need not begin again; it is stored unconfirmed until then. */
function Enrolment({ secret }: { secret: string }) {
  const { email } = useLoaderData<typeof loader>()
  const { t } = useShell()
  const refused = useRefused('confirm')
  const link = `otpauth://totp/SITEC:${encodeURIComponent(email)}?${new URLSearchParams({ secret, issuer: 'SITEC' })}`
  return (
    <Form method="post" className="st-form">
      <RefusedNotice refused={refused} />
      <p>{t.accountPage.totpKey}</p>
      <p className="st-hash">{secret.match(/.{1,4}/g)?.join(' ')}</p>
      <p>
        <a href={link}>{t.accountPage.totpLink}</a>
      </p>
      <input type="hidden" name="act" value="confirm" />
      <input type="hidden" name="secret" value={secret} />
      <TextField
        name="code"
        label={t.accountPage.totpCode}
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        maxLength={8}
        refused={refused}
      />
      <button type="submit" className="btn st-btn is-main">
        {t.accountPage.totpConfirm}
      </button>
    </Form>
  )
}
