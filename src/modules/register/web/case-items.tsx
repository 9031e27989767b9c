import { Form, Link, redirect, useActionData, useLoaderData } from 'react-router'
import { read } from '../../../platform/context.ts'
import { filledTexts, uuidOf } from '../../../web/form-fields.ts'
import { ActField, Crumb } from '../../../web/ui/act-panel.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { RefusedNotice, TextField } from '../../../web/ui/form.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, page, type Refused } from '../../../web/visit.ts'
import { findCase } from '../../servicedesk/find-case.ts'
import { linkItem, listCaseItems, unlinkItem } from '../case-items.ts'
import { deskItemTexts } from '../desk-item-texts.ts'
import { ItemStateMark } from './item-state.tsx'

export const loader = page(async (ctx, { params }) => {
  const id = uuidOf(params.id)
  return read(ctx, async (ctx) => {
    const found = await listCaseItems(ctx, id)
    const { number, title } = await findCase(ctx, id)
    return { id, number, title, found }
  })
})

export const action = form(async (ctx, form, { params }) => {
  const id = uuidOf(params.id)
  const { act, item = '' } = filledTexts(form)
  if (act === 'unlink') await unlinkItem(ctx, id, uuidOf(item))
  else await linkItem(ctx, id, { item })
  return redirect(`/richieste/${id}/beni`)
})

/** What a case is about, of the things in the register: what stops with it, and who must know. */
export default function CaseItemsPage() {
  const { id, number, title, found } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const t = deskItemTexts[useShell().language]
  return (
    <StaffPage title={`${t.title} ${number}`}>
      <Crumb to={`/richieste/${id}`} label={number} title={t.title} />
      <h1 className="st-title">{t.title}</h1>
      <p className="st-lead">{title || t.lead(number)}</p>
      <RefusedNotice refused={refused} />
      <p>{found.items.length === 0 ? t.none : t.impact(found.lost, found.offices.length)}</p>
      {found.items.length > 0 && <Linked />}
      {found.mayLink && (
        <Form method="post" className="st-form mt-3">
          <ActField act="link" />
          <TextField name="item" label={t.field} hint={t.fieldHint} refused={refused} required maxLength={300} />
          <button type="submit" className="btn st-btn is-main">
            {t.link}
          </button>
        </Form>
      )}
      {found.concerned.length > 0 && <MustKnow />}
    </StaffPage>
  )
}

function Linked() {
  const { found } = useLoaderData<typeof loader>()
  const t = deskItemTexts[useShell().language]
  const c = t.columns
  const columns = [c.code, c.name, c.state, c.office, ...(found.mayLink ? [c.act] : [])]
  return (
    <DataTable caption={t.caption} columns={columns}>
      {found.items.map((item) => (
        <tr key={item.id}>
          <th scope="row" className="st-nowrap">
            <Link to={`/registro/${item.id}`}>{item.code}</Link>
          </th>
          <td>{item.name}</td>
          <td>
            <ItemStateMark state={item.state} />
          </td>
          <td>{item.officeName}</td>
          {found.mayLink && (
            <td>
              <Form method="post">
                <ActField act="unlink" />
                <input type="hidden" name="item" value={item.id} />
                <button type="submit" className="st-linklike st-link" aria-label={t.unlinkLabel(item.code)}>
                  {t.unlink}
                </button>
              </Form>
            </td>
          )}
        </tr>
      ))}
    </DataTable>
  )
}

function MustKnow() {
  const { found } = useLoaderData<typeof loader>()
  const t = deskItemTexts[useShell().language]
  const c = t.people
  return (
    <section className="st-section">
      <h2 className="st-h2">{t.mustKnow}</h2>
      <DataTable caption={t.mustKnow} columns={[c.name, c.why, c.office]}>
        {found.concerned.map((one) => (
          <tr key={one.personId}>
            <th scope="row">{one.name}</th>
            <td>{t.whys[one.why]}</td>
            <td>{one.officeName}</td>
          </tr>
        ))}
      </DataTable>
    </section>
  )
}
