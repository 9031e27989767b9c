import { Link, redirect, useActionData, useSearchParams } from 'react-router'
import { CitizenPage } from '../../../web/ui/citizen-page.tsx'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import { openForm, openPage, publicContext, type Refused } from '../../../web/visit.ts'
import { sendClarity } from '../clarity.ts'
import { clarityPages, longestDetail } from '../rating-limits.ts'
import { ClarityRating } from './clarity-rating.tsx'
import { useRatingTexts } from './rating-texts.ts'

export const loader = openPage(() => null)

/** Keeps an answer of anybody; the question that does not fit the stars was not asked. */
export const action = openForm(async (visit, form) => {
  const text = String(form.get('text') ?? '')
  form.set('text', text.slice(0, longestDetail))
  const page = String(form.get('page') ?? '')
  const branch = Number(form.get('stars')) > 3 ? 'positive' : 'negative'
  const answer = { page, stars: form.get('stars') ?? undefined, aspect: form.get(branch) ?? undefined, text }
  await sendClarity(publicContext(visit), answer, visit.network)
  return redirect(`/parere?${new URLSearchParams({ grazie: page })}`)
})

/** Thanks, or what is to be put right. */
export default function ClarityPage() {
  const [search] = useSearchParams()
  const refused = useActionData<Refused>()
  const t = useRatingTexts().clarity
  const page = refused?.values.page ?? search.get('grazie') ?? ''
  const isKnown = clarityPages.test(page)
  return (
    <CitizenPage title={t.title}>
      <h1 className="st-title">{t.title}</h1>
      <RefusedNotice refused={refused} />
      {!refused && search.has('grazie') && (
        <p className="st-lead" role="status">
          {t.thanks}
        </p>
      )}
      {isKnown && (
        <p>
          <Link to={page}>{t.back}</Link>
        </p>
      )}
      {isKnown && refused?.problem.status === 422 && <ClarityRating page={page} />}
    </CitizenPage>
  )
}
