import { Link, useLoaderData } from 'react-router'
import { may } from '../../../platform/permissions.ts'
import { wholeNumber } from '../../../platform/texts.ts'
import { useShell } from '../../../web/ui/shell.tsx'
import { useChanges } from '../../../web/ui/use-changes.ts'
import { page } from '../../../web/visit.ts'
import { listDecisions } from '../../servicedesk/homes.ts'
import { findContractHome } from '../find-home.ts'
import { ContractPage } from './contract-page.tsx'
import { Coverage } from './coverage.tsx'
import { IndicatorTable } from './indicator-table.tsx'
import { newestOrWorst } from './line-state.ts'
import { QuarterLead } from './quarter-lead.tsx'
import { TermTable } from './term-table.tsx'
import { useContractTexts } from './words.ts'

export const loader = page(async (ctx) => ({
  home: await findContractHome(ctx),
  decisions: await listDecisions(ctx),
  mayDecide: may(ctx.actor, 'contract.decide'),
  mayImport: may(ctx.actor, 'contract.import'),
}))

/** What runs out, what is at risk this quarter and why, what is not measured. */
export default function ContractHomePage() {
  const { home, decisions, mayDecide, mayImport } = useLoaderData<typeof loader>()
  const { pages, period } = useContractTexts()
  const { language } = useShell()
  useChanges()
  if (home === null) return <NoContract mayImport={mayImport} />
  const lines = newestOrWorst(home.verification.indicators)
  const cost = home.cost && { ...home.cost, items: wholeNumber(home.cost.items, language) }
  return (
    <ContractPage
      title={period(home.period)}
      above={home.overview.title}
      lead={<QuarterLead verification={home.verification} lines={lines} daysLeft={home.daysLeft} />}
      actions={
        <a className="btn st-btn is-plain" href={`/contratto/${home.period}.pdf`}>
          {pages.print}
        </a>
      }
    >
      <section>
        <h2 id="termini" className="st-h2">
          {pages.terms.title}
        </h2>
        <TermTable terms={home.terms} mayDecide={mayDecide} />
      </section>
      {decisions.rows.length > 0 && (
        <section className="st-section" aria-labelledby="aspettano">
          <h2 id="aspettano" className="st-h2">
            {pages.decisions.title}
          </h2>
          <ul>
            {decisions.rows.map(({ id, number, title }) => (
              <li key={id}>
                <Link to={`/richieste/${id}`}>{number}</Link> {title}
              </li>
            ))}
          </ul>
          {decisions.hasMore && (
            <p>
              <Link to="/da-lavorare?view=waiting">{pages.decisions.all}</Link>
            </p>
          )}
        </section>
      )}
      <section className="st-section">
        <h2 id="indicatori" className="st-h2">
          {pages.indicators.title}
        </h2>
        <IndicatorTable verification={home.verification} lines={lines} sourceAct={home.overview.sourceAct} />
      </section>
      <Coverage overview={home.overview} cost={cost} />
    </ContractPage>
  )
}

function NoContract({ mayImport }: { mayImport: boolean }) {
  const { pages } = useContractTexts()
  return (
    <ContractPage title={pages.noContract.title} lead={pages.noContract.lead}>
      {mayImport && (
        <p>
          <Link className="btn st-btn is-main" to="/contratto/documenti#carica">
            {pages.noContract.go}
          </Link>
        </p>
      )}
    </ContractPage>
  )
}
