import { Form, Link, useLoaderData, useSearchParams } from 'react-router'
import { useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { SelectField, TextField } from '../../../web/ui/form.tsx'
import type { SavedView } from '../view-schema.ts'
import { useKnowledgeTexts } from './knowledge-texts.ts'
import type { loader } from './queue.tsx'
import { useDeskTexts } from './texts.ts'

const views = ['open', 'to_take', 'overdue', 'due_today', 'mine', 'waiting', 'resolved', 'all'] as const

/** The views of the queue: those there always are, those somebody saved, and a place to save this one. */
export function QueueViews({ count }: { count: (n: number) => string }) {
  const { frame } = useLoaderData<typeof loader>()
  const { work } = useKnowledgeTexts()
  const [search] = useSearchParams()
  const t = useDeskTexts().pages.queue
  const saved = search.get('vista')
  const current = saved ? null : (search.get('view') ?? 'open')
  return (
    <>
      <nav aria-label={t.viewsLabel}>
        <ul className="st-views">
          {views.map((view) => (
            <li key={view}>
              <Link to={`?view=${view}`} aria-current={current === view ? 'page' : undefined}>
                {view === 'overdue' || view === 'due_today' ? work.views[view] : t.views[view]}{' '}
                {view !== 'all' && <b>{count(frame.counts[view])}</b>}
              </Link>
            </li>
          ))}
          {frame.views.map((view) => (
            <li key={view.id}>
              <Link to={`?${addressOf(view)}`} aria-current={saved === view.id ? 'page' : undefined}>
                {view.name}
              </Link>
            </li>
          ))}
          {!saved && (
            <li>
              <Link to={`?${withSave(search)}`}>{work.views.save}</Link>
            </li>
          )}
          {frame.views.length > 0 && (
            <li>
              <Link to="/viste">{work.views.manage}</Link>
            </li>
          )}
        </ul>
      </nav>
      <SaveView />
    </>
  )
}

/** The address that opens a view: its filter, and which view it is. */
export function addressOf(view: { id: string; filter: SavedView['filter'] }): URLSearchParams {
  const filter = Object.entries(view.filter ?? {}).filter(([, value]) => value !== undefined && value !== '')
  return new URLSearchParams([...filter.map(([name, value]) => [name, String(value)]), ['vista', view.id]])
}

// An address of its own, so that saving works without JavaScript too.
function withSave(search: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(search)
  next.delete('cursor')
  next.set('salva', '')
  return next
}

function SaveView() {
  const { myTeams, once } = useLoaderData<typeof loader>()
  const { work } = useKnowledgeTexts()
  const [search] = useSearchParams()
  const refused = useRefusedAct('save_view')
  const t = work.views
  if (!search.has('salva')) return null
  return (
    <Form method="post" className="st-saveview st-row align-items-end" aria-label={t.save}>
      <input type="hidden" name="act" value="save_view" />
      <input type="hidden" name="once" value={once} />
      <TextField name="name" label={t.name} refused={refused} required maxLength={60} autoFocus />
      <SelectField
        name="teamId"
        inputId="view-team"
        label={t.share}
        refused={refused}
        options={[
          { value: '', label: t.onlyMe },
          ...myTeams.map((team) => ({ value: team.id, label: t.team(team.name) })),
        ]}
      />
      <button type="submit" className="btn st-btn is-main mb-3">
        {t.saveSend}
      </button>
    </Form>
  )
}
