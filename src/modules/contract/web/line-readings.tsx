import { wholeNumber } from '../../../platform/texts.ts'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import type { ShownFigure, VerifiedIndicator } from '../schema.ts'
import { useContractTexts } from './words.ts'

/** The same clause read in three ways, side by side. */
export function Readings({ entry }: { entry: VerifiedIndicator }) {
  const { pages, value } = useContractTexts()
  const { language } = useShell()
  const t = pages.line
  if (entry.observed === null) return null
  const unit = entry.measure === 'mean_days' ? pages.indicators.day : '%'
  const rows: [keyof typeof t.reading, ShownFigure][] = [
    ['adopted', entry.observed],
    ['written', entry.observed.contractReading],
    ['fair', entry.observed.fair],
  ]
  const n = (count: number | null) => (count === null ? '—' : wholeNumber(count, language))
  return (
    <section className="st-section" aria-labelledby="letture">
      <h2 id="letture" className="st-h2">
        {t.readings}
      </h2>
      <table className="st-table">
        <caption>{t.readingsCaption}</caption>
        <tbody>
          {rows.map(([name, figure]) => (
            <tr key={name}>
              <th scope="row">{t.reading[name]}</th>
              <td className="st-num">
                {figure.inTime !== null
                  ? `${n(figure.inTime)} / ${n(figure.total)}`
                  : `${n(figure.days)} / ${n(figure.total)}`}
              </td>
              <td className="st-num st-strong">{figure.value === null ? '—' : `${value(figure.value)} ${unit}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="st-small st-quiet mt-2">
        {t.act}: {entry.act}
      </p>
    </section>
  )
}

/** Scope by scope, for what is measured by scopes. */
export function Details({ entry }: { entry: VerifiedIndicator }) {
  const { pages, value } = useContractTexts()
  const t = pages.line
  const details = entry.observed?.details ?? []
  if (details.length === 0) return null
  return (
    <ScrollRegion label={t.details}>
      <table className="st-table">
        <caption>{t.detailsCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{t.scope}</th>
            <th scope="col" className="st-num">
              {t.value}
            </th>
            <th scope="col">{t.outcome}</th>
          </tr>
        </thead>
        <tbody>
          {details.map((one) => (
            <tr key={one.scope}>
              <th scope="row">{one.scope}</th>
              <td className="st-num">{one.value === null ? '—' : `${value(one.value)} %`}</td>
              <td>
                {one.met === null ? (
                  <span className="st-state st-idle">{pages.indicators.notProved}</span>
                ) : (
                  <span className={`st-state ${one.met ? 'st-ok' : 'st-late'}`}>
                    {one.met ? pages.whatIf.kept : pages.whatIf.missed}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
