import { Form, Link, useLoaderData } from 'react-router'
import { wholeNumber } from '../../../platform/texts.ts'
import { SelectField } from '../../../web/ui/form.tsx'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { page } from '../../../web/visit.ts'
import { type KindReport, periodsOffered, reportDesk } from '../reports.ts'
import { useDeskTexts } from './texts.ts'

export const loader = page(async (ctx, { request }) => {
  const periods = periodsOffered(ctx)
  const period = new URL(request.url).searchParams.get('periodo') ?? periods[0] ?? ''
  return { periods, report: await reportDesk(ctx, { period }) }
})

/** What the desk did in a period, by kind. The supplier as a whole: nobody is named, nobody is ranked. */
export default function ReportsPage() {
  const { periods, report } = useLoaderData<typeof loader>()
  const { language } = useShell()
  const { pages, work } = useDeskTexts()
  const t = work.report
  const sum = (column: keyof Omit<KindReport, 'kind'>) => report.kinds.reduce((all, row) => all + row[column], 0)
  const shown = (n: number) => wholeNumber(n, language)
  return (
    <StaffPage title={t.title}>
      <div className="st-head">
        <div>
          <h1 className="st-title">{t.title}</h1>
          <p className="st-lead mb-0">
            {t.sentence(shown(sum('opened')), shown(sum('resolved')), shown(sum('open')), shown(sum('overdue')))}
            {!report.isOver && ` ${t.notOver}`}
          </p>
        </div>
      </div>
      <Form className="st-row align-items-end">
        <SelectField
          name="periodo"
          label={t.period}
          initial={report.period}
          options={periods.map((value) => ({ value, label: t.periodName(value) }))}
        />
        <button type="submit" className="btn st-btn is-plain mb-3">
          {t.show}
        </button>
        <Link className="mb-3" to={`/rapporti.csv?periodo=${report.period}`} reloadDocument>
          {pages.queue.export}
        </Link>
      </Form>
      <WorkTable rows={report.kinds} />
      <SignsTable rows={report.kinds} />
      <p className="st-small st-quiet mt-2">
        {report.promises > 0 &&
          t.promises(
            shown(report.promises),
            String(report.medianPromiseHours ?? 0).replace('.', ','),
            shown(report.latePromises),
          )}{' '}
        {t.people}
      </p>
    </StaffPage>
  )
}

const workColumns = ['opened', 'resolved', 'open', 'overdue'] as const
const shares = [
  ['takenInTime', 'takenDue'],
  ['resolutionInTime', 'resolutionDue'],
  ['promisesKept', 'promisesDue'],
] as const

function WorkTable({ rows }: { rows: KindReport[] }) {
  const { language } = useShell()
  const { desk, work } = useDeskTexts()
  const t = work.report
  return (
    <ScrollRegion label={t.workCaption}>
      <table className="st-table">
        <caption>{t.workCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{t.kind}</th>
            {workColumns.map((column) => (
              <th key={column} scope="col" className="st-num">
                {desk.report[column]}
              </th>
            ))}
            {shares.map(([good]) => (
              <th key={good} scope="col" className="st-num">
                {t.share[good]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.kind}>
              <th scope="row">
                <Link to={`/da-lavorare?view=all&kind=${row.kind}`}>{desk.kindsShort[row.kind]}</Link>
              </th>
              {workColumns.map((column) => (
                <td key={column} className="st-num">
                  {wholeNumber(row[column], language)}
                </td>
              ))}
              {shares.map(([good, all]) => (
                <td key={good} className="st-num">
                  {row[all] === 0 ? '–' : t.of(wholeNumber(row[good], language), wholeNumber(row[all], language))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

const signs = [
  'provedStart',
  'confirmed',
  'silent',
  'reopened',
  'promisesMoved',
  'typedLater',
  'quick',
  'repeated',
  'duplicates',
  'withdrawn',
  'kindChanged',
] as const

function SignsTable({ rows }: { rows: KindReport[] }) {
  const { language } = useShell()
  const { desk, work } = useDeskTexts()
  const t = work.report
  return (
    <ScrollRegion label={t.signsCaption}>
      <table className="st-table mt-3">
        <caption>{t.signsCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{t.kind}</th>
            {signs.map((column) => (
              <th key={column} scope="col" className="st-num">
                {desk.report[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.kind}>
              <th scope="row">{desk.kindsShort[row.kind]}</th>
              {signs.map((column) => (
                <td key={column} className="st-num">
                  {wholeNumber(row[column], language)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
