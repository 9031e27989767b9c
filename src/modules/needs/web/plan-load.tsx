import { Form } from 'react-router'
import { ActField, ActPanel, UploadField, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { TextField } from '../../../web/ui/form.tsx'
import { usePlanTexts } from './plan-words.ts'

/** Loads a plan from its file, of the year the page is about or of one to be named; every wrong line is shown. */
export function LoadPlanPanel({ label, year }: { label: string; year: number | null }) {
  const { plans: t } = usePlanTexts()
  const refused = useRefusedAct('load')
  return (
    <ActPanel label={label} act="load">
      <Form method="post" encType="multipart/form-data">
        <ActField act="load" />
        {year === null && (
          <TextField
            name="year"
            inputId="load-year"
            label={t.fields.year}
            refused={refused}
            inputMode="numeric"
            required
          />
        )}
        <UploadField label={t.file} hint={t.loadHint} inputId="file" />
        <button type="submit" className="btn st-btn is-plain">
          {t.loadSend}
        </button>
      </Form>
    </ActPanel>
  )
}
