import { Form, Link, redirect, useActionData, useLoaderData, useSearchParams } from 'react-router'
import { allow } from '../../../platform/permissions.ts'
import { wholeNumber } from '../../../platform/texts.ts'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, page, type Refused } from '../../../web/visit.ts'
import { outgoingViews } from '../internal/notices.ts'
import type { MailTrial } from '../notice-schema.ts'
import {
  listOutgoingMail,
  listSuppressedAddresses,
  releaseMail,
  restoreAddress,
  sendTrial,
  suppressAddress,
} from '../outgoing-mail.ts'
import { AddressTable, OutgoingTable } from './outgoing-tables.tsx'
import { useOutgoingTexts } from './outgoing-texts.ts'

const address = '/amministrazione/posta-in-uscita'

export const loader = page(async (ctx, { request }) => {
  allow(ctx.actor, 'mail.administer')
  const search = new URL(request.url).searchParams
  const view = outgoingViews.find((view) => view === search.get('vista')) ?? 'stuck'
  const found = await listOutgoingMail(ctx, { view, cursor: search.get('cursor') ?? undefined })
  return { ...found, view, addresses: (await listSuppressedAddresses(ctx)).rows }
})

export const action = form(async (ctx, form) => {
  allow(ctx.actor, 'mail.administer')
  const text = (name: string) => String(form.get(name) ?? '')
  switch (text('act')) {
    case 'trial':
      return { trial: await sendTrial(ctx) }
    case 'release':
      await releaseMail(ctx, text('id'))
      return redirect(`${address}?fatto=released`)
    case 'suppress':
      await suppressAddress(ctx, { email: text('email') })
      return redirect(`${address}?fatto=added`)
    default:
      await restoreAddress(ctx, { email: text('email') })
      return redirect(`${address}?fatto=removed`)
  }
})

/** What waits, what did not go and why, a trial, and the addresses that are not written to. */
export default function OutgoingMailPage() {
  const { rows, nextCursor, standing, view, addresses } = useLoaderData<typeof loader>()
  const { language, t: shell } = useShell()
  const t = useOutgoingTexts().pages.out
  const shown = (n: number) => wholeNumber(n, language)
  return (
    <StaffPage title={t.title}>
      <nav aria-label={shell.path}>
        <p className="st-crumb">
          <Link to="/amministrazione">{shell.menu.administration}</Link> / <span aria-current="page">{t.title}</span>
        </p>
      </nav>
      <DoneNotice />
      <div className="st-head">
        <div>
          <h1 className="st-title">{t.title}</h1>
          <p className="st-lead mb-0">
            {standing.from === null
              ? t.unset
              : t.sentence(standing.from, shown(standing.waiting), shown(standing.stuck), shown(standing.sentToday))}
          </p>
        </div>
        {standing.from !== null && <TrialForm />}
      </div>
      <nav aria-label={t.viewsLabel}>
        <ul className="st-views">
          {outgoingViews.map((one) => (
            <li key={one}>
              <Link to={`?vista=${one}`} aria-current={one === view ? 'page' : undefined}>
                {t.views[one]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {rows.length === 0 ? (
        <p className="mt-3">{t.none[view]}</p>
      ) : (
        <OutgoingTable rows={rows} caption={t.caption[view]} />
      )}
      {nextCursor && (
        <p className="mt-2">
          <Link to={`?vista=${view}&cursor=${nextCursor}`}>{t.more}</Link>
        </p>
      )}
      <AddressTable rows={addresses} />
    </StaffPage>
  )
}

function TrialForm() {
  const t = useOutgoingTexts().pages.out
  return (
    <Form method="post">
      <input type="hidden" name="act" value="trial" />
      <button type="submit" className="btn st-btn is-plain" aria-describedby="trial-hint">
        {t.trial}
      </button>
      <p id="trial-hint" className="st-small st-quiet mb-0">
        {t.trialHint}
      </p>
    </Form>
  )
}

type Answer = { trial?: MailTrial } & Partial<Refused>

function DoneNotice() {
  const answer = useActionData<Answer>()
  const [search] = useSearchParams()
  const t = useOutgoingTexts().pages.out
  if (answer?.problem && answer.values)
    return <RefusedNotice refused={{ problem: answer.problem, values: answer.values }} />
  if (answer?.trial)
    return (
      <div className={`st-notice ${answer.trial.isSent ? 'is-ok' : 'is-late'}`} role="status">
        <p>{answer.trial.says}</p>
      </div>
    )
  const done = (['released', 'added', 'removed'] as const).find((what) => what === search.get('fatto'))
  if (done === undefined) return null
  return (
    <div className="st-notice is-ok" role="status">
      <p>{t[done]}</p>
    </div>
  )
}
