import { Link, redirect, useActionData } from 'react-router'
import { CitizenPage } from '../../../web/ui/citizen-page.tsx'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import { openForm, openPage, publicContext, type Refused } from '../../../web/visit.ts'
import { checkRating, ratePage } from '../rate-page.ts'
import { dropDraft, keepDraft, openDraft } from '../rating-draft.ts'
import { longestComment, reportPages } from '../rating-limits.ts'
import { citizensOnly, draftGone } from '../rating-problems.ts'
import { useRatingTexts } from './rating-texts.ts'
import { ReportRating } from './report-rating.tsx'

export const loader = openPage(() => null)

/** Keeps the answer of a registered citizen; of anybody else, over the sign-in, and back to the same page. */
export const action = openForm(async (visit, form, { request }) => {
  const text = String(form.get('text') ?? '')
  // What is much too long is refused, and not sent back whole.
  form.set('text', text.slice(0, longestComment))
  if (visit.session !== null) throw citizensOnly()
  const kept = form.has('kept') && text === '' ? openDraft(visit.services, request.headers.get('cookie')) : undefined
  if (kept === null) throw draftGone()
  const rated = await checkRating(publicContext(visit), {
    page: String(form.get('page') ?? ''),
    version: form.get('version'),
    answer: form.get('answer') ?? undefined,
    text: kept?.text ?? text,
  })
  if (visit.citizen === null) {
    const answered = new URLSearchParams({ voto: String(rated.answer) })
    if (rated.text !== '') answered.set('testo', '')
    const poi = `${rated.page}?${answered}#valuta`
    const headers = { 'set-cookie': keepDraft(visit.services, rated) }
    return redirect(`/accedi?${new URLSearchParams({ poi })}`, { headers })
  }
  await ratePage(visit.citizen, rated)
  return redirect(`${rated.page}?grazie#valuta`, { headers: { 'set-cookie': dropDraft() } })
})

/** Why the answer was not taken, and the question again. */
export default function RatePage() {
  const refused = useActionData<Refused>()
  const { rate: t, profile } = useRatingTexts()
  const page = refused?.values.page ?? ''
  const version = Number(refused?.values.version)
  const isAgain = refused?.problem.status === 422 && reportPages.test(page) && version > 0
  return (
    <CitizenPage title={t.title}>
      <h1 className="st-title">{t.title}</h1>
      <RefusedNotice refused={refused} />
      {!refused && (
        <p>
          <Link to="/bilancio-sociale">{profile.report}</Link>
        </p>
      )}
      {isAgain && <p>{t.lead}</p>}
      {reportPages.test(page) && (
        <p>
          <Link to={page}>{t.back}</Link>
        </p>
      )}
      {isAgain && <ReportRating page={page} version={version} refused={refused} />}
    </CitizenPage>
  )
}
