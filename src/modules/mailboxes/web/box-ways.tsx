import { useLoaderData } from 'react-router'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { When } from '../../../web/ui/when.tsx'
import type { loader } from './box.tsx'
import { useBoxFigures, useBoxTexts, wordFor } from './box-texts.ts'

/** Who may open the mailbox, by which other addresses its mail comes, and where it goes on. */
export function BoxWaysPart() {
  const { box } = useLoaderData<typeof loader>()
  const t = useBoxTexts().page.box
  const { day } = useBoxFigures()
  const delegates = box.delegates.map(({ address, name, leftOn }) => ({
    address,
    more: [name, leftOn && t.left(day(leftOn))].filter(Boolean).join(', '),
  }))
  const aliases = box.aliases.map(({ address, until }) => ({
    address,
    more: until === null ? '' : t.until(day(until)),
  }))
  const forwards = box.forwards.map(({ address, keepsCopy }) => ({ address, more: keepsCopy ? t.keeps : t.keepsNot }))
  return (
    <section className="st-section">
      <h2 className="st-h2">{t.ways}</h2>
      <Ways label={t.delegates} none={t.noDelegates} ways={delegates} />
      <Ways label={t.aliases} none={t.noAliases} ways={aliases} />
      <Ways label={t.forwards} none={t.noForwards} ways={forwards} />
    </section>
  )
}

function Ways({ label, none, ways }: { label: string; none: string; ways: { address: string; more: string }[] }) {
  return (
    <>
      <h3 className="st-h3">{label}</h3>
      {ways.length === 0 ? (
        <p>{none}</p>
      ) : (
        <ul>
          {ways.map(({ address, more }) => (
            <li key={address} className="text-break">
              {address} {more !== '' && <span className="st-quiet">({more})</span>}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** What happened to the mailbox, newest first. */
export function BoxHistoryPart() {
  const { history } = useLoaderData<typeof loader>()
  const texts = useBoxTexts()
  const t = texts.page.box
  const columns: Record<string, string> = texts.columns
  return (
    <section className="st-section">
      <h2 className="st-h2">{t.history}</h2>
      {history.length === 0 ? (
        <p>{t.noHistory}</p>
      ) : (
        <DataTable caption={t.history} columns={[t.at, t.what, t.by]}>
          {history.map((row) => (
            <tr key={row.id}>
              <th scope="row" className="st-nowrap">
                <When at={row.at} isShort />
              </th>
              <td>
                {wordFor(texts.events, row.kind) ?? row.kind}
                {row.finding !== null && `: ${texts.findings[row.finding]}`}
                {row.changed.length > 0 && (
                  <span className="st-sub">
                    {t.changed(row.changed.map((name) => columns[name] ?? name).join(', '))}
                  </span>
                )}
                {row.words !== null && <span className="st-sub">{row.words}</span>}
              </td>
              <td>{row.by ?? t.system}</td>
            </tr>
          ))}
        </DataTable>
      )}
    </section>
  )
}
