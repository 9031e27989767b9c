import { Link, redirect, useLoaderData } from 'react-router'
import { may } from '../../../platform/permissions.ts'
import { filledTexts } from '../../../web/form-fields.ts'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, page } from '../../../web/visit.ts'
import type { MailboxSettingsInput, PlanOffice } from '../decision-schema.ts'
import { findSettings, settleMailboxes } from '../decision-settings.ts'
import { findPlan } from '../plan.ts'
import { useDecisionTexts } from './decision-page-words.ts'
import { PlanSettings } from './decision-plan-settings.tsx'
import { MailPlaces } from './mail-places.tsx'

export const loader = page(async (ctx) => ({
  plan: await findPlan(ctx),
  settings: await findSettings(ctx),
  may: { manage: may(ctx.actor, 'mailboxes.manage'), propose: may(ctx.actor, 'mailboxes.propose') },
}))

export const action = form(async (ctx, form) => {
  const { act: _, version, ...fields } = filledTexts(form)
  // Texts as they were typed: the operation parses them.
  await settleMailboxes(ctx, { ...fields, version: Number(version) } as unknown as MailboxSettingsInput)
  return redirect('/caselle/piano')
})

/** The plan: before and after by office, what is saved and what it is worth, what is still undecided. */
export default function DecisionPlanPage() {
  const { plan, may } = useLoaderData<typeof loader>()
  const { plan: t } = useDecisionTexts()
  return (
    <StaffPage title={t.title}>
      <MailPlaces />
      <div className="st-head">
        <div>
          <h1 className="st-title">{t.title}</h1>
          <p className="st-lead mb-0">
            <Lead />
          </p>
        </div>
        <div className="st-row">
          <Link to="/caselle/piano.csv" reloadDocument>
            {t.csv}
          </Link>
          <Link to="/caselle/piano.pdf" reloadDocument>
            {t.pdf}
          </Link>
        </div>
      </div>
      {plan.total.boxesBefore > 0 && (
        <>
          <Sums />
          <Kinds />
          <section className="st-section">
            <h2 className="st-h2">{t.caption}</h2>
            <Offices />
            <p className="st-small st-quiet mt-2">{t.how}</p>
          </section>
        </>
      )}
      {may.manage && <PlanSettings />}
    </StaffPage>
  )
}

function Lead() {
  const { plan } = useLoaderData<typeof loader>()
  const { plan: t, number } = useDecisionTexts()
  const { boxesBefore, proposed, without } = plan.total
  if (boxesBefore === 0) return <>{t.noBoxes}</>
  if (proposed + without === 0) return <>{t.complete}</>
  const decided = boxesBefore - proposed - without
  return <>{t.lead(decided, number(decided), number(boxesBefore))}</>
}

function Sums() {
  const { plan } = useLoaderData<typeof loader>()
  const { plan: texts, number, size, amount } = useDecisionTexts()
  const t = texts.sums
  const { total, licencePrice } = plan
  const rows = [
    { name: t.boxes, value: number(total.boxesAfter), small: t.from(number(total.boxesBefore)) },
    { name: t.licences, value: number(total.licencesAfter), small: t.from(number(total.licencesBefore)) },
    { name: t.bytes, value: size(total.bytesAfter), small: t.from(size(total.bytesBefore)) },
    {
      name: t.worth,
      value: total.worth === null ? '–' : `${amount(total.worth)} €`,
      small:
        licencePrice === null
          ? t.noPrice
          : `${t.saved.toLowerCase()}: ${number(total.saved)}, ${t.perYear(amount(licencePrice))}`,
    },
    {
      name: t.open,
      value: number(total.proposed + total.without),
      small: t.waiting(number(total.proposed), number(total.without)),
    },
  ]
  return (
    <dl className="st-sum" aria-label={t.label}>
      {rows.map(({ name, value, small }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {value}
            <small>{small}</small>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Kinds() {
  const { plan } = useLoaderData<typeof loader>()
  const { plan: t, words, number } = useDecisionTexts()
  if (plan.kinds.length === 0) return null
  return (
    <section className="st-section">
      <h2 className="st-h2">{t.kinds}</h2>
      <DataTable caption={t.kinds} columns={[t.kindsColumns.kind, { label: t.kindsColumns.count, isNumber: true }]}>
        {plan.kinds.map(({ kind, count }) => (
          <tr key={kind}>
            <th scope="row">{words.kinds[kind]}</th>
            <td className="st-num">{number(count)}</td>
          </tr>
        ))}
      </DataTable>
    </section>
  )
}

function Offices() {
  const { plan } = useLoaderData<typeof loader>()
  const { plan: t, nowhere } = useDecisionTexts()
  const c = t.columns
  const numeric = (label: string) => ({ label, isNumber: true }) as const
  return (
    <DataTable
      caption={t.caption}
      columns={[
        ...[
          c.office,
          numeric(c.boxesBefore),
          numeric(c.boxesAfter),
          numeric(c.licencesBefore),
          numeric(c.licencesAfter),
        ],
        ...[numeric(c.bytesBefore), numeric(c.bytesAfter), numeric(c.saved), numeric(c.worth), numeric(c.open)],
      ]}
    >
      {plan.offices.map((one) => (
        <Row key={one.officeId ?? ''} name={one.office ?? nowhere} figures={one} officeId={one.officeId} />
      ))}
      <Row name={t.total} figures={plan.total} officeId={null} isTotal />
    </DataTable>
  )
}

type Figures = Omit<PlanOffice, 'officeId' | 'office'>

function Row(props: { name: string; figures: Figures; officeId: string | null; isTotal?: boolean }) {
  const { name, figures: f, officeId, isTotal = false } = props
  const { may } = useLoaderData<typeof loader>()
  const { number, size, amount, none } = useDecisionTexts()
  const open = number(f.proposed + f.without)
  const view = f.without > 0 && may.propose ? 'to_propose' : 'to_confirm'
  return (
    <tr>
      <th scope="row">{isTotal ? <strong>{name}</strong> : name}</th>
      <td className="st-num">{number(f.boxesBefore)}</td>
      <td className="st-num st-strong">{number(f.boxesAfter)}</td>
      <td className="st-num">{number(f.licencesBefore)}</td>
      <td className="st-num st-strong">{number(f.licencesAfter)}</td>
      <td className="st-num st-nowrap">{size(f.bytesBefore)}</td>
      <td className="st-num st-nowrap">{size(f.bytesAfter)}</td>
      <td className="st-num">{number(f.saved)}</td>
      <td className="st-num">{f.worth === null ? none : amount(f.worth)}</td>
      <td className="st-num">
        {officeId === null || f.proposed + f.without === 0 ? (
          open
        ) : (
          <Link to={`/caselle/proposte?${new URLSearchParams({ view, officeId })}`} aria-label={`${open}, ${name}`}>
            {open}
          </Link>
        )}
      </td>
    </tr>
  )
}
