import { Form, useLoaderData } from 'react-router'
import { ActField, ActPanel, UploadField, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { TextField } from '../../../web/ui/form.tsx'
import type { loader } from './collect.tsx'
import { usePlanTexts } from './plan-words.ts'

/** The price list in force, which offices choose from; a new one is loaded from its file. */
export function PricesPart() {
  const { prices } = useLoaderData<typeof loader>()
  const { collect: t, day, number } = usePlanTexts()
  const refused = useRefusedAct('prices')
  const f = t.priceFields
  return (
    <section className="st-section">
      <h2 id="prices" className="st-h2">
        {t.prices}
      </h2>
      <p>
        {prices.name === ''
          ? t.pricesNone
          : t.pricesLead(prices.name, day(prices.effectiveFrom), number(prices.items), prices.act)}
      </p>
      <ActPanel label={t.priceLoad} act="prices">
        <Form method="post" encType="multipart/form-data">
          <ActField act="prices" />
          <TextField name="name" label={f.name} refused={refused} required minLength={2} maxLength={120} />
          <div className="st-pair">
            <TextField name="effectiveFrom" type="date" label={f.effectiveFrom} refused={refused} required />
            <TextField name="approval" inputId="act" label={f.act} refused={refused} required minLength={3} />
          </div>
          <UploadField label={f.file} hint={f.hint} inputId="file" />
          <button type="submit" className="btn st-btn is-plain">
            {t.priceSend}
          </button>
        </Form>
      </ActPanel>
    </section>
  )
}
