import { redirect, useLoaderData, useSearchParams } from 'react-router'
import { uuidOf } from '../../../web/form-fields.ts'
import { Crumb, DoneNotice, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, page } from '../../../web/visit.ts'
import type { OfficeDelivery } from '../answer-schema.ts'
import { answerDelivery, listOwnDeliveries } from '../office-answers.ts'
import { answerFields } from './answer-form.ts'
import { AnswerForms, WhatCame } from './answer-forms.tsx'
import { AnswerMark } from './answer-mark.tsx'
import { useAnswerWords } from './answer-words.ts'
import { usePlanTexts } from './plan-words.ts'

export const loader = page(async (ctx) => ({ deliveries: await listOwnDeliveries(ctx) }))

export const action = form(async (ctx, form) => {
  await answerDelivery(ctx, uuidOf(String(form.get('delivery') ?? '')), answerFields(form))
  return redirect('/fabbisogni/consegne?risposta')
})

/** What came for a person's offices: what waits for their word first, then what they said. */
export default function OwnDeliveriesPage() {
  const { deliveries } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const { page: t } = useAnswerWords()
  const plan = usePlanTexts()
  const waiting = deliveries.filter(({ answer }) => answer === null)
  const answered = deliveries.filter(({ answer }) => answer !== null)
  return (
    <StaffPage title={t.title}>
      {search.has('risposta') && <DoneNotice>{t.done}</DoneNotice>}
      <Crumb to="/fabbisogni" label={plan.title} title={t.title} />
      <div className="st-head">
        <div>
          <h1 className="st-title">{t.title}</h1>
          <p className="st-lead mb-0">{deliveries.length === 0 ? t.none : t.lead(waiting.length)}</p>
        </div>
      </div>
      {waiting.length > 0 && <Part title={t.waiting} deliveries={waiting} />}
      {answered.length > 0 && <Part title={t.answered} deliveries={answered} />}
    </StaffPage>
  )
}

function Part({ title, deliveries }: { title: string; deliveries: OfficeDelivery[] }) {
  return (
    <section className="st-section">
      <h2 className="st-h2">{title}</h2>
      {deliveries.map((one) => (
        <One key={one.deliveryId + one.officeId} of={one} />
      ))}
    </section>
  )
}

function One({ of }: { of: OfficeDelivery }) {
  const { page: t } = useAnswerWords()
  const part = `-${of.deliveryId}-${of.officeId}`
  const refused = useRefusedAct('answer', part)
  const forms = <AnswerForms offices={[of]} refused={refused} part={part} />
  return (
    <article className="st-box mb-4">
      <h3 className="st-h3">{t.heading(of.office, of.note)}</h3>
      <p className="st-quiet">{t.facts(of.supplierName, of.deliveredOn, of.order)}</p>
      <WhatCame of={of} />
      {of.answer === null ? (
        forms
      ) : (
        <>
          <p>
            <AnswerMark of={of} />
          </p>
          <details className="st-unfold" open={refused !== undefined || undefined}>
            <summary>{t.change}</summary>
            {forms}
          </details>
        </>
      )}
    </article>
  )
}
