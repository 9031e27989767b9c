import { redirect, useActionData, useLoaderData } from 'react-router'
import { may } from '../../../platform/permissions.ts'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { When } from '../../../web/ui/when.tsx'
import { form, page, type Refused } from '../../../web/visit.ts'
import { type AgreementVersion, addAgreement, listAgreements } from '../agreements.ts'
import { listChecks } from '../check-clocks.ts'
import { rerateCases } from '../rerate.ts'
import { AgreementForm } from './agreement-form.tsx'
import { termsOf } from './agreement-terms.ts'
import { RerateForm } from './rerate-form.tsx'
import { useDeskTexts } from './texts.ts'

export const loader = page(async (ctx) => {
  const versions = await listAgreements(ctx)
  return {
    versions,
    mayManage: may(ctx.actor, 'agreement.manage'),
    lastCheck: may(ctx.actor, 'desk.report') ? ((await listChecks(ctx))[0] ?? null) : null,
  }
})

/** Adds a version, or says (or does) what moving the open cases would change. */
export const action = form(async (ctx, form) => {
  if (form.get('act') === 'rerate') {
    const report = await rerateCases(ctx, { version: Number(form.get('version')), apply: form.get('apply') === 'yes' })
    return { report }
  }
  const base = (await listAgreements(ctx)).find(({ isInForce }) => isInForce)
  await addAgreement(ctx, {
    effectiveFrom: String(form.get('effectiveFrom') ?? ''),
    reason: String(form.get('reason') ?? ''),
    terms: termsOf(form, base?.terms ?? null),
  })
  throw redirect('/amministrazione/accordo')
})

/** The desk agreement: what holds, what held, and how to add what will hold. */
export default function AgreementPage() {
  const { versions, mayManage, lastCheck } = useLoaderData<typeof loader>()
  const answered = useActionData<Refused | { report: Awaited<ReturnType<typeof rerateCases>> }>()
  const refused = answered && 'problem' in answered ? answered : undefined
  const report = answered && 'report' in answered ? answered.report : null
  const t = useDeskTexts().work.agreement
  const current = versions.find(({ isInForce }) => isInForce)
  return (
    <StaffPage title={t.title}>
      <div className="st-head">
        <div>
          <h1 className="st-title">{t.title}</h1>
          <p className="st-lead mb-0">
            {current ? t.inForce(current.number, current.effectiveFrom.split('-').toReversed().join('/')) : t.none}{' '}
            {t.lead}
          </p>
        </div>
      </div>
      <RefusedNotice refused={refused} />
      {current && <Terms version={current} />}
      <Versions versions={versions} />
      {mayManage && current && <AgreementForm current={current} refused={refused} />}
      {mayManage && versions.length > 1 && <RerateForm versions={versions} report={report} />}
      <section className="st-section" aria-labelledby="checks">
        <h2 id="checks" className="st-h2">
          {t.checks}
        </h2>
        <p>
          {lastCheck === null ? (
            t.noChecks
          ) : (
            <>
              <When at={lastCheck.at} />: {t.checkLine(lastCheck.checked, lastCheck.differing)}
            </>
          )}
        </p>
      </section>
    </StaffPage>
  )
}

type Within = AgreementVersion['terms']['targets'][number]['within']

function Terms({ version }: { version: AgreementVersion }) {
  const { desk, work } = useDeskTexts()
  const t = work.agreement
  const within = (one: Within) => {
    if ('workingDays' in one) return t.daysOf(one.workingDays)
    return one.minutes % 60 === 0 ? t.hoursOf(String(one.minutes / 60)) : t.minutesOf(one.minutes)
  }
  return (
    <div className="st-section">
      <h2 id="targets" className="st-h2">
        {t.targets}
      </h2>
      <ScrollRegion label={t.targets}>
        <table className="st-table" aria-labelledby="targets">
          <thead>
            <tr>
              {[t.metric, t.kinds, t.severities, t.within].map((label) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {version.terms.targets.map((target) => (
              <tr key={`${target.metric} ${target.kinds.join()} ${target.severities?.join()}`}>
                <th scope="row">{desk.metrics[target.metric]}</th>
                <td>{target.kinds.map((kind) => desk.kindsShort[kind]).join(', ')}</td>
                <td>{target.severities?.map((severity) => desk.severities[severity]).join(', ') ?? t.all}</td>
                <td>{within(target.within)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </div>
  )
}

function Versions({ versions }: { versions: AgreementVersion[] }) {
  const t = useDeskTexts().work.agreement
  return (
    <div className="st-section">
      <h2 id="versions" className="st-h2">
        {t.versions}
      </h2>
      <ScrollRegion label={t.versions}>
        <table className="st-table" aria-labelledby="versions">
          <thead>
            <tr>
              {[t.version, t.from, t.known, t.state].map((label) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {versions.map((version) => (
              <tr key={version.id}>
                <th scope="row">{version.number}</th>
                <td>{version.effectiveFrom.split('-').toReversed().join('/')}</td>
                <td>
                  <When at={version.knownFrom} isShort />
                </td>
                <td>
                  {version.isInForce ? (
                    <span className="st-state st-ok">{t.current}</span>
                  ) : (
                    <span className="st-state st-idle">{t.past}</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </div>
  )
}
