import { Link, useLoaderData } from 'react-router'
import { Crumb } from '../../../web/ui/act-panel.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { When } from '../../../web/ui/when.tsx'
import { page } from '../../../web/visit.ts'
import { deskItemTexts } from '../desk-item-texts.ts'
import { listInstallations } from '../installations.ts'
import { useRegisterTexts } from './texts.ts'

export const loader = page(listInstallations)

const shapes = { installed: 'st-ok', already: 'st-idle', unknown: 'st-warn', wrong_state: 'st-warn' } as const

/** What the desk installed, and what became of it here. */
export default function InstallationsPage() {
  const rows = useLoaderData<typeof loader>()
  const { page: register } = useRegisterTexts()
  const { desk: t } = deskItemTexts[useShell().language]
  const c = t.columns
  return (
    <StaffPage title={t.title}>
      <Crumb to="/registro" label={register.title} title={t.title} />
      <h1 className="st-title">{t.title}</h1>
      <p className="st-lead">{t.lead}</p>
      {rows.length === 0 ? (
        <p>{t.none}</p>
      ) : (
        <DataTable caption={t.title} columns={[c.number, c.serial, c.code, c.outcome, c.at]}>
          {rows.map((row) => (
            <tr key={`${row.caseId} ${row.serial} ${row.notedAt}`}>
              <th scope="row" className="st-nowrap">
                <Link to={`/richieste/${row.caseId}`}>{row.number}</Link>
              </th>
              <td>{row.serial}</td>
              <td>{row.itemId !== null && <Link to={`/registro/${row.itemId}`}>{row.code}</Link>}</td>
              <td>
                <span className={`st-state ${shapes[row.outcome]}`}>{t.outcomes[row.outcome]}</span>
              </td>
              <td className="st-nowrap">
                <When at={row.notedAt} isShort />
              </td>
            </tr>
          ))}
        </DataTable>
      )}
    </StaffPage>
  )
}
