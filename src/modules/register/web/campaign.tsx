import { Form, Link, redirect, useLoaderData, useSearchParams } from 'react-router'
import { filledTexts, uuidOf } from '../../../web/form-fields.ts'
import { ActField, Crumb, DoneNotice, Panel, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { TextField } from '../../../web/ui/form.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { When } from '../../../web/ui/when.tsx'
import { form, page } from '../../../web/visit.ts'
import type { CampaignRow } from '../campaign-schema.ts'
import { closeCampaign, findCampaign, settleMissing } from '../campaigns.ts'
import type { Finding } from '../vocabulary.ts'
import { useCampaignTexts } from './campaign-texts.ts'
import { useFigures } from './texts.ts'

export const loader = page((ctx, { params }) => findCampaign(ctx, uuidOf(params.id)))

export const action = form(async (ctx, form, { params }) => {
  const id = uuidOf(params.id)
  const { act, part, note = '' } = filledTexts(form)
  if (act === 'close') {
    await closeCampaign(ctx, id)
    return redirect(`/inventario/${id}?fatto=chiusa`)
  }
  await settleMissing(ctx, id, uuidOf(part), { note })
  return redirect(`/inventario/${id}?fatto=verificato`)
})

/** One campaign: how far it is, what differs, and what became of it. */
export default function CampaignPage() {
  const found = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const { one: t, list } = useCampaignTexts()
  const { day } = useFigures()
  const done: Record<string, string> = t.done
  const said = done[search.get('fatto') ?? '']
  const isOpen = found.closedAt === null
  return (
    <StaffPage title={found.name}>
      <Crumb to="/inventario" label={list.title} title={found.name} />
      <div className="st-head">
        <div>
          <h1 className="st-title">{found.name}</h1>
          <p className="st-lead mb-0">
            {day(found.on)}. {t.sentence(found.found, found.expected)}{' '}
            {found.closedAt !== null && t.closedOn(day(found.closedAt.slice(0, 10)))}
          </p>
        </div>
        <div className="st-row">
          <a href={`/inventario/${found.id}.csv`}>{t.csv}</a>
          {isOpen && (
            <a className="btn st-btn is-main" href={`/inventario/${found.id}/conta`}>
              {t.count}
            </a>
          )}
        </div>
      </div>
      {said && <DoneNotice>{said}</DoneNotice>}
      <section className="st-section">
        <h2 className="st-h2">{t.differences}</h2>
        {found.rows.length === 0 ? <p>{t.none}</p> : <Differences rows={found.rows} />}
      </section>
      {isOpen && <Close />}
    </StaffPage>
  )
}

function Close() {
  const { one: t } = useCampaignTexts()
  return (
    <Panel label={t.close} refused={useRefusedAct('close')} className="mt-3">
      <Form method="post">
        <ActField act="close" />
        <p>{t.closeLead}</p>
        <button type="submit" className="btn st-btn is-main">
          {t.close}
        </button>
      </Form>
    </Panel>
  )
}

function Differences({ rows }: { rows: CampaignRow[] }) {
  const { one: t } = useCampaignTexts()
  const c = t.columns
  const hasActs = rows.some(({ toVerify }) => toVerify)
  return (
    <DataTable caption={t.differences} columns={[c.finding, c.code, c.where, c.read, ...(hasActs ? [c.act] : [])]}>
      {rows.map((row) => (
        <Difference key={row.itemId ?? row.mark} row={row} hasActs={hasActs} />
      ))}
    </DataTable>
  )
}

const shapes: Record<Finding, string> = { found: 'st-ok', missing: 'st-late', elsewhere: 'st-warn', unknown: 'st-warn' }

function Difference({ row, hasActs }: { row: CampaignRow; hasActs: boolean }) {
  const { one: t, findings } = useCampaignTexts()
  return (
    <tr>
      <td>
        <span className={`st-state ${shapes[row.finding]}`}>{findings[row.finding]}</span>
        {row.toVerify && <span className="st-sub">{t.toVerify}</span>}
      </td>
      <th scope="row">
        {row.itemId === null ? row.mark : <Link to={`/registro/${row.itemId}`}>{row.code}</Link>}
        <span className="st-sub">{row.name}</span>
      </th>
      <td>
        {[row.siteName, row.room].filter(Boolean).join(', ')}
        <span className="st-sub">{row.officeName}</span>
      </td>
      <td>
        {row.readAt === null ? t.notRead : [row.readSiteName, row.readRoom].filter(Boolean).join(', ')}
        {row.readAt !== null && (
          <span className="st-sub">
            <When at={row.readAt} isShort />
          </span>
        )}
      </td>
      {hasActs && <td>{row.toVerify && row.itemId !== null && <Settle itemId={row.itemId} />}</td>}
    </tr>
  )
}

function Settle({ itemId }: { itemId: string }) {
  const { one: t } = useCampaignTexts()
  const refused = useRefusedAct('settle', itemId)
  return (
    <Panel label={t.settle} refused={refused}>
      <Form method="post">
        <ActField act="settle" part={itemId} />
        <TextField
          name="note"
          inputId={`note-${itemId}`}
          label={t.settleNote}
          refused={refused}
          maxLength={1000}
          required
        />
        <button type="submit" className="btn st-btn is-plain">
          {t.settleSave}
        </button>
      </Form>
    </Panel>
  )
}
