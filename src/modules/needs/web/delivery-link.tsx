import { data, redirect, useActionData, useLoaderData } from 'react-router'
import { CitizenPage } from '../../../web/ui/citizen-page.tsx'
import { openForm, openPage, type Refused } from '../../../web/visit.ts'
import type { OfficeDelivery } from '../answer-schema.ts'
import { actOnDeliveryLink, type DeliveryLinkView, openDeliveryLink } from '../delivery-links.ts'
import { answerFields } from './answer-form.ts'
import { AnswerForms, WhatCame } from './answer-forms.tsx'
import { AnswerMark } from './answer-mark.tsx'
import { useAnswerWords } from './answer-words.ts'

const statusOf: Record<DeliveryLinkView['standing'], number> = {
  ...{ unknown: 404, expired: 410, used: 200, answered: 200, open: 200 },
}

/** Shows and changes nothing, whoever asks: a program that opens every link of a mail does nothing by it. */
export const loader = openPage(async (visit, { params }) => {
  const view = await openDeliveryLink(visit.services, params.token ?? '', visit.network)
  return data(view, { status: statusOf[view.standing] })
})

/** The button: gives the one answer, then shows how the link stands. */
export const action = openForm(async (visit, form, { params }) => {
  const token = params.token ?? ''
  await actOnDeliveryLink(visit.services, token, answerFields(form), visit.network)
  return redirect(`/r/consegna/${encodeURIComponent(token)}`)
})

/** Nobody keeps this page: no index, no cache. */
export const headers = () => ({ 'x-robots-tag': 'noindex, nofollow, noarchive', 'cache-control': 'no-store, private' })
export const meta = () => [{ name: 'robots', content: 'noindex, nofollow, noarchive' }]

/** The page that the link of a mail about a delivery opens, for who is not signed in. */
export default function DeliveryLinkPage() {
  const view = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const { link: t } = useAnswerWords()
  const { title, next } = useHeading(view)
  const [first] = view.standing === 'unknown' ? [] : view.offices
  const open = view.standing === 'open' ? view.offices.filter(({ answer }) => answer === null) : []
  return (
    <CitizenPage title={title}>
      {view.standing !== 'unknown' && <p className="st-quiet mb-1">{view.organisationName}</p>}
      <h1 className="st-title">{title}</h1>
      {first && <p className="st-lead">{t.lead(first.note, first.supplierName, first.deliveredOn)}</p>}
      {view.standing !== 'unknown' && view.offices.map((one) => <Office key={one.officeId} of={one} />)}
      {open.length > 0 && (
        <>
          <AnswerForms offices={open} refused={refused} />
          <p className="st-small st-quiet mt-3">{t.once}</p>
        </>
      )}
      {next !== null && (
        <>
          <p>{next}</p>
          <p>
            <a href="/fabbisogni/consegne">{t.see}</a>
          </p>
        </>
      )}
    </CitizenPage>
  )
}

function useHeading(view: DeliveryLinkView): { title: string; next: string | null } {
  const { link: t } = useAnswerWords()
  switch (view.standing) {
    case 'unknown':
      return { title: t.unknown, next: t.unknownNext }
    case 'expired':
      return { title: t.expired, next: t.expiredNext }
    case 'used':
      return { title: t.used[view.answer], next: t.usedNext[view.answer] }
    case 'answered':
      return { title: t.answered, next: t.answeredNext }
    case 'open':
      return { title: t.title, next: null }
  }
}

function Office({ of }: { of: OfficeDelivery }) {
  return (
    <section>
      <h2 className="st-h2">{of.office}</h2>
      <WhatCame of={of} />
      {of.answer !== null && (
        <p>
          <AnswerMark of={of} />
        </p>
      )}
    </section>
  )
}
