import { useLoaderData } from 'react-router'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import type { ReconciledLine } from '../schema.ts'
import { useAnswerWords } from './answer-words.ts'
import { useDeliveryWords } from './delivery-words.ts'
import type { loader } from './reconciliation.tsx'

const steps = ['planned', 'ordered', 'declared', 'verified', 'installed', 'retired', 'paid'] as const

/** One row a line, those to be checked first; below each, how it is split over offices. */
export function ReconciliationTable() {
  const { found } = useLoaderData<typeof loader>()
  const { t: all } = useDeliveryWords()
  const t = all.reconciliation
  const groups = Map.groupBy(found.lines, ({ findings, reasons }) => {
    if (findings.length > 0) return 'toCheck'
    return reasons.length > 0 ? 'open' : 'fine'
  })
  if (found.lines.length === 0) return null
  return (
    <ScrollRegion label={t.caption}>
      <table className="st-table">
        <caption className="visually-hidden">{t.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t.columns.line}</th>
            {steps.map((name) => (
              <th key={name} scope="col" className="st-num">
                {t.columns[name]}
              </th>
            ))}
            <th scope="col">{t.columns.why}</th>
          </tr>
        </thead>
        {(['toCheck', 'open', 'fine'] as const).map((name) => {
          const lines = groups.get(name) ?? []
          return lines.length === 0 ? null : <Group key={name} label={t.groups[name](lines.length)} lines={lines} />
        })}
      </table>
    </ScrollRegion>
  )
}

function Group({ label, lines }: { label: string; lines: ReconciledLine[] }) {
  return (
    <tbody>
      <tr className="st-group">
        <th scope="colgroup" colSpan={9}>
          {label}
        </th>
      </tr>
      {lines.map((line) => (
        <Line key={line.lineId} line={line} />
      ))}
    </tbody>
  )
}

function Line({ line }: { line: ReconciledLine }) {
  const { terms, count } = useDeliveryWords()
  return (
    <tr id={`riga-${line.line}`}>
      <th scope="row">
        {line.line} · {line.description}
        <span className="st-sub">{terms.categories[line.category]}</span>
        {line.offices.length > 0 && <Offices line={line} />}
      </th>
      {steps.map((name) => (
        <td key={name} className={`st-num ${name === 'verified' ? 'st-strong' : ''}`}>
          {line[name] === null ? '–' : count(line[name])}
        </td>
      ))}
      <td>
        <Why line={line} />
      </td>
    </tr>
  )
}

function Why({ line }: { line: ReconciledLine }) {
  const { t: all } = useDeliveryWords()
  const t = all.reconciliation
  const shape = line.reasons.length > 0 ? 'st-run' : 'st-ok'
  return (
    <>
      {line.findings.map(({ code, says }) => (
        <span key={code} className="d-block">
          <span className="st-state st-warn st-wrap">{says}</span>
        </span>
      ))}
      {line.findings.length === 0 && (
        <span className={`st-state ${shape}`}>{line.reasons.length > 0 ? t.open : t.fine}</span>
      )}
      <SaidByOffices of={line} />
      {line.isClosed && <span className="st-sub">{t.closed}</span>}
      {line.reasons.length > 0 && <span className="st-sub">{line.reasons.join(' · ')}</span>}
    </>
  )
}

// What offices say stands beside what was verified, also where the two agree.
function SaidByOffices({ of }: { of: Pick<ReconciledLine, 'confirmed' | 'contested'> }) {
  const { said: t } = useAnswerWords()
  return of.confirmed + of.contested === 0 ? null : (
    <span className="st-sub">{t.counts(of.confirmed, of.contested)}</span>
  )
}

function Offices({ line }: { line: ReconciledLine }) {
  const { t: all, count } = useDeliveryWords()
  const t = all.reconciliation
  const shown = ['planned', 'declared', 'verified', 'installed'] as const
  return (
    <details className="st-unfold fw-normal">
      <summary>
        {t.offices}
        <span className="visually-hidden">, {t.officesOf(line.line)}</span>
      </summary>
      <table className="st-table">
        <caption className="visually-hidden">{t.officesOf(line.line)}</caption>
        <thead>
          <tr>
            <th scope="col">{t.office}</th>
            {shown.map((name) => (
              <th key={name} scope="col" className="st-num">
                {t.columns[name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {line.offices.map((one) => (
            <tr key={one.officeId ?? ''}>
              <td>
                {one.office ?? t.noOffice}
                <SaidByOffices of={one} />
              </td>
              {shown.map((name) => (
                <td key={name} className="st-num">
                  {one[name] === null ? '–' : count(one[name])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
