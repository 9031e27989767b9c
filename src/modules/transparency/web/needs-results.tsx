import { Link, useLoaderData } from 'react-router'
import { fileSize, wholeNumber } from '../../../platform/texts.ts'
import { CitizenPage } from '../../../web/ui/citizen-page.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { openPage, publicContext } from '../../../web/visit.ts'
import { needsTexts } from '../../needs/texts.ts'
import { findPublishedNeeds } from '../needs-results.ts'
import { needsResultsTexts } from '../needs-results-texts.ts'
import { useResultsWords } from './results-words.ts'

export const loader = openPage(async (visit, { params }) => {
  const year = Number(params.year)
  const { csv, ...found } = await findPublishedNeeds(publicContext(visit), Number.isInteger(year) ? year : 0)
  return { ...found, bytes: Buffer.byteLength(csv) }
})

/** A year of the needs plan as anybody reads it: three figures, every line, the data and their proof. */
export default function NeedsResultsPage() {
  const { year, publishedAt, content } = useLoaderData<typeof loader>()
  const { language, amount, dayText } = useResultsWords()
  const t = needsResultsTexts[language]
  const pieces = (name: 'planned' | 'verified') => content.lines.reduce((sum, line) => sum + line[name], 0)
  const toCheck = content.lines.filter(({ findings }) => findings.length > 0).length
  const source = t.at(dayText(publishedAt))
  return (
    <CitizenPage title={t.title(year)}>
      <h1 className="st-title">{t.title(year)}</h1>
      <p className="st-lead mt-3">
        {t.lead(wholeNumber(pieces('verified'), language), wholeNumber(pieces('planned'), language), toCheck)}
      </p>
      <dl className="st-figures st-section">
        {(['planned', 'payable', 'paid'] as const).map((name) => (
          <div key={name}>
            <dt>{t.figures[name]}</dt>
            <dd className="st-big">{t.euro(amount(content[`${name}ExVat`]))}</dd>
            <dd className="st-small st-quiet">
              {t.withoutVat}. {source}
            </dd>
          </div>
        ))}
      </dl>
      <section className="st-section">
        <h2 className="st-h2">{t.table}</h2>
        <p>{t.tableLead}</p>
        <LineTable />
      </section>
      <Files />
      <p className="st-section">
        <Link to="/trasparenza">{t.back}</Link>
      </p>
    </CitizenPage>
  )
}

function LineTable() {
  const { content } = useLoaderData<typeof loader>()
  const { language, amount } = useResultsWords()
  const t = needsResultsTexts[language]
  const words = needsTexts[language]
  const c = t.columns
  const counts = ['planned', 'ordered', 'declared', 'verified', 'installed', 'retired', 'paid'] as const
  const number = (value: number | null) => (value === null ? '–' : wholeNumber(value, language))
  return (
    <DataTable
      caption={t.table}
      columns={[
        ...[c.line, c.description],
        ...[...counts.map((name) => c[name]), c.payable].map((label) => ({ label, isNumber: true as const })),
        c.findings,
      ]}
    >
      {content.lines.map((line) => (
        <tr key={line.line}>
          <td>{line.line}</td>
          <th scope="row">
            {line.description}
            <span className="st-sub">{words.categories[line.category]}</span>
          </th>
          {counts.map((name) => (
            <td key={name} className={`st-num ${name === 'verified' ? 'st-strong' : ''}`}>
              {number(line[name])}
            </td>
          ))}
          <td className="st-num">{amount(line.payableExVat)}</td>
          <td>
            {line.findings.length === 0
              ? t.nothing
              : line.findings.map(({ code, count }) => (
                  <span key={code} className="st-state st-warn d-block">
                    {words.findings[code](said(code, count, amount))}
                  </span>
                ))}
          </td>
        </tr>
      ))}
    </DataTable>
  )
}

// Of prices and payments the count is cents.
function said(code: string, count: number, amount: (text: string) => string): string {
  return code === 'price_above_reference' || code === 'paid_over_verified'
    ? amount((count / 100).toFixed(2))
    : String(count)
}

function Files() {
  const { year, bytes } = useLoaderData<typeof loader>()
  const { language } = useResultsWords()
  const t = needsResultsTexts[language]
  const base = `/trasparenza/fabbisogni/${year}`
  return (
    <section className="st-section">
      <h2 className="st-h2">{t.files}</h2>
      <p>{t.privacyNote}</p>
      <ul>
        <li>
          <a href={`${base}/verifica.csv`}>{t.csv}</a> ({fileSize(bytes, language)})
        </li>
        <li>
          <a href={`${base}/dizionario.json`}>{t.dictionary}</a>
        </li>
        <li>
          <a href={`${base}/prova.json`}>{t.proof}</a>
        </li>
      </ul>
      <p>
        {t.proofLead} <Link to="/integrita">{t.integrity}</Link>
      </p>
    </section>
  )
}
