import { Link, redirect, useActionData, useLoaderData, useSearchParams } from 'react-router'
import type { Context } from '../../../platform/context.ts'
import { formObject } from '../../../platform/http/parse.ts'
import { fail, notFound } from '../../../platform/problem.ts'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, onceToken, page, type Refused } from '../../../web/visit.ts'
import {
  approveEdition,
  previewEdition,
  publishEdition,
  reopenEdition,
  returnEdition,
  submitEdition,
} from '../edition-publish.ts'
import {
  addObjective,
  addSection,
  changeSection,
  moveObjective,
  moveSection,
  removeObjective,
  removeSection,
} from '../edition-sections.ts'
import { numberIn } from '../edition-view.ts'
import { changeEdition, findEdition } from '../editions.ts'
import { EditionChanges } from './report-changes.tsx'
import { PublicationActs } from './report-publication.tsx'
import { EditionSections } from './report-sections.tsx'
import { EditionMark } from './report-state.tsx'
import { useReportWords } from './report-words.ts'

export const loader = page(async (ctx, { params }) => {
  const key = { year: numberIn(params.year) }
  const edition = await findEdition(ctx, key)
  const { missing, differences } = await previewEdition(ctx, key)
  return { edition, missing, differences, once: onceToken() }
})

/** One address, one act: the form's field says which operation. */
export const action = form(async (ctx, form, { params }) => {
  const year = numberIn(params.year)
  const { id } = await findEdition(ctx, { year })
  const { act, part, once: _, ...input } = formObject(form)
  const done = await carryOut(ctx, String(act), { id, part: String(part ?? '') }, input)
  return redirect(`/redazione/${year}${typeof done === 'number' ? `?pubblicata=${done}` : ''}`)
})

// What was typed goes to the operation as it is: the operation parses, like every other door's input.
type Typed = never

async function carryOut(
  ctx: Context,
  act: string,
  { id, part }: { id: string; part: string },
  input: Record<string, unknown>,
): Promise<unknown> {
  const typed = input as Typed
  switch (act) {
    case 'change':
      return changeEdition(ctx, id, typed)
    case 'add-section':
      return addSection(ctx, id, typed)
    case 'change-section':
      return changeSection(ctx, idIn(part), typed)
    case 'move-section':
      return moveSection(ctx, idIn(part), typed)
    case 'remove-section':
      return removeSection(ctx, idIn(part), typed)
    case 'add-objective':
      return addObjective(ctx, idIn(part), typed)
    case 'move-objective':
      return moveObjective(ctx, idIn(part), typed)
    case 'remove-objective':
      return removeObjective(ctx, idIn(part), typed)
    case 'submit':
      return submitEdition(ctx, id, typed)
    case 'return':
      return returnEdition(ctx, id, typed)
    case 'approve':
      return approveEdition(ctx, id, typed)
    case 'publish':
      return (await publishEdition(ctx, id, typed)).number
    case 'reopen':
      return reopenEdition(ctx, id, typed)
    default:
      throw notFound()
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/
const idIn = (part: string) => (uuid.test(part) ? part : fail(notFound()))

/** One edition: its parts, what changed, and the way to its publication. */
export default function ReportDeskEditionPage() {
  const { edition, missing, differences, once } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const [search] = useSearchParams()
  const { desk: t } = useReportWords()
  const isInPanel = ['change', 'add-section', 'change-section', 'add-objective', 'submit', 'return'].includes(
    refused?.values.act ?? '',
  )
  return (
    <StaffPage title={edition.title}>
      <nav aria-label={t.title}>
        <p className="st-crumb">
          <Link to="/redazione">{t.title}</Link>
        </p>
      </nav>
      <div className="st-head">
        <div>
          <h1 className="st-title">{edition.title}</h1>
          <p className="st-lead mb-0">
            <EditionMark state={edition.state} /> · {t.waits[edition.state]}
          </p>
        </div>
      </div>
      {!isInPanel && <RefusedNotice refused={refused} />}
      {edition.state === 'published' && search.has('pubblicata') && (
        <div className="st-notice is-ok" role="status">
          <p>
            {t.publishedDone(edition.lastNumber)}{' '}
            <Link to={`/bilancio-sociale/${edition.year}`} reloadDocument>
              {t.readPublished}
            </Link>
          </p>
        </div>
      )}
      {edition.returnReason !== '' && edition.state === 'draft' && (
        <div className="st-notice is-warn">
          <p>
            <strong>{t.returned}:</strong> {edition.returnReason}
          </p>
        </div>
      )}
      <div className="st-side">
        <div>
          <EditionChanges edition={edition} missing={missing} differences={differences} />
          <EditionSections edition={edition} once={once} />
        </div>
        <aside className="st-aside" aria-label={t.publication}>
          <PublicationActs edition={edition} isComplete={missing.length === 0} />
        </aside>
      </div>
    </StaffPage>
  )
}
