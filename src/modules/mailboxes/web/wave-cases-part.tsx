import { Form, Link, useLoaderData } from 'react-router'
import { ActField, ActPanel, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { TextField } from '../../../web/ui/form.tsx'
import type { loader } from './wave.tsx'
import { useWaveWords } from './wave-words.ts'

/** Cases of the help desk that the wave brought. */
export function CasesPart() {
  const { cases, mayAct } = useLoaderData<typeof loader>()
  const { t: all } = useWaveWords()
  const t = all.cases
  const refused = useRefusedAct('tie')
  return (
    <section id="richieste" className="mt-4" aria-labelledby="cases-title">
      <h2 id="cases-title" className="st-h2">
        {t.title}
      </h2>
      {cases.length === 0 && <p>{t.none}</p>}
      {cases.length > 0 && (
        <DataTable caption={t.title} columns={[t.columns.number, t.columns.title, t.columns.act]}>
          {cases.map((one) => (
            <tr key={one.caseId}>
              <th scope="row">
                {one.title === null ? one.number : <Link to={`/richieste/${one.caseId}`}>{one.number}</Link>}
              </th>
              <td>
                {one.title}
                {one.address !== null && <span className="st-sub">{one.address}</span>}
              </td>
              <td>
                {mayAct && (
                  <Form method="post">
                    <ActField act="untie" part={one.caseId} />
                    <button
                      type="submit"
                      className="st-linklike st-link"
                      aria-label={all.acts.of(t.remove, one.number)}
                    >
                      {t.remove}
                    </button>
                  </Form>
                )}
              </td>
            </tr>
          ))}
        </DataTable>
      )}
      {mayAct && (
        <ActPanel label={t.add} act="tie">
          <Form method="post">
            <ActField act="tie" />
            <TextField name="number" inputId="case-number" label={t.number} refused={refused} required />
            <button type="submit" className="btn st-btn is-main">
              {t.add}
            </button>
          </Form>
        </ActPanel>
      )}
    </section>
  )
}
