import { Form, Link, useLoaderData, useSearchParams } from 'react-router'
import { read } from '../../../platform/context.ts'
import { may } from '../../../platform/permissions.ts'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { FilterChoice, FilterWords } from '../../../web/ui/filter.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { page } from '../../../web/visit.ts'
import { listOffices } from '../../organisation/offices.ts'
import type { BoxRow } from '../box-schema.ts'
import { boxKinds, findingCodes } from '../box-vocabulary.ts'
import { listBoxes } from '../mailboxes.ts'
import { boxFilterOf } from './box-filter.ts'
import { useBoxFigures, useBoxTexts } from './box-texts.ts'
import { MailPlaces } from './mail-places.tsx'

export const loader = page(async (ctx, { request }) =>
  read(ctx, async (ctx) => ({
    list: await listBoxes(ctx, boxFilterOf(request)),
    offices: (await listOffices(ctx)).map(({ id, name, depth }) => ({ id, name, depth })),
    mayManage: may(ctx.actor, 'mailboxes.manage'),
  })),
)

/** The register of mailboxes: what is to be looked at, then all by address. */
export default function BoxListPage() {
  const { list, mayManage } = useLoaderData<typeof loader>()
  const texts = useBoxTexts()
  const t = texts.page
  const title = mayManage ? t.title : t.titleOffice
  return (
    <StaffPage title={title}>
      <MailPlaces />
      <div className="st-head">
        <div>
          <h1 className="st-title">{title}</h1>
          <p className="st-lead mb-0">{texts.lead(list.counts.present, list.counts.withFindings)}</p>
        </div>
        {mayManage && (
          <Link className="btn st-btn is-main" to="/caselle/nuova">
            {t.add}
          </Link>
        )}
      </div>
      {mayManage && (
        <p className="st-row">
          <Link to="/caselle/file">{t.files}</Link>
          <Link to="/caselle/directory">{t.directory}</Link>
          <Link to="/caselle/server">{t.servers}</Link>
          <Link to="/caselle/regole">{t.rules}</Link>
        </p>
      )}
      <FindingViews />
      <Filters />
      {list.rows.length === 0 ? <p>{t.none}</p> : <BoxTable rows={list.rows} />}
      <ListEnd />
    </StaffPage>
  )
}

// How many there are of each finding; each is a view of the list.
function FindingViews() {
  const { list } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const texts = useBoxTexts()
  const t = texts.page
  const { whole } = useBoxFigures()
  const chosen = search.get('finding') ?? ''
  const views = [
    { code: '', label: t.all, count: list.counts.present },
    { code: 'any', label: t.anyFinding, count: list.counts.withFindings },
    ...findingCodes.flatMap((code) => {
      const count = list.counts.findings[code] ?? 0
      return count > 0 || code === chosen ? [{ code, label: texts.findings[code], count }] : []
    }),
  ]
  return (
    <nav aria-label={t.findingsLabel}>
      <ul className="st-views">
        {views.map(({ code, label, count }) => (
          <li key={code}>
            <Link to={`?${withOnly(search, 'finding', code)}`} aria-current={code === chosen ? 'page' : undefined}>
              {label} <b>{whole(count)}</b>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Filters() {
  const { offices } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const texts = useBoxTexts()
  const t = texts.page
  const any = { value: '', label: t.any }
  return (
    <Form className="st-filters flex-wrap" role="search" aria-label={t.filterLabel}>
      {search.get('finding') && <input type="hidden" name="finding" value={search.get('finding') ?? ''} />}
      <FilterWords label={t.words} longest={200} />
      <FilterChoice
        name="officeId"
        label={t.office}
        options={[any, ...offices.map(({ id, name, depth }) => ({ value: id, label: `${'– '.repeat(depth)}${name}` }))]}
      />
      <FilterChoice
        name="kind"
        label={t.kind}
        options={[any, ...boxKinds.map((value) => ({ value, label: texts.kinds[value] }))]}
      />
      <FilterChoice
        name="state"
        label={t.state}
        options={(['present', 'gone', 'all'] as const).map((value) => ({
          value: value === 'present' ? '' : value,
          label: t.states[value],
        }))}
      />
      <button className="btn st-btn is-plain" type="submit">
        {t.filter}
      </button>
    </Form>
  )
}

function BoxTable({ rows }: { rows: BoxRow[] }) {
  const texts = useBoxTexts()
  const { day, size, whole } = useBoxFigures()
  const t = texts.page
  const c = t.list
  const number = (label: string) => ({ label, isNumber: true as const })
  return (
    <DataTable
      caption={t.caption}
      columns={[c.address, c.office, c.findings, number(c.messages), number(c.size), c.used]}
    >
      {rows.map((row) => (
        <tr key={row.id}>
          <th scope="row">
            <Link to={`/caselle/${row.id}`}>{row.address}</Link>
            <span className="st-sub">{[texts.kinds[row.kind], row.name].filter(Boolean).join(' · ')}</span>
          </th>
          <td>
            {row.officeName ?? '–'}
            <span className="st-sub">{row.holderName ?? (row.kind === 'certified' ? '' : t.noHolder)}</span>
          </td>
          <td>
            {row.goneSince !== null && <span className="st-state st-idle">{t.gone}</span>}
            {row.findings.map((code) => (
              <div key={code}>
                <span className="st-state st-warn">{texts.findings[code]}</span>
              </div>
            ))}
            {row.findings.length === 0 && row.goneSince === null && <span className="st-quiet">{t.nothing}</span>}
          </td>
          <td className="st-num">{whole(row.messageCount)}</td>
          <td className="st-num">{size(row.sizeBytes)}</td>
          <td>{row.activity === null ? day(row.lastUsedOn) : texts.bands[row.activity]}</td>
        </tr>
      ))}
    </DataTable>
  )
}

function ListEnd() {
  const { list } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const { page: t } = useBoxTexts()
  return (
    <div className="st-row st-between mt-3">
      <span className="st-row">
        {list.nextCursor && (
          <Link className="btn st-btn is-plain" to={`?${withOnly(search, 'cursor', list.nextCursor)}`}>
            {t.more}
          </Link>
        )}
        {search.has('cursor') && <Link to={`?${withOnly(search, 'cursor', '')}`}>{t.first}</Link>}
      </span>
      <span className="st-row">
        <Link to={`/caselle.csv?${withOnly(search, 'cursor', '')}`} reloadDocument>
          {t.export}
        </Link>
        <Link to="/caselle/rilievi.csv" reloadDocument>
          {t.exportFindings}
        </Link>
      </span>
    </div>
  )
}

// Another choice begins at the first page.
function withOnly(search: URLSearchParams, name: string, value: string): URLSearchParams {
  const next = new URLSearchParams(search)
  next.delete('cursor')
  if (value === '') next.delete(name)
  else next.set(name, value)
  return next
}
