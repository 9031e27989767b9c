import { Form, Link, redirect, useLoaderData } from 'react-router'
import { may } from '../../../platform/permissions.ts'
import { sameView } from '../../../web/form-fields.ts'
import { SelectField } from '../../../web/ui/form.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, onceToken, page } from '../../../web/visit.ts'
import { findYear } from '../standing.ts'
import { carryOut } from './acts.ts'
import { ApplicationsPart } from './applications-part.tsx'
import { EntriesPart } from './entries-part.tsx'
import { StandingPart } from './standing-part.tsx'
import { useApplicationsTexts, useDays } from './texts.ts'

export const loader = page(async (ctx, { request }) => {
  const thisYear = Temporal.Now.plainDateISO(ctx.zone).year
  const year = new URL(request.url).searchParams.get('anno') ?? thisYear
  return {
    ...(await findYear(ctx, { year })),
    thisYear,
    once: onceToken(),
    may: {
      declare: may(ctx.actor, 'persondays.declare'),
      manage: may(ctx.actor, 'applications.manage'),
    },
  }
})

/** One address, several acts: the button's name says which operation. */
export const action = form(async (ctx, form, { request }) => {
  await carryOut(ctx, form)
  return redirect(sameView(request, '/piccola-manutenzione', 'anno'))
})

/** The person-days of a year: how they stand, by application, and every entry. */
export default function YearPage() {
  const { year, thisYear, standing, entries } = useLoaderData<typeof loader>()
  const { page: t } = useApplicationsTexts()
  const days = useDays()
  const waiting = entries.filter((entry) => entry.state === 'declared' && !entry.isCorrected).length
  const part = (area: 'applications' | 'web') => {
    const of = standing?.[area]
    if (of === undefined) return ''
    return of.quota === null || of.quota === 0 ? days(of.used) : `${Math.floor((of.used * 100) / of.quota)} %`
  }
  const years = [...new Set([thisYear, thisYear - 1, thisYear - 2, year])].sort((a, b) => b - a)
  return (
    <StaffPage title={t.title}>
      <div className="st-head">
        <div>
          <h1 className="st-title">{t.title}</h1>
          <p className="st-lead mb-0">
            {standing === null ? t.own : t.sentence(part('applications'), part('web'), waiting)}
          </p>
        </div>
      </div>
      <Form className="st-row align-items-end">
        <SelectField
          name="anno"
          label={t.year}
          initial={String(year)}
          options={years.map((value) => ({ value: String(value), label: String(value) }))}
        />
        <button type="submit" className="btn st-btn is-plain mb-3">
          {t.show}
        </button>
        <Link className="mb-3" to={`/piccola-manutenzione.csv?anno=${year}`} reloadDocument>
          {t.export}
        </Link>
      </Form>
      <StandingPart />
      <EntriesPart />
      <ApplicationsPart />
    </StaffPage>
  )
}
