import { Link, useLoaderData, useSearchParams } from 'react-router'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import type { ReachedItem } from '../relation-schema.ts'
import type { loader } from './item.tsx'
import { useFigures, useRegisterTexts } from './texts.ts'

/** What stops with the item, or what it depends on: in words, as a picture, as a table. */
export function ImpactPart() {
  const { impact } = useLoaderData<typeof loader>()
  const { page } = useRegisterTexts()
  const t = page.impact
  const isUp = impact.direction === 'dependency'
  const title = isUp ? t.dependencyTitle : t.title
  return (
    <section>
      <h2 id="impact" className="st-h2">
        {title}
      </h2>
      <Directions />
      <p className="st-strong">
        <Sentence />
      </p>
      {impact.reached.length > 0 && (
        <>
          <ScrollRegion label={`${t.picture}: ${title.toLowerCase()}`}>
            <img
              src={`/registro/${impact.id}/impatto.svg${isUp ? '?verso=dipendenze' : ''}`}
              alt={t.alt(impact.code, impact.reached.length)}
            />
          </ScrollRegion>
          <ReachedTable caption={title} rows={impact.reached} isUp={isUp} />
        </>
      )}
      {!isUp && impact.offices.length > 0 && impact.reached.length > 0 && <WhoMustKnow />}
    </section>
  )
}

function Directions() {
  const [search] = useSearchParams()
  const { page } = useRegisterTexts()
  const isUp = search.get('verso') === 'dipendenze'
  return (
    <nav aria-label={page.impact.view}>
      <ul className="st-views mb-2">
        <li>
          <Link to="?" preventScrollReset aria-current={isUp ? undefined : 'page'}>
            {page.impact.show}
          </Link>
        </li>
        <li>
          <Link to="?verso=dipendenze" preventScrollReset aria-current={isUp ? 'page' : undefined}>
            {page.impact.showDependency}
          </Link>
        </li>
      </ul>
    </nav>
  )
}

function Sentence() {
  const { impact } = useLoaderData<typeof loader>()
  const t = useRegisterTexts().page.impact
  const lost = impact.reached.filter(({ isLost }) => isLost).length
  const weakened = impact.reached.length - lost
  const said = [
    impact.reached.length === 0 ? t.nothing : '',
    impact.direction === 'dependency' && lost > 0 ? t.dependencySentence(lost) : '',
    impact.direction === 'impact' && lost > 0 ? t.sentence(lost, impact.offices.length) : '',
    weakened > 0 ? t.weakenedSentence(weakened) : '',
    impact.hidden > 0 ? t.hidden(impact.hidden) : '',
    impact.isCapped ? t.capped : '',
  ]
  return <>{said.filter(Boolean).join(' ')}</>
}

function ReachedTable({ caption, rows, isUp }: { caption: string; rows: ReachedItem[]; isUp: boolean }) {
  const { impact } = useLoaderData<typeof loader>()
  const texts = useRegisterTexts()
  const t = texts.page.impact
  const c = t.columns
  const codes = new Map([[impact.id, impact.code], ...rows.map(({ id, code }) => [id, code] as const)])
  return (
    <DataTable
      caption={caption}
      columns={[{ label: t.step, isNumber: true }, c.code, c.name, ...(isUp ? [] : [c.effect]), t.via, c.office]}
    >
      {rows.map((row) => (
        <tr key={row.id}>
          <td className="st-num">{row.step}</td>
          <th scope="row" className="st-nowrap">
            <Link to={`/registro/${row.id}`}>{row.code}</Link>
          </th>
          <td>
            {row.name}
            <span className="st-sub">{texts.types[row.type]}</span>
          </td>
          {!isUp && (
            <td>
              <span className={`st-state ${row.isLost ? 'st-late' : 'st-warn'}`}>
                {row.isLost ? t.lost : t.weakened}
              </span>
            </td>
          )}
          <td className="st-nowrap">{codes.get(row.viaId)}</td>
          <td>{row.officeName}</td>
        </tr>
      ))}
    </DataTable>
  )
}

function WhoMustKnow() {
  const { impact } = useLoaderData<typeof loader>()
  const { whole } = useFigures()
  const t = useRegisterTexts().page.impact
  return (
    <section className="st-section">
      <h3 className="st-h3">{t.who}</h3>
      <DataTable caption={t.who} columns={[t.whoColumns.office, { label: t.whoColumns.items, isNumber: true }]}>
        {impact.offices.map((office) => (
          <tr key={office.id}>
            <th scope="row">{office.name}</th>
            <td className="st-num">{whole(office.items)}</td>
          </tr>
        ))}
      </DataTable>
    </section>
  )
}
