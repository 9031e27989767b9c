import { Form } from 'react-router'
import { SelectField } from '../../../web/ui/form.tsx'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import { When } from '../../../web/ui/when.tsx'
import type { AgreementVersion } from '../agreements.ts'
import type { ReratingReport } from '../rerate.ts'
import { useDeskTexts } from './texts.ts'

/** Moving the open cases to a version: first what would change, then, if wanted, the change. */
export function RerateForm({ versions, report }: { versions: AgreementVersion[]; report: ReratingReport | null }) {
  const t = useDeskTexts().work.agreement
  return (
    <section className="st-section" aria-labelledby="rerate">
      <h2 id="rerate" className="st-h2">
        {t.rerate}
      </h2>
      <p>{t.rerateHint}</p>
      <Form method="post" className="st-row align-items-end">
        <input type="hidden" name="act" value="rerate" />
        <SelectField
          name="version"
          label={t.rerateTo}
          initial={String(report?.version ?? versions[0]?.number ?? '')}
          options={versions.map(({ number }) => ({ value: String(number), label: `${t.version} ${number}` }))}
        />
        <button type="submit" name="apply" value="no" className="btn st-btn is-plain mb-3">
          {t.foresee}
        </button>
        {report && !report.applied && (
          <button type="submit" name="apply" value="yes" className="btn st-btn is-main mb-3">
            {t.apply}
          </button>
        )}
      </Form>
      {report && <Report report={report} />}
    </section>
  )
}

function Report({ report }: { report: ReratingReport }) {
  const t = useDeskTexts().work.agreement
  return (
    <>
      <p role="status">
        {report.applied
          ? t.applied(report.cases, report.version)
          : t.report(report.cases, report.changed.length, report.version)}
      </p>
      {report.changed.length > 0 && (
        <ScrollRegion label={t.rerate}>
          <table className="st-table">
            <thead>
              <tr>
                {[t.number, t.before, t.after].map((label) => (
                  <th key={label} scope="col">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {report.changed.slice(0, 100).map((moved) => (
                <tr key={moved.number}>
                  <th scope="row">{moved.number}</th>
                  <td>{moved.before ? <When at={moved.before} isShort /> : '–'}</td>
                  <td>{moved.after ? <When at={moved.after} isShort /> : '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </>
  )
}
