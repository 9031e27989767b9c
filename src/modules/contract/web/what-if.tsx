import { Form, useLoaderData } from 'react-router'
import { Problem, problemBody } from '../../../platform/problem.ts'
import { RefusedNotice, SelectField, TextField } from '../../../web/ui/form.tsx'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import { page, type Refused } from '../../../web/visit.ts'
import { listCalendars } from '../../organisation/calendars.ts'
import { localDay } from '../contracts.ts'
import { describeContract } from '../overview.ts'
import { periodBefore, quarterOfDay } from '../period-text.ts'
import type { WhatIfInput } from '../schema.ts'
import { penaltyClasses } from '../vocabulary.ts'
import { tryWhatIf, type WhatIfResult } from '../what-if.ts'
import { ContractPage } from './contract-page.tsx'
import { useContractTexts } from './words.ts'

export const loader = page(async (ctx, { request }) => {
  const search = new URL(request.url).searchParams
  const now = quarterOfDay(localDay(ctx))
  const overview = await describeContract(ctx, now)
  const given: Record<string, string> = Object.fromEntries([...search].filter(([, value]) => value !== ''))
  const from = given.from ?? periodBefore(now, 4)
  const until = given.until ?? periodBefore(now)
  const [field, value] = (given.choice ?? '').split(':')
  const { choice: _, ...rest } = given
  const input = { ...rest, from, until, ...(field && { reading: { [field]: value } }) }
  // A query that was not asked yet, or cannot be reckoned, is a page with its form.
  const outcome =
    given.indicator === undefined
      ? { result: null, refused: null }
      : await tryWhatIf(ctx, input as WhatIfInput).then(
          (result) => ({ result, refused: null }),
          (error) => {
            if (!(error instanceof Problem)) throw error
            return { result: null, refused: { problem: problemBody(error, ctx.language), values: given } }
          },
        )
  const calendars = (await listCalendars(ctx)).map(({ id, name }) => ({ value: id, label: name }))
  const indicators = overview.indicators.map(({ code, label }) => ({ value: code, label: `${code} ${label}` }))
  return { ...outcome, given: { ...given, from, until }, indicators, calendars }
})

/** Past periods under other terms; reckoned and shown, never stored. */
export default function WhatIfPage() {
  const { result, refused, given, indicators, calendars } = useLoaderData<typeof loader>()
  const { pages, amount } = useContractTexts()
  const t = pages.whatIf
  const lead =
    result === null
      ? t.lead
      : t.result(amount(result.totals.asWritten.observed), amount(result.totals.instead.observed))
  return (
    <ContractPage title={t.title} lead={lead}>
      <WhatIfForm given={given} refused={refused ?? undefined} indicators={indicators} calendars={calendars} />
      {result !== null && <ResultTable result={result} />}
    </ContractPage>
  )
}

type Option = { value: string; label: string }

type FormProps = {
  given: Record<string, string>
  refused: Refused | undefined
  indicators: Option[]
  calendars: Option[]
}

function WhatIfForm({ given, refused, indicators, calendars }: FormProps) {
  const { pages } = useContractTexts()
  const t = pages.whatIf
  const usual = { value: '', label: t.usual }
  const readings = Object.entries(pages.documents.adopt.options).map(([value, label]) => ({ value, label }))
  return (
    <Form method="get" className="st-form">
      <RefusedNotice refused={refused} />
      <SelectField
        name="indicator"
        label={t.indicator}
        options={indicators}
        initial={given.indicator ?? ''}
        refused={refused}
      />
      <TextField
        name="target"
        label={t.target}
        initial={given.target ?? ''}
        inputMode="decimal"
        isOptional
        refused={refused}
      />
      <SelectField
        name="class"
        label={t.class}
        options={[usual, ...penaltyClasses.map((value) => ({ value, label: value }))]}
        initial={given.class ?? ''}
        refused={refused}
      />
      <TextField
        name="days"
        label={t.days}
        initial={given.days ?? ''}
        inputMode="numeric"
        isOptional
        refused={refused}
      />
      <SelectField
        name="calendarId"
        label={t.calendar}
        options={[usual, ...calendars]}
        initial={given.calendarId ?? ''}
        refused={refused}
      />
      <SelectField
        name="choice"
        label={t.reading}
        options={[usual, ...readings]}
        initial={given.choice ?? ''}
        refused={refused}
      />
      <Span given={given} refused={refused} />
      <button className="btn st-btn is-main" type="submit">
        {t.show}
      </button>
    </Form>
  )
}

function Span({ given, refused }: { given: Record<string, string>; refused: Refused | undefined }) {
  const { pages } = useContractTexts()
  const t = pages.whatIf
  return (
    <>
      <TextField name="from" label={t.from} initial={given.from ?? ''} refused={refused} required />
      <TextField name="until" label={t.until} initial={given.until ?? ''} refused={refused} required />
    </>
  )
}

type Told = WhatIfResult['rows'][number]['asWritten']

function ResultTable({ result }: { result: WhatIfResult }) {
  const { pages, amount, period } = useContractTexts()
  const t = pages.whatIf
  return (
    <ScrollRegion label={t.caption(result.label)}>
      <table className="st-table mt-4">
        <caption>{t.caption(`${result.indicator} ${result.label}`)}</caption>
        <thead>
          <tr className="st-grouphead">
            <td />
            <th scope="colgroup" colSpan={3}>
              {t.asWritten}
            </th>
            <th scope="colgroup" colSpan={3}>
              {t.instead}
            </th>
          </tr>
          <tr>
            <th scope="col">{t.columns.period}</th>
            {['written', 'instead'].flatMap((side) =>
              (['declared', 'observed', 'penalty'] as const).map((column) => (
                <th key={`${side} ${column}`} scope="col" className="st-num">
                  {t.columns[column]}
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {result.rows.map((row) => (
            <tr key={row.period}>
              <th scope="row">{period(row.period)}</th>
              <Cells told={row.asWritten} isDays={result.asWritten.target.endsWith('days')} />
              <Cells told={row.instead} isDays={result.asWritten.target.endsWith('days')} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t.total}</th>
            <td colSpan={2} />
            <td className="st-num">{amount(result.totals.asWritten.observed)}</td>
            <td colSpan={2} />
            <td className="st-num">{amount(result.totals.instead.observed)}</td>
          </tr>
        </tfoot>
      </table>
    </ScrollRegion>
  )
}

function Cells({ told, isDays }: { told: Told; isDays: boolean }) {
  const { pages, amount, value } = useContractTexts()
  const unit = isDays ? pages.indicators.day : '%'
  return (
    <>
      {([told.declared, told.observed] as const).map((one, index) => (
        <td key={String(index)} className={`st-num${index === 1 ? ' st-strong' : ''}`}>
          {one.figure?.value == null ? '—' : `${value(one.figure.value)} ${unit}`}
          {one.met === false && <span className="st-sub">{pages.whatIf.missed}</span>}
        </td>
      ))}
      <td className="st-num">{amount(told.observed.penalty)}</td>
    </>
  )
}
