import { Form, Link, redirect, useActionData, useLoaderData } from 'react-router'
import { Once, RefusedNotice } from '../../../web/ui/form.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, onceToken, page, type Refused } from '../../../web/visit.ts'
import { listResults, listUnpublished, publishResults } from '../results.ts'
import { useResultsWords } from './results-words.ts'

export const loader = page(async (ctx) => ({
  waiting: await listUnpublished(ctx),
  published: (await listResults(ctx)).map(({ period, publishedAt }) => ({ period, publishedAt })),
  once: onceToken(),
}))

export const action = form(async (ctx, form) => {
  const { period } = await publishResults(ctx, { period: String(form.get('period') ?? '') })
  return redirect(`/trasparenza/livelli/${period}`)
})

/** Approved quarters that wait to be published: look, then publish. */
export default function ResultsDeskPage() {
  const { waiting, published, once } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const { t, period, dayText } = useResultsWords()
  return (
    <StaffPage title={t.desk.title}>
      <h1 className="st-title">{t.desk.title}</h1>
      <p className="st-lead">{t.desk.lead(waiting.length)}</p>
      <RefusedNotice refused={refused} />
      <section className="st-section">
        <h2 className="st-h2">{t.desk.waiting}</h2>
        <ul className="st-list">
          {waiting.map((one) => (
            <li key={one}>
              <Form method="post" className="st-row">
                <Once token={`${once}-${one}`} />
                <input type="hidden" name="period" value={one} />
                <strong>{period(one)}</strong>
                <Link to={`/redazione/livelli/${one}`}>{t.desk.preview}</Link>
                <button className="btn st-btn is-plain" type="submit" aria-label={t.desk.publishPeriod(period(one))}>
                  {t.desk.publish}
                </button>
              </Form>
            </li>
          ))}
        </ul>
      </section>
      <section className="st-section">
        <h2 className="st-h2">{t.desk.done}</h2>
        <ul className="st-list">
          {published.map((one) => (
            <li key={one.period}>
              <Link to={`/trasparenza/livelli/${one.period}`}>{period(one.period)}</Link>{' '}
              <span className="st-quiet">{t.index.published(dayText(one.publishedAt))}</span>
            </li>
          ))}
        </ul>
      </section>
    </StaffPage>
  )
}
