import { Form, Link, redirect, useActionData, useLoaderData, useSearchParams } from 'react-router'
import { formObject } from '../../../platform/http/parse.ts'
import { CitizenPage } from '../../../web/ui/citizen-page.tsx'
import { LongField, RefusedNotice, TextField } from '../../../web/ui/form.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { openForm, openPage, publicContext, type Refused } from '../../../web/visit.ts'
import { reportBarrier } from '../legal-barrier.ts'
import type { BarrierInput } from '../legal-schema.ts'
import { publicContacts } from '../legal-settings.ts'
import { longestBarrier } from '../rating-limits.ts'
import { useLegalTexts } from './rating-texts.ts'

export const loader = openPage((visit) => publicContacts(publicContext(visit)))

/** The report becomes a case. */
export const action = openForm(async (visit, form) => {
  const input = formObject(form) as BarrierInput // parsed again by the operation
  form.set('text', String(form.get('text') ?? '').slice(0, longestBarrier))
  const { number } = await reportBarrier(publicContext(visit), input, visit.network)
  return redirect(`/accessibilita?${new URLSearchParams({ ricevuta: number ?? '' })}`)
})

const caseNumber = /^\d{4}\/\d{1,12}$/

/** Where accessibility stands, how to report a problem, and whom to turn to then. */
export default function AccessibilityPage() {
  const { declarationUrl } = useLoaderData<typeof loader>()
  const { organisationName } = useShell()
  const [search] = useSearchParams()
  const t = useLegalTexts().accessibility
  const received = search.get('ricevuta')
  return (
    <CitizenPage title={t.title} clarity>
      {received !== null && (
        <div className="st-notice is-ok" role="status">
          <p>
            <b>{t.received}.</b> {caseNumber.test(received) && `${t.receivedText(received)} ${t.receivedMail}`}
          </p>
        </div>
      )}
      <h1 className="st-title">{t.title}</h1>
      <p className="st-lead">{t.lead(organisationName)}</p>
      <section className="st-section" aria-labelledby="declaration">
        <h2 id="declaration" className="st-h2">
          {t.declaration}
        </h2>
        {declarationUrl === '' ? (
          <p>{t.declarationUnset}</p>
        ) : (
          <>
            <p>{t.declarationText}</p>
            <p>
              <a href={declarationUrl}>{t.declarationLink}</a>
            </p>
          </>
        )}
      </section>
      <Report />
      <section className="st-section" aria-labelledby="ombudsman">
        <h2 id="ombudsman" className="st-h2">
          {t.ombudsman}
        </h2>
        <p>{t.ombudsmanText}</p>
        <p>
          <a href="https://www.agid.gov.it/it/agenzia/difensore-civico-il-digitale">{t.ombudsmanLink}</a>
        </p>
      </section>
    </CitizenPage>
  )
}

function Report() {
  const refused = useActionData<Refused>()
  const t = useLegalTexts().accessibility
  return (
    <section className="st-section" aria-labelledby="report">
      <h2 id="report" className="st-h2">
        {t.answer}
      </h2>
      <p>{t.answerText}</p>
      <Form method="post" action="/accessibilita" className="st-form" reloadDocument>
        <RefusedNotice refused={refused} />
        <TextField name="name" label={t.name} autoComplete="name" maxLength={100} isOptional refused={refused} />
        <TextField name="email" type="email" label={t.email} autoComplete="email" required refused={refused} />
        <TextField name="page" label={t.page} maxLength={200} required refused={refused} />
        <LongField
          name="text"
          label={t.text}
          hint={t.textHint}
          maxLength={longestBarrier}
          minLength={10}
          required
          refused={refused}
        />
        <div className="st-aside-field" aria-hidden="true">
          <label htmlFor="website">{t.website}</label>
          <input id="website" name="website" tabIndex={-1} autoComplete="off" />
        </div>
        <div className="st-row">
          <button type="submit" className="btn st-btn is-main">
            {t.send}
          </button>
          <Link className="ms-2" to="/privacy">
            {t.privacy}
          </Link>
        </div>
      </Form>
    </section>
  )
}
