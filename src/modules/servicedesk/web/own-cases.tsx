import { Link, useLoaderData } from 'react-router'
import { CitizenPage } from '../../../web/ui/citizen-page.tsx'
import { page } from '../../../web/visit.ts'
import { listOwnCases } from '../cases.ts'
import { OwnCaseList } from './own-case-list.tsx'
import { useDeskTexts } from './texts.ts'

export const loader = page((ctx, { request }) =>
  listOwnCases(ctx, false, new URL(request.url).searchParams.get('cursor') ?? undefined),
)

/** Everything a person ever asked for. */
export default function OwnCasesPage() {
  const { rows, closing, nextCursor } = useLoaderData<typeof loader>()
  const t = useDeskTexts().pages.own
  return (
    <CitizenPage title={t.title}>
      <h1 className="st-title">{t.title}</h1>
      <p className="st-lead">{rows.length === 0 ? t.none : t.lead}</p>
      <OwnCaseList rows={rows} closing={closing} heading="h2" />
      <p className="mt-3 st-row">
        {nextCursor && <Link to={`?cursor=${nextCursor}`}>{t.more}</Link>}
        <Link to="/">{t.ask}</Link>
      </p>
    </CitizenPage>
  )
}
