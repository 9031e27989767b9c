import { Form, Link, redirect, useLoaderData } from 'react-router'
import { read } from '../../../platform/context.ts'
import { filledTexts } from '../../../web/form-fields.ts'
import { ActField, ActPanel, Crumb, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { Once, TextField } from '../../../web/ui/form.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, onceToken, page } from '../../../web/visit.ts'
import { listOffices } from '../../organisation/offices.ts'
import { listSites } from '../../organisation/sites.ts'
import type { Campaign, OpenCampaignInput } from '../campaign-schema.ts'
import { listCampaigns, openCampaign } from '../campaigns.ts'
import { itemTypeNames, itemTypes } from '../item-types.ts'
import { useCampaignTexts } from './campaign-texts.ts'
import { useFigures, useRegisterTexts } from './texts.ts'

export const loader = page((ctx) =>
  read(ctx, async (ctx) => ({
    campaigns: await listCampaigns(ctx),
    offices: (await listOffices(ctx)).map(({ id, name, depth }) => ({ id, name, depth })),
    sites: (await listSites(ctx)).map(({ id, name }) => ({ id, name })),
    once: onceToken(),
  })),
)

export const action = form(async (ctx, form) => {
  const { name = '', on = '' } = filledTexts(form)
  const several = (field: string) =>
    form.getAll(field).filter((one): one is string => typeof one === 'string' && one !== '')
  // Parsed by the operation.
  const input = { name, on, officeIds: several('officeIds'), siteIds: several('siteIds'), types: several('types') }
  const { id } = await openCampaign(ctx, input as OpenCampaignInput)
  return redirect(`/inventario/${id}?fatto=aperta`)
})

/** The campaigns, newest first, and how to open one. */
export default function CampaignsPage() {
  const { campaigns } = useLoaderData<typeof loader>()
  const { page: register } = useRegisterTexts()
  const { list: t } = useCampaignTexts()
  return (
    <StaffPage title={t.title}>
      <Crumb to="/registro" label={register.title} title={t.title} />
      <h1 className="st-title">{t.title}</h1>
      <p className="st-lead">{t.lead}</p>
      {campaigns.length === 0 ? <p>{t.none}</p> : <CampaignTable campaigns={campaigns} />}
      <OpenPanel />
    </StaffPage>
  )
}

function CampaignTable({ campaigns }: { campaigns: Campaign[] }) {
  const { list: t } = useCampaignTexts()
  const { day, whole } = useFigures()
  const c = t.columns
  const number = (label: string) => ({ label, isNumber: true as const })
  return (
    <DataTable
      caption={t.caption}
      columns={[
        c.name,
        c.on,
        number(c.expected),
        number(c.found),
        number(c.missing),
        number(c.elsewhere),
        number(c.unknown),
        c.state,
      ]}
    >
      {campaigns.map((one) => (
        <tr key={one.id}>
          <th scope="row">
            <Link to={`/inventario/${one.id}`}>{one.name}</Link>
          </th>
          <td className="st-nowrap">{day(one.on)}</td>
          <td className="st-num">{whole(one.expected)}</td>
          <td className="st-num">{whole(one.found)}</td>
          <td className="st-num">{whole(one.missing)}</td>
          <td className="st-num">{whole(one.elsewhere)}</td>
          <td className="st-num">{whole(one.unknown)}</td>
          <td>
            <span className={`st-state ${one.closedAt === null ? 'st-run' : 'st-ok'}`}>
              {one.closedAt === null ? t.open : t.closed}
            </span>
            {one.toVerify > 0 && <span className="st-sub">{t.toVerify(one.toVerify)}</span>}
          </td>
        </tr>
      ))}
    </DataTable>
  )
}

function OpenPanel() {
  const { offices, sites, once } = useLoaderData<typeof loader>()
  const { list: t } = useCampaignTexts()
  const { types } = useRegisterTexts()
  const refused = useRefusedAct('open')
  const things = itemTypeNames.filter((type) => itemTypes[type].usefulLife !== null)
  return (
    <ActPanel label={t.add} act="open">
      <Form method="post">
        <ActField act="open" />
        <Once token={once} />
        <TextField name="name" label={t.name} refused={refused} required maxLength={200} />
        <TextField name="on" type="date" label={t.on} refused={refused} required />
        <Several
          name="officeIds"
          label={t.offices}
          options={offices.map(({ id, name, depth }) => ({ value: id, label: `${'– '.repeat(depth)}${name}` }))}
        />
        <Several name="siteIds" label={t.sites} options={sites.map(({ id, name }) => ({ value: id, label: name }))} />
        <Several name="types" label={t.types} options={things.map((type) => ({ value: type, label: types[type] }))} />
        <p className="st-small st-quiet">{t.sevenKeys}</p>
        <button type="submit" className="btn st-btn is-main">
          {t.save}
        </button>
      </Form>
    </ActPanel>
  )
}

type SeveralProps = { name: string; label: string; options: { value: string; label: string }[] }

function Several({ name, label, options }: SeveralProps) {
  return (
    <div className="mb-3">
      <label className="st-label" htmlFor={name}>
        {label}
      </label>
      <select id={name} name={name} multiple size={6} className="form-control h-auto">
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}
