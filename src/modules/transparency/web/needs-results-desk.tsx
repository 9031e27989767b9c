import { Form, Link, redirect, useActionData, useLoaderData } from 'react-router'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, page, type Refused } from '../../../web/visit.ts'
import { listNeedsYears, publishNeeds } from '../needs-results.ts'
import { needsResultsTexts } from '../needs-results-texts.ts'
import { useResultsWords } from './results-words.ts'

export const loader = page(async (ctx) => ({ years: await listNeedsYears(ctx) }))

export const action = form(async (ctx, form) => {
  const { year } = await publishNeeds(ctx, { year: form.get('year') })
  return redirect(`/trasparenza/fabbisogni/${year}`)
})

/** Approved plans, to be published as they stand. */
export default function NeedsResultsDeskPage() {
  const { years } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const { language, dayText } = useResultsWords()
  const { desk: t } = needsResultsTexts[language]
  return (
    <StaffPage title={t.title}>
      <h1 className="st-title">{t.title}</h1>
      <p className="st-lead">{t.lead}</p>
      <RefusedNotice refused={refused} />
      <section className="st-section">
        <h2 className="st-h2">{t.years}</h2>
        {years.length === 0 && <p>{t.none}</p>}
        <ul className="st-list">
          {years.map(({ year, published }) => (
            <li key={year}>
              <Form method="post" className="st-row">
                <input type="hidden" name="year" value={year} />
                <strong>{year}</strong>
                {published === null ? (
                  <span className="st-quiet">{t.never}</span>
                ) : (
                  <Link to={`/trasparenza/fabbisogni/${year}`}>
                    {t.last(published.number, dayText(published.publishedAt))}
                  </Link>
                )}
                <button className="btn st-btn is-plain" type="submit" aria-label={t.publishYear(year)}>
                  {t.publish}
                </button>
              </Form>
            </li>
          ))}
        </ul>
      </section>
    </StaffPage>
  )
}
