import { redirect, useActionData, useLoaderData } from 'react-router'
import { read } from '../../../platform/context.ts'
import { formObject } from '../../../platform/http/parse.ts'
import { may } from '../../../platform/permissions.ts'
import { fail, notFound } from '../../../platform/problem.ts'
import { When } from '../../../web/ui/when.tsx'
import { form, onceToken, page, type Refused } from '../../../web/visit.ts'
import { approvePeriod, correctPeriod, findApprovalOf, listCorrections } from '../approvals.ts'
import { checkQuarter, undecidedBreaches } from '../check-quarter.ts'
import { findContractHome } from '../find-home.ts'
import { isPeriod, isQuarter } from '../period-text.ts'
import type { ApprovedPeriod } from '../schema.ts'
import { ApproveForm, CorrectForm, CorrectionTable } from './approve-forms.tsx'
import { ContractPage } from './contract-page.tsx'
import { IndicatorTable } from './indicator-table.tsx'
import { newestOrWorst } from './line-state.ts'
import { QuarterLead } from './quarter-lead.tsx'
import { useContractTexts } from './words.ts'

export const loader = page(async (ctx, { params }) => {
  const period = isPeriod(params.period) ? params.period : fail(notFound())
  return read(ctx, async (ctx) => {
    const home = (await findContractHome(ctx, period)) ?? fail(notFound())
    const approval = isQuarter(period) ? await findApprovalOf(ctx, period) : null
    return {
      home,
      approval: approval && withoutRows(approval),
      check: isQuarter(period) && approval === null ? await checkQuarter(ctx, period) : null,
      breaches: undecidedBreaches(home.verification.indicators).length,
      corrections: await listCorrections(ctx, period),
      mayApprove: may(ctx.actor, 'contract.approve') && ctx.actor.partyKind === 'administration',
      once: onceToken(),
    }
  })
})

// The page shows the frozen figures; their thousands of rows are in the file.
function withoutRows({ id, period, approvedAt, eventId, sha256 }: ApprovedPeriod) {
  return { id, period, approvedAt, eventId, sha256 }
}

export const action = form(async (ctx, form, { params }) => {
  const period = params.period ?? ''
  const { act, once: _, line, ...input } = formObject(form)
  if (act === 'correct') {
    const [indicator = '', service = '', month = '', scope = ''] = String(line ?? '').split(' ')
    const named = { period, indicator, service, scope, month }
    await correctPeriod(ctx, { ...named, inPeriod: String(input.inPeriod ?? ''), reason: String(input.reason ?? '') })
    return redirect(`/contratto/${period}#rettifiche`)
  }
  await approvePeriod(ctx, { period })
  return redirect(`/contratto/${period}`)
})

/** A quarter, or a month: every line, and for a quarter its approval. */
export default function QuarterPage() {
  const { home, approval, check, breaches, corrections, mayApprove, once } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const { pages, period } = useContractTexts()
  const { indicators } = home.verification
  const lines = newestOrWorst(indicators)
  const name = period(home.period)
  return (
    <ContractPage
      title={name}
      above={home.overview.title}
      lead={
        <QuarterLead
          verification={home.verification}
          lines={lines}
          daysLeft={home.daysLeft}
          approvedAt={approval?.approvedAt ?? null}
        />
      }
      actions={
        <>
          <a className="btn st-btn is-plain" href={`/contratto/${home.period}.pdf`}>
            {pages.print}
          </a>
          <a href={`/contratto/${home.period}.csv`}>{pages.csv}</a>
          <a href={`/contratto/${home.period}.json`}>{pages.json}</a>
        </>
      }
    >
      <section>
        <h2 id="indicatori" className="st-h2">
          {pages.indicators.title}
        </h2>
        <IndicatorTable verification={home.verification} lines={indicators} sourceAct={home.overview.sourceAct} />
      </section>
      {approval && (
        <section className="st-section">
          <h2 id="impronta" className="st-h2">
            {pages.approve.seal}
          </h2>
          <dl className="st-facts">
            <dt>{pages.approve.at}</dt>
            <dd>
              <When at={approval.approvedAt} />
            </dd>
            <dt>SHA-256</dt>
            <dd className="st-hash">{approval.sha256}</dd>
          </dl>
          <p>
            <a href="/integrita">{pages.approve.verify}</a>
          </p>
        </section>
      )}
      {check && mayApprove && (
        <ApproveForm check={check} breaches={breaches} name={name} once={once} refused={refused} />
      )}
      <CorrectionTable corrections={corrections} />
      {approval && mayApprove && <CorrectForm lines={indicators} once={once} refused={refused} />}
    </ContractPage>
  )
}
