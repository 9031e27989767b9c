import { Link } from 'react-router'
import type { PersonRow } from '../schema.ts'
import { Day, Table } from './frame.tsx'
import { useOrganisationTexts } from './texts.ts'

/** One line a person: who, where, what they may do, how to reach them. */
export function PeopleTable({ rows, isGone }: { rows: PersonRow[]; isGone: boolean }) {
  const { words, pages } = useOrganisationTexts()
  const t = pages.people
  return (
    <Table
      caption={t.caption(rows.length)}
      head={
        <>
          <th scope="col">{t.columns.name}</th>
          <th scope="col">{t.columns.office}</th>
          <th scope="col">{t.columns.roles}</th>
          <th scope="col">{isGone ? t.columns.left : t.columns.phone}</th>
        </>
      }
    >
      <tbody>
        {rows.map((person) => (
          <tr key={person.id}>
            <th scope="row">
              <Link to={`/amministrazione/persone/${person.id}`}>
                {person.familyName} {person.givenName}
              </Link>
              <span className="st-sub">{person.email}</span>
            </th>
            <td>
              {person.officeName ?? (person.partyKind === 'supplier' ? person.partyName : t.field.noOffice)}
              {person.siteName && <span className="st-sub">{person.siteName}</span>}
            </td>
            <td>{person.roles.map((role) => words.roles[role]).join(', ') || pages.common.none}</td>
            <td className="st-nowrap">
              {isGone && person.leftOn ? <Day date={person.leftOn} /> : person.phone}
              {!isGone && person.room && <span className="st-sub">{person.room}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
