import { Form, useLoaderData } from 'react-router'
import { ActField, ActPanel, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { TextField } from '../../../web/ui/form.tsx'
import { useDecisionTexts } from './decision-page-words.ts'
import type { loader } from './decision-plan.tsx'

/** How long an office may think, and the price of a licence with where it is written. */
export function PlanSettings() {
  const { settings } = useLoaderData<typeof loader>()
  const { plan: t } = useDecisionTexts()
  const refused = useRefusedAct('settle')
  return (
    <ActPanel label={t.settings} act="settle">
      <Form method="post" preventScrollReset>
        <ActField act="settle" version={settings.version} />
        <TextField
          name="silenceDays"
          label={t.silenceDays}
          hint={t.silenceHint}
          initial={String(settings.silenceDays)}
          refused={refused}
          inputMode="numeric"
          required
        />
        <TextField
          name="licencePrice"
          label={t.price}
          initial={settings.licencePrice}
          refused={refused}
          inputMode="decimal"
          isOptional
        />
        <TextField
          name="licenceSource"
          label={t.source}
          hint={t.sourceHint}
          initial={settings.licenceSource}
          refused={refused}
          maxLength={300}
          isOptional
        />
        <button type="submit" className="btn st-btn is-plain">
          {t.save}
        </button>
      </Form>
    </ActPanel>
  )
}
