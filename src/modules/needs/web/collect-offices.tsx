import { Form, Link, useLoaderData } from 'react-router'
import { ActField, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import { When } from '../../../web/ui/when.tsx'
import type { loader } from './collect.tsx'
import { usePlanTexts } from './plan-words.ts'

/** Which offices sent and which are writing; a sheet that was sent can be given back. */
export function OfficesPart() {
  const { year, requests, state } = useLoaderData<typeof loader>()
  const { collect: t, number, open } = usePlanTexts()
  const c = t.officeColumns
  return (
    <section className="st-section">
      <h2 id="offices" className="st-h2">
        {t.offices}
      </h2>
      <RefusedNotice refused={useRefusedAct('return')} />
      {requests.length === 0 ? (
        <p>{t.officesNone}</p>
      ) : (
        <DataTable
          caption={t.offices}
          columns={[c.office, c.state, { label: c.lines, isNumber: true }, c.saved, c.act]}
        >
          {requests.map((one) => (
            <tr key={one.officeId}>
              <th scope="row">{one.office}</th>
              <td>
                <span className={`st-state ${one.state === 'sent' ? 'st-ok' : 'st-run'}`}>{t.states[one.state]}</span>
              </td>
              <td className="st-num">{number(one.lines)}</td>
              <td>
                <When at={one.savedAt} isShort />
              </td>
              <td>
                <div className="st-row">
                  <Link to={`/fabbisogni/${year}/ufficio/${one.officeId}`} aria-label={t.look(one.office)}>
                    {open}
                  </Link>
                  {one.state === 'sent' && state !== 'approved' && (
                    <Form method="post" preventScrollReset>
                      <ActField act="return" />
                      <input type="hidden" name="officeId" value={one.officeId} />
                      <button type="submit" className="btn st-btn is-plain" aria-label={t.giveBackOf(one.office)}>
                        {t.giveBack}
                      </button>
                    </Form>
                  )}
                </div>
              </td>
            </tr>
          ))}
        </DataTable>
      )}
    </section>
  )
}
