import { Form, Link, redirect, useLoaderData, useSearchParams } from 'react-router'
import { may } from '../../../platform/permissions.ts'
import { wholeNumber } from '../../../platform/texts.ts'
import { ActField, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, page } from '../../../web/visit.ts'
import { importSeries, listSeries } from '../figure-series.ts'
import type { SeriesRow } from '../report-schema.ts'
import { useReportWords } from './report-words.ts'

export const loader = page(async (ctx) => ({
  series: await listSeries(ctx),
  mayEdit: may(ctx.actor, 'report.edit'),
}))

export const action = form(async (ctx, form) => {
  const file = form.get('file')
  const bytes = file instanceof File ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array()
  const { added, same, disagreements } = await importSeries(ctx, bytes)
  return redirect(`/redazione/serie?caricati=${added}-${same}-${disagreements}`)
})

/** The series that figures and charts are read from, with the years in which sources disagree. */
export default function ReportSeriesPage() {
  const { series, mayEdit } = useLoaderData<typeof loader>()
  const { desk: t } = useReportWords()
  return (
    <StaffPage title={t.seriesPage}>
      <nav aria-label={t.title}>
        <p className="st-crumb">
          <Link to="/redazione">{t.title}</Link>
        </p>
      </nav>
      <div className="st-head">
        <div>
          <h1 className="st-title">{t.seriesPage}</h1>
          <p className="st-lead mb-0">
            {t.seriesLead(series.length, series.filter((one) => one.disagrees.length > 0).length)}
          </p>
        </div>
      </div>
      <Loaded />
      {mayEdit && <ImportForm />}
      {series.length === 0 ? <p>{t.noSeriesRows}</p> : <SeriesList rows={series} />}
    </StaffPage>
  )
}

function Loaded() {
  const [search] = useSearchParams()
  const { desk: t, language } = useReportWords()
  const [, added, same, disagreements] = /^(\d{1,7})-(\d{1,7})-(\d{1,7})$/.exec(search.get('caricati') ?? '') ?? []
  if (added === undefined) return null
  const shown = (n: string | undefined) => wholeNumber(Number(n), language)
  return (
    <div className="st-notice is-ok" role="status">
      <p>{t.loaded(shown(added), shown(same), shown(disagreements))}</p>
    </div>
  )
}

function ImportForm() {
  const { desk: t } = useReportWords()
  const refused = useRefusedAct('import')
  return (
    <Form method="post" encType="multipart/form-data" className="st-form mb-3">
      <h2 className="st-h2">{t.importTitle}</h2>
      <RefusedNotice refused={refused} />
      <ActField act="import" />
      <p className="st-quiet">{t.importHint}</p>
      <label className="st-label" htmlFor="file">
        {t.file}
      </label>
      <input id="file" name="file" type="file" accept=".csv,text/csv" required className="st-file mb-2" />
      <button type="submit" className="btn st-btn is-main">
        {t.load}
      </button>
    </Form>
  )
}

function SeriesList({ rows }: { rows: SeriesRow[] }) {
  const { desk: t, figure } = useReportWords()
  return (
    <ScrollRegion label={t.seriesPage}>
      <table className="st-table">
        <caption>{t.seriesPage}</caption>
        <thead>
          <tr>
            {(['figure', 'values', 'unit', 'source', 'disagrees'] as const).map((column) => (
              <th key={column} scope="col">
                {t.seriesColumns[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.figure} ${row.source}`}>
              <th scope="row">{row.figure}</th>
              <td>{row.values.map(({ year, value }) => `${year}: ${figure(value, '')}`).join(' · ')}</td>
              <td>{row.unit}</td>
              <td>{row.source}</td>
              <td>
                {row.disagrees.length > 0 && <span className="st-state st-warn">{row.disagrees.join(', ')}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
