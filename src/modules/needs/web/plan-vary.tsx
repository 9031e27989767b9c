import { Form, useLoaderData } from 'react-router'
import { ActField, ActPanel, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { LongField, SelectField, TextField } from '../../../web/ui/form.tsx'
import type { Refused } from '../../../web/visit.ts'
import { LineFields } from './line-fields.tsx'
import type { loader } from './plan.tsx'
import { usePlanTexts } from './plan-words.ts'

const places = [1, 2, 3, 4]

/** A numbered variation of an approved plan: up to four lines that change and a new one, with act and reason. */
export function VaryPanel() {
  const { plan } = useLoaderData<typeof loader>()
  const { plan: texts } = usePlanTexts()
  const t = texts.vary
  const refused = useRefusedAct('vary')
  return (
    <ActPanel label={t.label} act="vary">
      <Form method="post">
        <ActField act="vary" version={plan.version} />
        <p>{t.lead}</p>
        <TextField
          name="approval"
          inputId="act"
          label={t.act}
          refused={refused}
          required
          minLength={3}
          maxLength={300}
        />
        <LongField name="reason" label={t.reason} refused={refused} rows={2} required minLength={3} />
        <fieldset className="st-question mb-3" id="changes">
          <legend>{t.changes}</legend>
          {places.map((place) => (
            <Change key={place} place={place} refused={refused} />
          ))}
        </fieldset>
        <details className="st-unfold mb-3" open={refused?.values.description !== undefined || undefined}>
          <summary>{t.add}</summary>
          <div className="mt-2">
            <LineFields refused={refused} isRequired={false} />
          </div>
        </details>
        <button type="submit" className="btn st-btn is-main">
          {t.send}
        </button>
      </Form>
    </ActPanel>
  )
}

function Change({ place, refused }: { place: number; refused: Refused | undefined }) {
  const { plan } = useLoaderData<typeof loader>()
  const { plan: texts } = usePlanTexts()
  const t = texts.vary
  return (
    <>
      <SelectField
        name={`change-${place}`}
        label={t.line(place)}
        refused={refused}
        isOptional
        options={[
          { value: '', label: t.noLine },
          ...plan.rows.map(({ number, description, decidedQuantity, unitPrice }) => ({
            value: `${number}:${decidedQuantity ?? 0}:${unitPrice}`,
            label: t.of(number, description, decidedQuantity ?? 0),
          })),
        ]}
      />
      <div className="st-pair">
        <TextField
          name={`quantity-${place}`}
          label={t.quantity}
          hint={t.keep}
          refused={refused}
          inputMode="numeric"
          isOptional
        />
        <TextField
          name={`price-${place}`}
          label={t.price}
          hint={t.keep}
          refused={refused}
          inputMode="decimal"
          isOptional
        />
      </div>
    </>
  )
}
