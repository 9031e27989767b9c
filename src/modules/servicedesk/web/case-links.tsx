import { Link, type ShouldRevalidateFunctionArgs, useActionData, useLoaderData } from 'react-router'
import { type Context, read } from '../../../platform/context.ts'
import { invalid } from '../../../platform/http/parse.ts'
import { may } from '../../../platform/permissions.ts'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, page, type Refused } from '../../../web/visit.ts'
import { linkCases, listLinkedCases, unlinkCases } from '../case-links.ts'
import { findSimilarCases, listCases } from '../cases.ts'
import { findCase } from '../find-case.ts'
import { findOutageOfCase } from '../find-outages.ts'
import { wrongRow } from '../knowledge-problems.ts'
import { idOf } from './fields.ts'
import { useKnowledgeTexts } from './knowledge-texts.ts'
import { LinkByNumber, LinkLists } from './linked-cases.tsx'
import { useDeskTexts } from './texts.ts'

export const loader = page((ctx, { params }) =>
  read(ctx, async (ctx) => {
    const id = idOf(params)
    const { number, title } = await findCase(ctx, id)
    const linked = await listLinkedCases(ctx, id)
    const similar = await findSimilarCases(ctx, title, id)
    return {
      id,
      number,
      title,
      mayLink: may(ctx.actor, 'case.link'),
      linked,
      similar: similar.filter((row) => !linked.some((one) => one.id === row.id)),
      outage: may(ctx.actor, 'outage.read') ? await findOutageOfCase(ctx, id) : null,
    }
  }),
)

export const action = form(async (ctx, form, { params }) => {
  const id = idOf(params)
  const otherId = form.has('number')
    ? await caseNumbered(ctx, String(form.get('number')))
    : idOf({ id: String(form.get('otherId') ?? '') })
  if (form.get('act') === 'unlink') await unlinkCases(ctx, id, otherId)
  else await linkCases(ctx, id, { otherId })
  // No redirect: beside a case it would lead away from it. Said twice a link is said once.
  return null
})

// Beside a case, only a link made or undone is a reason to ask again; not every piece of news.
export const shouldRevalidate = ({ formAction }: ShouldRevalidateFunctionArgs) =>
  formAction?.endsWith('/collegamenti') === true

// A number finds its case among those the person may see.
async function caseNumbered(ctx: Context, typed: string): Promise<string> {
  const words = typed.trim()
  const found = /^(?:\d{4}\/)?\d{1,12}$/.test(words) ? await listCases(ctx, { view: 'all', words, limit: 1 }) : null
  const row = found?.rows[0]
  if (row === undefined) throw invalid([wrongRow('number', (t) => t.unknownCase)])
  return row.id
}

/** What a case has to do with others: the page behind the side column, and instead of it without JavaScript. */
export default function CaseLinksPage() {
  const links = useLoaderData<typeof loader>()
  const refused = useActionData<Refused | null>() ?? undefined
  const { work } = useKnowledgeTexts()
  const { pages } = useDeskTexts()
  return (
    <StaffPage title={work.links.title}>
      <nav aria-label={pages.case.breadcrumb}>
        <p className="st-crumb">
          <Link to={`/richieste/${links.id}`}>{links.number}</Link>
        </p>
      </nav>
      <h1 className="st-title">{work.links.title}</h1>
      <p className="st-lead">{links.title}</p>
      <RefusedNotice refused={refused} />
      <LinkLists links={links} />
      {links.mayLink && <LinkByNumber id={links.id} />}
    </StaffPage>
  )
}
