import { Form, Link, useLoaderData, useSearchParams } from 'react-router'
import { may } from '../../../platform/permissions.ts'
import { Crumb } from '../../../web/ui/act-panel.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { page } from '../../../web/visit.ts'
import { deskItemTexts } from '../desk-item-texts.ts'
import type { ListHandoversInput } from '../handover-schema.ts'
import { listHandovers } from '../handovers.ts'
import { HandoverTable } from './handover-table.tsx'
import { useHandsTexts } from './hands-texts.ts'
import { useRegisterTexts } from './texts.ts'

export const loader = page(async (ctx, { request }) => {
  const search = new URL(request.url).searchParams
  const [answer, cursor] = [search.get('answer') || undefined, search.get('cursor') || undefined]
  // Parsed by the operation.
  const asked = { ...(answer && { answer }), ...(cursor && { cursor }) } as ListHandoversInput
  return { ...(await listHandovers(ctx, asked)), mayManage: may(ctx.actor, 'register.manage') }
})

const options = ['open', 'waiting', 'disputed', 'confirmed', 'all'] as const

/** What passed from hand to hand; first what nobody confirmed yet. */
export default function HandoversPage() {
  const { rows, nextCursor, mayManage } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const { page: register } = useRegisterTexts()
  const { language } = useShell()
  const t = useHandsTexts().list
  const chosen = search.get('answer') ?? 'open'
  return (
    <StaffPage title={t.title}>
      <Crumb to="/registro" label={register.title} title={t.title} />
      <h1 className="st-title">{t.title}</h1>
      <p className="st-lead">{t.lead}</p>
      <Form className="st-filters" role="search" aria-label={t.filter}>
        <div>
          <label className="st-label" htmlFor="answer">
            {t.filter}
          </label>
          <select id="answer" name="answer" className="st-field" defaultValue={chosen} key={chosen}>
            {options.map((option) => (
              <option key={option} value={option}>
                {t.options[option]}
              </option>
            ))}
          </select>
        </div>
        <button className="btn st-btn is-plain" type="submit">
          {t.show}
        </button>
      </Form>
      {mayManage && (
        <p>
          <Link to="/registro/installazioni">{deskItemTexts[language].desk.title}</Link>
        </p>
      )}
      {rows.length === 0 ? <p>{t.none}</p> : <HandoverTable caption={t.caption} rows={rows} />}
      {nextCursor && (
        <p className="mt-3">
          <Link className="btn st-btn is-plain" to={`?${new URLSearchParams({ answer: chosen, cursor: nextCursor })}`}>
            {t.more}
          </Link>
        </p>
      )}
    </StaffPage>
  )
}
