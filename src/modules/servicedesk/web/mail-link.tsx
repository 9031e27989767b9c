import { data, redirect, useActionData, useLoaderData } from 'react-router'
import { dayAndTime, exactTime } from '../../../platform/texts.ts'
import { CitizenPage } from '../../../web/ui/citizen-page.tsx'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { openForm, openPage, type Refused } from '../../../web/visit.ts'
import { actOnLink, type LinkView, openLink } from '../mail-links.ts'
import { LinkForms } from './mail-link-forms.tsx'
import { useOutgoingTexts } from './outgoing-texts.ts'

const statusOf: Record<LinkView['standing'], number> = { unknown: 404, expired: 410, used: 200, moved: 200, open: 200 }

/** Shows and changes nothing, whoever asks: a program that opens every link of a mail does nothing by it. */
export const loader = openPage(async (visit, { params }) => {
  const view = await openLink(visit.services, params.token ?? '', visit.network)
  return data(view, { status: statusOf[view.standing] })
})

/** The button: does the one act, then shows how the link stands. */
export const action = openForm(async (visit, form, { params }) => {
  const token = params.token ?? ''
  await actOnLink(visit.services, token, Object.fromEntries(form), visit.network)
  return redirect(`/r/${encodeURIComponent(token)}`)
})

/** Nobody keeps this page: no index, no cache. */
export const headers = () => ({ 'x-robots-tag': 'noindex, nofollow, noarchive', 'cache-control': 'no-store, private' })
export const meta = () => [{ name: 'robots', content: 'noindex, nofollow, noarchive' }]

/** The page that the link of a mail opens, for who is not signed in. */
export default function MailLinkPage() {
  const view = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const { title, lead } = useHeading(view)
  const { t } = useShell()
  const texts = useOutgoingTexts().pages.link
  return (
    <CitizenPage title={title}>
      {view.standing !== 'unknown' && (
        <p className="st-quiet mb-1">
          {view.organisationName} · {texts.number(view.number)}
        </p>
      )}
      <h1 className="st-title">{title}</h1>
      {lead && <p className="st-lead">{lead}</p>}
      {view.standing === 'open' ? (
        <>
          <RefusedNotice refused={refused} />
          <LinkForms view={view} refused={refused} />
          <p className="st-small st-quiet mt-3">{texts.once}</p>
        </>
      ) : (
        <>
          <Moment view={view} />
          <p>{view.standing === 'unknown' ? texts.insteadUnknown : texts.instead}</p>
          <p>
            <a href="/accedi">{texts.signIn}</a>
          </p>
        </>
      )}
      {view.standing !== 'unknown' && view.isDemo && <p className="st-testdata">{t.testData}</p>}
    </CitizenPage>
  )
}

function useHeading(view: LinkView): { title: string; lead: string | null } {
  const t = useOutgoingTexts().pages.link
  switch (view.standing) {
    case 'unknown':
      return { title: t.unknown.title, lead: t.unknown.what }
    case 'expired':
      return { title: t.expired.title, lead: null }
    case 'used':
      return { title: t.used.title[view.act], lead: t.used.next[view.act] }
    case 'moved':
      return { title: t.moved.title, lead: t.moved[movedTo(view)] }
    case 'open':
      return { title: t[view.purpose].title, lead: view.title || null }
  }
}

const moves = ['cancelled', 'duplicate', 'rejected', 'resolved', 'waiting'] as const

function movedTo({ state, isSilent }: Extract<LinkView, { standing: 'moved' }>) {
  if (state === 'closed') return isSilent ? 'silent' : 'closed'
  return moves.find((known) => known === state) ?? 'atWork'
}

function Moment({ view }: { view: LinkView }) {
  const { language, now } = useShell()
  const t = useOutgoingTexts().pages.link
  if (view.standing !== 'used' && view.standing !== 'expired') return null
  return (
    <p>
      {view.standing === 'used' ? t.used.when : t.expired.what}{' '}
      <time dateTime={view.at} title={exactTime(view.at, view.zone, language)}>
        {dayAndTime(view.at, now, view.zone, language)}
      </time>
    </p>
  )
}
