import { Form, redirect, useLoaderData } from 'react-router'
import { sameView } from '../../../web/form-fields.ts'
import { SelectField } from '../../../web/ui/form.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, onceToken, page } from '../../../web/visit.ts'
import { findMonth, monthsOffered } from '../month.ts'
import { carryOut } from './acts.ts'
import { CallsPart } from './calls-part.tsx'
import { InterruptionsPart } from './interruptions-part.tsx'
import { isBelow, ScopesPart } from './scopes-part.tsx'
import { SetUpPart } from './set-up-part.tsx'
import { useOperationsTexts } from './texts.ts'

export const loader = page(async (ctx, { request }) => {
  const asked = new URL(request.url).searchParams.get('mese')
  const found = await findMonth(ctx, asked ?? undefined)
  return { ...found, months: monthsOffered(ctx), once: onceToken() }
})

/** One address, several acts: the button's name says which operation. */
export const action = form(async (ctx, form, { request }) => {
  await carryOut(ctx, form)
  return redirect(sameView(request, '/gestione-operativa', 'mese'))
})

/** A month of what is watched: availability, calls, interruptions; below, what it comes from. */
export default function MonthPage() {
  const { month, months, scopes } = useLoaderData<typeof loader>()
  const t = useOperationsTexts()
  const { language } = useShell()
  const named = new Intl.DateTimeFormat(language === 'it' ? 'it-IT' : 'en-GB', {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
  const label = (value: string) => named.format(new Date(`${value}-01T00:00:00Z`))
  const unknown = scopes.filter((scope) => scope.unknownMs > 3_600_000).length
  const offered = months.includes(month) ? months : [month, ...months]
  return (
    <StaffPage title={t.page.title}>
      <div className="st-head">
        <div>
          <h1 className="st-title">{t.page.title}</h1>
          <p className="st-lead mb-0">{t.page.sentence(scopes.filter(isBelow).length, unknown, scopes.length)}</p>
        </div>
      </div>
      <Form className="st-row align-items-end">
        <SelectField
          name="mese"
          label={t.page.month}
          initial={month}
          options={offered.map((value) => ({ value, label: label(value) }))}
        />
        <button type="submit" className="btn st-btn is-plain mb-3">
          {t.page.show}
        </button>
      </Form>
      <InterruptionsPart />
      <ScopesPart />
      <CallsPart />
      <SetUpPart />
    </StaffPage>
  )
}
