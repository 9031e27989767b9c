import { Link, useLoaderData } from 'react-router'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { When } from '../../../web/ui/when.tsx'
import { deskTexts } from '../../servicedesk/texts.ts'
import { deskItemTexts } from '../desk-item-texts.ts'
import type { loader } from './item.tsx'

/** The cases on the item, newest first. */
export function CasesPart() {
  const { cases } = useLoaderData<typeof loader>()
  const { language } = useShell()
  const t = deskItemTexts[language].ofItem
  const states: Record<string, string> = deskTexts[language].states
  if (cases.length === 0) return null
  const c = t.columns
  return (
    <section className="st-section">
      <h2 className="st-h2">{t.title}</h2>
      <DataTable caption={t.title} columns={[c.number, c.title, c.state, c.opened]}>
        {cases.map((one) => (
          <tr key={one.id}>
            <th scope="row" className="st-nowrap">
              <Link to={`/richieste/${one.id}`}>{one.number}</Link>
            </th>
            <td>{one.title}</td>
            <td>{states[one.state] ?? one.state}</td>
            <td className="st-nowrap">
              <When at={one.openedAt} isShort />
            </td>
          </tr>
        ))}
      </DataTable>
    </section>
  )
}
