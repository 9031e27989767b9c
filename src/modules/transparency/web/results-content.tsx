import { Link } from 'react-router'
import { fileSize, wholeNumber } from '../../../platform/texts.ts'
import { Chart } from '../../../web/ui/chart.tsx'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import type { VerifiedIndicator } from '../../contract/schema.ts'
import type { ResultsPage } from '../results.ts'
import { chartedLines, chartWords } from '../results-chart.ts'
import { useResultsWords } from './results-words.ts'

/** A quarter as anybody reads it; the preview is the same. `base` is where its files are, null while there are none. */
export function ResultsContent({ page, base }: { page: ResultsPage; base: string }) {
  const { t, language, amount, dayText, period } = useResultsWords()
  const lines = page.result.indicators
  const judged = lines.filter(({ outcome }) => outcome !== 'notDeclared' && outcome !== 'notMeasurable')
  const met = judged.filter(({ met }) => met === true).length
  const differing = lines.filter(({ flags }) => flags.includes('differs')).length
  const penalty = decidedInAll(lines)
  const n = (value: number) => wholeNumber(value, language)
  const source = t.page.at(dayText(page.approvedAt))
  return (
    <>
      <h1 className="st-title">{t.page.title(period(page.period))}</h1>
      <p className="st-lead mt-3">
        {t.page.lead(met, judged.length)} {penalty === '0.00' ? t.page.noPenalty : t.page.leadPenalty(amount(penalty))}
      </p>
      <dl className="st-figures st-section">
        {(
          [
            [t.page.figures.met, t.page.of(met, judged.length)],
            [t.page.figures.differing, n(differing)],
            [t.page.figures.penalties, `${amount(penalty)} €`],
          ] as const
        ).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="st-big">{value}</dd>
            <dd className="st-small st-quiet">{source}</dd>
          </div>
        ))}
      </dl>
      <section className="st-section">
        <h2 className="st-h2">{t.page.values}</h2>
        <p>{t.page.valuesLead}</p>
        <LineTable lines={lines} name={period(page.period)} />
      </section>
      <section className="st-section">
        <ResultsChart page={page} base={base} />
      </section>
      <Files page={page} base={base} />
      <Proof base={base} />
      <Corrections page={page} />
    </>
  )
}

// What is charged is what was decided; amounts are decimal texts, added as whole cents.
function decidedInAll(lines: readonly VerifiedIndicator[]): string {
  const cents = lines.reduce((sum, { penalty }) => sum + Math.round(Number(penalty.decided ?? 0) * 100), 0)
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
}

function LineTable({ lines, name }: { lines: readonly VerifiedIndicator[]; name: string }) {
  const { t, contract, figure, period, amount, language } = useResultsWords()
  const c = t.page.columns
  return (
    <ScrollRegion label={t.page.caption(name)}>
      <table className="st-table">
        <caption className="visually-hidden">{t.page.caption(name)}</caption>
        <thead>
          <tr>
            <th scope="col">{c.indicator}</th>
            <th scope="col">{c.outcome}</th>
            {(['target', 'declared', 'observed', 'agreed', 'proved', 'open', 'penalty'] as const).map((column) => (
              <th key={column} scope="col" className="st-num st-wrap">
                {c[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={`${line.code} ${line.service} ${line.scope} ${line.period}`}>
              <th scope="row">
                {line.code} {line.label}
                <span className="st-sub">
                  {[line.service, line.scope, line.period.includes('Q') ? '' : period(line.period)]
                    .filter((part) => part !== '')
                    .join(', ')}
                </span>
              </th>
              <td>
                <span className={`st-state ${marks[line.outcome]}`}>{contract.outcomes[line.outcome]}</span>
              </td>
              <td className="st-num">{sayTarget(line.target, language)}</td>
              <td className="st-num">{figure(line.declared, line) ?? '—'}</td>
              <td className="st-num st-strong">{figure(line.observed, line) ?? '—'}</td>
              <td className="st-num">{figure(line.agreed, line) ?? '—'}</td>
              <td className="st-num">
                {line.observed?.provedShare == null ? '—' : `${Math.floor(line.observed.provedShare * 100)} %`}
              </td>
              <td className="st-num">{line.observed?.openBacklog ?? '—'}</td>
              <td className="st-num">{amount(line.penalty.decided ?? '0.00')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

const marks = {
  met: 'st-ok',
  inadequate: 'st-warn',
  unacceptable: 'st-late',
  notMeasurable: 'st-idle',
  notDeclared: 'st-idle',
} as const

/** ">= 95.00 %" as people read it. */
function sayTarget(target: string, language: 'it' | 'en'): string {
  const [op = '', number = '', unit = ''] = target.split(' ')
  const plain = number.replace(/\.?0+$/, '')
  const sign = op === '>=' ? '≥' : op === '<=' ? '≤' : op
  const days = language === 'it' ? 'giorni' : 'days'
  return `${sign} ${language === 'it' ? plain.replace('.', ',') : plain} ${unit === 'days' ? days : unit}`
}

function ResultsChart({ page, base }: { page: ResultsPage; base: string }) {
  const { t, language, figure } = useResultsWords()
  const lines = chartedLines(page.result)
  if (lines.length === 0) return <p>{t.page.notThere}</p>
  return (
    <Chart
      src={`${base}/grafico-largo.svg`}
      srcSmall={`${base}/grafico-stretto.svg`}
      alt={chartWords(page.result, language)}
      caption={t.page.chartTitle}
      scrollLabel={t.page.chartTable}
      height={320}
      table={{
        caption: t.page.chartTable,
        head: [t.page.columns.indicator, { number: t.page.columns.declared }, { number: t.page.columns.observed }],
        rows: lines.map((line) => [
          line.code,
          { number: figure(line.declared, line) ?? '—' },
          { number: figure(line.observed, line) ?? '—' },
        ]),
      }}
    />
  )
}

function Files({ page, base }: { page: ResultsPage; base: string }) {
  const { t, language } = useResultsWords()
  const names = t.page.fileNames
  const files = [
    ['indicatori.csv', names.figures, page.bytes.figures],
    ['interventi.csv', names.rows, page.bytes.rows],
    ['disponibilita.csv', names.scopes, page.bytes.scopes],
    ['dati.json', names.json, null],
    ['dizionario.json', names.dictionary, null],
    ['prova.json', names.proof, null],
  ] as const
  return (
    <section className="st-section">
      <h2 className="st-h2">{t.page.files}</h2>
      <p>
        {t.page.filesLead} {t.page.privacyNote}
      </p>
      <ul>
        {files.map(([file, label, bytes]) => (
          <li key={file}>
            <a href={`${base}/${file}`}>{label}</a> {bytes !== null && t.page.size(fileSize(bytes, language))}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Proof({ base }: { base: string }) {
  const { t } = useResultsWords()
  const words = `curl -O https://…${base}/interventi.csv
sha256sum interventi.csv          # = rows_sha256
curl -s https://…${base}/prova.json
npx sitec audit verify --head HEAD@N`
  return (
    <section className="st-section">
      <h2 className="st-h2">{t.page.proof}</h2>
      <p>{t.page.proofLead}</p>
      <ScrollRegion label={t.page.proof}>
        <pre className="st-code-block">{words}</pre>
      </ScrollRegion>
      <p className="mt-2">
        <Link to="/integrita">{t.page.integrity}</Link>
      </p>
    </section>
  )
}

function Corrections({ page }: { page: ResultsPage }) {
  const { t, period, amount } = useResultsWords()
  return (
    <section className="st-section">
      <h2 className="st-h2">{t.page.corrections}</h2>
      {page.corrections.length === 0 ? (
        <p>{t.page.noCorrections}</p>
      ) : (
        <ul>
          {page.corrections.map((one) => (
            <li key={one.id}>
              {t.page.correctionLine(
                `${one.indicator} ${one.service}`,
                period(one.period),
                period(one.inPeriod),
                one.before?.value ?? '—',
                one.after?.value ?? '—',
                amount(one.delta),
              )}
              . {one.reason}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
