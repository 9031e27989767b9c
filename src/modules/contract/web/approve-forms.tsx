import { Form } from 'react-router'
import { LongField, Once, RefusedNotice, SelectField, TextField } from '../../../web/ui/form.tsx'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import { When } from '../../../web/ui/when.tsx'
import type { Refused } from '../../../web/visit.ts'
import type { QuarterCheck } from '../check-quarter.ts'
import type { CorrectionRow, VerifiedIndicator } from '../schema.ts'
import { useContractTexts } from './words.ts'

/** What stands before the approval, and the button when nothing does. */
export function ApproveForm({
  check,
  breaches,
  name,
  once,
  refused,
}: {
  check: QuarterCheck
  breaches: number
  name: string
  once: string
  refused: Refused | undefined
}) {
  const { pages } = useContractTexts()
  const t = pages.approve
  const conditions = [
    ['over', check.isOver],
    ['report', check.hasReport],
    ['contests', check.contests === 0],
    ['exclusions', check.exclusions === 0],
    ['penalties', check.penalties === 0],
    ['breaches', breaches === 0],
  ] as const
  const isReady = conditions.every(([, holds]) => holds)
  return (
    <section className="st-section" aria-labelledby="approva">
      <h2 id="approva" className="st-h2">
        {t.title}
      </h2>
      <p>{t.lead}</p>
      <table className="st-table">
        <caption>{t.checklist}</caption>
        <tbody>
          {conditions.map(([condition, holds]) => (
            <tr key={condition}>
              <th scope="row">{t.check[condition]}</th>
              <td>
                <span className={`st-state ${holds ? 'st-ok' : 'st-warn'}`}>{holds ? t.yes : t.no}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Form method="post" className="mt-3">
        <RefusedNotice refused={refused} />
        <Once token={once} />
        <button
          className={`btn st-btn ${isReady ? 'is-main' : 'is-plain'}`}
          type="submit"
          name="act"
          value="approve"
          aria-label={`${t.submit}: ${name}`}
        >
          {t.submit}
        </button>
      </Form>
    </section>
  )
}

/** Corrections that touch the quarter. */
export function CorrectionTable({ corrections }: { corrections: readonly CorrectionRow[] }) {
  const { pages, amount, period, value } = useContractTexts()
  const t = pages.approve.correct
  if (corrections.length === 0) return null
  return (
    <section className="st-section" aria-labelledby="rettifiche">
      <h2 id="rettifiche" className="st-h2">
        {t.caption}
      </h2>
      <ScrollRegion label={t.caption}>
        <table className="st-table">
          <caption className="visually-hidden">{t.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{t.line}</th>
              <th scope="col">{pages.quarters.columns.period}</th>
              <th scope="col">{t.inPeriod}</th>
              <th scope="col" className="st-num">
                {pages.indicators.columns.agreed}
              </th>
              <th scope="col" className="st-num">
                {pages.penalties.adjustments}
              </th>
              <th scope="col">{t.reason}</th>
            </tr>
          </thead>
          <tbody>
            {corrections.map((one) => (
              <tr key={one.id}>
                <th scope="row">
                  {one.indicator} {one.service}
                  <span className="st-sub">
                    <When at={one.madeAt} isShort />
                  </span>
                </th>
                <td>{period(one.period)}</td>
                <td>{period(one.inPeriod)}</td>
                <td className="st-num">
                  {value(one.before?.value ?? '0.00')} → {value(one.after?.value ?? '0.00')}
                </td>
                <td className="st-num">{amount(one.delta)}</td>
                <td>{one.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  )
}

/** Writing a correction of an approved quarter. */
export function CorrectForm({
  lines,
  once,
  refused,
}: {
  lines: readonly VerifiedIndicator[]
  once: string
  refused: Refused | undefined
}) {
  const { pages } = useContractTexts()
  const t = pages.approve.correct
  const options = lines.map(({ code, service, scope, period }) => ({
    value: [code, service, period, scope].filter((part) => part !== '').join(' '),
    label: [code, service, period.includes('Q') ? '' : period, scope].filter((part) => part !== '').join(' · '),
  }))
  return (
    <details className="st-section">
      <summary>{t.title}</summary>
      <p>{t.lead}</p>
      <Form method="post" className="st-form">
        <RefusedNotice refused={refused} />
        <Once token={once} />
        <SelectField name="line" label={t.line} options={options} refused={refused} />
        <TextField name="inPeriod" label={t.inPeriod} hint="2026-Q4" refused={refused} required />
        <LongField name="reason" label={t.reason} refused={refused} required />
        <button className="btn st-btn is-plain" type="submit" name="act" value="correct">
          {t.submit}
        </button>
      </Form>
    </details>
  )
}
