import { Form, redirect, useActionData, useLoaderData } from 'react-router'
import { fail, notFound } from '../../../platform/problem.ts'
import { CitizenPage } from '../../../web/ui/citizen-page.tsx'
import { Once, RefusedNotice } from '../../../web/ui/form.tsx'
import { form, onceToken, page, type Refused } from '../../../web/visit.ts'
import { findResults, listResults, previewResults, publishResults, type ResultsPage } from '../results.ts'
import { ResultsContent } from './results-content.tsx'
import { useResultsWords } from './results-words.ts'

export const loader = page(async (ctx, { params }) => {
  const period = /^\d{4}-Q[1-4]$/.test(params.period ?? '') ? String(params.period) : fail(notFound())
  const published = await listResults(ctx)
  const last = published.find((one) => one.period < period)
  return {
    preview: await previewResults(ctx, period),
    isPublished: published.some((one) => one.period === period),
    changes:
      last === undefined
        ? null
        : changesSince((await findResults(ctx, last.period)).result, await previewResults(ctx, period)),
    once: onceToken(),
  }
})

type Change = { code: string; was: string; is: string }

function changesSince({ indicators }: ResultsPage['result'], { result }: ResultsPage): Change[] {
  const before = new Map(indicators.map((line) => [`${line.code} ${line.service}`, line.agreed?.value ?? '—']))
  return result.indicators
    .filter(({ period, scope }) => period.includes('Q') && scope === '')
    .flatMap((line) => {
      const code = `${line.code} ${line.service}`
      const [was, is] = [before.get(code) ?? '—', line.agreed?.value ?? '—']
      return was === is ? [] : [{ code, was, is }]
    })
}

export const action = form(async (ctx, _, { params }) => {
  const { period } = await publishResults(ctx, { period: params.period ?? '' })
  return redirect(`/trasparenza/livelli/${period}`)
})

/** A quarter as its page will be, what changed since the last one, and the button. */
export default function ResultsPreviewPage() {
  const { preview, isPublished, changes, once } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const { t, period } = useResultsWords()
  return (
    <CitizenPage title={t.page.title(period(preview.period))}>
      <div className="st-notice is-warn">
        <p>{t.desk.previewNote}</p>
      </div>
      <RefusedNotice refused={refused} />
      <ResultsContent page={preview} base={`/redazione/livelli/${preview.period}`} />
      <section className="st-section">
        <h2 className="st-h2">{t.desk.changed}</h2>
        {changes === null && <p>{t.desk.first}</p>}
        {changes !== null && changes.length === 0 && <p>{t.desk.noChange}</p>}
        {changes !== null && changes.length > 0 && (
          <ul>
            {changes.map((one) => (
              <li key={one.code}>{t.desk.changeLine(one.code, one.was, one.is)}</li>
            ))}
          </ul>
        )}
        {!isPublished && (
          <Form method="post">
            <Once token={once} />
            <button className="btn st-btn is-main" type="submit">
              {t.desk.publishPeriod(period(preview.period))}
            </button>
          </Form>
        )}
      </section>
    </CitizenPage>
  )
}
