import type { Difference, Missing } from '../edition-schema.ts'
import type { EditionDetail } from '../report-schema.ts'
import { ReportDifferences } from './report-differences.tsx'
import { useReportWords } from './report-words.ts'

type Props = { edition: EditionDetail; missing: Missing[]; differences: Difference[] }

/** What is still missing, and what changes from the published version. */
export function EditionChanges({ edition, missing, differences }: Props) {
  const { desk: t, report } = useReportWords()
  return (
    <>
      {missing.length > 0 && (
        <section className="st-notice is-warn" aria-labelledby="missing">
          <h2 id="missing" className="st-h3">
            {t.missing}
          </h2>
          <ul className="mb-0">
            {missing.map((one, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a list that does not move
              <li key={at}>
                {report.where(one.section, one.objective)}: {report.missing[one.what](one.label)}
              </li>
            ))}
          </ul>
        </section>
      )}
      {edition.lastNumber > 0 && edition.state !== 'published' && (
        <section className="mb-4" aria-labelledby="differences">
          <h2 id="differences" className="st-h2">
            {t.differences(edition.lastNumber)}
          </h2>
          {edition.changeNote !== '' && <p className="st-strong">{edition.changeNote}</p>}
          {differences.length === 0 ? <p>{t.noDifferences}</p> : <ReportDifferences rows={differences} />}
        </section>
      )}
    </>
  )
}
