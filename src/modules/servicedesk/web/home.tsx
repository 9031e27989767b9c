import { Link, redirect, useLoaderData } from 'react-router'
import { may } from '../../../platform/permissions.ts'
import { CitizenPage } from '../../../web/ui/citizen-page.tsx'
import { isStaff, page } from '../../../web/visit.ts'
import { listOwnCases } from '../cases.ts'
import { OwnCaseList } from './own-case-list.tsx'
import { useDeskTexts } from './texts.ts'

export const loader = page(async (ctx, { session }) => {
  const isDesk = isStaff(session) && !ctx.actor.roles.includes('employee')
  if (isDesk) throw redirect(may(ctx.actor, 'case.read') ? '/da-lavorare' : '/amministrazione')
  return listOwnCases(ctx, true)
})

/** Where a clerk starts: two doors, and what they are waiting for. */
export default function HomePage() {
  const { rows, closing } = useLoaderData<typeof loader>()
  const { pages } = useDeskTexts()
  const t = pages.home
  return (
    <CitizenPage title={t.title}>
      <h1 className="st-title">{t.title}</h1>
      <p className="st-lead mb-0">{t.lead}</p>
      <ul className="st-choices">
        <li>
          <Link className="st-choice" to="/chiedi/guasto">
            <b>{t.incident.door}</b>
            {t.incident.help}
          </Link>
        </li>
        <li>
          <Link className="st-choice" to="/chiedi/servizio">
            <b>{t.request.door}</b>
            {t.request.help}
          </Link>
        </li>
      </ul>
      <section className="st-section" aria-labelledby="open">
        <h2 id="open" className="st-h2">
          {t.open}
        </h2>
        {rows.length === 0 ? <p>{t.none}</p> : <OwnCaseList rows={rows} closing={closing} />}
        <p className="mt-3">
          <Link to="/le-mie-richieste">{t.all}</Link>
        </p>
      </section>
    </CitizenPage>
  )
}
