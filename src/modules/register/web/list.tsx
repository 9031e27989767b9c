import { Form, Link, useLoaderData, useSearchParams } from 'react-router'
import { read } from '../../../platform/context.ts'
import { may } from '../../../platform/permissions.ts'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { FilterChoice, FilterWords } from '../../../web/ui/filter.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { page } from '../../../web/visit.ts'
import { listOffices } from '../../organisation/offices.ts'
import { listSites } from '../../organisation/sites.ts'
import { itemTypeNames } from '../item-types.ts'
import { listItems } from '../items.ts'
import type { ItemRow } from '../schema.ts'
import { families, itemStates } from '../vocabulary.ts'
import { useCampaignTexts } from './campaign-texts.ts'
import { filterOf } from './filter.ts'
import { useHandsTexts } from './hands-texts.ts'
import { ItemStateMark } from './item-state.tsx'
import { useFigures, useRegisterTexts } from './texts.ts'

export const loader = page(async (ctx, { request }) =>
  read(ctx, async (ctx) => ({
    list: await listItems(ctx, filterOf(request)),
    offices: (await listOffices(ctx)).map(({ id, name, depth }) => ({ id, name, depth })),
    sites: (await listSites(ctx)).map(({ id, name }) => ({ id, name })),
    mayManage: may(ctx.actor, 'register.manage'),
    mayCount: may(ctx.actor, 'register.read', {}),
  })),
)

/** The register: items by code, narrowed and searched. */
export default function RegisterPage() {
  const { list, mayManage, mayCount } = useLoaderData<typeof loader>()
  const { page: t } = useRegisterTexts()
  const hands = useHandsTexts()
  const inventory = useCampaignTexts()
  const [first, last] = [list.rows[0], list.rows.at(-1)]
  return (
    <StaffPage title={t.title}>
      <div className="st-head">
        <div>
          <h1 className="st-title">{t.title}</h1>
          <p className="st-lead mb-0">{first && last ? t.range(first.code, last.code) : t.none}</p>
        </div>
        {mayManage && (
          <Link className="btn st-btn is-main" to="/registro/nuovo">
            {t.add}
          </Link>
        )}
      </div>
      <p className="st-row">
        {mayCount && <Link to="/registro/consistenza">{t.estate}</Link>}
        {mayManage && <Link to="/inventario">{inventory.list.title}</Link>}
        <Link to="/registro/consegne">{hands.list.title}</Link>
        <Link to="/registro/file">{t.files}</Link>
      </p>
      <Filters />
      {list.isCapped && (
        <div className="st-notice is-warn" role="status">
          <p>{t.capped}</p>
        </div>
      )}
      {list.rows.length > 0 && <Picked rows={list.rows} />}
      <ListEnd />
    </StaffPage>
  )
}

type Option = { value: string; label: string }

function Filters() {
  const { offices, sites } = useLoaderData<typeof loader>()
  const texts = useRegisterTexts()
  const { page: t } = texts
  const any = { value: '', label: t.any }
  return (
    <Form className="st-filters flex-wrap" role="search" aria-label={t.filterLabel}>
      <FilterWords label={t.words} longest={200} />
      <FilterChoice name="family" label={t.family} options={[any, ...named(families, texts.families)]} />
      <FilterChoice name="type" label={t.type} options={[any, ...named(itemTypeNames, texts.types)]} />
      <FilterChoice
        name="state"
        label={t.state}
        options={[{ value: '', label: t.present }, ...named(itemStates, texts.states), { value: 'all', label: t.all }]}
      />
      <FilterChoice
        name="officeId"
        label={t.office}
        options={[any, ...offices.map(({ id, name, depth }) => ({ value: id, label: `${'– '.repeat(depth)}${name}` }))]}
      />
      <FilterChoice
        name="siteId"
        label={t.site}
        options={[any, ...sites.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      <button className="btn st-btn is-plain" type="submit">
        {t.filter}
      </button>
    </Form>
  )
}

function named<Value extends string>(values: readonly Value[], labels: Record<Value, string>): Option[] {
  return values.map((value) => ({ value, label: labels[value] }))
}

// Boxes without JavaScript too: each button goes to a page about the items that are ticked.
function Picked({ rows }: { rows: ItemRow[] }) {
  const { mayManage } = useLoaderData<typeof loader>()
  const { labels, bulk } = useHandsTexts()
  return (
    <Form action="/registro/etichette">
      <ItemTable rows={rows} />
      <p className="st-row mt-2">
        {labels.picked}
        <button type="submit" className="btn st-btn is-plain">
          {labels.open}
        </button>
        {mayManage && (
          <button type="submit" formAction="/registro/movimenti" className="btn st-btn is-plain">
            {bulk.open}
          </button>
        )}
      </p>
    </Form>
  )
}

function ItemTable({ rows }: { rows: ItemRow[] }) {
  const texts = useRegisterTexts()
  const { day } = useFigures()
  const { page: t } = texts
  const { labels } = useHandsTexts()
  const c = t.list
  return (
    <DataTable caption={t.caption} columns={[labels.pick, c.code, c.name, c.state, c.office, c.model, c.takenOver]}>
      {rows.map((row) => (
        <tr key={row.id}>
          <td>
            <input
              type="checkbox"
              className="st-check"
              name="id"
              value={row.id}
              aria-label={labels.pickOne(row.code)}
            />
          </td>
          <th scope="row" className="st-nowrap">
            <Link to={`/registro/${row.id}`}>{row.code}</Link>
          </th>
          <td>
            {row.name}
            <span className="st-sub">{texts.types[row.type]}</span>
          </td>
          <td>
            <ItemStateMark state={row.state} />
          </td>
          <td>
            {row.officeName}
            <span className="st-sub">{row.siteName}</span>
          </td>
          <td>
            {row.model}
            <span className="st-sub">{row.serial}</span>
          </td>
          <td className="st-nowrap">{row.takenOverOn === null ? t.notTakenOver : day(row.takenOverOn)}</td>
        </tr>
      ))}
    </DataTable>
  )
}

function ListEnd() {
  const { list } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const { page: t } = useRegisterTexts()
  const { labels } = useHandsTexts()
  return (
    <div className="st-row st-between mt-3">
      <span className="st-row">
        {list.nextCursor && (
          <Link className="btn st-btn is-plain" to={`?${withCursor(search, list.nextCursor)}`}>
            {t.more}
          </Link>
        )}
        {search.has('cursor') && <Link to={`?${withCursor(search, null)}`}>{t.first}</Link>}
      </span>
      <Link to={`/registro/etichette?${withCursor(search, null)}`}>{labels.openAll}</Link>
      {!search.get('words') && (
        <Link to={`/registro.csv?${withCursor(search, null)}`} reloadDocument>
          {t.export}
        </Link>
      )}
    </div>
  )
}

function withCursor(search: URLSearchParams, cursor: string | null): URLSearchParams {
  const next = new URLSearchParams(search)
  if (cursor === null) next.delete('cursor')
  else next.set('cursor', cursor)
  return next
}
