import { data, Form, redirect, useActionData, useLoaderData } from 'react-router'
import { dayAndTime, exactTime } from '../../../platform/texts.ts'
import { CitizenPage } from '../../../web/ui/citizen-page.tsx'
import { LongField, RefusedNotice } from '../../../web/ui/form.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { openForm, openPage, type Refused } from '../../../web/visit.ts'
import { answerDecisionLink, type DecisionLinkView, openDecisionLink } from '../decision-links.ts'
import type { DecisionRow } from '../decision-schema.ts'
import { useDecisionTexts } from './decision-page-words.ts'

const statusOf: Record<DecisionLinkView['standing'], number> = {
  ...{ unknown: 404, expired: 410, used: 200, moved: 200, open: 200 },
}

/** Shows and changes nothing, whoever asks: a program that opens every link of a mail does nothing by it. */
export const loader = openPage(async (visit, { params }) => {
  const view = await openDecisionLink(visit.services, params.token ?? '', visit.network)
  return data(view, { status: statusOf[view.standing] })
})

/** The button: answers all proposals of the link at once, then shows how it stands. */
export const action = openForm(async (visit, form, { params }) => {
  const token = params.token ?? ''
  const given = { ...Object.fromEntries(form), contested: form.getAll('contested') }
  await answerDecisionLink(visit.services, token, given, visit.network)
  return redirect(`/r/caselle/${encodeURIComponent(token)}`)
})

/** Nobody keeps this page: no index, no cache. */
export const headers = () => ({ 'x-robots-tag': 'noindex, nofollow, noarchive', 'cache-control': 'no-store, private' })
export const meta = () => [{ name: 'robots', content: 'noindex, nofollow, noarchive' }]

/** The page that the link of the mail opens, for an office's contact who is not signed in. */
export default function DecisionLinkPage() {
  const view = useLoaderData<typeof loader>()
  const { link: t } = useDecisionTexts()
  const { t: shell } = useShell()
  const title = view.standing === 'open' ? t.title(view.rows.length) : t[view.standing].title
  return (
    <CitizenPage title={title}>
      {view.standing !== 'unknown' && <p className="st-quiet mb-1">{view.organisationName}</p>}
      <h1 className="st-title">{title}</h1>
      {view.standing === 'open' ? <Answer view={view} /> : <Closed view={view} />}
      {view.standing !== 'unknown' && view.isDemo && <p className="st-testdata">{shell.testData}</p>}
    </CitizenPage>
  )
}

function Answer({ view }: { view: Extract<DecisionLinkView, { standing: 'open' }> }) {
  const { link: t, day } = useDecisionTexts()
  const refused = useActionData<Refused>()
  const first = view.rows.map(({ answerBy }) => answerBy).toSorted()[0] ?? ''
  return (
    <>
      <p className="st-lead">{t.lead(day(first))}</p>
      <RefusedNotice refused={refused} />
      <Proposals rows={view.rows} />
      <Form method="post" reloadDocument className="mb-4">
        <input type="hidden" name="seen" value={view.seen} />
        <button type="submit" name="act" value="confirm" className="btn st-btn is-main">
          {t.confirmAll(view.rows.length)}
        </button>
      </Form>
      <details className="st-unfold" open={refused !== undefined || undefined}>
        <summary>{t.disagree}</summary>
        <Form method="post" reloadDocument className="st-form mt-2">
          <input type="hidden" name="seen" value={view.seen} />
          <fieldset className="st-question st-ticks">
            <legend>{t.legend}</legend>
            {view.rows.map(({ id, address }) => (
              <label key={id} className="st-tick">
                <input
                  type="checkbox"
                  className="st-check"
                  name="contested"
                  value={id}
                  defaultChecked={view.rows.length === 1}
                />{' '}
                {t.contest(address)}
              </label>
            ))}
          </fieldset>
          <LongField name="reason" label={t.reason} refused={refused} rows={3} required maxLength={2000} />
          <button type="submit" name="act" value="answer" className="btn st-btn is-plain">
            {t.send}
          </button>
        </Form>
      </details>
      <p className="st-small st-quiet mt-3">{t.once}</p>
    </>
  )
}

function Proposals({ rows }: { rows: readonly DecisionRow[] }) {
  const { link: t, words, becomes } = useDecisionTexts()
  return (
    <ul className="st-list" aria-label={t.list}>
      {rows.map((row) => (
        <li key={row.id}>
          <p className="mb-1">
            <strong className="text-break">{row.address}</strong> {becomes(row)}.
          </p>
          {row.reason !== null && (
            <p className="st-quiet mb-1">
              {words.mail.why} {row.reason}
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}

function Closed({ view }: { view: Exclude<DecisionLinkView, { standing: 'open' }> }) {
  const { language, now } = useShell()
  const { link: t, words } = useDecisionTexts()
  const rows = view.standing === 'unknown' ? [] : view.rows
  return (
    <>
      <p className="st-lead">
        {t[view.standing].lead}
        {'at' in view && (
          <>
            {' '}
            <time dateTime={view.at} title={exactTime(view.at, view.zone, language)}>
              {dayAndTime(view.at, now, view.zone, language)}
            </time>
            .
          </>
        )}
      </p>
      {rows.length > 0 && (
        <ul className="st-list" aria-label={t.list}>
          {rows.map((row) => (
            <li key={row.id}>
              <strong className="text-break">{row.address}</strong>: {words.states[row.state].toLowerCase()}
            </li>
          ))}
        </ul>
      )}
      <p>
        <a href={`/accedi?${new URLSearchParams({ poi: '/caselle/proposte' })}`}>{t.signIn}</a>
      </p>
    </>
  )
}
