import { Form, Link, redirect, useActionData, useLoaderData } from 'react-router'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, page, type Refused } from '../../../web/visit.ts'
import { deleteView, listViews, renameView } from '../saved-views.ts'
import type { SavedView } from '../view-schema.ts'
import { idOf } from './fields.ts'
import { useKnowledgeTexts } from './knowledge-texts.ts'
import { addressOf } from './queue-views.tsx'

export const loader = page(async (ctx) => ({ views: await listViews(ctx) }))

/** One address, two acts. */
export const action = form(async (ctx, form) => {
  const id = idOf({ id: String(form.get('id') ?? '') })
  if (form.get('act') === 'delete') await deleteView(ctx, id)
  else await renameView(ctx, id, { name: String(form.get('name') ?? ''), version: Number(form.get('version')) })
  return redirect('/viste')
})

/** The saved views: open, rename, delete. */
export default function ViewsPage() {
  const { views } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const t = useKnowledgeTexts().work.views
  return (
    <StaffPage title={t.manageTitle}>
      <h1 className="st-title">{t.manageTitle}</h1>
      <p className="st-lead">{views.length === 0 ? t.none : t.manageLead}</p>
      <RefusedNotice refused={refused} />
      <ul className="st-list">
        {views.map((view) => (
          <ViewItem key={view.id} view={view} />
        ))}
      </ul>
    </StaffPage>
  )
}

function ViewItem({ view }: { view: SavedView }) {
  const t = useKnowledgeTexts().work.views
  return (
    <li>
      <p>
        {view.filter ? <Link to={`/da-lavorare?${addressOf(view)}`}>{view.name}</Link> : <strong>{view.name}</strong>}{' '}
        <span className="st-quiet">{view.teamName ? t.team(view.teamName) : t.mine}</span>
      </p>
      {!view.filter && <p className="st-state st-warn">{t.broken}</p>}
      {view.isMine ? <OwnView view={view} /> : <p className="st-small st-quiet">{t.sharedBy}</p>}
    </li>
  )
}

function OwnView({ view }: { view: SavedView }) {
  const t = useKnowledgeTexts().work.views
  return (
    <div className="st-row mt-2">
      <Form method="post" className="st-row">
        <input type="hidden" name="id" value={view.id} />
        <input type="hidden" name="version" value={view.version} />
        <input
          className="form-control st-field st-auto"
          name="name"
          aria-label={`${t.name}: ${view.name}`}
          defaultValue={view.name}
          key={view.version}
          required
          maxLength={60}
        />
        <button type="submit" name="act" value="rename" className="btn st-btn is-plain">
          {t.rename}
        </button>
      </Form>
      <Form method="post">
        <input type="hidden" name="id" value={view.id} />
        <button
          type="submit"
          name="act"
          value="delete"
          className="btn st-btn is-plain"
          aria-label={t.removeNamed(view.name)}
        >
          {t.remove}
        </button>
      </Form>
    </div>
  )
}
