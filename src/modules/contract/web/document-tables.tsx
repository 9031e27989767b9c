import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import type { ContractOverview } from '../schema.ts'
import { sayTarget } from './indicator-table.tsx'
import { useContractTexts } from './words.ts'

type Props = { overview: ContractOverview }

/** Services with their fee; where two official tables differ, both. */
export function ServiceTable({ overview }: Props) {
  const { pages, amount } = useContractTexts()
  const t = pages.documents
  const { disagreement } = overview
  return (
    <section>
      <h2 id="servizi" className="st-h2">
        {t.services}
      </h2>
      {disagreement && (
        <div className="st-notice is-warn">
          <p>{t.disagreement(disagreement.act)}</p>
        </div>
      )}
      <ScrollRegion label={t.services}>
        <table className="st-table">
          <caption>{t.servicesCaption(overview.feeAct)}</caption>
          <thead>
            <tr>
              <th scope="col">{t.columns.service}</th>
              <th scope="col" className="st-num">
                {t.columns.fee}
              </th>
              {disagreement && (
                <th scope="col" className="st-num">
                  {t.columns.other}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {overview.services.map((service) => {
              const other = disagreement?.fees[service.code]
              return (
                <tr key={service.code}>
                  <th scope="row">
                    {service.code} {service.label}
                  </th>
                  <td className="st-num">{amount(service.fee)}</td>
                  {disagreement && (
                    <td className={`st-num${other === service.fee ? ' st-quiet' : ' st-strong'}`}>
                      {other === undefined ? '—' : amount(other)}
                    </td>
                  )}
                </tr>
              )
            })}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t.total}</th>
              <td className="st-num">{amount(overview.total)}</td>
              {disagreement && <td className="st-num">{amount(disagreement.total)}</td>}
            </tr>
          </tfoot>
        </table>
      </ScrollRegion>
    </section>
  )
}

/** From when each fee holds, and from when it was known. */
export function VersionTable({ overview }: Props) {
  const { pages, amount, date } = useContractTexts()
  const t = pages.documents
  return (
    <section className="st-section">
      <h2 id="versioni" className="st-h2">
        {t.versions}
      </h2>
      <ScrollRegion label={t.versions}>
        <table className="st-table">
          <caption>{t.versionsCaption}</caption>
          <thead>
            <tr>
              <th scope="col">{t.versionColumns.from}</th>
              <th scope="col">{t.versionColumns.known}</th>
              <th scope="col">{t.versionColumns.act}</th>
              <th scope="col" className="st-num">
                {t.versionColumns.total}
              </th>
            </tr>
          </thead>
          <tbody>
            {overview.feeVersions.map((one) => (
              <tr key={`${one.effectiveFrom} ${one.knownFrom}`}>
                <th scope="row">{date(one.effectiveFrom)}</th>
                <td>{date(one.knownFrom)}</td>
                <td>{one.act}</td>
                <td className="st-num">{amount(one.total)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  )
}

/** Each indicator as it is defined and as it is read. */
export function DefinitionTable({ overview }: Props) {
  const { pages, measures } = useContractTexts()
  const { language } = useShell()
  const t = pages.documents
  return (
    <section className="st-section">
      <h2 id="definizioni" className="st-h2">
        {t.definitions}
      </h2>
      <ScrollRegion label={t.definitions}>
        <table className="st-table">
          <caption>{t.definitionsCaption}</caption>
          <thead>
            <tr>
              {(['code', 'label', 'measure', 'target', 'class', 'reading'] as const).map((column) => (
                <th key={column} scope="col">
                  {t.definitionColumns[column]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {overview.indicators.map((one) => {
              const bound = (one.target.hundredths / 100).toFixed(2)
              const target = `${one.target.op} ${bound} ${one.unit === 'percent' ? '%' : 'days'}`
              return (
                <tr key={one.code}>
                  <th scope="row">
                    {one.code} <span className="fw-normal">{one.service}</span>
                  </th>
                  <td>{one.label}</td>
                  <td>
                    {measures[one.measure.kind]}
                    {one.measure.days !== null && ` (${one.measure.days})`}
                    <span className="st-sub" lang="en">
                      {one.measure.text}
                    </span>
                  </td>
                  <td className="st-nowrap">{sayTarget({ target }, pages.indicators.day, language)}</td>
                  <td>{one.class}</td>
                  <td>
                    {readingsOf(one)
                      .map((key) => t.adopt.options[key] ?? key)
                      .join('; ')}
                    {one.adoptedNote !== '' && <span className="st-sub">{one.adoptedNote}</span>}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  )
}

/** The parts of a reading that matter to a measure, as the texts name them. */
function readingsOf({ measure, adopted }: ContractOverview['indicators'][number]): string[] {
  if (measure.kind === 'uptime') return [`uptime:${adopted.uptime}`]
  if (measure.kind === 'lost_calls') return [`calls:${adopted.calls}`]
  const own = measure.kind === 'ratio_by_promise' ? `promise:${adopted.promise}` : `taking:${adopted.taking}`
  return measure.kind === 'mean_days' ? [`population:${adopted.population}`] : [`population:${adopted.population}`, own]
}

/** Parts of the fee measured inside another indicator, with each reading of their clause. */
export function SubsetList({ overview }: Props) {
  const { pages } = useContractTexts()
  if (overview.subsets.length === 0) return null
  return (
    <section className="st-section">
      <h2 id="parti" className="st-h2">
        {pages.documents.subsets}
      </h2>
      <ul>
        {overview.subsets.map((one) => (
          <li key={one.service}>
            <strong>{one.service}</strong>: {one.population}. {one.clause}.{' '}
            {one.readings.map(({ label, indicators }) => `${label}: ${indicators.join(', ')}`).join(' · ')}
          </li>
        ))}
      </ul>
      {overview.exclusions.length > 0 && (
        <p>
          {pages.documents.exclusions}: <span lang="en">{overview.exclusions.join('; ')}</span>.
        </p>
      )}
    </section>
  )
}
