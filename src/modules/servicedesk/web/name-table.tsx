import { Link } from 'react-router'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { When } from '../../../web/ui/when.tsx'
import type { NameAccess } from '../supplier-schema.ts'
import { useSupplierTexts } from './supplier-words.ts'

/** Who opened names, when and why. */
export function AccessTable({ accesses }: { accesses: readonly NameAccess[] }) {
  const { namePages: t } = useSupplierTexts()
  const c = t.columns
  return (
    <DataTable caption={t.logTitle} columns={[c.at, c.number, c.by, c.why]}>
      {accesses.map((row) => (
        <tr key={row.eventId}>
          <td>
            <When at={row.at} isShort />
          </td>
          <th scope="row">
            <Link to={`/richieste/${row.caseId}`}>{row.number}</Link>
          </th>
          <td>{row.by ?? 'SITEC'}</td>
          <td>
            {t.reasonOf[row.reason]}: {row.note ?? t.noteErased}
          </td>
        </tr>
      ))}
    </DataTable>
  )
}
