import { Form } from 'react-router'
import { DoneNotice } from '../../../web/ui/act-panel.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import type { DirectoryOutcome } from '../census-schema.ts'
import type { DirectoryDone } from './box-directory.tsx'
import { useBoxTexts } from './box-texts.ts'

/** Whether the register is as the directory already. */
export const isSame = ({ added, changed, gone }: DirectoryOutcome) => added + changed + gone === 0

/** What a directory would change, with the button that changes it; or what it changed. */
export function DirectoryTold({ told }: { told: DirectoryDone }) {
  const { done, serverId, isComplete } = told
  const texts = useBoxTexts()
  const t = texts.page.directoryPage
  const { isTrial, added, changed, unchanged, gone } = done
  return (
    <>
      <DoneNotice>{(isTrial ? texts.done.tried : texts.done.loaded)(added, changed, unchanged, gone)}</DoneNotice>
      {isTrial && isSame(done) && <p>{t.same}</p>}
      <Adding done={done} />
      <Differences done={done} />
      <Plain title={t.leaving} lead={t.leavingLead} addresses={done.leaving} count={gone} />
      <Plain
        title={t.notAddresses}
        lead={t.notAddressesLead}
        addresses={done.notAddresses}
        count={done.notAddressesCount}
      />
      {isTrial && !isSame(done) && (
        <Form method="post">
          <input type="hidden" name="serverId" value={serverId} />
          <input type="hidden" name="complete" value={isComplete ? 'yes' : 'no'} />
          <button type="submit" name="how" value="apply" className="btn st-btn is-main">
            {t.apply}
          </button>
        </Form>
      )}
    </>
  )
}

function Adding({ done: { adding, added } }: { done: DirectoryOutcome }) {
  const texts = useBoxTexts()
  const t = texts.page.directoryPage
  if (added === 0) return null
  return (
    <section className="st-section">
      <h2 className="st-h2">{t.adding}</h2>
      {added > adding.length && <p>{t.first(adding.length)}</p>}
      <DataTable caption={t.adding} columns={[texts.page.list.address, t.name, t.kind]}>
        {adding.map(({ address, name, kind }) => (
          <tr key={address}>
            <th scope="row" className="text-break">
              {address}
            </th>
            <td>{name}</td>
            <td>{texts.kinds[kind]}</td>
          </tr>
        ))}
      </DataTable>
    </section>
  )
}

function Differences({ done: { differences, isCapped } }: { done: DirectoryOutcome }) {
  const texts = useBoxTexts()
  const t = texts.page.filePage
  const columns: Record<string, string> = texts.columns
  if (differences.length === 0) return null
  return (
    <section className="st-section">
      <h2 className="st-h2">{t.differences}</h2>
      {isCapped && <p>{t.capped}</p>}
      <DataTable caption={t.differences} columns={[texts.page.list.address, t.column, t.before, t.after]}>
        {differences.map(({ address, column, before, after }) => (
          <tr key={`${address} ${column}`}>
            <th scope="row" className="text-break">
              {address}
            </th>
            <td>{columns[column] ?? column}</td>
            <td className="text-break">{before}</td>
            <td className="text-break">{after}</td>
          </tr>
        ))}
      </DataTable>
    </section>
  )
}

type PlainProps = { title: string; lead: string; addresses: readonly string[]; count: number }

function Plain({ title, lead, addresses, count }: PlainProps) {
  const t = useBoxTexts().page.directoryPage
  if (count === 0) return null
  return (
    <section className="st-section">
      <h2 className="st-h2">{title}</h2>
      <p>{lead}</p>
      {count > addresses.length && <p>{t.first(addresses.length)}</p>}
      <ul>
        {addresses.map((address) => (
          <li key={address} className="text-break">
            {address}
          </li>
        ))}
      </ul>
    </section>
  )
}
